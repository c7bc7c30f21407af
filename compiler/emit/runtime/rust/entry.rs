//! One entry: a JSON value becomes typed data, by what its field accepts.
//!
//! In: a [`Spot`] and a field's type. Out: data in base units; what the field does not accept is a fault, and the data [`Data::Bad`].

use super::case::{Data, Problem};
use super::date::Day;
use super::definition::{FieldKind, FieldType, LimitKind};
use super::json::{Pointer, Spot};
use super::number::{Exact, Number};
use super::prepared::Prepared;
use super::read::{boolean, each_item, each_member, integer, string, Read};
use super::text::is_blank;
use std::borrow::Cow;

/// Digits of a decimal number that every implementation holds.
const DIGITS: usize = 18;

/// Members of an uploaded file.
const FILE: &[&str] = &["name", "size", "sealed"];

/// Whether a length keeps the hard limits.
fn keeps(field: &FieldType, length: u64) -> bool {
    field.limits.iter().all(|(kind, limit)| match kind {
        LimitKind::About => true,
        LimitKind::AtMost => length <= *limit,
        LimitKind::AtLeast => length >= *limit,
    })
}

fn length(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Lowest and highest value of a number's field, in its unit.
fn limits_of(field: &FieldType) -> (Option<Exact>, Option<Exact>) {
    let (low, high) = match field.kind {
        FieldKind::Count => (Some(Number::Whole(0)), None),
        FieldKind::Year => (Some(Number::Whole(1)), Some(Number::Whole(9999))),
        _ => (None, None),
    };
    (
        field.low.or(low).map(Number::exact),
        field.high.or(high).map(Number::exact),
    )
}

/// A number in the field's unit, in base units.
fn to_base(field: &FieldType, value: Exact) -> Exact {
    match field.size {
        Some(size) => &value * &size.exact(),
        None => value,
    }
}

/// Declared bounds of a number's field, in base units.
pub fn bounds_of(field: &FieldType) -> (Option<Exact>, Option<Exact>) {
    let (low, high) = limits_of(field);
    (
        low.map(|n| to_base(field, n)),
        high.map(|n| to_base(field, n)),
    )
}

/// Reads entries of one case and collects their faults.
#[derive(Debug)]
pub struct Entries {
    /// The programme.
    pub prepared: &'static Prepared,
    /// Faults by path.
    pub faults: Vec<(String, Problem)>,
}

impl Entries {
    fn bad<'t>(&mut self, pointer: Pointer<'_>, problem: Problem) -> Data<'t> {
        self.faults.push((pointer.to_string(), problem));
        Data::Bad
    }

    /// Reads a value of a field; there is one.
    pub fn read<'t>(
        &mut self,
        spot: &Spot<'t>,
        field: &'static FieldType,
        pointer: Pointer<'_>,
    ) -> Read<Data<'t>> {
        match field.kind {
            FieldKind::Text | FieldKind::Prose => self.text(spot, |_| true, pointer),
            FieldKind::Email => self.text(spot, is_email, pointer),
            FieldKind::Phone => self.text(spot, is_phone, pointer),
            FieldKind::Mobile => self.text(spot, is_mobile, pointer),
            FieldKind::Postcode => self.text(spot, is_postcode, pointer),
            FieldKind::Url => self.text(spot, is_url, pointer),
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => {
                let value = Exact::from(integer(spot, pointer)?);
                Ok(self.number(value, field, pointer))
            }
            FieldKind::Decimal(digits) | FieldKind::Percent(digits) | FieldKind::Money(digits) => {
                self.decimal(spot, field, digits, pointer)
            }
            FieldKind::Date => self.day(spot, "", pointer),
            FieldKind::Month => self.day(spot, "-01", pointer),
            FieldKind::YesNo => boolean(spot, pointer).map(Data::Bool),
            FieldKind::File(kinds) => self.file(spot, field, kinds, pointer),
            FieldKind::OneOf(list) => self.one_of(spot, list, pointer),
            FieldKind::AnyOf(list) => self.any_of(spot, field, list, pointer),
            FieldKind::Record(record) => self.record(spot, record, pointer),
            FieldKind::List(item) => self.list(spot, field, item, pointer),
        }
    }

    fn text<'t>(
        &mut self,
        spot: &Spot<'t>,
        accepts: fn(&str) -> bool,
        pointer: Pointer<'_>,
    ) -> Read<Data<'t>> {
        let value = string(spot, pointer)?;
        Ok(if is_blank(value) {
            Data::Blank
        } else if accepts(value) {
            Data::Text(value.clone())
        } else {
            self.bad(pointer, Problem::Pattern)
        })
    }

    fn decimal<'t>(
        &mut self,
        spot: &Spot<'t>,
        field: &FieldType,
        digits: usize,
        pointer: Pointer<'_>,
    ) -> Read<Data<'t>> {
        let value = string(spot, pointer)?;
        if is_blank(value) {
            return Ok(Data::Blank);
        }
        let body = value.strip_prefix('-').unwrap_or(value);
        let (whole, fraction) = body.split_once('.').map_or((body, ""), |parts| parts);
        let Some(number) = Exact::parse(value).filter(|_| fraction.len() <= digits) else {
            return Ok(self.bad(pointer, Problem::Pattern));
        };
        if whole.len() + fraction.len() > DIGITS {
            return Ok(self.bad(pointer, Problem::Range));
        }
        Ok(self.number(number, field, pointer))
    }

    /// Checks bounds and step in the declared unit, then goes over to base units.
    fn number<'t>(&mut self, value: Exact, field: &FieldType, pointer: Pointer<'_>) -> Data<'t> {
        let (low, high) = limits_of(field);
        if low.is_some_and(|low| value < low) || high.is_some_and(|high| value > high) {
            return self.bad(pointer, Problem::Range);
        }
        if let Some(step) = field.step {
            let from = field.low.map_or(Exact::ZERO, Number::exact);
            let steps = (&value - &from).divided(&step.exact());
            if steps.is_some_and(|n| !n.is_whole()) {
                return self.bad(pointer, Problem::Step);
            }
        }
        Data::Number(to_base(field, value))
    }

    fn day<'t>(&mut self, spot: &Spot<'t>, rest: &str, pointer: Pointer<'_>) -> Read<Data<'t>> {
        let value = string(spot, pointer)?;
        if is_blank(value) {
            return Ok(Data::Blank);
        }
        Ok(match Day::parse(&format!("{value}{rest}")) {
            Some(day) => Data::Day(day),
            None => self.bad(pointer, Problem::Date),
        })
    }

    fn one_of<'t>(&mut self, spot: &Spot<'t>, list: &str, pointer: Pointer<'_>) -> Read<Data<'t>> {
        let value = string(spot, pointer)?;
        if is_blank(value) {
            return Ok(Data::Blank);
        }
        let known = self.prepared.values_of(list);
        Ok(match known.iter().find(|key| *key == value) {
            Some(key) => Data::Key(key),
            None => self.bad(pointer, Problem::Unlisted),
        })
    }

    fn any_of<'t>(
        &mut self,
        spot: &Spot<'t>,
        field: &FieldType,
        list: &str,
        pointer: Pointer<'_>,
    ) -> Read<Data<'t>> {
        let known = self.prepared.values_of(list);
        let mut chosen = vec![false; known.len()];
        let mut all = true;
        each_item(spot, pointer, |item, place| {
            let value = string(item, place)?;
            match known.iter().position(|key| key == value) {
                Some(at) => chosen[at] = true,
                None => {
                    self.bad(place, Problem::Unlisted);
                    all = false;
                }
            }
            Ok(())
        })?;
        let of = known.iter().zip(chosen).filter(|(_, chosen)| *chosen);
        let keys: Vec<Data<'t>> = of.map(|(key, _)| Data::Key(key)).collect();
        Ok(if !keeps(field, length(keys.len())) {
            self.bad(pointer, Problem::Length)
        } else if all {
            Data::Set(keys)
        } else {
            Data::Bad
        })
    }

    fn record<'t>(&mut self, spot: &Spot<'t>, key: &str, pointer: Pointer<'_>) -> Read<Data<'t>> {
        let Some(record) = self.prepared.records.get(key).copied() else {
            return Ok(Data::Blank);
        };
        let names: Vec<&'static str> = record.fields.iter().map(|field| field.key).collect();
        let mut values = vec![Data::Blank; names.len()];
        each_member(spot, pointer, &names, |index, value, place| {
            values[index] = self.read(value, &record.fields[index].entry, place)?;
            Ok(())
        })?;
        if values.iter().all(|value| *value == Data::Blank) {
            return Ok(Data::Blank);
        }
        for (field, value) in record.fields.iter().zip(&values) {
            if *value == Data::Blank && !field.optional {
                self.bad(pointer.below(field.key), Problem::Blank);
            }
        }
        Ok(Data::Record(values, record))
    }

    fn list<'t>(
        &mut self,
        spot: &Spot<'t>,
        field: &FieldType,
        item: &'static FieldType,
        pointer: Pointer<'_>,
    ) -> Read<Data<'t>> {
        let items = each_item(spot, pointer, |one, place| {
            let data = match one.node {
                super::json::Node::Null => Data::Blank,
                _ => self.read(one, item, place)?,
            };
            if data == Data::Blank {
                self.bad(place, Problem::Blank);
            }
            Ok(data)
        })?;
        Ok(if keeps(field, length(items.len())) {
            Data::List(items)
        } else {
            self.bad(pointer, Problem::Length)
        })
    }

    fn file<'t>(
        &mut self,
        spot: &Spot<'t>,
        field: &FieldType,
        kinds: &[&str],
        pointer: Pointer<'_>,
    ) -> Read<Data<'t>> {
        let (mut name, mut size): (Option<Cow<'t, str>>, Option<i64>) = (None, None);
        each_member(spot, pointer, FILE, |member, value, place| {
            match member {
                0 => name = Some(string(value, place)?.clone()),
                1 => size = Some(integer(value, place)?),
                _ => drop(boolean(value, place)?),
            }
            Ok(())
        })?;
        let Some(name) = name.filter(|name| !is_blank(name)) else {
            return Ok(Data::Blank);
        };
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !kinds.is_empty() && !kinds.iter().any(|kind| kind.eq_ignore_ascii_case(ending)) {
            return Ok(self.bad(pointer, Problem::Pattern));
        }
        if size.is_some_and(|size| !u64::try_from(size).is_ok_and(|size| keeps(field, size))) {
            return Ok(self.bad(pointer, Problem::Length));
        }
        Ok(Data::Text(name))
    }
}

