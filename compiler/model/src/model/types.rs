//! Types, units, vocabulary.

use super::{Citation, EnumId, Expr, ExprKind, Ident, RecordId, UnitId};
use prog_base::{Date, Exact, Span, Text, WorkingDays, text};
pub use prog_syntax::ast::{EnumOrder, LimitKind};

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Not known because of a fault already told; agrees with everything.
    Unknown,
    /// Three-valued truth.
    Bool,
    /// An exact number.
    Number(NumberType),
    /// A text.
    Text,
    /// One value of a closed list.
    Enum(EnumId),
    /// Several values of a closed list (`any of`).
    Set(EnumId),
    /// A calendar day.
    Date,
    /// A point in time.
    Moment,
    /// A calendar duration.
    Duration,
    /// A group of fields.
    Record(RecordId),
    /// A list.
    List(Box<Type>),
}

/// What is known of a number at compile time. Values are computed in base units (percent: as a fraction of one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberType {
    /// Dimension.
    pub dimension: Dimension,
    /// Digits after the point *in the declared unit*; `None`: an exact ratio that must be rounded before it is shown.
    pub digits: Option<u32>,
    /// Greatest lower bound known, in base units.
    pub low: Option<Exact>,
    /// Least upper bound known, in base units.
    pub high: Option<Exact>,
    /// The unit in which it is written and shown.
    pub unit: Option<UnitId>,
}

impl NumberType {
    /// The kind in which it is shown: a quotient that is not rounded in percent, one that is as a number.
    pub fn shown_as(&self) -> &Dimension {
        match (&self.dimension, self.digits) {
            (Dimension::Times, None) => &Dimension::Ratio,
            (Dimension::Times, Some(_)) => &Dimension::Plain,
            (dimension, _) => dimension,
        }
    }
}

/// A dimension: which kinds of quantity compare and add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// A literal without unit: fits Count and plain numbers, never a united value (semantics 6.3).
    Bare,
    /// Plain numbers and counts.
    Plain,
    /// Percent: 0.4 written `40%`.
    Ratio,
    /// So many times: a quotient of like quantities, a percentage of a bare number. It meets numbers as a number, percentages as one.
    Times,
    /// Base units with exponents, sorted, none zero. A single *count* unit (所, 人) also compares with `Plain`.
    Units(Vec<(UnitId, i8)>),
}

/// A unit with its exact factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Name.
    pub ident: Ident,
    /// The base unit of its dimension (itself for a base unit).
    pub base: UnitId,
    /// How many base units one of it is.
    pub factor: Exact,
    /// Counts things (个 所 人 …).
    pub count: bool,
    /// The dimension's word as declared (`money`, `count`, …).
    pub dimension: String,
}

/// A closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Name; inline choices get `<field>` as name and are `anonymous`.
    pub ident: Ident,
    /// Whether declared inline (`one of { … }`).
    pub anonymous: bool,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Whether levels compare.
    pub order: EnumOrder,
    /// Values in source order.
    pub values: Vec<EnumValue>,
}

/// One value of a closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// Name, key, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Readable but not choosable since this round.
    pub retired_since: Option<u32>,
}

/// A group of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Name.
    pub ident: Ident,
    /// Fields in order.
    pub fields: Vec<RecordField>,
}

/// One field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordField {
    /// Name, key, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// What is entered.
    pub field: FieldType,
    /// Its type in expressions.
    pub ty: Type,
    /// May stay blank.
    pub optional: bool,
    /// What to write about.
    pub prompt: Option<super::Label>,
    /// Printed help.
    pub help: Option<super::Label>,
}

/// What is entered in a field: the surface type, for schemas and pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldType {
    /// The kind of entry.
    pub kind: FieldKind,
    /// The declared unit of a number.
    pub unit: Option<UnitId>,
    /// Lowest value, in the declared unit (percent: points).
    pub low: Option<Exact>,
    /// Highest value, in the declared unit.
    pub high: Option<Exact>,
    /// Step, in the declared unit.
    pub step: Option<Exact>,
    /// Limits on length: words or characters for text, items for lists, bytes for files.
    pub limits: Vec<Limit>,
}

impl FieldType {
    /// Whether its length is counted in characters, not in words (字数).
    pub fn counts_characters(&self) -> bool {
        self.limits.iter().any(|limit| limit.characters)
    }

    /// What its length is counted in.
    pub fn length_unit(&self) -> Text {
        match &self.kind {
            FieldKind::File { .. } => text!("字节", "bytes"),
            FieldKind::List(_) | FieldKind::AnyOf(_) => text!("项", "items"),
            _ if self.counts_characters() => text!("字符", "characters"),
            _ => text!("字", "words"),
        }
    }
}

