//! A small JavaScript tree and its layout.
//!
//! In: a [`Js`] tree. Out: text as `prettier` lays it out: what fits on a line stays on it, what does not is broken outside in.
//! Always: a wide character takes two columns; the text ends without a newline.

use prog_base::EAST_ASIAN;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Columns of a line.
const WIDTH: usize = 80;

/// A piece of JavaScript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Js {
    /// Printed as it is: an identifier, a literal, an operator's expression.
    Raw(String),
    /// `callee(args)`
    Call {
        /// What is called.
        callee: String,
        /// With these.
        args: Vec<Js>,
    },
    /// `[items]`
    Array(Vec<Js>),
    /// `{ key: value }`
    Object(Vec<(String, Js)>),
    /// `(parameter) => body`
    Arrow {
        /// Its only parameter.
        parameter: String,
        /// What it gives.
        body: Box<Js>,
    },
}

impl Js {
    /// An identifier or other text printed as it is.
    pub fn raw(text: impl Into<String>) -> Self {
        Js::Raw(text.into())
    }

    /// A string literal.
    pub fn text(text: &str) -> Self {
        Js::Raw(string(text))
    }

    /// A call.
    pub fn call(callee: impl Into<String>, args: Vec<Js>) -> Self {
        Js::Call { callee: callee.into(), args }
    }

    /// A function of one parameter, which is left out where the body does not use it.
    pub fn arrow(parameter: &str, body: Js) -> Self {
        let parameter = if body.uses(parameter) { parameter.to_owned() } else { String::new() };
        Js::Arrow { parameter, body: Box::new(body) }
    }

    /// Whether it reads something of this name.
    fn uses(&self, name: &str) -> bool {
        let of = |text: &str| text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        match self {
            Js::Raw(text) => of(text),
            Js::Call { callee, args } => of(callee) || args.iter().any(|a| a.uses(name)),
            Js::Array(items) => items.iter().any(|i| i.uses(name)),
            Js::Object(members) => members.iter().any(|(_, v)| v.uses(name)),
            Js::Arrow { body, .. } => body.uses(name),
        }
    }

    /// Adds the names of the functions that it calls, without those of the case or item in hand.
    pub fn callees(&self, names: &mut BTreeSet<String>) {
        match self {
            Js::Raw(_) => {}
            Js::Call { callee, args } => {
                let name = callee.trim_start_matches("new ");
                if !callee.contains('.') && !names.contains(name) {
                    names.insert(name.to_owned());
                }
                args.iter().for_each(|a| a.callees(names));
            }
            Js::Array(items) => items.iter().for_each(|i| i.callees(names)),
            Js::Object(members) => members.iter().for_each(|(_, v)| v.callees(names)),
            Js::Arrow { body, .. } => body.callees(names),
        }
    }

    /// The text, starting in a column, its later lines indented by so much.
    pub fn print(&self, indent: usize, column: usize) -> String {
        let mut out = Printer { text: String::new(), column };
        out.put(self, indent, 1);
        out.text
    }
}

/// A string literal: double quotes unless that takes more escapes.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    // Nearly every text: nothing to escape. What needs it starts with one of these bytes.
    if text.bytes().all(|b| b >= b' ' && !matches!(b, b'"' | b'\\' | 0x7F | 0xC2 | 0xE2)) {
        out.push('"');
        out.push_str(text);
        out.push('"');
        return out;
    }
    let count = |quote: u8| text.bytes().filter(|b| *b == quote).count();
    let quote = if count(b'"') > count(b'\'') { '\'' } else { '"' };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() || ('\u{2028}'..='\u{2029}').contains(&c) || ('\u{200b}'..='\u{200f}').contains(&c) => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// A member's name: bare where it is a plain identifier, of ASCII or Han characters.
