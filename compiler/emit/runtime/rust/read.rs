//! Strict reading: what all readers share.
//!
//! In: [`Spot`]s. Out: typed data, or a refusal. Always: an unknown member, a wrong JSON type, a number out of range is refused; a value
//! of the right JSON type that its field does not accept is a fault of the case, not a refusal.

use super::date::{Day, Moment};
use super::json::{Member, Node, Pointer, Spot};
use super::refusal::{meant, Refusal};
use super::shared::codes;
use super::text::is_blank;
use std::borrow::Cow;

/// The largest whole number that every implementation holds.
pub const LARGEST: i64 = (1 << 53) - 1;

/// What a reader gives.
pub type Read<T> = Result<T, Refusal>;

fn kind_name(node: &Node<'_>) -> (&'static str, &'static str) {
    match node {
        Node::Null => ("空值", "null"),
        Node::Bool(_) => ("是/否", "true or false"),
        Node::Number(_) => ("数字", "a number"),
        Node::Text(_) => ("字符串", "a string"),
        Node::List(_) => ("数组", "an array"),
        Node::Object(_) => ("对象", "an object"),
    }
}

/// Another JSON type than the one that belongs here.
pub fn wrong_type(spot: &Spot<'_>, pointer: Pointer<'_>, zh: &str, en: &str) -> Refusal {
    let (found_zh, found_en) = kind_name(&spot.node);
    Refusal::new(
        codes::WRONG_TYPE,
        spot.at,
        pointer,
        format!("“{pointer}”应为{zh}，这里是{found_zh}"),
        format!("`{pointer}` should be {en}, not {found_en}"),
    )
}

