//! A small tree of SQL scalars that no dialect owns.
//!
//! In: built by the lowering. Out: printed by [`super::print`] in a dialect's spelling. Always: truth is SQL's own three-valued logic (`AND`,
//! `OR`, `NOT` of SQL are Kleene's); whole numbers are as wide as [`Width`] says; a `CASE` without `else` gives NULL.

/// A scalar expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sql {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number, in digits.
    Int(String),
    /// A text.
    Text(String),
    /// A column of the relation in hand.
    Column(String),
    /// The opposite.
    Not(Box<Sql>),
    /// All hold.
    And(Vec<Sql>),
    /// One holds.
    Or(Vec<Sql>),
    /// `left op right`.
    Compare(&'static str, Box<Sql>, Box<Sql>),
    /// Nothing there.
    IsNull(Box<Sql>),
    /// Something there.
    IsGiven(Box<Sql>),
    /// Surely so: never NULL.
    IsTrue(Box<Sql>),
    /// Surely not so: never NULL.
    IsFalse(Box<Sql>),
    /// One of these constants.
    In(Box<Sql>, Vec<Sql>),
    /// The first whose condition holds, else the last.
    Case(Vec<(Sql, Sql)>, Option<Box<Sql>>),
    /// The first that is there.
    Coalesce(Vec<Sql>),
    /// Texts one after another.
    Concat(Vec<Sql>),
    /// `+`, `-`, `*` on whole numbers; the result is this wide.
    Arithmetic(char, Width, Box<Sql>, Box<Sql>),
    /// The quotient of two whole numbers that are not negative, cut off.
    Quotient(Width, Box<Sql>, Box<Sql>),
    /// The number with the other sign.
    Negate(Box<Sql>),
    /// What dialects spell differently.
    Call(Function, Vec<Sql>),
    /// What is asked of the other rows of a line: whether a row is so, and its number.
    Over(Over, Box<Sql>, Box<Sql>),
    /// Already in the dialect's own words; `{raw}` stands for the text that a column is read from.
    Spelled(String),
}

/// What a row is beside the others of its line; every dialect spells it alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Whether it is the first, among those that are so, with its number.
    First,
    /// How many that are so have its number, or one up to so many more.
    UpTo(u32),
}

/// How many digits a whole number may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// 64 bits with sign.
    Small,
    /// 38 digits.
    Wide,
    /// More.
    Vast,
}

/// Functions that every dialect has in its own spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Characters of a text.
    Length,
    /// Where the second text stands in the first, from 1; 0: nowhere.
    Position,
    /// The first text with every second replaced by the third.
    Replace,
    /// From a position, so many characters.
    Substring,
    /// A text that holds more than white space, else NULL.
    Filled,
    /// A text's digits as a 64-bit number.
    Whole,
    /// A number as text.
    Shown,
    /// Whether a text has the shape of an entry.
    Shaped(Shape),
    /// Whether a text is a day of the calendar, `YYYY-MM-DD`.
    IsDay,
    /// Whether a text is a point in time with an offset (RFC 3339).
    IsMoment,
    /// Days since 1970-01-01 of a day.
    DayNumber,
    /// A day so many days, months later (`YYYY-MM-DD`).
    AddDays,
    /// As `AddDays`; clipped to the month's end.
    AddMonths,
    /// The working day so many places after the last one up to a day; NULL outside the calendar.
    WorkingDay,
    /// The awaited keys, each once, in order, as JSON.
    NeedsJson,
    /// A text as a JSON string.
    Quoted,
    /// JSON's text of a truth value as one.
    Truth,
    /// JSON's text of a whole number (`12`, `1.0`, `1e3`) as one of 64 bits.
    Number,
    /// A text's digits as a number of 38 digits.
    WideWhole,
    /// A whole number as one of 38 digits.
    Broad,
    /// What a whole number leaves when divided by another.
    Remainder,
    /// Whether a text is `-?digits[.digits]`.
    IsDecimal,
    /// 字数 of a text (semantics 6.4), its East-Asian punctuation counted or not.
    WordCount { punctuation: bool },
    /// How many characters a text has; a line break is one.
    CharacterCount,
}

/// Entries of a fixed shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An address of electronic mail.
    Email,
    /// A telephone's number.
    Phone,
    /// A mobile telephone's number.
    Mobile,
    /// A postcode.
    Postcode,
    /// A web address.
    Url,
}

/// A text.
pub fn text(text: impl Into<String>) -> Sql {
    Sql::Text(text.into())
}