/// What ECMA-262 calls white space; a web or mail address holds none.
fn is_space(c: char) -> bool {
    matches!(
        c,
        '\u{9}'..='\u{d}'
            | ' '
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}'
            | '\u{feff}'
    )
}

/// Something, `@`, something with a dot inside; no blanks.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    // The last dot has something before and behind it: so must one of them.
    let inner = host
        .char_indices()
        .skip(1)
        .any(|(at, c)| c == '.' && at + 1 < host.len());
    !name.is_empty() && inner && !host.contains('@') && !text.contains(is_space)
}

/// 5 to 24 digits with single blanks, `-`, `(`, `)` between them.
fn is_phone(text: &str) -> bool {
    let body = text.strip_prefix(['+', '(']).unwrap_or(text);
    let mut digits = 0;
    let mut after_mark = true;
    for c in body.chars() {
        let mark = matches!(c, ' ' | '(' | ')' | '-');
        if !(c.is_ascii_digit() || mark && !after_mark) {
            return false;
        }
        digits += usize::from(!mark);
        after_mark = mark;
    }
    (5..=24).contains(&digits) && !after_mark
}

/// A mobile number of mainland China.
fn is_mobile(text: &str) -> bool {
    super::date::same_shape(text, "00000000000")
        && text.starts_with('1')
        && matches!(text.as_bytes()[1], b'3'..=b'9')
}

/// A postcode of China.
fn is_postcode(text: &str) -> bool {
    super::date::same_shape(text, "000000")
}

/// `http://` or `https://`, and no blanks.
fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(is_space))
}
