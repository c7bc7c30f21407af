//! The programme's code in Java.
//!
//! In: a [`Code`] tree. Out: a [`Java`] tree; large records become methods of their own, documented with their label and clauses.
//! Always: `c` is the case or batch in hand; items are `item`, `item2`, … from the outside in; a list too long for one method is
//! returned by several.

use super::classes::Classes;
use super::print::{Callee, Java, Link, comment};
use crate::code::{Code, Record, Var};
use prog_base::Exact;

/// Records that have a method of their own, by kind.
const OWN: &[(&str, &str)] = &[
    ("Reading", "reading"),
    ("ClosedList", "list"),
    ("RecordType", "recordType"),
    ("Table", "table"),
    ("Constant", "constant"),
    ("Material", "material"),
    ("Route", "route"),
    ("Stage", "stage"),
    ("Summary", "summary"),
    ("Quota", "quota"),
    ("Selection", "selection"),
    ("Targets", "block"),
    ("TargetInput", "input"),
    ("Indicator", "indicator"),
    ("Input", "input"),
    ("CaseLet", "let"),
    ("Rule", "rule"),
];

/// Lists that may be given in several methods: the member's name and what it lists.
const LONG: &[(&str, &str, &str)] = &[
    ("ClosedList", "values", "Choice"),
    ("RecordType", "fields", "RecordField"),
    ("Table", "rows", "Row"),
    ("KeyRange", "constants", "Expr"),
    ("Route", "stages", "Stage"),
    ("Summary", "columns", "Column"),
    ("Threshold", "members", "TestMember"),
    ("Track", "inputs", "Input"),
    ("Track", "lets", "CaseLet"),
    ("Track", "rules", "Rule"),
    ("Track", "groups", "RuleGroup"),
    ("Track", "declared", "Declared"),
    ("Track", "outputs", "String"),
    ("Track", "order", "String"),
    ("Track", "materials", "String"),
    ("Targets", "inputs", "TargetInput"),
    ("Targets", "indicators", "Indicator"),
    ("Indicator", "milestones", "Milestone"),
];

/// How many pieces of code one method's list holds at most, about.
const METHOD: usize = 1200;

/// Kinds of tests, which a rule's member `test` tells by their class.
const TESTS: &[&str] = &["JudgedTest", "AttestedTest", "ExternalTest", "Threshold"];

/// Turns code into Java; methods go to the classes.
pub struct Writer<'a> {
    /// Where methods go.
    pub classes: &'a mut Classes,
    /// How many functions of a case stand around: each has a name of its own.
    cases: usize,
}

impl<'a> Writer<'a> {
    /// A writer into these classes.
    pub fn new(classes: &'a mut Classes) -> Self {
        Self { classes, cases: 0 }
    }

    /// A list of a section as calls that give it in parts, or a record's method.
    pub fn section(&mut self, name: &str, kind: &str, doc: &str, code: &Code) -> Vec<Java> {
        match code {
            Code::List(items) if items.is_empty() => Vec::new(),
            Code::List(items) => self.parts(name, kind, items, doc),
            Code::Null => Vec::new(),
            one => {
                let body = self.value(one);
                let size = if let Code::Record(record) = one { own_size(record) } else { size(one) };
                vec![self.classes.method(name, kind, doc, body, size)]
            }
        }
    }

    /// A long list in several methods.
    fn parts(&mut self, name: &str, kind: &str, items: &[Code], doc: &str) -> Vec<Java> {
        let returns = format!("List<{kind}>");
        let of = |item: &Code| if is_own(item) { 2 } else { size(item) };
        let all: Vec<(Java, usize)> =
            items.iter().map(|item| (if kind == "Expr" { self.expression(item) } else { self.member(item) }, of(item))).collect();
        let mut parts: Vec<(Vec<Java>, usize)> = Vec::new();
        for (item, size) in all {
            match parts.last_mut() {
                Some((part, sum)) if *sum + size <= METHOD => {
                    part.push(item);
                    *sum += size;
                }
                Some(_) | None => parts.push((vec![item], size)),
            }
        }
        let list = |args| Java::Call { callee: Callee::Static("List", "of"), args };
        parts.into_iter().map(|(part, size)| self.classes.numbered(name, &returns, doc, list(part), size)).collect()
    }

