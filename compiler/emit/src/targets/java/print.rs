//! A small Java tree and its layout.
//!
//! In: a [`Java`] tree. Out: text as `google-java-format` lays it out, as far as a simple printer can: what fits on a line stays on it,
//! what does not is broken outside in. Always: lines are broken only after `(`, `,`, `->` and before `.`.

use std::collections::BTreeSet;

/// Columns of a line.
pub const WIDTH: usize = 100;

/// How far continued lines are indented.
const FURTHER: usize = 4;

/// A piece of Java.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Java {
    /// Printed as it is: an identifier, a literal.
    Raw(String),
    /// A constant of the runtime's `Expressions`.
    Constant(&'static str),
    /// A constant of an enumeration of the runtime.
    Word {
        /// The enumeration.
        of: &'static str,
        /// The constant.
        name: String,
    },
    /// `callee(args)`
    Call {
        /// What is called.
        callee: Callee,
        /// With these.
        args: Vec<Java>,
    },
    /// `new Rule().key("a").soft()`
    Chain {
        /// The record's kind, a class of the runtime.
        kind: &'static str,
        /// Its members.
        links: Vec<Link>,
    },
    /// `parameters -> body`
    Lambda {
        /// Its parameters: `c`, `()`, `(c, item)`.
        parameters: String,
        /// What it gives.
        body: Box<Java>,
    },
    /// A call of a method of the programme's own, in one of its classes.
    Own {
        /// The class's position.
        class: usize,
        /// The method.
        method: String,
    },
}

