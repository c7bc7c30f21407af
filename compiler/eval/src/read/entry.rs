//! One entry: a JSON value becomes typed data, by what its field accepts.
//!
//! Out: data in base units. A wrong JSON type or a number out of range is refused; all else that the field does not accept is a fault
//! and the data [`Data::Bad`].

use super::scan::{Node, Spot};
use super::{Fault, below, boolean, each_member, is_blank, list, patterns, string, unknown_member, wrong_type};
use crate::case::{Data, Problem, When};
use prog_base::{Date, Exact, Moment, codes, text};
use prog_model::{EnumId, FieldKind, FieldType, LimitKind, Programme, RecordId};

/// The largest whole number that every target holds exactly.
const LARGEST: i64 = (1 << 53) - 1;
/// Digits of a decimal number that every target holds.
const DIGITS: usize = 18;

/// Reads entries of one case and collects their faults.
pub struct Entries<'p> {
    /// The programme.
    pub programme: &'p Programme,
    /// Faults by path.
    pub faults: Vec<(String, Problem)>,
}

impl Entries<'_> {
    fn bad(&mut self, pointer: &str, problem: Problem) -> Data {
        self.faults.push((pointer.to_owned(), problem));
        Data::Bad
    }

    /// Reads a value of a field.
    pub fn read(&mut self, spot: &Spot<'_>, field: &FieldType, pointer: &str) -> Result<Data, Fault> {
        if spot.node == Node::Null {
            return Ok(Data::Blank);
        }
        match &field.kind {
            FieldKind::Text | FieldKind::Prose => self.text(spot, pointer, |_| true),
            FieldKind::Email => self.text(spot, pointer, patterns::is_email),
            FieldKind::Phone => self.text(spot, pointer, patterns::is_phone),
            FieldKind::Mobile => self.text(spot, pointer, patterns::is_mobile),
            FieldKind::Postcode => self.text(spot, pointer, patterns::is_postcode),
            FieldKind::Url => self.text(spot, pointer, patterns::is_url),
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => self.whole(spot, field, pointer),
            FieldKind::Decimal { digits } | FieldKind::Percent { digits } | FieldKind::Money { digits } => {
                self.decimal(spot, field, *digits as usize, pointer)
            }
            FieldKind::Date => self.day(spot, pointer, ""),
            FieldKind::Month => self.day(spot, pointer, "-01"),
            FieldKind::YesNo => boolean(spot, pointer).map(Data::Bool),
            FieldKind::File { kinds, .. } => self.file(spot, field, kinds, pointer),
            FieldKind::OneOf(id) => self.one_of(spot, *id, pointer),
            FieldKind::AnyOf(id) => self.any_of(spot, field, *id, pointer),
            FieldKind::Record(id) => self.record(spot, *id, pointer),
            FieldKind::List(item) => self.list(spot, field, item, pointer),
            FieldKind::Unknown => Ok(Data::Blank),
        }
    }

    fn text(&mut self, spot: &Spot<'_>, pointer: &str, accepts: fn(&str) -> bool) -> Result<Data, Fault> {
        let value = string(spot, pointer)?;
        if is_blank(value) {
            return Ok(Data::Blank);
        }
        Ok(if accepts(value) { Data::Text(value.to_owned()) } else { self.bad(pointer, Problem::Pattern) })
    }

    fn whole(&mut self, spot: &Spot<'_>, field: &FieldType, pointer: &str) -> Result<Data, Fault> {
        let value = Exact::from(integer(spot, pointer)?);
        Ok(self.number(value, field, pointer))
    }

    fn decimal(&mut self, spot: &Spot<'_>, field: &FieldType, digits: usize, pointer: &str) -> Result<Data, Fault> {
        let value = string(spot, pointer)?;
        if is_blank(value) {
            return Ok(Data::Blank);
        }
        let Some((whole, fraction)) = patterns::decimal(value) else { return Ok(self.bad(pointer, Problem::Pattern)) };
        if fraction > digits {
            return Ok(self.bad(pointer, Problem::Pattern));
        }
        let number = if whole + fraction > DIGITS { None } else { Exact::parse(value) };
        Ok(match number {
            Some(number) => self.number(number, field, pointer),
            None => self.bad(pointer, Problem::Range),
        })
    }

    /// Checks bounds and step in the declared unit, then goes over to base units.
    fn number(&mut self, value: Exact, field: &FieldType, pointer: &str) -> Data {
        let (low, high) = field.range();
        if low.as_ref().is_some_and(|low| value < *low) || high.as_ref().is_some_and(|high| value > *high) {
            return self.bad(pointer, Problem::Range);
        }
        if !field.on_step(&value) {
            return self.bad(pointer, Problem::Step);
        }
        Data::Number(to_base(self.programme, field, &value))
    }

    fn day(&mut self, spot: &Spot<'_>, pointer: &str, rest: &str) -> Result<Data, Fault> {
        let value = string(spot, pointer)?;
        if is_blank(value) {
            return Ok(Data::Blank);
        }
        Ok(match Date::parse(&format!("{value}{rest}")) {
            Some(day) => Data::Date(day),
            None => self.bad(pointer, Problem::Date),
        })
    }

    fn one_of(&mut self, spot: &Spot<'_>, id: EnumId, pointer: &str) -> Result<Data, Fault> {
        let value = string(spot, pointer)?;
        if is_blank(value) {
            return Ok(Data::Blank);
        }
        let found = self.programme.enumeration(id).values.iter().position(|v| v.ident.key == value);
        Ok(found.map_or_else(|| self.bad(pointer, Problem::Unlisted), Data::Enum))
    }

    fn any_of(&mut self, spot: &Spot<'_>, field: &FieldType, id: EnumId, pointer: &str) -> Result<Data, Fault> {
        let (mut chosen, mut all) = (Vec::new(), true);
        for (i, item) in list(spot, pointer)?.iter().enumerate() {
            let place = below(pointer, &i.to_string());
            let value = string(item, &place)?;
            match self.programme.enumeration(id).values.iter().position(|v| v.ident.key == value) {
                Some(index) => chosen.push(index),
                None => {
                    self.bad(&place, Problem::Unlisted);
                    all = false;
                }
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        if !within(field, chosen.len() as u64) {
            return Ok(self.bad(pointer, Problem::Length));
        }
        Ok(if all { Data::Set(chosen) } else { Data::Bad })
    }

    fn record(&mut self, spot: &Spot<'_>, id: RecordId, pointer: &str) -> Result<Data, Fault> {
        let programme = self.programme;
        let record = &programme.records[id.index()];
        let mut fields = vec![Data::Blank; record.fields.len()];
        let known: Vec<&str> = record.fields.iter().map(|f| f.ident.key.as_str()).collect();
        each_member(spot, pointer, &known[..], |member, place| {
            let Some(index) = record.fields.iter().position(|f| f.ident.key == member.name) else {
                return Err(unknown_member(member, pointer, &known));
            };
            fields[index] = self.read(&member.value, &record.fields[index].field, place)?;
            Ok(())
        })?;
        if fields.iter().all(|f| *f == Data::Blank) {
            return Ok(Data::Blank);
        }
        for (field, data) in record.fields.iter().zip(&fields) {
            if *data == Data::Blank && !field.optional {
                self.bad(&below(pointer, &field.ident.key), Problem::Blank);
            }
        }
        Ok(Data::Record(fields))
    }

    fn list(&mut self, spot: &Spot<'_>, field: &FieldType, item: &FieldType, pointer: &str) -> Result<Data, Fault> {
        let mut items = Vec::new();
        for (i, one) in list(spot, pointer)?.iter().enumerate() {
            let place = below(pointer, &i.to_string());
            let data = self.read(one, item, &place)?;
            if data == Data::Blank {
                self.bad(&place, Problem::Blank);
            }
            items.push(data);
        }
        Ok(if within(field, items.len() as u64) { Data::List(items) } else { self.bad(pointer, Problem::Length) })
    }

    fn file(&mut self, spot: &Spot<'_>, field: &FieldType, kinds: &[String], pointer: &str) -> Result<Data, Fault> {
        let (mut name, mut size) = (None, None);
        const MEMBERS: &[&str] = &["name", "size", "sealed"];
        each_member(spot, pointer, MEMBERS, |member, place| {
            match member.name.as_ref() {
                "name" => name = Some(string(&member.value, place)?.to_owned()).filter(|n| !is_blank(n)),
                "size" => size = Some(integer(&member.value, place)?),
                "sealed" => drop(boolean(&member.value, place)?),
                _ => return Err(unknown_member(member, pointer, MEMBERS)),
            }
            Ok(())
        })?;
        let Some(name) = name else { return Ok(Data::Blank) };
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
        if !kinds.is_empty() && !kinds.iter().any(|k| k.to_ascii_lowercase() == ending) {
            return Ok(self.bad(pointer, Problem::Pattern));
        }
        if size.is_some_and(|s| s < 0 || !within(field, s as u64)) {
            return Ok(self.bad(pointer, Problem::Length));
        }
        Ok(Data::File(name))
    }
}

/// Whether a length keeps the hard limits.
fn within(field: &FieldType, length: u64) -> bool {
    field.limits.iter().all(|limit| match limit.kind {
        LimitKind::AtMost => length <= limit.value,
        LimitKind::AtLeast => length >= limit.value,
        LimitKind::About => true,
    })
}

/// A number in the field's unit, in base units.
pub fn to_base(p: &Programme, field: &FieldType, value: &Exact) -> Exact {
    match (field.unit, &field.kind) {
        (Some(unit), _) => value * &p.unit(unit).factor,
        (None, FieldKind::Percent { .. }) => value.checked_div(&Exact::from(100)).unwrap_or(Exact::ZERO),
        (None, _) => value.clone(),
    }
}

/// A whole number within what every target holds.
pub fn integer(spot: &Spot<'_>, pointer: &str) -> Result<i64, Fault> {
    let wanted = || wrong_type(spot, pointer, text!("整数", "a whole number"));
    let Node::Number(digits) = &spot.node else { return Err(wanted()) };
    match whole_number(digits) {
        Whole::Yes(value) => Ok(value),
        Whole::TooLarge => {
            let message = text!("“{pointer}”超出 ±{LARGEST}", "`{pointer}` is beyond ±{LARGEST}");
            Err(Fault::new(codes::NUMBER_RANGE, spot.at, pointer, message))
        }
        Whole::No => Err(Fault::new(
            codes::WRONG_TYPE,
            spot.at,
            pointer,
            text!("“{pointer}”应为整数，这里是 {digits}", "`{pointer}` should be a whole number, not {digits}"),
        )),
    }
}

/// Whether the digits of a JSON number are a whole number.
enum Whole {
    Yes(i64),
    TooLarge,
    No,
}

/// Reads a JSON number (`12`, `1.0`, `1e3`) as a whole number without going through floating point.
fn whole_number(digits: &str) -> Whole {
    if let Some(value) = digits.parse().ok().filter(|value| (-LARGEST..=LARGEST).contains(value)) {
        return Whole::Yes(value);
    }
    let (negative, body) = digits.strip_prefix('-').map_or((false, digits), |b| (true, b));
    let (mantissa, exponent) = body.split_once(['e', 'E']).unwrap_or((body, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Whole::Yes(0);
    }
    // The value is `significant` with `zeros` zeros behind it; a negative count leaves a fraction.
    let trailing = (all.len() - all.trim_end_matches('0').len()) as i64;
    let Ok(exponent) = exponent.parse::<i64>() else {
        return if exponent.starts_with('-') { Whole::No } else { Whole::TooLarge };
    };
    let zeros = trailing + exponent.clamp(-1_000_000_000, 1_000_000_000) - fraction.len() as i64;
    if zeros < 0 {
        return Whole::No;
    }
    if significant.len() as i64 + zeros > 16 {
        return Whole::TooLarge;
    }
    let value = format!("{significant}{}", "0".repeat(zeros as usize)).parse::<i64>().unwrap_or(i64::MAX);
    match value <= LARGEST {
        true => Whole::Yes(if negative { -value } else { value }),
        false => Whole::TooLarge,
    }
}

/// A time as written: RFC 3339 with an offset, or a bare day.
pub fn when(text: &str) -> Option<When> {
    if is_blank(text) {
        return None;
    }
    let read = Date::parse(text).map(When::Day).or_else(|| Moment::parse(text).map(When::At));
    Some(read.unwrap_or(When::Bad))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semantics_5_3_whole_numbers_never_pass_through_floats() {
        for (digits, value) in
            [("12", 12), ("1.0", 1), ("1e3", 1000), ("-2.50e1", -25), ("0e999999999999999999999", 0), ("9007199254740991", LARGEST)]
        {
            assert!(matches!(whole_number(digits), Whole::Yes(v) if v == value), "{digits}");
        }
        for digits in ["9007199254740992", "1e16", "1e400", "1e99999999999999999999", "-9007199254740993"] {
            assert!(matches!(whole_number(digits), Whole::TooLarge), "{digits}");
        }
        for digits in ["0.5", "1e-1", "1e-99999999999999999999", "9007199254740990.5"] {
            assert!(matches!(whole_number(digits), Whole::No), "{digits}");
        }
    }

    #[test]
    fn semantics_2_4_times_carry_an_offset() {
        assert!(matches!(when("2024-04-22"), Some(When::Day(_))));
        assert!(matches!(when("2024-04-22T23:59:59+08:00"), Some(When::At(_))));
        assert!(matches!(when("2024-04-22T23:59:59.25Z"), Some(When::At(_))));
        for bad in [
            "2024-04-22T10:00:00",
            "2024-04-22 10:00:00Z",
            "2024-02-30",
            "2024-04-22T10:00Z",
            "20240422T100000Z",
            "明天",
            "2024-04-22T24:00:00Z",
        ] {
            assert!(matches!(when(bad), Some(When::Bad)), "{bad}");
        }
        assert!(when(" ").is_none());
    }
}