/// The members of an object.
pub fn object<'s, 't>(spot: &'s Spot<'t>, pointer: Pointer<'_>) -> Read<&'s [Member<'t>]> {
    match &spot.node {
        Node::Object(members) => Ok(members),
        _ => Err(wrong_type(spot, pointer, "对象", "an object")),
    }
}

/// The items of a list.
pub fn list<'s, 't>(spot: &'s Spot<'t>, pointer: Pointer<'_>) -> Read<&'s [Spot<'t>]> {
    match &spot.node {
        Node::List(items) => Ok(items),
        _ => Err(wrong_type(spot, pointer, "数组", "an array")),
    }
}

/// A text.
pub fn string<'s, 't>(spot: &'s Spot<'t>, pointer: Pointer<'_>) -> Read<&'s Cow<'t, str>> {
    match &spot.node {
        Node::Text(text) => Ok(text),
        _ => Err(wrong_type(spot, pointer, "字符串", "a string")),
    }
}

/// A truth value.
pub fn boolean(spot: &Spot<'_>, pointer: Pointer<'_>) -> Read<bool> {
    match &spot.node {
        Node::Bool(value) => Ok(*value),
        _ => Err(wrong_type(spot, pointer, "true 或 false", "true or false")),
    }
}

/// A text that is not blank, if there is one.
pub fn filled<'t>(spot: &Spot<'t>, pointer: Pointer<'_>) -> Read<Option<Cow<'t, str>>> {
    let text = string(spot, pointer)?;
    Ok((!is_blank(text)).then(|| text.clone()))
}

/// A member that is not known here.
pub fn unknown_member(member: &Member<'_>, pointer: Pointer<'_>, known: &[&str]) -> Refusal {
    let name = &member.name;
    let zh = format!("没有名为“{name}”的成员");
    let en = format!("no member is called `{name}`");
    let place = pointer.below(name);
    Refusal::new(codes::UNKNOWN_MEMBER, member.at, place, zh, en).help(meant(name, known))
}

/// Goes through the members that are not `null`, each with its place among the known names and its pointer; refuses other names.
pub fn each_member<'s, 't>(
    spot: &'s Spot<'t>,
    pointer: Pointer<'_>,
    known: &[&'static str],
    mut read: impl FnMut(usize, &'s Spot<'t>, Pointer<'_>) -> Read<()>,
) -> Read<()> {
    for member in object(spot, pointer)? {
        let place = known.iter().position(|name| *name == member.name);
        let place = place.ok_or_else(|| unknown_member(member, pointer, known))?;
        if member.value.node != Node::Null {
            read(place, &member.value, pointer.below(&member.name))?;
        }
    }
    Ok(())
}

/// Goes through the items of a list, each with its pointer.
pub fn each_item<'s, 't, T>(
    spot: &'s Spot<'t>,
    pointer: Pointer<'_>,
    mut read: impl FnMut(&'s Spot<'t>, Pointer<'_>) -> Read<T>,
) -> Read<Vec<T>> {
    let items = list(spot, pointer)?.iter().enumerate();
    items.map(|(i, item)| read(item, pointer.item(i))).collect()
}

/// Whether the digits of a JSON number are a whole number.
enum Whole {
    Yes(i64),
    TooLarge,
    No,
}

/// Reads a JSON number (`12`, `1.0`, `1e3`) as a whole number without going through floating point.
fn whole_number(digits: &str) -> Whole {
    // Nearly always: nothing but a few digits.
    if digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.parse().map_or(Whole::No, Whole::Yes);
    }
    let (negative, body) = digits
        .strip_prefix('-')
        .map_or((false, digits), |body| (true, body));
    let (mantissa, exponent) = body.split_once(['e', 'E']).unwrap_or((body, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Whole::Yes(0);
    }
    // The value is `significant` with so many zeros behind it; a negative count leaves a fraction.
    let length = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let trailing = length(all.len() - all.trim_end_matches('0').len());
    let Ok(exponent) = exponent.parse::<i64>() else {
        return if exponent.starts_with('-') {
            Whole::No
        } else {
            Whole::TooLarge
        };
    };
    let exponent = exponent.clamp(-1_000_000_000, 1_000_000_000);
    let zeros = trailing + exponent - length(fraction.len());
    if zeros < 0 {
        return Whole::No;
    }
    if length(significant.len()) + zeros > 16 {
        return Whole::TooLarge;
    }
    let zeros = "0".repeat(usize::try_from(zeros).unwrap_or_default());
    match format!("{significant}{zeros}").parse::<i64>() {
        Ok(value) if value <= LARGEST => Whole::Yes(if negative { -value } else { value }),
        Ok(_) | Err(_) => Whole::TooLarge,
    }
}

/// A whole number within what every implementation holds.
pub fn integer(spot: &Spot<'_>, pointer: Pointer<'_>) -> Read<i64> {
    let Node::Number(digits) = &spot.node else {
        return Err(wrong_type(spot, pointer, "整数", "a whole number"));
    };
    match whole_number(digits) {
        Whole::Yes(value) => Ok(value),
        Whole::TooLarge => Err(Refusal::new(
            codes::NUMBER_RANGE,
            spot.at,
            pointer,
            format!("“{pointer}”超出 ±{LARGEST}"),
            format!("`{pointer}` is beyond ±{LARGEST}"),
        )),
        Whole::No => Err(Refusal::new(
            codes::WRONG_TYPE,
            spot.at,
            pointer,
            format!("“{pointer}”应为整数，这里是 {digits}"),
            format!("`{pointer}` should be a whole number, not {digits}"),
        )),
    }
}

/// A time as given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A bare local day.
    Day(Day),
    /// A point in time.
    At(Moment),
    /// Given, but not a time.
    Bad,
}

/// A time as written; a blank one is none.
pub fn when(spot: &Spot<'_>, pointer: Pointer<'_>) -> Read<Option<When>> {
    let text = string(spot, pointer)?;
    if is_blank(text) {
        return Ok(None);
    }
    let day = || Day::parse(text).map(When::Day);
    let moment = || Moment::parse(text).map(When::At);
    Ok(Some(day().or_else(moment).unwrap_or(When::Bad)))
}