/// A column.
pub fn column(name: impl Into<String>) -> Sql {
    Sql::Column(name.into())
}

/// A small whole number.
pub fn int(n: i64) -> Sql {
    Sql::Int(n.to_string())
}

/// All hold; constants are folded.
pub fn and(all: impl IntoIterator<Item = Sql>) -> Sql {
    let mut rest = Vec::new();
    for one in all {
        match one {
            Sql::Bool(true) => {}
            Sql::Bool(false) => return Sql::Bool(false),
            Sql::And(more) => rest.extend(more),
            other => rest.push(other),
        }
    }
    match rest.len() {
        0 => Sql::Bool(true),
        1 => rest.remove(0),
        _ => Sql::And(rest),
    }
}

/// One holds; constants are folded.
pub fn or(all: impl IntoIterator<Item = Sql>) -> Sql {
    let mut rest = Vec::new();
    for one in all {
        match one {
            Sql::Bool(false) => {}
            Sql::Bool(true) => return Sql::Bool(true),
            Sql::Or(more) => rest.extend(more),
            other => rest.push(other),
        }
    }
    match rest.len() {
        0 => Sql::Bool(false),
        1 => rest.remove(0),
        _ => Sql::Or(rest),
    }
}

/// The opposite; constants are folded.
pub fn not(of: Sql) -> Sql {
    match of {
        Sql::Bool(value) => Sql::Bool(!value),
        Sql::Not(inner) => *inner,
        Sql::IsNull(inner) => Sql::IsGiven(inner),
        Sql::IsGiven(inner) => Sql::IsNull(inner),
        other => Sql::Not(Box::new(other)),
    }
}

/// Nothing there.
pub fn is_null(of: Sql) -> Sql {
    match of {
        Sql::Null => Sql::Bool(true),
        Sql::Bool(_) | Sql::Int(_) | Sql::Text(_) => Sql::Bool(false),
        other => Sql::IsNull(Box::new(other)),
    }
}

/// Something there.
pub fn given(of: Sql) -> Sql {
    not(is_null(of))
}

/// Surely so; never NULL.
pub fn is_true(of: Sql) -> Sql {
    match of {
        Sql::Bool(value) => Sql::Bool(value),
        Sql::Null => Sql::Bool(false),
        other => Sql::IsTrue(Box::new(other)),
    }
}

/// Surely not so; never NULL.
pub fn is_false(of: Sql) -> Sql {
    match of {
        Sql::Bool(value) => Sql::Bool(!value),
        Sql::Null => Sql::Bool(false),
        other => Sql::IsFalse(Box::new(other)),
    }
}

/// `left op right`.
pub fn compare(op: &'static str, left: Sql, right: Sql) -> Sql {
    Sql::Compare(op, Box::new(left), Box::new(right))
}

/// `left = right`.
pub fn equal(left: Sql, right: Sql) -> Sql {
    compare("=", left, right)
}

/// The first whose condition holds, else `other`; constant conditions are folded.
pub fn case(arms: impl IntoIterator<Item = (Sql, Sql)>, other: Sql) -> Sql {
    let mut kept: Vec<(Sql, Sql)> = Vec::new();
    let mut other = other;
    for (test, value) in arms {
        match test {
            Sql::Bool(false) | Sql::Null => {}
            Sql::Bool(true) => {
                other = value;
                break;
            }
            test => kept.push((test, value)),
        }
    }
    if kept.iter().all(|(_, value)| *value == other) {
        return other;
    }
    let other = if other == Sql::Null { None } else { Some(Box::new(other)) };
    Sql::Case(kept, other)
}

/// `value` where the condition holds, else nothing.
pub fn when(test: Sql, value: Sql) -> Sql {
    case([(test, value)], Sql::Null)
}

/// The first that is there.
pub fn coalesce(first: Sql, second: Sql) -> Sql {
    match (first, second) {
        (Sql::Null, second) => second,
        (first @ (Sql::Bool(_) | Sql::Int(_) | Sql::Text(_)), _) => first,
        (first, Sql::Null) => first,
        // What is awaited or nothing: the usual shape, said in one step.
        (Sql::Case(arms, None), second @ Sql::Text(_)) if arms.iter().all(|(_, v)| matches!(v, Sql::Text(_))) => {
            Sql::Case(arms, Some(Box::new(second)))
        }
        (Sql::Coalesce(mut all), second) => {
            all.push(second);
            Sql::Coalesce(all)
        }
        (first, second) => Sql::Coalesce(vec![first, second]),
    }
}