pub fn member(key: &str) -> Cow<'_, str> {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_' || ('\u{4e00}'..='\u{9fff}').contains(&c);
    let plain = key.starts_with(starts) && key.chars().all(|c| starts(c) || c.is_ascii_digit());
    if plain { Cow::Borrowed(key) } else { Cow::Owned(string(key)) }
}

/// Columns that a text takes on the screen.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

fn is_wide(c: char) -> bool {
    let code = c as u32;
    EAST_ASIAN.iter().any(|(low, high)| (*low..=*high).contains(&code))
        || matches!(code, 0x3001..=0x303E | 0xFE10..=0xFE19 | 0xFE30..=0xFE6F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6)
}

struct Printer {
    text: String,
    column: usize,
}

impl Printer {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += columns(text);
    }

    fn line(&mut self, indent: usize) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    /// Puts a piece after which `after` more columns stand on its last line.
    fn put(&mut self, js: &Js, indent: usize, after: usize) {
        if let Some(width) = WIDTH.checked_sub(self.column + after).and_then(|room| flat_columns(js, room)) {
            put_flat(js, &mut self.text);
            self.column += width;
            return;
        }
        match js {
            Js::Raw(text) => self.push(text),
            Js::Call { callee, args } => self.call(callee, args, indent),
            Js::Array(items) => {
                self.push("[");
                self.items(items, indent);
                self.push("]");
            }
            Js::Object(members) => self.object(members, indent),
            Js::Arrow { parameter, body } => self.arrow(parameter, body, indent, after),
        }
    }

    fn call(&mut self, callee: &str, args: &[Js], indent: usize) {
        self.push(callee);
        self.push("(");
        let Some((last, first)) = args.split_last() else {
            self.push(")");
            return;
        };
        let alike = matches!((first.last(), last), (Some(Js::Arrow { .. }), Js::Arrow { .. }));
        let room = WIDTH.checked_sub(self.column + opening(last)).filter(|_| hugs(last) && !alike);
        if room.and_then(|room| all_columns(first, ", ".len(), room)).is_some() {
            for head in first {
                let start = self.text.len();
                put_flat(head, &mut self.text);
                self.text.push_str(", ");
                self.column += columns(&self.text[start..]);
            }
            self.put(last, indent, 2);
            if let Js::Arrow { .. } = last {
                self.push(",");
                self.line(indent);
            }
            self.push(")");
            return;
        }
        self.items(args, indent);
        self.push(")");
    }

    fn items(&mut self, items: &[Js], indent: usize) {
        for item in items {
            self.line(indent + 2);
            self.put(item, indent + 2, 1);
            self.push(",");
        }
        if !items.is_empty() {
            self.line(indent);
        }
    }

    fn object(&mut self, members: &[(String, Js)], indent: usize) {
        self.push("{");
        for (key, value) in members {
            self.line(indent + 2);
            self.push(&member(key));
            self.push(":");
            let long = |text: &str| self.column + columns(text) + 2 > WIDTH;
            // After a short name a break would gain nothing.
            if matches!(value, Js::Raw(text) if long(text)) && columns(&member(key)) > 4 {
                self.line(indent + 4);
            } else {
                self.push(" ");
            }
            self.put(value, indent + 2, 1);
            self.push(",");
        }
        self.line(indent);
        self.push("}");
    }

    fn arrow(&mut self, parameter: &str, body: &Js, indent: usize, after: usize) {
        self.push(&format!("({parameter}) =>"));
        if let Js::Arrow { parameter, body } = body {
            self.push(" ");
            self.arrow(parameter, body, indent, after);
        } else if matches!(body, Js::Array(_)) {
            self.push(" ");
            self.put(body, indent, after);
        } else {
            self.line(indent + 2);
            self.put(body, indent + 2, after);
        }
    }
}

/// Whether a last argument may be broken while the call's other arguments stay on the line.
fn hugs(js: &Js) -> bool {
    match js {
        Js::Array(items) => !items.is_empty(),
        Js::Object(_) => true,
        Js::Arrow { body, .. } => matches!(&**body, Js::Call { .. }) || matches!(&**body, Js::Raw(text) if text.ends_with(')')),
        Js::Raw(_) | Js::Call { .. } => false,
    }
}

