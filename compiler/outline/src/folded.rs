//! A text made searchable: half-width, without the blanks that mean nothing, each character knowing where it stood.
//!
//! In: a clause's text. Out: the folded text, and quotations of the original. Always: a quotation has at most twenty characters, blanks
//! not counted, and stands in the original as it is quoted.

/// The most characters of a notice that are quoted at once.
pub const ANCHOR: usize = 20;

/// A folded text.
pub struct Folded {
    /// What is searched.
    pub text: String,
    /// For each character of `text`: its byte in `text`, and the character as printed.
    chars: Vec<(usize, char)>,
    latin: bool,
}

impl Folded {
    /// Folds a text; `latin` keeps the blanks between words.
    pub fn new(original: &str, latin: bool) -> Self {
        let mut it = Self { text: String::new(), chars: Vec::new(), latin };
        let all: Vec<char> = original.chars().collect();
        for (i, c) in all.iter().enumerate() {
            if c.is_whitespace() && *c != '\n' {
                let beside = |c: Option<&char>| c.is_some_and(|c| c.is_ascii() && !c.is_whitespace());
                let kept = latin || (i > 0 && beside(all.get(i - 1)) && beside(all.get(i + 1)) && all[i - 1].is_ascii_alphabetic());
                if kept && !it.text.ends_with(' ') {
                    it.push(' ', ' ');
                }
                continue;
            }
            if *c == '\n' && latin {
                it.push(' ', ' ');
                continue;
            }
            it.push(half(*c), *c);
        }
        it
    }

    fn push(&mut self, folded: char, original: char) {
        self.chars.push((self.text.len(), original));
        self.text.push(folded);
    }

    fn index(&self, byte: usize) -> usize {
        self.chars.partition_point(|(at, _)| *at < byte)
    }

    /// The words around a match, from the start of the phrase, as printed.
    pub fn anchor(&self, start: usize, end: usize) -> String {
        let (mut from, mut to) = (self.index(start), self.index(end).min(self.chars.len()));
        let count = |from: usize, to: usize| self.chars[from..to].iter().filter(|(_, c)| !c.is_whitespace()).count();
        while self.latin && count(from, to) > ANCHOR {
            match (from + 1..to).find(|i| self.chars[*i].1 == ' ') {
                Some(blank) => from = blank + 1,
                None => break,
            }
        }
        while count(from, to) > ANCHOR {
            to -= 1;
        }
        // A quotation mark in an anchor is only in the way.
        let stops = |c: char| "，。；：、（）()“”《》,;:\n\".".contains(c);
        let mut back = from;
        while back > 0 && !stops(self.chars[back - 1].1) && count(back - 1, to) <= ANCHOR {
            back -= 1;
        }
        if self.latin && back > 0 && self.chars[back - 1].1.is_alphanumeric() {
            back = (back..=from).find(|i| self.chars[*i].1 == ' ').map_or(from, |i| i + 1);
        }
        from = back.min(from);
        while to < self.chars.len() && !stops(self.chars[to].1) && count(from, to + 1) <= ANCHOR {
            to += 1;
        }
        if self.latin && to < self.chars.len() && self.chars[to].1.is_alphanumeric() {
            to = (from..to).rev().find(|i| self.chars[*i].1 == ' ').map_or(to, |blank| blank.max(self.index(end).min(to)));
        }
        let words: String = self.chars[from..to].iter().map(|(_, c)| *c).collect();
        words.replace('\n', "").trim().to_owned()
    }

    /// The number of the paragraph of a place: what stands in one may belong together.
    pub fn paragraph(&self, byte: usize) -> usize {
        self.text[..byte].matches('\n').count()
    }
}

fn half(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_short_and_verbatim() {
        let text = "各县（市、区）体育局报送 名额不超过 ５ 个，逾期不候";
        let folded = Folded::new(text, false);
        assert!(folded.text.contains("体育局报送名额不超过5个,逾期"), "{}", folded.text);
        let at = folded.text.find("不超过").expect("there");
        assert_eq!(folded.anchor(at, at + "不超过5个".len()), "体育局报送名额不超过５个");
        let long = Folded::new("甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸不超过5个", false);
        let at = long.text.find("不超过").expect("there");
        assert_eq!(long.anchor(at, at + "不超过5个".len()).chars().count(), ANCHOR);
        let english = Folded::new("Every school may send at most 3 teams", true);
        let at = english.text.find("at most").expect("there");
        assert_eq!(english.anchor(at, at + "at most 3".len()), "school may send at most 3");
    }
}
