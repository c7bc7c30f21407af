//! What the table of a track holds: a column for each entry, with its constraint and how it is read from JSON.
//!
//! In: a track. Out: [`Column`]s. Always: a column is named by its pointer in the case; an entry that its field does not accept is NULL and its
//! fault stands in the column of the same name with `!`; numbers are whole ones of the smallest step.

use super::dialect::Dialect;
use super::number::{Refused, width};
use super::tree::{Function, Shape, Sql, Width, and, call, case, coalesce, column, compare, equal, given, int, is_null, not, or, text};
use crate::names::hex;
use prog_base::Exact;
use prog_model::{EnumId, FieldKind, FieldType, Programme};

/// Bytes that a name may have everywhere (PostgreSQL cuts at 63).
const LONGEST: usize = 60;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// A text, a key, a day.
    Text,
    /// Yes or no.
    Truth,
    /// A whole number.
    Whole(Width),
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holding: Holding,
    /// What always holds of it.
    pub check: Option<Sql>,
    /// How it is read; the text found at the pointer is the column [`RAW`].
    pub read: Sql,
    /// Where it stands in the case: steps of the pointer.
    pub steps: Vec<String>,
    /// What it is called on the form, and its unit.
    pub remark: String,
}

/// The column's own text in [`Column::read`].
pub const RAW: &str = "raw";

/// A name of at most so many bytes: a long one is cut and told apart by a hash.
pub fn short(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let mut end = LONGEST - 9;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}~{}", &name[..end], &hex(name.as_bytes())[..8])
}

/// The name of the column at a pointer.
pub fn column_of(pointer: &str) -> String {
    short(pointer.trim_start_matches('/'))
}

/// The steps of a pointer.
pub fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|s| s.replace("~1", "/").replace("~0", "~")).collect()
}

/// The shape of a number's field: one step of its digits in base units, and the most steps from zero.
pub fn number_shape(p: &Programme, field: &FieldType) -> Option<(Exact, Exact)> {
    let digits = match &field.kind {
        FieldKind::Integer | FieldKind::Count | FieldKind::Year => 0,
        FieldKind::Decimal { digits } | FieldKind::Percent { digits } | FieldKind::Money { digits } => *digits,
        _ => return None,
    };
    let power = (0..digits).fold(Exact::ONE, |n, _| &n * &Exact::from(10));
    let step = Exact::ONE.checked_div(&power)?;
    let quantum = &step * &base_factor(p, field);
    let longest = if digits == 0 { Exact::from((1 << 53) - 1) } else { &Exact::parse("999999999999999999")? * &power };
    let size = |n: Exact| if n.is_negative() { -&n } else { n };
    let (low, high) = field.range();
    let most = match (low, high) {
        (Some(low), Some(high)) => {
            let (low, high) = (&size(low) * &power, &size(high) * &power);
            if low >= high { low } else { high }
        }
        (_, _) => longest,
    };
    Some((quantum, most))
}

/// How many base units one of the declared unit is.
pub fn base_factor(p: &Programme, field: &FieldType) -> Exact {
    match (field.unit, &field.kind) {
        (Some(unit), _) => p.unit(unit).factor.clone(),
        (None, FieldKind::Percent { .. }) => Exact::ratio(1, 100).unwrap_or(Exact::ONE),
        (None, _) => Exact::ONE,
    }
}

/// What a dialect lacks for reading a field.
pub struct Means {
    /// The widest number.
    pub width: Width,
    /// The dialect.
    pub dialect: Dialect,
}

impl Means {
    /// What a dialect has.
    pub fn of(dialect: Dialect) -> Self {
        let holds = dialect.holds();
        Self { width: holds.width, dialect }
    }

    fn raw(&self) -> Sql {
        column(RAW)
    }

    /// The text, NULL where it holds only white space.
    pub fn filled(&self) -> Sql {
        call(Function::Filled, [self.raw()])
    }

