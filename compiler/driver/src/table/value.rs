//! A cell to the value of its column.
//!
//! In: a cell, the column's type. Out: JSON as cases hold it, or what is wrong in both languages. Always: nothing is rounded; a percentage is
//! read only where it was written as a text, since `35%` in a number cell is 0.35 and can't be told from 0.35 %.

use super::grid::Cell;
use prog_base::{Text, text};
use prog_model::{EnumId, FieldKind, FieldType, Programme};
use serde_json::Value;

/// More digits than this no spreadsheet keeps: what has more was computed.
const DIGITS: usize = 15;

/// The value of a cell; `None`: nothing stands there.
pub(crate) fn value(programme: &Programme, field: &FieldType, cell: &Cell) -> Result<Option<Value>, Text> {
    use FieldKind as K;
    if cell.is_blank() {
        return Ok(None);
    }
    if let Cell::Fault(shown) = cell {
        return Err(text!("读不了“{shown}”", "`{shown}` can't be read"));
    }
    let value = match &field.kind {
        K::Integer | K::Count | K::Year => whole(&number(programme, field, cell)?)?,
        K::Percent { .. } if matches!(cell, Cell::Number(_)) => {
            return Err(text!(
                "百分数请写成文本（如“35”或“35%”）：单元格里的数分不清是 35% 还是 0.35%",
                "write a percentage as text (`35` or `35%`): of a number it can't be told whether 35 % or 0.35 % is meant"
            ));
        }
        K::Decimal { .. } | K::Percent { .. } | K::Money { .. } => Value::String(number(programme, field, cell)?),
        K::YesNo => truth(cell)?,
        K::Date => Value::String(day(cell)?),
        K::Month => Value::String(month(cell)?),
        K::OneOf(list) => Value::String(chosen(programme, *list, cell.words())),
        K::AnyOf(list) => {
            let words = cell.words().split(['、', '，', ',', ';', '；']).map(str::trim).filter(|w| !w.is_empty());
            Value::Array(words.map(|word| Value::String(chosen(programme, *list, word))).collect())
        }
        K::Text | K::Prose | K::Email | K::Phone | K::Mobile | K::Postcode | K::Url | K::Unknown => Value::String(written(cell)?),
        K::File { .. } | K::Record(_) | K::List(_) => {
            return Err(text!("这一栏不能在表格里填", "this column can't be filled in a table"));
        }
    };
    Ok(Some(value))
}

/// The text of a cell; a number only where its digits are those that were typed.
pub(crate) fn written(cell: &Cell) -> Result<String, Text> {
    match cell {
        Cell::Number(digits) => exact(digits).map(str::to_owned),
        Cell::Blank | Cell::Text(_) | Cell::Day(_) | Cell::Truth(_) | Cell::Fault(_) => Ok(cell.words().to_owned()),
    }
}

fn exact(digits: &str) -> Result<&str, Text> {
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let counted = if digits.contains('.') { plain.trim_start_matches('0') } else { plain.trim_matches('0') };
    if counted.len() > DIGITS {
        return Err(text!(
            "“{digits}”的位数超过表格程序能保存的 15 位，可能已经不准；请把单元格设为文本再填",
            "`{digits}` has more digits than the 15 that a spreadsheet keeps and may be rounded; make the cell text and enter it again"
        ));
    }
    Ok(digits)
}

/// The digits of a number: full-width ones and the unit behind them are accepted.
fn number(programme: &Programme, field: &FieldType, cell: &Cell) -> Result<String, Text> {
    let words = written(cell)?;
    let narrow: String = words.chars().map(narrow).collect();
    let unit = field.unit.map(|unit| programme.unit(unit).ident.label.text.as_str());
    let units = unit.into_iter().chain(matches!(field.kind, FieldKind::Percent { .. }).then_some("%"));
    let mut rest = narrow.trim();
    for unit in units {
        rest = rest.strip_suffix(unit).unwrap_or(rest).trim_end();
    }
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    let (before, after) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if all(before) && all(after) {
        return Ok(rest.to_owned());
    }
    Err(text!("“{words}”不是数", "`{words}` is no number"))
}

fn narrow(character: char) -> char {
    match character {
        '０'..='９' | '．' | '－' | '％' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '−' => '-',
        other => other,
    }
}

fn whole(digits: &str) -> Result<Value, Text> {
    const MOST: i64 = (1 << 53) - 1;
    let number = digits.parse::<i64>().ok().filter(|n| (-MOST..=MOST).contains(n));
    number.map(Value::from).ok_or_else(|| text!("“{digits}”不是整数", "`{digits}` is no whole number"))
}

fn truth(cell: &Cell) -> Result<Value, Text> {
    match cell.words() {
        "是" | "true" | "TRUE" | "yes" | "√" | "☑" => Ok(Value::Bool(true)),
        "否" | "false" | "FALSE" | "no" | "×" | "□" => Ok(Value::Bool(false)),
        other => Err(text!("“{other}”既不是“是”也不是“否”", "`{other}` is neither yes (是) nor no (否)")),
    }
}

/// `2019-03-01`, `2019/3/1`, `2019.3.1`, `2019年3月1日`; whether there is such a day is judged later.
fn day(cell: &Cell) -> Result<String, Text> {
    let words = cell.words();
    let parts = parts(words);
    match (cell, parts.as_slice()) {
        (Cell::Text(_) | Cell::Day(_), [year, month, day]) => Ok(format!("{year:04}-{month:02}-{day:02}")),
        (_, _) => Err(text!("“{words}”不是日期，写成 2019-03-01", "`{words}` is no day; write 2019-03-01")),
    }
}

fn month(cell: &Cell) -> Result<String, Text> {
    let words = cell.words();
    match (cell, parts(words).as_slice()) {
        (Cell::Text(_), [year, month]) | (Cell::Day(_), [year, month, 1]) => Ok(format!("{year:04}-{month:02}")),
        (_, _) => Err(text!("“{words}”不是年月，写成 2019-03", "`{words}` is no month; write 2019-03")),
    }
}

/// The numbers of a date; none where anything else stands in it.
fn parts(words: &str) -> Vec<u32> {
    let plain = words.trim_end_matches(['日', '月']);
    let parts: Option<Vec<u32>> = plain.split(['-', '/', '.', '年', '月']).map(|part| part.trim().parse().ok()).collect();
    parts.filter(|parts| parts.first().is_some_and(|year| (1000..10000).contains(year))).unwrap_or_default()
}

/// The key of a choice, given by key or by label; what is not listed stays as it is, for the evaluator to find.
fn chosen(programme: &Programme, list: EnumId, words: &str) -> String {
    let values = &programme.enumeration(list).values;
    let found = values.iter().find(|v| v.ident.key == words).or_else(|| values.iter().find(|v| v.ident.label.text == words));
    found.or_else(|| values.iter().find(|v| v.ident.label.en.as_deref() == Some(words))).map_or(words, |v| &v.ident.key).to_owned()
}
