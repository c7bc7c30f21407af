//! What is said of an input that is not read at all: a code, words, a place.

use super::text::Text;
use std::fmt;

/// Why a text or value is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code, as `prog explain` knows it.
    pub code: &'static str,
    /// JSON pointer to the member at fault.
    pub pointer: Box<str>,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
    /// Line in the text that was read, from 1; 0 where no text was read.
    pub line: u32,
    /// Column in characters, from 1; 0 where no text was read.
    pub column: u32,
    /// Byte offset of the fault.
    pub at: usize,
}

impl Refusal {
    /// Not placed yet.
    pub fn new(
        code: &'static str,
        at: usize,
        pointer: impl fmt::Display,
        zh: String,
        en: String,
    ) -> Self {
        Self {
            code,
            pointer: pointer.to_string().into(),
            message: Text::new(zh, en),
            help: None,
            line: 0,
            column: 0,
            at,
        }
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: Option<Text>) -> Self {
        self.help = help;
        self
    }

    /// With its place in the text that was read, whose first line is so much further down.
    #[must_use]
    pub fn placed(mut self, text: &str, lines_before: usize) -> Self {
        let mut at = self.at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let lines = before.matches('\n').count() + 1 + lines_before;
        self.line = u32::try_from(lines).unwrap_or(u32::MAX);
        self.column = u32::try_from(before[start..].chars().count() + 1).unwrap_or(u32::MAX);
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message.en)
    }
}

impl std::error::Error for Refusal {}

/// How many changes lead from one text to the other (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let best = (row[j + 1] + 1)
                .min(row[j] + 1)
                .min(diagonal + usize::from(x != y));
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The name that was probably meant.
fn nearest<'n>(given: &str, names: &[&'n str]) -> Option<&'n str> {
    let letters: Vec<char> = given.chars().collect();
    let scored = names.iter().map(|name| {
        let other: Vec<char> = name.chars().collect();
        (distance(&letters, &other), other.len(), *name)
    });
    let (far, length, name) = scored.min_by_key(|(far, _, _)| *far)?;
    (far * 2 < letters.len().max(length).max(2)).then_some(name)
}

/// Words for the name that was probably meant, else for what there is; none where there is nothing.
pub fn meant(given: &str, known: &[&str]) -> Option<Text> {
    match nearest(given, known) {
        Some(near) => Some(Text::new(
            format!("是不是“{near}”？"),
            format!("did you mean `{near}`?"),
        )),
        None if known.is_empty() => None,
        None => Some(there_are(known)),
    }
}

/// Words for what there is to choose from.
pub fn there_are(known: &[&str]) -> Text {
    Text::new(
        format!("可选：{}", known.join("、")),
        format!("there are: `{}`", known.join("`, `")),
    )
}
