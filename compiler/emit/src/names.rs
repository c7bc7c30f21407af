//! Names for generated files and code.
//!
//! In: identifiers of the model. Out: ASCII names that every file system and language takes (semantics 8.2).
//! Always: the same declaration gets the same name in every target; no two of one [`Names`] are equal, even where case is ignored.

use prog_model::Ident;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The `as` key if it is an ASCII identifier, else the name if it is one, else `n_` and 8 hex of the name's SHA-256.
pub fn code_name(ident: &Ident) -> String {
    let candidates = [&ident.key, &ident.name];
    match candidates.into_iter().find(|text| is_code(text)) {
        Some(text) => text.clone(),
        None => format!("n_{}", &hex(ident.name.as_bytes())[..8]),
    }
}

fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A word itself if it is ASCII, else `n_` and 8 hex of its hash.
pub fn ascii(word: &str) -> String {
    let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if plain { word.to_owned() } else { format!("n_{}", &hex(word.as_bytes())[..8]) }
}

/// A key as one step of a JSON pointer.
pub fn pointer_step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// SHA-256 as 64 hex digits.
pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Gives out names, each once: a second `report` becomes `report_2`.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Names that may not be given out: reserved words, fixed files.
    pub fn reserving(words: &[&str]) -> Self {
        Self { taken: words.iter().map(|w| w.to_ascii_lowercase()).collect() }
    }

    /// The name of a declaration.
    pub fn give(&mut self, ident: &Ident) -> String {
        self.give_text(&code_name(ident))
    }

    /// This name, or the next free one after it.
    pub fn give_text(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut n = 2;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            name = format!("{wanted}_{n}");
            n += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prog_base::{FileId, Span};
    use prog_model::Label;

    fn ident(name: &str, key: Option<&str>) -> Ident {
        let label = Label { text: name.to_owned(), en: None };
        let span = Span::new(FileId(0), 0, 0);
        Ident { name: name.to_owned(), key: key.unwrap_or(name).to_owned(), keyed: key.is_some(), label, doc: None, span }
    }

    #[test]
    fn semantics_8_2_code_names() {
        assert_eq!(code_name(&ident("申报书", Some("report"))), "report");
        assert_eq!(code_name(&ident("town", None)), "town");
        assert_eq!(code_name(&ident("示范区", None)), format!("n_{}", &hex("示范区".as_bytes())[..8]));
        assert_eq!(code_name(&ident("遴选程序", Some("程序"))), format!("n_{}", &hex("遴选程序".as_bytes())[..8]));
    }

    #[test]
    fn names_are_given_once() {
        let mut names = Names::reserving(&["class"]);
        let given: Vec<_> = ["Form", "form", "class", "form"].iter().map(|n| names.give(&ident(n, None))).collect();
        assert_eq!(given, ["Form", "form_2", "class_2", "form_3"]);
    }
}