/// Columns of the sign that opens a last argument.
fn opening(js: &Js) -> usize {
    match js {
        Js::Array(_) | Js::Object(_) => 1,
        Js::Arrow { parameter, .. } => columns(parameter) + "() =>".len(),
        Js::Raw(_) | Js::Call { .. } => 0,
    }
}

/// Columns of the piece on one line, if it may stand so and takes no more than `room`; looks no further than that.
fn flat_columns(js: &Js, room: usize) -> Option<usize> {
    let fits = |n: usize| (n <= room).then_some(n);
    match js {
        Js::Raw(text) => fits(columns(text)),
        Js::Call { callee, args } => {
            let own = fits(columns(callee) + "()".len())?;
            Some(own + listed_columns(args, room - own)?)
        }
        Js::Array(items) if must_break(items) => None,
        Js::Array(items) => {
            let own = fits("[]".len())?;
            Some(own + listed_columns(items, room - own)?)
        }
        Js::Object(members) if members.is_empty() => fits("{}".len()),
        Js::Object(members) => {
            // Braces and blanks; every member but the last with a comma and a blank.
            let mut own = fits("{  }".len() + ", ".len() * (members.len() - 1))?;
            for (key, value) in members {
                own = fits(own + columns(&member(key)) + ": ".len())?;
                own += flat_columns(value, room - own)?;
            }
            Some(own)
        }
        Js::Arrow { parameter, body } => {
            let own = fits(columns(parameter) + "() => ".len())?;
            Some(own + flat_columns(body, room - own)?)
        }
    }
}

/// Columns of pieces on one line, commas between them.
fn listed_columns(items: &[Js], room: usize) -> Option<usize> {
    let commas = ", ".len() * items.len().saturating_sub(1);
    Some(commas + all_columns(items, 0, room.checked_sub(commas)?)?)
}

/// Columns of pieces on one line, each with so many more behind it.
fn all_columns(items: &[Js], behind: usize, room: usize) -> Option<usize> {
    items.iter().try_fold(0, |sum, item| Some(sum + behind + flat_columns(item, room.checked_sub(sum + behind)?)?))
}

/// The piece on one line.
fn put_flat(js: &Js, out: &mut String) {
    let list = |items: &[Js], out: &mut String| {
        for (index, item) in items.iter().enumerate() {
            out.push_str(if index > 0 { ", " } else { "" });
            put_flat(item, out);
        }
    };
    match js {
        Js::Raw(text) => out.push_str(text),
        Js::Call { callee, args } => {
            out.push_str(callee);
            out.push('(');
            list(args, out);
            out.push(')');
        }
        Js::Array(items) => {
            out.push('[');
            list(items, out);
            out.push(']');
        }
        Js::Object(members) if members.is_empty() => out.push_str("{}"),
        Js::Object(members) => {
            for (index, (key, value)) in members.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "{ " });
                out.push_str(&member(key));
                out.push_str(": ");
                put_flat(value, out);
            }
            out.push_str(" }");
        }
        Js::Arrow { parameter, body } => {
            out.push('(');
            out.push_str(parameter);
            out.push_str(") => ");
            put_flat(body, out);
        }
    }
}

/// Several lists or objects of more than one entry each are laid out one a line.
fn must_break(items: &[Js]) -> bool {
    let long = |js: &Js| match js {
        Js::Array(items) => items.len() > 1,
        Js::Object(members) => members.len() > 1,
        Js::Raw(_) | Js::Call { .. } | Js::Arrow { .. } => false,
    };
    let arrays = items.iter().all(|i| matches!(i, Js::Array(_)));
    let objects = items.iter().all(|i| matches!(i, Js::Object(_)));
    items.len() > 1 && (arrays || objects) && items.iter().all(long)
}
