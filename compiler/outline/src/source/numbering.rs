//! The numbers that Word counts itself: a paragraph's place in its list to the label that the reader sees.
//!
//! In: `numbering.xml`, `styles.xml`. Out: `一、`, `(1)`, `2.3`. Always: a number format that is not known gives plain digits, a bullet a dash.

use super::xml::Element;
use std::collections::BTreeMap;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// All lists of a document, with where each counter stands.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels by abstract list.
    lists: BTreeMap<String, BTreeMap<usize, Level>>,
    /// The abstract list of a number's id.
    of: BTreeMap<String, String>,
    /// A level that one number's id starts anew.
    starts: BTreeMap<(String, usize), u32>,
    /// The list and level that a style brings.
    styles: BTreeMap<String, (String, usize)>,
    counters: BTreeMap<String, Vec<u32>>,
    /// Ids whose own starts have been applied.
    seen: Vec<String>,
}

impl Numbering {
    pub fn new(numbering: Option<&Element>, styles: Option<&Element>) -> Self {
        let mut it = Self::default();
        for list in numbering.into_iter().flat_map(Element::elements) {
            match list.name.as_str() {
                "abstractNum" => it.abstract_list(list),
                "num" => it.number(list),
                _ => {}
            }
        }
        for style in styles.into_iter().flat_map(Element::elements).filter(|e| e.name == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            if let Some(list) = style.value_of(&["pPr", "numPr", "numId"]) {
                let level = style.value_of(&["pPr", "numPr", "ilvl"]).and_then(|l| l.parse().ok()).unwrap_or(0);
                it.styles.insert(id.to_owned(), (list.to_owned(), level));
            }
        }
        it
    }

    fn abstract_list(&mut self, list: &Element) {
        let Some(id) = list.attribute("abstractNumId") else { return };
        let levels = list.elements().filter(|e| e.name == "lvl").filter_map(|level| {
            let at: usize = level.attribute("ilvl")?.parse().ok()?;
            let said = |name: &str| level.value_of(&[name]).unwrap_or("").to_owned();
            Some((at, Level { format: said("numFmt"), text: said("lvlText"), start: said("start").parse().unwrap_or(1) }))
        });
        self.lists.insert(id.to_owned(), levels.collect());
    }

    fn number(&mut self, number: &Element) {
        let (Some(id), Some(list)) = (number.attribute("numId"), number.value_of(&["abstractNumId"])) else { return };
        self.of.insert(id.to_owned(), list.to_owned());
        for level in number.elements().filter(|e| e.name == "lvlOverride") {
            let at = level.attribute("ilvl").and_then(|l| l.parse().ok());
            let start = level.value_of(&["startOverride"]).and_then(|v| v.parse().ok());
            if let (Some(at), Some(start)) = (at, start) {
                self.starts.insert((id.to_owned(), at), start);
            }
        }
    }

    /// The label of a paragraph with these properties, counted on.
    pub fn label(&mut self, properties: &Element) -> Option<String> {
        let styled = properties.value_of(&["pStyle"]).and_then(|style| self.styles.get(style)).cloned();
        let id = properties.value_of(&["numPr", "numId"]).map(str::to_owned).or_else(|| styled.as_ref().map(|(id, _)| id.clone()))?;
        let level = properties.value_of(&["numPr", "ilvl"]).and_then(|l| l.parse().ok());
        let level: usize = level.or(styled.map(|(_, level)| level)).unwrap_or(0);
        let list = self.of.get(&id)?.clone();
        let levels = self.lists.get(&list)?.clone();
        let own = levels.get(&level)?;
        let first = !self.seen.contains(&id);
        let counters = self.counters.entry(list).or_default();
        if first {
            self.seen.push(id.clone());
            for (at, counter) in counters.iter_mut().enumerate() {
                if let Some(start) = self.starts.get(&(id.clone(), at)) {
                    *counter = start.saturating_sub(1);
                }
            }
        }
        while counters.len() <= level {
            let at = counters.len();
            let start = self.starts.get(&(id.clone(), at)).copied().or(levels.get(&at).map(|l| l.start)).unwrap_or(1);
            counters.push(if at < level { start } else { start.saturating_sub(1) });
        }
        counters.truncate(level + 1);
        counters[level] = counters[level].saturating_add(1);
        Some(written(own, &levels, counters))
    }
}

/// `%1.%2` with the counters in their formats.
fn written(own: &Level, levels: &BTreeMap<usize, Level>, counters: &[u32]) -> String {
    if own.format == "bullet" {
        return "——".to_owned();
    }
    if own.format == "none" {
        return String::new();
    }
    let mut out = own.text.clone();
    for (at, value) in counters.iter().enumerate() {
        let format = levels.get(&at).map_or("decimal", |l| l.format.as_str());
        out = out.replace(&format!("%{}", at + 1), &counted(*value, format));
    }
    out
}

fn counted(value: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => han(value),
        "lowerLetter" => letter(value, b'a'),
        "upperLetter" => letter(value, b'A'),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperRoman" => roman(value),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&value) => {
            char::from_u32(0x2460 + value - 1).map_or_else(|| value.to_string(), String::from)
        }
        _ => value.to_string(),
    }
}

/// 1 to 99 as 一 to 九十九.
pub(crate) fn han(value: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = ((value / 10) as usize, (value % 10) as usize);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        2..=9 => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => value.to_string(),
    }
}

fn letter(value: u32, first: u8) -> String {
    match u8::try_from(value.saturating_sub(1) % 26) {
        Ok(at) => char::from(first + at).to_string(),
        Err(_) => value.to_string(),
    }
}

fn roman(value: u32) -> String {
    const SIGNS: [(u32, &str); 9] = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let (mut rest, mut out) = (value.min(399), String::new());
    for (worth, sign) in SIGNS {
        while rest >= worth {
            out += sign;
            rest -= worth;
        }
    }
    out
}