    /// A record, in place.
    fn record(&mut self, record: &Record) -> Java {
        match record.kind {
            "OneOf" => {
                let args = record.members.iter().flat_map(|(_, values)| values.parts()).map(|value| self.expression(value)).collect();
                return Java::Call { callee: Callee::New("OneOf"), args };
            }
            // The only member of a condition stands for it.
            "Condition" => return record.members.first().map_or(null(), |(_, value)| self.member(value)),
            _ => {}
        }
        let mut links = Vec::new();
        for (name, value) in &record.members {
            if *name == "kind" && TESTS.contains(&record.kind) {
                continue;
            }
            self.links(record.kind, name, value, &mut links);
        }
        Java::Chain { kind: record.kind, links }
    }

    /// The calls that give a record one member.
    fn links(&mut self, kind: &str, name: &'static str, value: &Code, links: &mut Vec<Link>) {
        let mut link = |args| links.push(Link { name, args });
        match value {
            Code::Bool(true) => link(Vec::new()),
            Code::Bool(false) => {}
            Code::Record(Record { kind: "Words", members }) => link(members.iter().map(|(_, text)| self.member(text)).collect()),
            Code::Map(members) => {
                for (key, value) in members {
                    link(vec![Java::text(key), self.member(value)]);
                }
            }
            Code::List(items) if items.is_empty() => {}
            Code::List(items) => match LONG.iter().find(|(of, member, _)| *of == kind && *member == name) {
                Some((_, _, of)) if size(value) > METHOD => {
                    for part in self.parts(name, of, items, &format!("Part of the {name}.")) {
                        link(vec![part]);
                    }
                }
                Some(_) | None if matches!((kind, name), ("Row", "values") | ("KeyRange", "constants")) => {
                    link(items.iter().map(|item| self.expression(item)).collect());
                }
                Some(_) | None => link(items.iter().map(|item| self.member(item)).collect()),
            },
            Code::Word("unknown") if matches!(name, "open" | "due") => {
                link(vec![Java::call("always", vec![Java::call("silent", Vec::new())])]);
            }
            _plain => link(vec![self.member(value)]),
        }
    }

    /// A piece that stands where an expression may: a constant is one too.
    fn expression(&mut self, code: &Code) -> Java {
        match code {
            Code::Function { .. } => self.value(code),
            constant => Java::call("always", vec![self.value(constant)]),
        }
    }

    /// A piece as the member of a record: texts are plain, what stands among expressions is one.
    fn member(&mut self, code: &Code) -> Java {
        match code {
            Code::Text(text) => Java::text(text),
            Code::Word(word) => Java::text(word),
            Code::Record(record) if is_own(code) => self.own(record),
            Code::Record(record) => self.record(record),
            Code::Null => Java::Call { callee: Callee::Static("KeyCell", "any"), args: Vec::new() },
            Code::Bool(_)
            | Code::Int(_)
            | Code::Number(_)
            | Code::List(_)
            | Code::Map(_)
            | Code::Call { .. }
            | Code::Method { .. }
            | Code::Function { .. } => self.value(code),
        }
    }

    /// A record's method.
    fn own(&mut self, record: &Record) -> Java {
        let method = OWN.iter().find(|(kind, _)| *kind == record.kind).map_or("part", |(_, method)| method);
        let body = self.record(record);
        self.classes.numbered(method, record.kind, &doc(record), body, own_size(record))
    }

