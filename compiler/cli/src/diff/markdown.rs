//! Changes for a review comment: who loses and who gains first, then a table.

use super::human::summary;
use super::view::{Text, View, say};
use prog_base::Lang;
use prog_diff::Class;

/// Longer texts are cut: the comment leads to the file.
const LONG: usize = 160;

/// All changes; nothing for none.
pub fn show(views: &[View<'_>], lang: Lang) -> String {
    if views.is_empty() {
        return String::new();
    }
    let mut out = format!("### {}\n\n", summary(views, lang));
    let said = |loses: bool| -> Vec<String> {
        let told = |v: &View<'_>| {
            let words = v.change.effect.witnesses.iter().zip(&v.witnesses).filter(|(w, _)| w.loses == loses);
            words.map(|(_, words)| format!("- {}\n", escaped(words))).collect::<Vec<_>>()
        };
        views.iter().filter(|v| v.change.class != Class::Data).flat_map(told).collect()
    };
    for (loses, head) in [(true, say(lang, "**谁吃亏**", "**Who loses**")), (false, say(lang, "**谁受益**", "**Who gains**"))] {
        let all = said(loses);
        if !all.is_empty() {
            out += &format!("{head}\n\n{}\n", all.concat());
        }
    }
    out += say(
        lang,
        "| 类别 | 改动 | 条款 | 原来 | 现在 | 指纹 |\n|---|---|---|---|---|---|\n",
        "| Class | Change | Clauses | Before | After | Fingerprint |\n|---|---|---|---|---|---|\n",
    );
    for class in Class::ALL {
        for view in views.iter().filter(|v| v.change.class == class) {
            let notes: String = view.notes.iter().map(|n| format!("<br>{}", escaped(n))).collect();
            out += &format!(
                "| {} | {}{notes} | {} | {} | {} | `{}` |\n",
                class.words().get(lang),
                escaped(&view.title),
                escaped(&view.change.clauses.join("、")),
                cell(view.before.as_ref()),
                cell(view.after.as_ref()),
                view.change.fingerprint
            );
        }
    }
    out
}

fn cell(text: Option<&Text>) -> String {
    let Some(text) = text else { return String::new() };
    let file = text.file.rsplit(['/', '\\']).next().unwrap_or(&text.file);
    let words: String =
        if text.text.chars().count() > LONG { text.text.chars().take(LONG).chain(['…']).collect() } else { text.text.clone() };
    let place = escaped(&format!("{file}:{}", text.line));
    if words.is_empty() { format!("<sub>{place}</sub>") } else { format!("{} <sub>{place}</sub>", escaped(&words)) }
}

/// A text that says nothing to Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '|' | '[' | ']' | '#' | '~' => out.extend(['\\', c]),
            '@' => out += "&#64;",
            _plain => out.push(c),
        }
    }
    out
}