/// What is asked of the other rows of a line.
pub fn over(over: Over, so: Sql, number: Sql) -> Sql {
    Sql::Over(over, Box::new(so), Box::new(number))
}

/// A function that dialects spell differently.
pub fn call(function: Function, args: impl IntoIterator<Item = Sql>) -> Sql {
    Sql::Call(function, args.into_iter().collect())
}

impl Sql {
    /// Shows this scalar and everything in it.
    pub fn visit(&self, see: &mut dyn FnMut(&Sql)) {
        see(self);
        match self {
            Sql::Null | Sql::Bool(_) | Sql::Int(_) | Sql::Text(_) | Sql::Column(_) | Sql::Spelled(_) => {}
            Sql::Not(x) | Sql::IsNull(x) | Sql::IsGiven(x) | Sql::IsTrue(x) | Sql::IsFalse(x) | Sql::Negate(x) => x.visit(see),
            Sql::And(all) | Sql::Or(all) | Sql::Coalesce(all) | Sql::Concat(all) | Sql::Call(_, all) => {
                all.iter().for_each(|x| x.visit(see));
            }
            Sql::Compare(_, a, b) | Sql::Arithmetic(_, _, a, b) | Sql::Quotient(_, a, b) | Sql::Over(_, a, b) => {
                a.visit(see);
                b.visit(see);
            }
            Sql::In(x, all) => {
                x.visit(see);
                all.iter().for_each(|x| x.visit(see));
            }
            Sql::Case(arms, other) => {
                for (test, value) in arms {
                    test.visit(see);
                    value.visit(see);
                }
                if let Some(other) = other {
                    other.visit(see);
                }
            }
        }
    }

    /// How many parts it has: what is large is worked out once and named.
    pub fn size(&self) -> usize {
        let mut size = 0;
        // A query of its own is as much work as many parts.
        let parts = |x: &Sql| if matches!(x, Sql::Call(Function::WorkingDay, _)) { 10 } else { 1 };
        self.visit(&mut |x| size += parts(x));
        size
    }

    /// The same of a column that is stored.
    #[must_use]
    pub fn with_column(&self, own: &Sql) -> Sql {
        match own {
            Sql::Column(name) => self.with_raw(name),
            _other => self.clone(),
        }
    }

    /// The same with another column for the text that is read.
    #[must_use]
    pub fn with_raw(&self, source: &str) -> Sql {
        let one = |x: &Sql| Box::new(x.with_raw(source));
        let all = |list: &[Sql]| list.iter().map(|x| x.with_raw(source)).collect::<Vec<_>>();
        match self {
            Sql::Column(name) if name == super::columns::RAW => column(source),
            Sql::Spelled(text) => Sql::Spelled(text.replace("{raw}", source)),
            Sql::Null | Sql::Bool(_) | Sql::Int(_) | Sql::Text(_) | Sql::Column(_) => self.clone(),
            Sql::Not(x) => Sql::Not(one(x)),
            Sql::IsNull(x) => Sql::IsNull(one(x)),
            Sql::IsGiven(x) => Sql::IsGiven(one(x)),
            Sql::IsTrue(x) => Sql::IsTrue(one(x)),
            Sql::IsFalse(x) => Sql::IsFalse(one(x)),
            Sql::Negate(x) => Sql::Negate(one(x)),
            Sql::And(list) => Sql::And(all(list)),
            Sql::Or(list) => Sql::Or(all(list)),
            Sql::Coalesce(list) => Sql::Coalesce(all(list)),
            Sql::Concat(list) => Sql::Concat(all(list)),
            Sql::Call(function, list) => Sql::Call(*function, all(list)),
            Sql::Compare(op, a, b) => Sql::Compare(op, one(a), one(b)),
            Sql::Arithmetic(op, width, a, b) => Sql::Arithmetic(*op, *width, one(a), one(b)),
            Sql::Over(over, a, b) => Sql::Over(*over, one(a), one(b)),
            Sql::Quotient(width, a, b) => Sql::Quotient(*width, one(a), one(b)),
            Sql::In(x, list) => Sql::In(one(x), all(list)),
            Sql::Case(arms, other) => {
                let arms = arms.iter().map(|(test, value)| (test.with_raw(source), value.with_raw(source))).collect();
                Sql::Case(arms, other.as_deref().map(one))
            }
        }
    }
}
