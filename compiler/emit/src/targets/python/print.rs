//! A small Python tree and its layout.
//!
//! In: a [`Py`] tree. Out: text as `ruff format` lays it out: what fits on a line stays on it, what does not is broken outside in, one
//! part a line, each with a comma. Always: a wide character takes two columns; the text ends without a newline.

use super::super::javascript::print::columns;

/// Columns of a line.
pub const WIDTH: usize = 88;

/// A piece of Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Py {
    /// Printed as it is: a name, a literal.
    Raw(String),
    /// `callee(args)`
    Call {
        /// What is called.
        callee: String,
        /// With these, some by name.
        args: Vec<(Option<String>, Py)>,
    },
    /// `callee[args]`
    Subscript {
        /// What is subscripted.
        of: String,
        /// With these.
        args: Vec<Py>,
    },
    /// `[items]`
    List(Vec<Py>),
    /// `(items)`, of two or more
    Tuple(Vec<Py>),
    /// `{key: value}`, keys as literals, each with a remark before its line; remarks break it.
    Dict(Vec<(Option<String>, String, Py)>),
}

impl Py {
    /// A name or other text printed as it is.
    pub fn raw(text: impl Into<String>) -> Self {
        Py::Raw(text.into())
    }

    /// A call.
    pub fn call(callee: impl Into<String>, args: Vec<Py>) -> Self {
        Py::Call { callee: callee.into(), args: args.into_iter().map(|arg| (None, arg)).collect() }
    }

    /// The text, starting in a column, its later lines indented by so much.
    pub fn print(&self, indent: usize, column: usize) -> String {
        let mut out = Printer { text: String::new(), column };
        out.put(self, indent, 0);
        out.text
    }

    /// The piece on one line, if it may stand so and takes no more than `room`.
    pub fn flat(&self, room: usize) -> Option<String> {
        let mut out = String::new();
        (put_flat(self, &mut out) && columns(&out) <= room).then_some(out)
    }
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
    fn put(&mut self, py: &Py, indent: usize, after: usize) {
        if let Some(text) = WIDTH.checked_sub(self.column + after).and_then(|room| py.flat(room)) {
            self.push(&text);
            return;
        }
        match py {
            Py::Raw(text) => self.push(text),
            Py::Call { callee, args } => {
                self.push(callee);
                self.broken("(", args.iter().map(|(name, value)| (None, name.as_deref().map(|n| format!("{n}=")), value)), ")", indent);
            }
            Py::Subscript { of, args } => {
                self.push(of);
                if let [only] = args.as_slice() {
                    // A comma would make a tuple of it.
                    self.push("[");
                    self.line(indent + 4);
                    self.put(only, indent + 4, 0);
                    self.line(indent);
                    self.push("]");
                } else {
                    self.broken("[", args.iter().map(|value| (None, None, value)), "]", indent);
                }
            }
            Py::List(items) => self.broken("[", items.iter().map(|value| (None, None, value)), "]", indent),
            Py::Tuple(items) => self.broken("(", items.iter().map(|value| (None, None, value)), ")", indent),
            Py::Dict(members) => {
                let parts = members.iter().map(|(remark, key, value)| (remark.as_deref(), Some(format!("{key}: ")), value));
                self.broken("{", parts, "}", indent);
            }
        }
    }

    /// Parts one a line, each with what stands before it.
    fn broken<'a>(
        &mut self,
        open: &str,
        parts: impl Iterator<Item = (Option<&'a str>, Option<String>, &'a Py)>,
        close: &str,
        indent: usize,
    ) {
        self.push(open);
        for (remark, head, value) in parts {
            self.line(indent + 4);
            if let Some(remark) = remark {
                self.push(&format!("# {remark}"));
                self.line(indent + 4);
            }
            self.push(&head.unwrap_or_default());
            self.put(value, indent + 4, 1);
            self.push(",");
        }
        self.line(indent);
        self.push(close);
    }
}

/// Puts the piece on one line; false if it may not stand so.
fn put_flat(py: &Py, out: &mut String) -> bool {
    let list = |items: &[Py], out: &mut String| {
        items.iter().enumerate().all(|(index, item)| {
            out.push_str(if index > 0 { ", " } else { "" });
            put_flat(item, out)
        })
    };
    let within = |open: &str, items: &[Py], close: &str, out: &mut String| {
        out.push_str(open);
        let flat = list(items, out);
        out.push_str(close);
        flat
    };
    match py {
        Py::Raw(text) => {
            out.push_str(text);
            true
        }
        Py::Call { callee, args } => {
            out.push_str(callee);
            out.push('(');
            let flat = args.iter().enumerate().all(|(index, (name, value))| {
                out.push_str(if index > 0 { ", " } else { "" });
                if let Some(name) = name {
                    out.push_str(name);
                    out.push('=');
                }
                put_flat(value, out)
            });
            out.push(')');
            flat
        }
        Py::Subscript { of, args } => {
            out.push_str(of);
            within("[", args, "]", out)
        }
        Py::List(items) => within("[", items, "]", out),
        Py::Tuple(items) => within("(", items, ")", out),
        Py::Dict(members) => {
            out.push('{');
            let flat = members.iter().enumerate().all(|(index, (remark, key, value))| {
                out.push_str(if index > 0 { ", " } else { "" });
                out.push_str(key);
                out.push_str(": ");
                remark.is_none() && put_flat(value, out)
            });
            out.push('}');
            flat
        }
    }
}

/// Text that may stand in a docstring, on one line.
pub fn docstring(text: &str) -> String {
    let plain = text.replace('\\', "\\\\").replace(['\n', '\r'], " ").replace('"', "'");
    format!("\"\"\"{}\"\"\"", plain.trim())
}

/// `isIn` to `is_in`; a word that Python keeps for itself gets a stroke behind it.
pub fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    if KEYWORDS.contains(&out.as_str()) {
        out.push('_');
    }
    out
}

/// Words that Python keeps for itself, in lower case.
pub const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
    "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
    "yield",
];
