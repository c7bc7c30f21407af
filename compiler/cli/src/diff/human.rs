//! Changes for people at a terminal: a summary, then class by class, 80 columns.

use super::view::{Text, View, say};
use prog_base::Lang;
use prog_diff::Class;

/// Lines are no longer than this.
const COLUMNS: usize = 80;

/// All changes; nothing for none.
pub fn show(views: &[View<'_>], lang: Lang) -> String {
    if views.is_empty() {
        return String::new();
    }
    let mut out = summary(views, lang) + "\n";
    for class in Class::ALL {
        let of_class: Vec<&View<'_>> = views.iter().filter(|v| v.change.class == class).collect();
        if of_class.is_empty() {
            continue;
        }
        let (name, means) = (class.words(), class.means());
        out += &match lang {
            Lang::Zh => format!("\n{}（{}）\n", name.zh, means.zh),
            Lang::En => format!("\n{} ({})\n", name.en, means.en),
        };
        out.extend(of_class.into_iter().map(|view| one(view, lang)));
    }
    out
}

/// `收紧 3，放宽 1`
pub fn summary(views: &[View<'_>], lang: Lang) -> String {
    let counts = Class::ALL.iter().map(|class| (class, views.iter().filter(|v| v.change.class == *class).count()));
    let counts: Vec<String> = counts.filter(|(_, n)| *n > 0).map(|(class, n)| format!("{} {n}", class.words().get(lang))).collect();
    let all = counts.join(say(lang, "，", ", "));
    match lang {
        Lang::Zh => format!("{} 处改动：{all}", views.len()),
        Lang::En if views.len() == 1 => format!("1 change: {all}"),
        Lang::En => format!("{} changes: {all}", views.len()),
    }
}

fn one(view: &View<'_>, lang: Lang) -> String {
    let clauses = if view.change.clauses.is_empty() { String::new() } else { format!(" [{}]", view.change.clauses.join("、")) };
    let mut out = row("  ", &format!("{}{clauses}", view.title), &view.change.fingerprint);
    if view.change.class != Class::Editorial || view.change.aspect != prog_diff::Aspect::Cites {
        out += &side("    - ", view.before.as_ref(), view, lang);
        out += &side("    + ", view.after.as_ref(), view, lang);
    }
    for sentence in view.witnesses.iter().chain(&view.notes) {
        out += &wrapped(sentence, "    ", "      ");
    }
    out
}

fn side(mark: &str, text: Option<&Text>, view: &View<'_>, lang: Lang) -> String {
    let Some(text) = text else { return String::new() };
    let file = text.file.rsplit(['/', '\\']).next().unwrap_or(&text.file);
    let place = format!("{file}:{}", text.line);
    let both = view.before.is_some() && view.after.is_some();
    match text.text.as_str() {
        "" if both => row(mark, say(lang, "（无）", "(nothing)"), &place),
        words => row(mark, words, &place),
    }
}

/// A line with something at its right end; the text gives way.
fn row(mark: &str, text: &str, right: &str) -> String {
    let room = COLUMNS.saturating_sub(width(mark) + width(right) + 2);
    let mut kept = String::new();
    let mut used = 0;
    let whole = width(text) <= room;
    for c in text.chars() {
        let wide = wide(c);
        if !whole && used + wide + 1 > room {
            kept.push('…');
            used += 1;
            break;
        }
        kept.push(c);
        used += wide;
    }
    let gap = COLUMNS.saturating_sub(width(mark) + used + width(right)).max(1);
    format!("{mark}{kept}{}{right}\n", " ".repeat(gap))
}

/// A sentence over as many lines as it needs.
fn wrapped(text: &str, first: &str, next: &str) -> String {
    let (mut out, mut used, mut fits) = (first.to_owned(), width(first), 0);
    let mut line_start = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if used + wide(c) > COLUMNS && used > width(next) {
            let at = if fits > line_start { fits } else { out.len() };
            let rest = out.split_off(at);
            out.truncate(out.trim_end().len());
            out.push('\n');
            line_start = out.len();
            out += next;
            out += rest.trim_start();
            used = width(&out[line_start..]);
            fits = 0;
        }
        out.push(c);
        used += wide(c);
        // Western words stay whole; Chinese may break anywhere but before closing marks and after opening ones.
        let closes = chars.peek().is_some_and(|c| "：，。；、）”》】·…".contains(*c));
        if c == ' ' || (wide(c) == 2 && !closes && !"（“《【".contains(c)) {
            fits = out.len();
        }
    }
    out + "\n"
}

/// Columns of a text.
pub fn width(text: &str) -> usize {
    text.chars().map(wide).sum()
}

fn wide(c: char) -> usize {
    let east_asian = matches!(c as u32, 0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD);
    // Quotation marks and dashes of Chinese text are drawn wide by Chinese terminals and narrow by others; narrow is assumed.
    if east_asian { 2 } else { 1 }
}