/// One call in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The method.
    pub name: &'static str,
    /// With these.
    pub args: Vec<Java>,
}

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    /// A function of the runtime's `Expressions`.
    Function(&'static str),
    /// A constructor of a class of the runtime.
    New(&'static str),
    /// A static method of a class of the runtime or of the JDK.
    Static(&'static str, &'static str),
    /// A method of something in hand.
    On(String),
}

impl Callee {
    fn text(&self) -> String {
        match self {
            Callee::Function(name) => (*name).to_owned(),
            Callee::New(class) => format!("new {class}"),
            Callee::Static(class, method) => format!("{class}.{method}"),
            Callee::On(method) => method.clone(),
        }
    }
}

/// What a class must import.
#[derive(Clone, Debug, Default)]
pub struct Imports {
    /// Members of `Expressions`.
    pub functions: BTreeSet<&'static str>,
    /// Classes of the runtime.
    pub classes: BTreeSet<&'static str>,
}

impl Java {
    /// A string literal.
    pub fn text(text: &str) -> Self {
        Java::Raw(string(text))
    }

    /// A call of a function of the runtime.
    pub fn call(function: &'static str, args: Vec<Java>) -> Self {
        Java::Call { callee: Callee::Function(function), args }
    }

    /// Adds what it names of the runtime.
    pub fn imports(&self, imports: &mut Imports) {
        match self {
            Java::Raw(_) | Java::Own { .. } => {}
            Java::Constant(name) => drop(imports.functions.insert(name)),
            Java::Word { of, .. } => drop(imports.classes.insert(of)),
            Java::Call { callee, args } => {
                match callee {
                    Callee::Function(name) => drop(imports.functions.insert(name)),
                    Callee::New(class) | Callee::Static(class, _) => drop(imports.classes.insert(class)),
                    Callee::On(_) => {}
                }
                args.iter().for_each(|a| a.imports(imports));
            }
            Java::Chain { kind, links } => {
                imports.classes.insert(kind);
                links.iter().flat_map(|l| &l.args).for_each(|a| a.imports(imports));
            }
            Java::Lambda { body, .. } => body.imports(imports),
        }
    }

    /// With its calls of the programme's own methods written as they are in this class.
    #[must_use]
    pub fn within(self, own: usize, names: &dyn Fn(usize) -> String) -> Self {
        let all = |args: Vec<Java>| args.into_iter().map(|a| a.within(own, names)).collect();
        match self {
            Java::Own { class, method } if class == own => Java::Raw(format!("{method}()")),
            Java::Own { class, method } => Java::Raw(format!("{}.{method}()", names(class))),
            Java::Call { callee, args } => Java::Call { callee, args: all(args) },
            Java::Chain { kind, links } => {
                Java::Chain { kind, links: links.into_iter().map(|Link { name, args }| Link { name, args: all(args) }).collect() }
            }
            Java::Lambda { parameters, body } => Java::Lambda { parameters, body: Box::new(body.within(own, names)) },
            Java::Raw(_) | Java::Constant(_) | Java::Word { .. } => self,
        }
    }

    /// The text, starting in a column of a line indented by so much, with so many columns behind it.
    pub fn print(&self, indent: usize, column: usize, behind: usize) -> String {
        let mut out = String::new();
        self.put(&mut out, indent, column, behind);
        out
    }

    fn put(&self, out: &mut String, indent: usize, column: usize, behind: usize) {
        let room = WIDTH.saturating_sub(column + behind);
        if self.flat_columns(room).is_some() {
            self.put_flat(out);
            return;
        }
        match self {
            Java::Raw(_) | Java::Constant(_) | Java::Word { .. } | Java::Own { .. } => self.put_flat(out),
            Java::Call { callee, args } => {
                out.push_str(&callee.text());
                put_args(args, out, indent, behind);
            }
            Java::Chain { kind, links } => {
                out.push_str("new ");
                out.push_str(kind);
                out.push_str("()");
                for (index, link) in links.iter().enumerate() {
                    let last = index + 1 == links.len();
                    new_line(out, indent + FURTHER);
                    out.push('.');
                    out.push_str(link.name);
                    let start = indent + FURTHER + 1 + link.name.len();
                    let after = if last { behind } else { 0 };
                    let room = WIDTH.saturating_sub(start + 2 + after);
                    if list_columns(&link.args, room).is_some() {
                        put_flat_args(&link.args, out);
                    } else {
                        put_args(&link.args, out, indent + FURTHER, after);
                    }
                }
            }
            Java::Lambda { parameters, body } => {
                out.push_str(parameters);
                out.push_str(" ->");
                new_line(out, indent + FURTHER);
                body.put(out, indent + FURTHER, indent + FURTHER, behind);
            }
        }
    }

    /// How many columns it takes on one line, if there is that much room.
    fn flat_columns(&self, room: usize) -> Option<usize> {
        let within = |columns: usize| (columns <= room).then_some(columns);
        match self {
            Java::Raw(text) => within(text.chars().count()),
            Java::Constant(name) => within(name.len()),
            Java::Word { of, name } => within(of.len() + 1 + name.len()),
            Java::Own { method, .. } => within(method.len() + 2),
            Java::Call { callee, args } => {
                let head = callee.text().chars().count() + 2;
                Some(head + list_columns(args, room.checked_sub(head)?)?)
            }
            Java::Chain { kind, links } => links.iter().try_fold(within(kind.len() + 6)?, |sum, link| {
                let sum = sum + link.name.len() + 3;
                Some(sum + list_columns(&link.args, room.checked_sub(sum)?)?)
            }),
            Java::Lambda { parameters, body } => {
                let head = parameters.len() + 4;
                Some(head + body.flat_columns(room.checked_sub(head)?)?)
            }
        }
    }

    fn put_flat(&self, out: &mut String) {
        match self {
            Java::Raw(text) => out.push_str(text),
            Java::Constant(name) => out.push_str(name),
            Java::Word { of, name } => {
                out.push_str(of);
                out.push('.');
                out.push_str(name);
            }
            Java::Own { method, .. } => {
                out.push_str(method);
                out.push_str("()");
            }
            Java::Call { callee, args } => {
                out.push_str(&callee.text());
                put_flat_args(args, out);
            }
            Java::Chain { kind, links } => {
                out.push_str("new ");
                out.push_str(kind);
                out.push_str("()");
                for link in links {
                    out.push('.');
                    out.push_str(link.name);
                    put_flat_args(&link.args, out);
                }
            }
            Java::Lambda { parameters, body } => {
                out.push_str(parameters);
                out.push_str(" -> ");
                body.put_flat(out);
            }
        }
    }
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Columns of a list on one line, without its brackets.
fn list_columns(items: &[Java], room: usize) -> Option<usize> {
    items.iter().enumerate().try_fold(0, |sum, (index, item)| {
        let sum = sum + if index > 0 { 2 } else { 0 };
        Some(sum + item.flat_columns(room.checked_sub(sum)?)?)
    })
}

fn put_flat_args(args: &[Java], out: &mut String) {
    out.push('(');
    for (index, arg) in args.iter().enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        arg.put_flat(out);
    }
    out.push(')');
}

/// Arguments that do not fit behind their bracket: on the next line if they fit there, else one a line.
fn put_args(args: &[Java], out: &mut String, indent: usize, behind: usize) {
    out.push('(');
    let inner = indent + FURTHER;
    if args.len() > 1 && list_columns(args, WIDTH.saturating_sub(inner + 1 + behind)).is_some() {
        new_line(out, inner);
        for (index, arg) in args.iter().enumerate() {
            out.push_str(if index > 0 { ", " } else { "" });
            arg.put_flat(out);
        }
    } else {
        for (index, arg) in args.iter().enumerate() {
            out.push_str(if index > 0 { "," } else { "" });
            new_line(out, inner);
            arg.put(out, inner, inner, 1 + if index + 1 == args.len() { behind } else { 0 });
        }
    }
    out.push(')');
}

/// A string literal. What is not printed, or could be mistaken, is escaped.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\{:03o}", c as u32)),
            c if ('\u{200b}'..='\u{200f}').contains(&c) || ('\u{2028}'..='\u{202e}').contains(&c) || c == '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text that may stand in a documentation comment, on one line.
pub fn comment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '\\' => out.push_str("&#92;"),
            '*' => out.push_str("&#42;"),
            '{' => out.push_str("&#123;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}
