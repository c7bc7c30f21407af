//! Readings, actors, closed lists, records, types of entries and values, tables, constants.
//!
//! Always: constant data; a member that is left out has the value of `BLANK`.

use super::date::Day;
use super::definition::Formula;
use super::number::Number;

/// A choice of interpretation.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// Its key.
    pub key: &'static str,
    /// Its name, if it is another.
    pub name: Option<&'static str>,
    /// Which built-in reading it is.
    pub builtin: Option<Builtin>,
    /// Keys of its words; none where it is no choice.
    pub values: &'static [&'static str],
    /// Names of its words, if they are others.
    pub names: &'static [&'static str],
    /// The word chosen; none: open.
    pub chosen: Option<usize>,
    /// A band, as a fraction of one.
    pub band: Option<Number>,
}

impl Reading {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        name: None,
        builtin: None,
        values: &[],
        names: &[],
        chosen: None,
        band: None,
    };
}

/// The readings that every programme shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    /// Whether deadlines include their day.
    Deadline,
    /// How far from a number is still about it.
    About,
    /// Whether 字数 counts punctuation.
    Length,
    /// What lateness means.
    Late,
    /// Whether `after` includes the day itself.
    After,
    /// Whether `before` includes the day itself.
    Before,
    /// Which of several counts.
    Last,
    /// How to round.
    Round,
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    /// Its key.
    pub key: &'static str,
    /// Its name, if it is another.
    pub name: Option<&'static str>,
    /// The key of which there is one body per value.
    pub per: Option<&'static str>,
    /// The closed list of that key.
    pub keys: Option<&'static str>,
}

impl Actor {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        name: None,
        per: None,
        keys: None,
    };

    /// Whether data call it so.
    pub fn is_called(&self, name: &str) -> bool {
        name == self.key || self.name.is_some_and(|own| own == name)
    }
}

/// A closed list.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// Its key.
    pub key: &'static str,
    /// How its values rank.
    pub order: Order,
    /// Keys of its values.
    pub values: &'static [&'static str],
}

/// How the values of a closed list rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Not at all.
    None,
    /// The first is the lowest.
    LowestFirst,
    /// The first is the best.
    BestFirst,
}

impl List {
    /// The place of a value.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.values.iter().position(|value| *value == key)
    }
}

/// A group of fields.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// Its key.
    pub key: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

impl Record {
    /// The place of a field.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }
}

/// A field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// What is entered.
    pub entry: FieldType,
    /// Whether it may be left blank.
    pub optional: bool,
}

impl Field {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        entry: FieldType::BLANK,
        optional: false,
    };
}

/// What is entered in a field.
#[derive(Clone, Copy, Debug)]
pub struct FieldType {
    /// Its kind.
    pub kind: FieldKind,
    /// How many base units one of the entered unit is; none: one.
    pub size: Option<Number>,
    /// Lowest value.
    pub low: Option<Number>,
    /// Highest value.
    pub high: Option<Number>,
    /// Step from the lowest value.
    pub step: Option<Number>,
    /// Limits of length.
    pub limits: &'static [(LimitKind, u64)],
    /// Whether these count every character, not 字数.
    pub characters: bool,
}

impl FieldType {
    /// A text without limits.
    pub const BLANK: Self = Self {
        kind: FieldKind::Text,
        size: None,
        low: None,
        high: None,
        step: None,
        limits: &[],
        characters: false,
    };
}

/// Kinds of fields.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// A longer text.
    Prose,
    /// A whole number.
    Integer,
    /// A whole number from 0 on.
    Count,
    /// A decimal number with so many digits after the point.
    Decimal(usize),
    /// A percentage with so many digits after the point.
    Percent(usize),
    /// An amount of money with so many digits after the point.
    Money(usize),
    /// A day.
    Date,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Yes or no.
    YesNo,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A mobile number.
    Mobile,
    /// A postcode.
    Postcode,
    /// A web address.
    Url,
    /// A file with one of these endings; none: any.
    File(&'static [&'static str]),
    /// A value of a closed list.
    OneOf(&'static str),
    /// Several values of a closed list.
    AnyOf(&'static str),
    /// A group of fields.
    Record(&'static str),
    /// Any number of items.
    List(&'static FieldType),
}

impl FieldKind {
    /// Whether it is a text whose length counts.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            FieldKind::Text
                | FieldKind::Prose
                | FieldKind::Email
                | FieldKind::Phone
                | FieldKind::Mobile
                | FieldKind::Postcode
                | FieldKind::Url
        )
    }
}

/// Kinds of limits of length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// About so much.
    About,
    /// Not more.
    AtMost,
    /// Not less.
    AtLeast,
}

/// How a value is shown.
#[derive(Clone, Copy, Debug)]
pub struct ShownType {
    /// Its kind.
    pub kind: ShownKind,
    /// Digits after the point.
    pub digits: Option<usize>,
    /// Key of its unit.
    pub unit: Option<&'static str>,
    /// How many base units one of the shown unit is; none: one.
    pub size: Option<Number>,
    /// Whether whole numbers are JSON numbers.
    pub whole: bool,
}

impl ShownType {
    /// A text.
    pub const BLANK: Self = Self {
        kind: ShownKind::Text,
        digits: None,
        unit: None,
        size: None,
        whole: false,
    };

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        self.kind == ShownKind::Number
    }
}

/// Kinds of shown values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownKind {
    /// A text.
    Text,
    /// Yes or no.
    Bool,
    /// A number.
    Number,
    /// A value of a closed list.
    OneOf,
    /// Several of them.
    AnyOf,
    /// A day.
    Date,
    /// A point in time.
    Moment,
    /// A calendar duration.
    Duration,
    /// A group of fields.
    Record,
    /// Items.
    List,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its key.
    pub key: &'static str,
    /// How its rows are chosen.
    pub lookup: Lookup,
    /// Whether the notice does not give it.
    pub absent: bool,
    /// Keys of its columns.
    pub columns: &'static [&'static str],
    /// Its rows.
    pub rows: &'static [Row],
}

impl Table {
    /// Nothing said.
    pub const BLANK: Self = Self {
        key: "",
        lookup: Lookup::Match,
        absent: false,
        columns: &[],
        rows: &[],
    };
}

/// How a table's rows are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The row whose keys are these.
    Match,
    /// The last row whose bound is reached from above.
    LowerBound,
    /// The first row whose bound is not exceeded.
    UpperBound,
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its keys.
    pub keys: &'static [KeyCell],
    /// Its values, one a column.
    pub values: &'static [Cell],
}

/// What a row's key may be.
#[derive(Clone, Copy, Debug)]
pub enum KeyCell {
    /// Anything.
    Any,
    /// One of these.
    OneOf(&'static [Cell]),
    /// A number between two ends, each with whether the end itself is left out.
    Band(Option<(Number, bool)>, Option<(Number, bool)>),
}

/// A constant value, or one that must be worked out.
#[derive(Clone, Copy, Debug)]
pub enum Cell {
    /// A number.
    Number(Number),
    /// A text or key.
    Text(&'static str),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Day(Day),
    /// What a formula gives.
    Of(Formula),
}

/// A value of the programme.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    /// Its key.
    pub key: &'static str,
    /// What it is.
    pub value: Formula,
}
