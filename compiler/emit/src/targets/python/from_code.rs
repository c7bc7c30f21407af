//! The programme's code in Python: records by keyword, expressions hoisted into named functions.
//!
//! In: sections of the [`crate::code::Definition`]. Out: for each its functions, and the value of the section as a [`Py`] tree.
//! Always: every function says in its docstring which clause and whose words it stands for; `c` is the case or batch in hand, items are
//! `item`, `item2`, … from the outside in; a record that says nothing but its main member is that member.

use super::super::javascript::print::{columns, string};
use super::print::{Py, WIDTH, docstring, snake};
use crate::code::{Code, Record, Section, Var};
use crate::names::{self, Names};
use prog_base::Exact;
use std::collections::BTreeSet;

/// Kinds of records whose only member stands for them.
const BARE: &[&str] = &["Words", "Choice", "StageName", "Condition", "OneOf"];

/// Kinds of tests, each a class of its own.
const TESTS: &[&str] = &["JudgedTest", "AttestedTest", "ExternalTest", "Threshold"];

/// Columns up to which a function of an item stays where it stands, as a lambda.
const SHORT: usize = 40;

/// What stands in the module so far.
pub struct Module {
    names: Names,
    /// Names that it takes from the runtime.
    pub imports: BTreeSet<String>,
    functions: Vec<String>,
}

/// Where a piece stands: what it is part of, for names and docstrings.
#[derive(Clone, Default)]
struct Place {
    /// The declarations around, as a name in code.
    of: String,
    /// The members inside the innermost, as a name in code.
    member: String,
    /// The same, for readers.
    said: Vec<String>,
    /// The clauses of the innermost.
    clauses: String,
    /// Its words.
    words: String,
}

