//! Approvals: changes that somebody has looked at, in a file that is committed with them.
//!
//! In: lines of fingerprint, who, why and when, apart by tabs; blank lines and those that start with `#` say nothing. Out: who approved a
//! change; which approvals no change needs any more. Always: a fingerprint stands for one change and no other.

use super::view::{View, say};
use crate::shell::Shell;
use prog_base::{Lang, Text, text};
use std::collections::BTreeMap;

/// One approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who approved.
    pub who: String,
    /// Why.
    pub why: String,
    /// When, as written.
    pub when: String,
    /// Its line.
    line: usize,
}

/// All approvals by fingerprint.
#[derive(Clone, Debug, Default)]
pub struct Approvals(BTreeMap<String, Approval>);

impl Approvals {
    /// From a file's text; or what is wrong with it.
    pub fn parse(file: &str, content: &str) -> Result<Self, Text> {
        let mut all = BTreeMap::new();
        for (index, line) in content.trim_start_matches('\u{feff}').lines().enumerate() {
            let number = index + 1;
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t').map(str::trim);
            let mut next = || columns.next().unwrap_or_default().to_owned();
            let (fingerprint, who, why, when) = (next(), next(), next(), next());
            if fingerprint.len() != 12 || !fingerprint.chars().all(|c| c.is_ascii_hexdigit()) {
                return Err(text!(
                    "“{file}”第 {number} 行应以 12 位指纹开头，用制表符隔开：指纹、谁、为什么、日期",
                    "line {number} of `{file}` should start with a fingerprint of 12 digits; then, apart by tabs, who, why and the date"
                ));
            }
            if who.is_empty() || why.is_empty() {
                return Err(text!(
                    "“{file}”第 {number} 行没有写谁批准或为什么",
                    "line {number} of `{file}` does not say who approved or why"
                ));
            }
            all.insert(fingerprint.to_lowercase(), Approval { who, why, when, line: number });
        }
        Ok(Self(all))
    }

    /// The approval of a change.
    pub fn of(&self, view: &View<'_>) -> Option<&Approval> {
        self.0.get(&view.change.fingerprint)
    }

    /// Approvals that no change bears.
    pub fn stale(&self, views: &[View<'_>]) -> Vec<String> {
        let needed = |fingerprint: &String| views.iter().any(|v| v.change.fingerprint == *fingerprint);
        self.0.keys().filter(|f| !needed(f)).cloned().collect()
    }

    /// Says which approvals are stale, on stderr.
    pub fn tell_stale(&self, views: &[View<'_>], shell: &Shell) {
        for fingerprint in self.stale(views) {
            let line = self.0.get(&fingerprint).map_or(0, |a| a.line);
            shell.complain(&match shell.lang {
                Lang::Zh => format!("批准 {fingerprint}（第 {line} 行）已没有对应的改动，可以删去\n"),
                Lang::En => format!("approval {fingerprint} (line {line}) belongs to no change any more; it can go\n"),
            });
        }
    }
}

impl Approval {
    /// In words.
    pub fn words(&self, lang: Lang) -> String {
        let when = if self.when.is_empty() { String::new() } else { format!("{}{}", say(lang, "，", ", "), self.when) };
        match lang {
            Lang::Zh => format!("已由{}批准：{}{when}", self.who, self.why),
            Lang::En => format!("approved by {}: {}{when}", self.who, self.why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_who_and_why() {
        let all = Approvals::parse("a", "# comment\n\n0123456789ab\toffice\tthe notice was amended\t2024-05-01\n").expect("approvals");
        assert_eq!(all.0["0123456789ab"].who, "office");
        assert!(Approvals::parse("a", "0123\toffice\twhy").is_err());
        assert!(Approvals::parse("a", "0123456789ab\toffice\t").is_err());
    }
}
