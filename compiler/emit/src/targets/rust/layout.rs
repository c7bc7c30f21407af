//! Rust source as rustfmt lays it out (its default settings), as far as the printed programme needs it.
//!
//! In: expressions. Out: text. Always: what fits on a line stands on one; else one item a line; a text too long for any line leaves the
//! item around it as it is, in rustfmt and here.

/// The right margin.
const MARGIN: usize = 100;
/// How wide the arguments of a call, or the items of an array, may be on one line.
const ITEMS: usize = 60;
/// Items no longer than this fill lines.
const SHORT: usize = 10;
/// How far a block stands in.
const STEP: usize = 4;

/// An expression.
#[derive(Clone, Debug)]
pub enum Doc {
    /// A literal or path.
    Atom(String),
    /// A tuple or the call of a method without parts worth breaking.
    Piece(String),
    /// A call.
    Call(String, Vec<Doc>),
    /// An array.
    Array(Vec<Doc>),
    /// A reference to one.
    Ref(Box<Doc>),
    /// A struct: its name, its fields, and whether the rest is blank.
    Struct(&'static str, Vec<(&'static str, Doc)>, bool),
    /// A closure: its parameters and its body.
    Closure(String, Box<Doc>),
}

impl Doc {
    /// A literal or path.
    pub fn atom(text: impl Into<String>) -> Self {
        Doc::Atom(text.into())
    }

    /// A call.
    pub fn call(head: impl Into<String>, args: Vec<Doc>) -> Self {
        Doc::Call(head.into(), args)
    }

    /// A reference to an array.
    pub fn slice(items: Vec<Doc>) -> Self {
        Doc::Ref(Box::new(Doc::Array(items)))
    }

    /// `Some(…)`
    pub fn some(of: Doc) -> Self {
        Doc::call("Some", vec![of])
    }

    /// A string literal.
    pub fn text(text: &str) -> Self {
        Doc::Atom(string(text))
    }

    fn is_nested_call(&self) -> bool {
        match self {
            // A tuple is a call of nothing.
            Doc::Call(head, _) => !head.is_empty(),
            Doc::Ref(inner) => inner.is_nested_call(),
            Doc::Atom(_) | Doc::Piece(_) | Doc::Array(_) | Doc::Struct(..) | Doc::Closure(..) => false,
        }
    }

    fn is_simple(&self) -> bool {
        match self {
            Doc::Atom(_) => true,
            Doc::Ref(inner) => inner.is_simple(),
            Doc::Piece(_) | Doc::Call(..) | Doc::Array(_) | Doc::Struct(..) | Doc::Closure(..) => false,
        }
    }

    /// Whether it may begin on the line of the call around it and go on below.
    fn overflows(&self, count: usize) -> bool {
        match self {
            Doc::Closure(..) => true,
            Doc::Array(_) | Doc::Struct(..) | Doc::Call(..) => count == 1,
            Doc::Ref(inner) => inner.overflows(count),
            Doc::Atom(_) | Doc::Piece(_) => false,
        }
    }

    /// The text within so many columns, in a block that stands in so far; nothing where a literal does not fit.
    fn print(&self, block: usize, width: usize) -> Option<String> {
        match self {
            Doc::Atom(text) | Doc::Piece(text) => (columns(text) <= width).then(|| text.clone()),
            Doc::Call(head, args) => items(head, ["(", ")"], args, block, width),
            Doc::Array(of) => items("", ["[", "]"], of, block, width),
            Doc::Ref(inner) => inner.print(block, width.checked_sub(1)?).map(|text| format!("&{text}")),
            Doc::Struct(name, fields, blank) => structure(name, fields, *blank, block),
            Doc::Closure(params, body) => closure(params, body, block, width),
        }
    }

    /// The text without any break, for what does not fit anywhere.
    fn flat(&self) -> String {
        let all = |items: &[Doc]| items.iter().map(Doc::flat).collect::<Vec<_>>().join(", ");
        match self {
            Doc::Atom(text) | Doc::Piece(text) => text.clone(),
            Doc::Call(head, args) => format!("{head}({})", all(args)),
            Doc::Array(of) => format!("[{}]", all(of)),
            Doc::Ref(inner) => format!("&{}", inner.flat()),
            Doc::Struct(name, fields, blank) => {
                let fields = fields.iter().map(|(name, value)| format!("{name}: {}", value.flat()));
                let rest = blank.then(|| format!("..{name}::BLANK"));
                format!("{name} {{ {} }}", fields.chain(rest).collect::<Vec<_>>().join(", "))
            }
            Doc::Closure(params, body) => format!("|{params}| {}", body.flat()),
        }
    }

    /// As the body of a function that stands in so far.
    pub fn body(&self) -> String {
        self.print(STEP, MARGIN - STEP).unwrap_or_else(|| self.flat())
    }

    /// As the value behind `head =` at the left margin, the semicolon included.
    pub fn value_of(&self, head: &str) -> String {
        let beside = MARGIN.checked_sub(1 + columns(head) + 3).and_then(|width| self.print(0, width));
        if let Some(text) = beside.as_ref().filter(|text| !text.contains('\n')) {
            return format!("{head} = {text};");
        }
        let below = self.print(STEP, MARGIN - STEP - 1).filter(|text| !text.contains('\n'));
        match (beside, below) {
            (_, Some(text)) => format!("{head} =\n    {text};"),
            (Some(text), None) => format!("{head} = {text};"),
            (None, None) => format!("{head} = {};", self.flat()),
        }
    }
}