impl Type {
    /// Whether a let of this type stands under `values`: a ratio must be rounded by name first (semantics 1.7).
    pub fn is_listed(&self) -> bool {
        match self {
            Type::Number(number) => number.digits.is_some(),
            Type::Bool | Type::Text | Type::Enum(_) | Type::Set(_) | Type::Date | Type::Moment => true,
            Type::Unknown | Type::Duration | Type::Record(_) | Type::List(_) => false,
        }
    }
}

impl FieldType {
    /// Lowest and highest value of a number, in the declared unit.
    pub fn range(&self) -> (Option<Exact>, Option<Exact>) {
        let low = self.low.clone().or(match self.kind {
            FieldKind::Count => Some(Exact::ZERO),
            FieldKind::Year => Some(Exact::ONE),
            _ => None,
        });
        let high = self.high.clone().or(if self.kind == FieldKind::Year { Some(Exact::from(9999)) } else { None });
        (low, high)
    }

    /// Whether a number is on a step, counted from the lowest value.
    pub fn on_step(&self, value: &Exact) -> bool {
        let from = self.low.clone().unwrap_or(Exact::ZERO);
        let steps = self.step.as_ref().and_then(|step| (value - &from).checked_div(step));
        steps.is_none_or(|n| n.is_integer())
    }
}

/// The kinds of entry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FieldKind {
    Text,
    Prose,
    Integer,
    Count,
    Decimal { digits: u32 },
    Percent { digits: u32 },
    Money { digits: u32 },
    Date,
    Month,
    Year,
    YesNo,
    Email,
    Phone,
    Mobile,
    Postcode,
    Url,
    File { kinds: Vec<String>, sealed: bool },
    OneOf(EnumId),
    AnyOf(EnumId),
    Record(RecordId),
    List(Box<FieldType>),
    Unknown,
}

impl FieldKind {
    /// Digits after the point, of a number that has some.
    pub fn digits(&self) -> Option<u32> {
        match self {
            FieldKind::Decimal { digits } | FieldKind::Percent { digits } | FieldKind::Money { digits } => Some(*digits),
            _ => None,
        }
    }
}

/// A limit on a length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// About (soft), at most, at least.
    pub kind: LimitKind,
    /// The number (words or characters, items, or bytes).
    pub value: u64,
    /// Of a text: every character, not 字数.
    pub characters: bool,
}

/// A lookup or decision table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// How rows are found.
    pub lookup: TableLookup,
    /// Key columns.
    pub keys: Vec<KeyColumn>,
    /// Value columns.
    pub columns: Vec<ValueColumn>,
    /// Rows in source order; the first that matches decides, `otherwise` rows last.
    pub rows: Vec<TableRow>,
    /// Announced but absent in the source: every lookup is unknown with `needs: ["notice"]`.
    pub absent: bool,
    /// The day of the data file, if rows were read from one.
    pub dated: Option<Date>,
    /// Formulas compared with columns.
    pub explained: Vec<Explained>,
    /// The place.
    pub span: Span,
}

/// Which days are worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Name, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The day of the file.
    pub dated: Option<Date>,
    /// What the file says.
    pub days: WorkingDays,
    /// The place.
    pub span: Span,
}

/// How a row is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TableLookup {
    /// Every key cell matches.
    Match,
    /// The greatest key ≤ the value.
    LowerBound,
    /// The least key ≥ the value.
    UpperBound,
}

/// What a row of a table that is looked up by bounds begins or ends at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableBound {
    /// A number in base units.
    Number(Exact),
    /// A day.
    Day(Date),
}

impl TableRow {
    /// The bound in its last key, which the compiler has worked out; of other rows and tables `None`.
    pub fn bound(&self) -> Option<TableBound> {
        let Some(KeyCell::OneOf(list)) = self.keys.last() else { return None };
        match &list.first()?.kind {
            ExprKind::Number(n) => Some(TableBound::Number(n.clone())),
            ExprKind::Date(day) => Some(TableBound::Day(*day)),
            _other => None,
        }
    }
}

/// A key column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyColumn {
    /// Name.
    pub ident: Ident,
    /// Its type.
    pub ty: Type,
}

/// A value column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueColumn {
    /// Name.
    pub ident: Ident,
    /// Its type.
    pub ty: Type,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// One a key column.
    pub keys: Vec<KeyCell>,
    /// One a value column; expressions over the keys ([`super::ExprKind::Key`]).
    pub values: Vec<Expr>,
    /// The place.
    pub span: Span,
}

/// A key cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyCell {
    /// Any value (`otherwise`, `-`).
    Any,
    /// One of these constants.
    OneOf(Vec<Expr>),
    /// A band; an end left out is open.
    Band {
        /// Lower end and whether it is in.
        low: Option<(Exact, bool)>,
        /// Upper end and whether it is in.
        high: Option<(Exact, bool)>,
    },
}

/// A formula that explains a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Index of the value column.
    pub column: usize,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The formula over the keys.
    pub by: Expr,
    /// Per row that has one constant key: the formula's value, `None` when it cannot be checked.
    pub values: Vec<(usize, Option<Exact>)>,
}