    /// A text that must have the shape of an entry.
    fn shaped(&self, shape: Shape) -> (Holding, Vec<(Sql, &'static str)>, Sql) {
        (Holding::Text, vec![(call(Function::Shaped(shape), [self.raw()]), "pattern")], self.raw())
    }

    /// The column and its fault column for a scalar field; `None`: the field is no scalar.
    pub fn scalar(&self, p: &Programme, field: &FieldType, pointer: &str, label: &str) -> Result<Option<[Column; 2]>, Refused> {
        let (holding, checks, value) = match &field.kind {
            FieldKind::YesNo => (Holding::Truth, Vec::new(), call(Function::Truth, [self.raw()])),
            FieldKind::Text | FieldKind::Prose => (Holding::Text, Vec::new(), self.raw()),
            FieldKind::Email => self.shaped(Shape::Email),
            FieldKind::Phone => self.shaped(Shape::Phone),
            FieldKind::Mobile => self.shaped(Shape::Mobile),
            FieldKind::Postcode => self.shaped(Shape::Postcode),
            FieldKind::Url => self.shaped(Shape::Url),
            FieldKind::Date => (Holding::Text, vec![(call(Function::IsDay, [self.raw()]), "date")], self.raw()),
            FieldKind::Month => {
                let day = Sql::Concat(vec![self.raw(), text("-01")]);
                (Holding::Text, vec![(call(Function::IsDay, [day.clone()]), "date")], day)
            }
            FieldKind::OneOf(id) => (Holding::Text, vec![(Sql::In(Box::new(self.raw()), keys(p, *id)), "unlisted")], self.raw()),
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => {
                let value = call(Function::Number, [self.raw()]);
                (Holding::Whole(Width::Small), self.ranges(field, &value, &Exact::ONE)?, value)
            }
            FieldKind::Decimal { digits } | FieldKind::Percent { digits } | FieldKind::Money { digits } => {
                return self.decimal(p, field, *digits as usize, pointer, label).map(Some);
            }
            FieldKind::File { .. } | FieldKind::AnyOf(_) | FieldKind::Record(_) | FieldKind::List(_) | FieldKind::Unknown => {
                return Ok(None);
            }
        };
        let read = match holding {
            Holding::Text => self.filled(),
            Holding::Truth | Holding::Whole(_) => self.raw(),
        };
        let mut pair = self.pair(pointer, label, holding, checks.clone(), value.clone(), &read);
        // What is stored is what was checked: the same holds of rows that come by another way.
        let own = column(pair[0].name.clone());
        pair[0].check = match holding {
            Holding::Text if value == self.raw() && !checks.is_empty() => {
                let holds = and(checks.iter().map(|(test, _)| test.with_column(&own)));
                Some(or([is_null(own.clone()), holds]))
            }
            Holding::Whole(_) => Some(and(self.ranges(field, &own, &Exact::ONE)?.into_iter().map(|(test, _)| test))),
            Holding::Text | Holding::Truth => None,
        }
        .filter(|check| *check != Sql::Bool(true));
        Ok(Some(pair))
    }

    /// Bounds and step, in steps of the field's digits.
    fn ranges(&self, field: &FieldType, value: &Sql, power: &Exact) -> Result<Vec<(Sql, &'static str)>, Refused> {
        let (low, high) = field.range();
        let mut ends = Vec::new();
        let whole = |n: &Exact| Sql::Int((n * power).to_parts().0);
        for (op, end) in [(">=", &low), ("<=", &high)] {
            if let Some(end) = end {
                if !(end * power).is_integer() {
                    return Err(Refused {
                        zh: "界限的小数位数多于字段".to_owned(),
                        en: "a bound with more digits than its field".to_owned(),
                    });
                }
                ends.push(compare(op, value.clone(), whole(end)));
            }
        }
        let mut checks = if ends.is_empty() { Vec::new() } else { vec![(and(ends), "range")] };
        if let Some(step) = &field.step {
            let from = field.low.clone().unwrap_or(Exact::ZERO);
            if !(step * power).is_integer() {
                return Err(Refused {
                    zh: "步长的小数位数多于字段".to_owned(), en: "a step with more digits than its field".to_owned()
                });
            }
            let away = Sql::Arithmetic('-', Width::Small, Box::new(value.clone()), Box::new(whole(&from)));
            let rest = call(Function::Remainder, [away, whole(step)]);
            checks.push((equal(rest, int(0)), "step"));
        }
        Ok(checks)
    }

    /// `-?digits[.digits]` as so many steps of its digits.
    fn decimal(&self, p: &Programme, field: &FieldType, digits: usize, pointer: &str, label: &str) -> Result<[Column; 2], Refused> {
        let power = (0..digits).fold(Exact::ONE, |n, _| &n * &Exact::from(10));
        let most = number_shape(p, field).map_or(Exact::ZERO, |(_, most)| most);
        let (held, read_as) = (width(&most), width(&(&Exact::parse("999999999999999999").unwrap_or(Exact::ONE) * &power)));
        // Where numbers are no wider than 64 bits, a text of more digits is read as the largest of them: beyond every bound that fits.
        if width(&(&most + &Exact::ONE)) > self.width {
            return Err(Refused { zh: "数值可能超出 64 位".to_owned(), en: "a number can need more than 64 bits".to_owned() });
        }
        let raw = self.raw();
        let body = call(Function::Replace, [raw.clone(), text("-"), text("")]);
        let dotted = Sql::Concat(vec![body.clone(), text(".")]);
        let point = call(Function::Position, [dotted, text(".")]);
        let before = |n: Sql, by: i64| Sql::Arithmetic('-', Width::Small, Box::new(n), Box::new(int(by)));
        let whole = call(Function::Substring, [body.clone(), int(1), before(point.clone(), 1)]);
        let after = Sql::Arithmetic('+', Width::Small, Box::new(point), Box::new(int(1)));
        let fraction = call(Function::Substring, [body.clone(), after, int(64)]);
        let padded =
            call(Function::Substring, [Sql::Concat(vec![fraction.clone(), text("0".repeat(digits.max(1)))]), int(1), int(digits as i64)]);
        let number = if digits == 0 { whole.clone() } else { Sql::Concat(vec![whole.clone(), padded]) };
        let function = if read_as == Width::Small { Function::Whole } else { Function::WideWhole };
        let positive = call(function, [number]);
        let value =
            case([(equal(call(Function::Substring, [raw, int(1), int(1)]), text("-")), Sql::Negate(Box::new(positive.clone())))], positive);
        let length = |x: Sql| call(Function::Length, [x]);
        let shape = and([call(Function::IsDecimal, [self.raw()]), compare("<=", length(fraction), int(digits as i64))]);
        let digits_held = compare("<=", length(call(Function::Replace, [body, text("."), text("")])), int(18));
        let mut checks = vec![(shape, "pattern"), (digits_held, "range")];
        checks.extend(self.ranges(field, &value, &power)?);
        let mut pair = self.pair(pointer, label, Holding::Whole(held), checks, value, &self.filled());
        let own = column(pair[0].name.clone());
        pair[0].check =
            Some(and(self.ranges(field, &own, &power)?.into_iter().map(|(test, _)| test))).filter(|check| *check != Sql::Bool(true));
        Ok(pair)
    }

    /// A column that holds what passes all checks, and the column of what failed first.
    pub fn pair(
        &self,
        pointer: &str,
        label: &str,
        holding: Holding,
        checks: Vec<(Sql, &'static str)>,
        value: Sql,
        filled: &Sql,
    ) -> [Column; 2] {
        let name = column_of(pointer);
        let fault_name = short(&format!("{name}!"));
        let blank = is_null(filled.clone());
        let mut arms = vec![(blank, Sql::Null)];
        arms.extend(checks.iter().map(|(test, problem)| (not(test.clone()), text(*problem))));
        let fault = if checks.is_empty() { Sql::Null } else { case(arms, Sql::Null) };
        let mut arms = vec![(is_null(filled.clone()), Sql::Null)];
        arms.extend(checks.iter().map(|(test, _)| (not(test.clone()), Sql::Null)));
        let read = if checks.is_empty() && value == self.raw() { filled.clone() } else { case(arms, value) };
        let words: Vec<Sql> = checks.iter().map(|(_, problem)| text(*problem)).collect();
        let faulty = and([is_null(column(name.clone())), Sql::In(Box::new(column(fault_name.clone())), words.clone())]);
        let fault_check =
            if words.is_empty() { is_null(column(fault_name.clone())) } else { or([is_null(column(fault_name.clone())), faulty]) };
        let steps = steps(pointer);
        let main = Column { check: None, name, holding, read, steps: steps.clone(), remark: label.to_owned() };
        let faults =
            Column { name: fault_name, holding: Holding::Text, check: Some(fault_check), read: fault, steps, remark: String::new() };
        [main, faults]
    }
}

/// The keys of a closed list.
pub fn keys(p: &Programme, id: EnumId) -> Vec<Sql> {
    p.enumeration(id).values.iter().map(|v| text(v.ident.key.clone())).collect()
}

/// A truth value of a sheet, a written reason, a day.
pub fn plain(pointer: &str, holding: Holding, read: Sql, remark: &str) -> Column {
    Column { name: column_of(pointer), holding, check: None, read, steps: steps(pointer), remark: remark.to_owned() }
}

/// Whether something stands in an entry, acceptable or not.
pub fn has_entry(pointer: &str) -> Sql {
    let name = column_of(pointer);
    let fault = short(&format!("{name}!"));
    or([given(column(name)), given(column(fault))])
}

/// The fault column of an entry.
pub fn fault_of(pointer: &str) -> Sql {
    column(short(&format!("{}!", column_of(pointer))))
}

/// Whether a column holds more than white space, as text.
pub fn is_filled(d: Dialect, name: &str) -> String {
    super::print::scalar(d, &given(call(Function::Filled, [column(name)])), 4)
}

/// A text that is never NULL.
pub fn or_empty(sql: Sql) -> Sql {
    coalesce(sql, text(""))
}