    /// A piece as a value of the programme.
    pub fn value(&mut self, code: &Code) -> Java {
        match code {
            Code::Null => null(),
            Code::Bool(value) => Java::Constant(if *value { "TRUE" } else { "FALSE" }),
            Code::Int(value) => whole(*value),
            Code::Number(value) => number(value),
            Code::Text(text) => Java::call("text", vec![Java::text(text)]),
            Code::Word(word) => Java::text(word),
            Code::List(items) => {
                Java::Call { callee: Callee::Static("List", "of"), args: items.iter().map(|item| self.value(item)).collect() }
            }
            Code::Record(record) => self.record(record),
            Code::Map(_) => null(),
            Code::Call { function: "zone", args } => self.zone(args),
            Code::Call { function, args } => self.call(function, args),
            Code::Method { of, name, args } => {
                let args = self.method_args(name, args);
                Java::Call { callee: Callee::On(format!("{}.{name}", self.variable(*of))), args }
            }
            Code::Function { of, body } => self.function(*of, body),
        }
    }

    fn variable(&self, var: Var) -> String {
        match var {
            Var::Case if self.cases < 2 => "c".to_owned(),
            Var::Case => format!("c{}", self.cases),
            Var::Item(0) => "item".to_owned(),
            Var::Item(level) => format!("item{}", level + 1),
        }
    }

    fn function(&mut self, of: Option<Var>, body: &Code) -> Java {
        self.cases += usize::from(of == Some(Var::Case));
        let parameter = of.map(|var| self.variable(var));
        let lambda = match (parameter, body) {
            (Some(case), Code::Function { of: Some(item @ Var::Item(_)), body }) if of == Some(Var::Case) => {
                let parameters = format!("({case}, {})", self.variable(*item));
                Java::Lambda { parameters, body: Box::new(self.value(body)) }
            }
            (parameter, body) => {
                let parameters = parameter.unwrap_or_else(|| "()".to_owned());
                Java::Lambda { parameters, body: Box::new(self.value(body)) }
            }
        };
        self.cases -= usize::from(of == Some(Var::Case));
        lambda
    }

    fn call(&mut self, function: &'static str, args: &[Code]) -> Java {
        let args = match (function, args) {
            ("field", [of, Code::Text(key)]) => vec![self.value(of), Java::text(key)],
            ("rounded", [of, Code::Word(mode), rest @ ..]) => {
                let mut all = vec![self.value(of), word("Rounding", mode)];
                all.extend(rest.iter().map(|arg| self.value(arg)));
                all
            }
            ("overList", [Code::Word(op), list]) => vec![word("Aggregation", op), self.value(list)],
            ("overList", [Code::Word(op), list, Code::Record(of)]) => {
                let mut all = vec![word("Aggregation", op), self.value(list)];
                all.extend(["where", "value"].map(|name| of.get(name).map_or(null(), |part| self.value(part))));
                all
            }
            ("consecutive", [length, list, Code::Record(of)]) => {
                let mut all = vec![self.value(length), self.value(list)];
                all.extend(["where", "value"].map(|name| of.get(name).map_or(null(), |part| self.value(part))));
                all
            }
            ("isIn", [value, Code::List(set)]) => {
                let mut all = vec![self.value(value)];
                all.extend(set.iter().map(|one| self.value(one)));
                all
            }
            ("choose", [test, parts @ ..]) => {
                let mut all = vec![self.value(test)];
                all.extend(parts.iter().map(|part| self.lazily(part)));
                all
            }
            (_, args) => args.iter().map(|arg| self.value(arg)).collect(),
        };
        Java::call(function, args)
    }

    /// A part that is worked out only if it is needed.
    fn lazily(&mut self, part: &Code) -> Java {
        match part {
            Code::Function { .. } => self.value(part),
            literal => Java::Lambda { parameters: "()".to_owned(), body: Box::new(self.value(literal)) },
        }
    }

    fn method_args(&mut self, name: &str, args: &[Code]) -> Vec<Java> {
        let plain = |index: usize| match name {
            "level" => index == 0,
            "about" | "length" => false,
            "shifted" => false,
            _names => true,
        };
        let mut all = Vec::new();
        let last = args.len().saturating_sub(1);
        for (index, arg) in args.iter().enumerate() {
            match arg {
                Code::Text(text) if plain(index) => all.push(Java::text(text)),
                Code::Word(of) => all.push(word(enumeration(name), of)),
                // Lists at the end are given one by one.
                Code::List(items) if index == last => all.extend(items.iter().map(|item| self.value(item))),
                other => all.push(self.value(other)),
            }
        }
        all
    }

