//! Readings in words: what the notice leaves to be decided, and how it was taken.
//!
//! In: readings. Out: entries, and the cells of the table of readings. Always: no two of them under one title; that the notice is silent is said
//! only where it is not cited.

use super::entries::Entry;
use super::sentences::Sentences;
use prog_base::{Text, text};
use prog_model::{BuiltinReading, Reading, ReadingValue};

impl Sentences<'_> {
    pub(super) fn reading(&self, reading: &Reading) -> Entry {
        let (name, chosen, others) = self.reading_words(reading);
        let mut entry = self.new_entry(text!("口径", "reading"), "soft", 2);
        entry.title = name;
        entry.doc = reading.ident.doc.clone();
        entry.lines = vec![self.say(text!("取：{chosen}。", "Taken as: {chosen}."))];
        if !others.is_empty() {
            let others = self.prose.any(others);
            entry.lines.push(self.say(text!("也可以读作：{others}。", "It could also be read as: {others}.")));
        }
        entry
    }

    /// A reading's name, what is taken, and what else could be.
    pub(super) fn reading_words(&self, reading: &Reading) -> (String, String, Vec<String>) {
        let name = match reading.builtin {
            Some(builtin) => self.say(builtin_name(builtin, reading)),
            None => self.prose.name(&reading.ident),
        };
        match &reading.value {
            ReadingValue::Band(band) => {
                let points = band * &prog_base::Exact::from(100);
                (name, self.say(text!("上下各{points}%以内", "within {points}% either way")), Vec::new())
            }
            ReadingValue::Expr(Some(e)) => (name, self.prose.noun(e), Vec::new()),
            ReadingValue::Expr(None) => (name, self.say(text!("未定", "open")), Vec::new()),
            ReadingValue::Choice { values, chosen } => {
                let words: Vec<String> = values.iter().map(|v| self.reading_value(reading.builtin, v)).collect();
                let taken = match chosen {
                    Some(index) => words.get(*index).cloned().unwrap_or_default(),
                    None => self
                        .say(text!("未定：各种读法都算一遍，一致才下结论", "open: every one is tried, and only what all agree on is said")),
                };
                let others = words.iter().enumerate().filter(|(index, _)| Some(*index) != *chosen).map(|(_, word)| word.clone());
                (name, taken, others.collect())
            }
        }
    }

    fn reading_value(&self, builtin: Option<BuiltinReading>, value: &prog_model::Ident) -> String {
        use BuiltinReading as B;
        let words = match (builtin, value.name.as_str()) {
            (Some(B::Deadline), "inclusive") => text!("含当日，到当日24:00", "that day included, to 24:00"),
            (Some(B::Deadline), "exclusive") => text!("不含当日", "that day not included"),
            (Some(B::After | B::Before), "inclusive") => text!("含当日", "that day included"),
            (Some(B::After | B::Before), "exclusive") => text!("不含当日", "that day not included"),
            (Some(B::Round), "half up") => text!("四舍五入", "half up"),
            (Some(B::Round), "half even") => text!("四舍六入五成双", "half even"),
            (Some(B::Round), "up") => text!("进一", "up"),
            (Some(B::Round), "down") => text!("舍去尾数", "down"),
            (Some(B::Late), "rejected") => text!("逾期的不予受理", "what is late is rejected"),
            (Some(B::Late), "finding") => text!("逾期的只作为问题提出", "lateness is only a finding"),
            (Some(B::Length), "counts punctuation") => text!("标点计入字数", "punctuation counts"),
            (Some(B::Length), "without punctuation") => text!("标点不计入字数", "punctuation does not count"),
            (_, _) => return self.prose.quoted(value),
        };
        self.say(words)
    }
}

/// What a built-in reading is about; where the notice is cited for it, the notice is not silent. `after` and `before` alone leave the day out
/// unless the author sets them: without that they speak of spans only.
fn builtin_name(builtin: BuiltinReading, reading: &Reading) -> Text {
    let cited = !reading.cites.is_empty();
    match builtin {
        BuiltinReading::Deadline => text!("截止日当日交的是否及时", "whether what comes on the day of a deadline is in time"),
        BuiltinReading::About => text!("“左右”是多少", "what “about” means"),
        BuiltinReading::Length => text!("字数怎么数", "how characters are counted"),
        BuiltinReading::Late if cited => text!("逾期怎么办", "what lateness does"),
        BuiltinReading::Late => text!("逾期怎么办（通知没有写）", "what lateness does (the notice does not say)"),
        BuiltinReading::After if !reading.stated => {
            text!("“几年内”的首日是否算在内", "whether the first day of a span counts as within it")
        }
        BuiltinReading::Before if !reading.stated => {
            text!("“几年内”的末日是否算在内", "whether the last day of a span counts as within it")
        }
        BuiltinReading::After => text!("“某日之后”是否含当日", "whether “after a day” includes it"),
        BuiltinReading::Before => text!("“某日之前”是否含当日", "whether “before a day” includes it"),
        BuiltinReading::Last => text!("“近几年”算到哪一天", "where “the last years” end"),
        BuiltinReading::Round if cited => text!("小数怎样取舍", "how numbers are rounded"),
        BuiltinReading::Round => text!("通知没有写明的取舍", "rounding that the notice does not state"),
        BuiltinReading::Effective => text!("按哪一天选用当时施行的版本", "which day decides between versions"),
    }
}