/// A closure: its body on its line, else in a block.
fn closure(params: &str, body: &Doc, block: usize, width: usize) -> Option<String> {
    let head = format!("|{params}| ");
    let beside = width.checked_sub(columns(&head)).and_then(|width| body.print(block, width));
    if let Some(text) = beside.filter(|text| !text.contains('\n')) {
        return Some(head + &text);
    }
    let inner = block + STEP;
    let text = body.print(inner, MARGIN - inner)?;
    Some(format!("{head}{{{}{text}{}}}", line(inner), line(block)))
}

/// A struct: one field a line.
fn structure(name: &str, fields: &[(&'static str, Doc)], blank: bool, block: usize) -> Option<String> {
    let inner = block + STEP;
    let mut text = format!("{name} {{");
    for (field, value) in fields {
        let beside = MARGIN.checked_sub(inner + 1 + field.len() + 2).and_then(|width| value.print(inner, width));
        let value = match beside {
            Some(value) => format!(" {value}"),
            None => format!("{}{}", line(inner + STEP), value.print(inner + STEP, MARGIN.checked_sub(inner + STEP)?)?),
        };
        text += &format!("{}{field}:{value},", line(inner));
    }
    if blank {
        text += &format!("{}..{name}::BLANK", line(inner));
    }
    Some(text + &line(block) + "}")
}

/// How a list is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tactic {
    Horizontal,
    Vertical,
    Mixed,
}

fn tactic(items: &[String], limit: usize) -> Tactic {
    let total: usize = items.iter().map(|item| columns(item)).sum::<usize>() + 2 * items.len().saturating_sub(1);
    let fits = total <= limit && !items.iter().any(|item| item.contains('\n'));
    if fits { Tactic::Horizontal } else { Tactic::Vertical }
}

/// The arguments of a call or the items of an array.
fn items(head: &str, [open, close]: [&str; 2], of: &[Doc], block: usize, width: usize) -> Option<String> {
    let one_line = width.saturating_sub(columns(head) + 2);
    let inner = block + STEP;
    let nested = MARGIN.checked_sub(inner + 1)?;
    let below: Vec<Option<String>> = of.iter().map(|item| item.print(inner, nested)).collect();
    let Some((last, before)) = of.split_last() else { return Some(format!("{head}{open}{close}")) };
    let mut texts: Vec<String> = below.iter().map(|text| text.clone().unwrap_or_default()).collect();
    let at = before.len();
    let overflowed = overflow(head, last, before, &texts[..at], (block, one_line));
    if let Some(text) = &overflowed {
        texts[at] = text.lines().next().unwrap_or_default().to_owned();
    }
    let limit = ITEMS.min(one_line);
    let mut how = tactic(&texts, limit);
    match overflowed {
        Some(text) if how == Tactic::Horizontal => {
            let plain = below[at].clone().filter(|plain| !plain.contains('\n'));
            let once = before.is_empty() && text.matches('\n').count() == 1;
            texts[at] = plain.filter(|_| once).unwrap_or(text);
        }
        Some(_) | None => {
            texts[at] = below[at].clone().unwrap_or_default();
            let alone = before.is_empty() && one_line != 0 && !texts[at].contains('\n') && texts[at].len() <= one_line;
            how = if alone { Tactic::Horizontal } else { tactic(&texts, limit) };
            let short = texts.iter().all(|text| text.len() <= SHORT) && of.iter().all(Doc::is_simple);
            if how == Tactic::Vertical && short {
                how = Tactic::Mixed;
            }
        }
    }
    if below[..at].iter().any(Option::is_none) || texts[at].is_empty() {
        return None;
    }
    let joined = join(&texts, how, inner, nested);
    let first = columns(joined.lines().next().unwrap_or_default());
    if how == Tactic::Horizontal && first < width.saturating_sub(columns(head)) {
        return Some(format!("{head}{open}{joined}{close}"));
    }
    Some(format!("{head}{open}{}{joined}{}{close}", line(inner), line(block)))
}

/// The last item as it would begin on the line of the call, if it may.
fn overflow(head: &str, last: &Doc, before: &[Doc], texts: &[String], (block, one_line): (usize, usize)) -> Option<String> {
    let alone = before.is_empty();
    let is_closure = |doc: &Doc| matches!(doc, Doc::Closure(..));
    if !(alone && head.len() < STEP || last.overflows(before.len() + 1)) || is_closure(last) && before.iter().any(is_closure) {
        return None;
    }
    if alone && !last.is_nested_call() {
        return last.print(block, one_line);
    }
    let taken: usize = texts.iter().map(|text| text.len() + 2).sum();
    last.print(block, ITEMS.min(one_line).checked_sub(taken)?)
}

fn join(texts: &[String], how: Tactic, inner: usize, width: usize) -> String {
    match how {
        Tactic::Horizontal => texts.join(", "),
        Tactic::Vertical => texts.join(&format!(",{}", line(inner))) + ",",
        Tactic::Mixed => {
            let (mut joined, mut length) = (String::new(), 0);
            for text in texts {
                let size = columns(text) + 1;
                if length > 0 && length + 1 + size > width {
                    joined += &line(inner);
                    length = 0;
                } else if length > 0 {
                    joined.push(' ');
                    length += 1;
                }
                joined += &format!("{text},");
                length += size;
            }
            joined
        }
    }
}

/// A new line that stands in so far.
fn line(indent: usize) -> String {
    format!("\n{}", " ".repeat(indent))
}

/// How many columns a text takes: East-Asian characters two, as rustfmt counts them.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xA960..=0xA97C
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE10..=0xFE19
        | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD)
}

/// A string literal.
pub fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_hidden(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that a reader does not see, or that turn the direction of writing.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