    fn zone(&mut self, args: &[Code]) -> Java {
        let mut all = Vec::new();
        for arg in args {
            match arg {
                Code::Text(name) => all.push(Java::text(name)),
                Code::List(changes) => all.extend(changes.iter().map(|change| {
                    let ends = change.parts().into_iter().map(|end| if let Code::Int(n) = end { long(*n) } else { "0".to_owned() });
                    Java::Raw(format!("new long[] {{{}}}", ends.collect::<Vec<_>>().join(", ")))
                })),
                _other => {}
            }
        }
        Java::Call { callee: Callee::New("Zone"), args: all }
    }
}

fn null() -> Java {
    Java::Raw("null".to_owned())
}

fn is_own(code: &Code) -> bool {
    matches!(code, Code::Record(record) if OWN.iter().any(|(kind, _)| *kind == record.kind))
}

/// About how much a record takes beside the methods of what it holds.
fn own_size(record: &Record) -> usize {
    let of = |value: &Code| match value {
        Code::List(items) if items.iter().any(is_own) => 2 * items.len(),
        Code::List(_) => size(value).min(METHOD),
        other => size(other),
    };
    record.members.iter().map(|(_, value)| of(value)).sum()
}

/// About how much a piece takes.
fn size(code: &Code) -> usize {
    1 + code.parts().into_iter().map(size).sum::<usize>()
}

/// What a record is, in the author's words, and its clauses.
fn doc(record: &Record) -> String {
    let words = ["message", "label"].into_iter().find_map(|name| match record.get(name) {
        Some(Code::Record(words)) => words.get("zh"),
        Some(_) | None => None,
    });
    let text = match (words, record.get("key"), record.get("tracks")) {
        (Some(Code::Text(text)), _, _) | (_, Some(Code::Text(text)), _) => text.clone(),
        (_, _, Some(Code::List(tracks))) => {
            let of: Vec<&str> = tracks.iter().filter_map(|t| if let Code::Text(t) = t { Some(t.as_str()) } else { None }).collect();
            format!("{}: {}", record.kind, of.join(", "))
        }
        (_, _, _) => record.kind.to_owned(),
    };
    let clauses: Vec<&str> = match record.get("clauses") {
        Some(Code::List(all)) => all.iter().filter_map(|c| if let Code::Text(c) = c { Some(c.as_str()) } else { None }).collect(),
        Some(_) | None => Vec::new(),
    };
    let cited = if clauses.is_empty() { String::new() } else { format!(" [{}]", clauses.join(", ")) };
    comment(&format!("{text}{cited}"))
}

/// A whole number of the runtime's own.
fn whole(value: i64) -> Java {
    Java::Raw(long(value))
}

fn long(value: i64) -> String {
    if i32::try_from(value).is_ok() { value.to_string() } else { format!("{value}L") }
}

/// A number literal: `number(5)`, `ratio(2, 5)`; in quotes where it is too long for a machine.
fn number(value: &Exact) -> Java {
    let (numerator, denominator) = value.to_parts();
    let small = [&numerator, &denominator].iter().all(|n| n.parse::<i64>().is_ok());
    let end = |digits: &str| match digits.parse() {
        Ok(value) if small => whole(value),
        _ => Java::text(digits),
    };
    if denominator == "1" {
        Java::call("number", vec![end(&numerator)])
    } else {
        Java::call("ratio", vec![end(&numerator), end(&denominator)])
    }
}

/// The enumeration whose words a method takes.
fn enumeration(method: &str) -> &'static str {
    match method {
        "days" | "moments" => "Relation",
        "ofDay" => "DayPart",
        "split" => "Apportionment",
        _over => "Aggregation",
    }
}

/// `atMost`, `half_up` as the constant of an enumeration.
fn word(of: &'static str, word: &str) -> Java {
    let mut name = String::new();
    for c in word.chars() {
        if c.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    Java::Word { of, name }
}