impl Place {
    fn name(&self) -> String {
        [self.of.as_str(), self.member.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
    }

    /// Inside a member.
    fn inside(&self, member: &str) -> Self {
        self.under(member, member)
    }

    /// Inside the piece for a key of the programme.
    fn of_key(&self, key: &str) -> Self {
        self.under(&names::ascii(key).to_ascii_lowercase(), key)
    }

    fn under(&self, code: &str, said: &str) -> Self {
        let member = if self.member.is_empty() { code.to_owned() } else { format!("{}_{code}", self.member) };
        let said = self.said.iter().cloned().chain([said.to_owned()]).collect();
        Self { member, said, ..self.clone() }
    }

    /// Inside a record, which may be a declaration of its own.
    fn within(&self, record: &Record) -> Self {
        let mut place = self.clone();
        let text = |name: &str| record.get(name).and_then(plain);
        if let Some(key) = text("key").or_else(|| if record.kind == "GroupKey" { text("name") } else { None }) {
            let kind = match record.kind {
                "CaseLet" => "let".to_owned(),
                "TestMember" => "member".to_owned(),
                "GroupKey" => "key".to_owned(),
                kind => snake(kind),
            };
            // A section of one record is called by it already.
            let own = if record.kind == "Track" { String::new() } else { format!("{kind}_{}", names::ascii(&key).to_ascii_lowercase()) };
            place.of = [self.of.as_str(), own.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
            (place.member, place.said) = (String::new(), Vec::new());
            place.words = text("message").or_else(|| text("label")).unwrap_or(key);
        }
        if let Some(Code::List(clauses)) = record.get("clauses") {
            place.clauses = clauses.iter().filter_map(plain).collect::<Vec<_>>().join(" ");
        }
        place
    }

    fn docstring(&self) -> String {
        let said = [self.clauses.as_str(), self.words.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let member: Vec<&str> =
            self.said.iter().map(String::as_str).filter(|word| !matches!(*word, "test" | "value" | "bound" | "of")).collect();
        if member.is_empty() { docstring(&said) } else { docstring(&format!("{said} ({})", member.join(", "))) }
    }
}

/// A text, also the author's words.
fn plain(code: &Code) -> Option<String> {
    match code {
        Code::Text(text) => Some(text.clone()),
        Code::Record(record) if record.kind == "Words" => record.get("zh").and_then(plain),
        _other => None,
    }
}

/// The functions inside one function.
struct Locals {
    names: Names,
    /// As they stand, indented.
    texts: Vec<String>,
    indent: usize,
}

impl Locals {
    fn at(indent: usize) -> Self {
        Self { names: Names::default(), texts: Vec::new(), indent }
    }
}

impl Module {
    /// Nothing yet; these names are taken.
    pub fn new(taken: &[&str]) -> Self {
        Self { names: Names::reserving(taken), imports: BTreeSet::new(), functions: Vec::new() }
    }

    /// A section: its functions, then its value.
    pub fn section(&mut self, section: &Section) -> (Vec<String>, Py) {
        let of = section.name.strip_prefix("track_").unwrap_or_default().to_ascii_lowercase();
        let value = self.piece(&section.code, &Place { of, ..Place::default() });
        (std::mem::take(&mut self.functions), value)
    }

    fn take(&mut self, name: &str) -> String {
        self.imports.insert(name.to_owned());
        name.to_owned()
    }

    /// A piece of the definition.
    fn piece(&mut self, code: &Code, place: &Place) -> Py {
        self.any(code, place, None)
    }

    /// A piece of the definition or, with the functions inside, of a function.
    fn any(&mut self, code: &Code, place: &Place, locals: Option<&mut Locals>) -> Py {
        match code {
            Code::Null => Py::raw("None"),
            Code::Bool(value) => Py::raw(if *value { "True" } else { "False" }),
            Code::Int(value) => Py::raw(value.to_string()),
            Code::Number(value) => self.number(value),
            Code::Text(text) => Py::raw(string(text)),
            Code::Word(word) => Py::raw(string(word)),
            Code::List(items) => Py::List(self.all(items, place, locals)),
            Code::Record(record) => self.record(record, place),
            Code::Map(members) => {
                let one = |(key, value): &(String, Code)| (None, string(key), self.piece(value, &place.of_key(key)));
                Py::Dict(members.iter().map(one).collect())
            }
            Code::Call { function: "zone", args } => self.zone(args, place),
            Code::Call { function, args } => self.call(function, args, place, locals),
            Code::Method { of: Var::Item(level), name: "value", args } if args.is_empty() => Py::raw(format!("{}.value", item(*level))),
            Code::Method { of, name, args } => {
                let callee = format!("{}.{}", variable(*of), snake(name));
                Py::call(callee, self.all(args, place, locals))
            }
            Code::Function { of, body } => match locals {
                Some(locals) if *of != Some(Var::Case) => self.inner(*of, body, place, locals),
                _ => self.hoisted(body, place),
            },
        }
    }

    fn all(&mut self, items: &[Code], place: &Place, mut locals: Option<&mut Locals>) -> Vec<Py> {
        items.iter().map(|item| self.any(item, place, locals.as_deref_mut())).collect()
    }

    /// A record by keyword.
    fn record(&mut self, record: &Record, place: &Place) -> Py {
        let place = place.within(record);
        match record.members.as_slice() {
            [(name, only)] if BARE.contains(&record.kind) => {
                let place = if record.kind == "Condition" { place } else { place.inside(&snake(name)) };
                self.piece(only, &place)
            }
            members => {
                let said = |name: &str| !(name == "kind" && TESTS.contains(&record.kind));
                let one = |(name, value): &(&'static str, Code)| {
                    let name = snake(name);
                    let value = self.piece(value, &place.inside(name.trim_end_matches('_')));
                    (Some(name), value)
                };
                let args = members.iter().filter(|(name, _)| said(name)).map(one).collect();
                Py::Call { callee: self.take(record.kind), args }
            }
        }
    }

    fn number(&mut self, value: &Exact) -> Py {
        let (numerator, denominator) = value.to_parts();
        if denominator == "1" {
            return Py::raw(numerator);
        }
        Py::call(self.take("ratio"), vec![Py::raw(numerator), Py::raw(denominator)])
    }

    /// The zone's changes as pairs.
    fn zone(&mut self, args: &[Code], place: &Place) -> Py {
        let pair = |py: Py| if let Py::List(items) = py { Py::Tuple(items) } else { py };
        let one = |py: Py| if let Py::List(items) = py { Py::List(items.into_iter().map(pair).collect()) } else { py };
        let args = self.all(args, place, None).into_iter().map(one).collect();
        Py::call(self.take("Zone"), args)
    }

    fn call(&mut self, function: &'static str, args: &[Code], place: &Place, mut locals: Option<&mut Locals>) -> Py {
        // a + b + c, however it is grouped.
        if let ("plus", [Code::Call { function: "plus", args: inner }, rest @ ..]) = (function, args) {
            let flat: Vec<Code> = inner.iter().chain(rest).cloned().collect();
            return self.call(function, &flat, place, locals);
        }
        let part = |index: usize| match (function, index) {
            ("otherwise", _) => "fallback",
            ("choose", 1) => "then",
            ("choose", _) => "other",
            (_, _) => "part",
        };
        let mut of = Vec::new();
        for (index, arg) in args.iter().enumerate() {
            match (arg, locals.as_deref_mut()) {
                (Code::Record(record), Some(locals)) if record.kind == "OfItems" => {
                    for (name, value) in &record.members {
                        of.push((Some((*name).to_owned()), self.any(value, &place.inside(name), Some(locals))));
                    }
                }
                (Code::Function { of: None, .. }, Some(locals)) => of.push((None, self.any(arg, &place.inside(part(index)), Some(locals)))),
                (_, locals) => of.push((None, self.any(arg, place, locals))),
            }
        }
        Py::Call { callee: self.take(&snake(function)), args: of }
    }

    /// A function of the module.
    fn hoisted(&mut self, body: &Code, place: &Place) -> Py {
        let name = self.names.give_text(&place.name());
        let head = |of: &str, gives: &str| {
            let line = format!("def {name}({of}) -> {gives}:");
            if columns(&line) <= WIDTH { line } else { format!("def {name}(\n    {of},\n) -> {gives}:") }
        };
        let parameter = if body.uses(Var::Case) { "c: Scope" } else { "_: Scope" };
        self.take("Scope");
        let mut locals = Locals::at(4);
        let (gives, value) = if let Code::Function { of, body } = body {
            self.take("ItemFunction");
            ("ItemFunction", self.def("of_item", *of, body, place, &mut locals))
        } else {
            (self.value(), self.any(body, place, Some(&mut locals)))
        };
        let text = format!("{}\n    {}\n", head(parameter, gives), place.docstring());
        let inner: String = locals.texts.iter().map(|text| format!("\n{text}\n")).collect();
        let space = if inner.is_empty() { "" } else { "\n" };
        self.functions.push(format!("{text}{inner}{space}{}", returned(&value, 4)));
        Py::raw(name)
    }

    fn value(&mut self) -> &'static str {
        self.take("Value");
        "Value"
    }

    /// A function inside a function: on the spot if it is short, else before what gives it.
    fn inner(&mut self, of: Option<Var>, body: &Code, place: &Place, locals: &mut Locals) -> Py {
        let mut own = Locals::at(locals.indent + 4);
        let value = self.any(body, place, Some(&mut own));
        if let (true, Some(flat)) = (own.texts.is_empty(), value.flat(SHORT)) {
            let parameter = of.map_or(String::new(), |var| format!(" {}", variable(var)));
            return Py::raw(format!("lambda{parameter}: {flat}"));
        }
        let name = place.member.rsplit('_').next().unwrap_or("part").to_owned();
        self.def(&name, of, body, place, locals)
    }

    fn def(&mut self, name: &str, of: Option<Var>, body: &Code, place: &Place, locals: &mut Locals) -> Py {
        let name = locals.names.give_text(name);
        let parameter = of.map_or(String::new(), |var| {
            self.take("Item");
            format!("{}: Item", variable(var))
        });
        let mut own = Locals::at(locals.indent + 4);
        let value = self.any(body, place, Some(&mut own));
        let inner: String = own.texts.iter().map(|text| format!("{text}\n\n")).collect();
        let (gives, indent) = (self.value(), " ".repeat(locals.indent));
        locals.texts.push(format!("{indent}def {name}({parameter}) -> {gives}:\n{inner}{}", returned(&value, own.indent)));
        Py::raw(name)
    }
}

/// `return value`, indented by so much.
fn returned(value: &Py, indent: usize) -> String {
    format!("{}return {}", " ".repeat(indent), value.print(indent, indent + "return ".len()))
}

fn variable(var: Var) -> String {
    match var {
        Var::Case => "c".to_owned(),
        Var::Item(level) => item(level),
    }
}

fn item(level: usize) -> String {
    if level == 0 { "item".to_owned() } else { format!("item{}", level + 1) }
}
