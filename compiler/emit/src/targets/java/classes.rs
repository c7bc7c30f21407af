//! The classes of a programme: methods, packed so that no class and no method outgrows what a class file holds.
//!
//! In: methods one by one, each with what it returns. Out: classes with their text.
//! Always: a class file's constant pool holds 65,535 entries and a method 64 KiB; both stay far below.

use super::print::{Imports, Java, WIDTH};

/// How many pieces of code one class holds at most, about.
const CLASS: usize = 6000;

/// A class under construction.
struct Class {
    name: String,
    doc: String,
    imports: Imports,
    lists: bool,
    size: usize,
    methods: Vec<String>,
}

/// All classes so far.
#[derive(Default)]
pub struct Classes {
    all: Vec<Class>,
    /// How many methods start with this name in the classes of the part at hand.
    counts: std::collections::BTreeMap<String, usize>,
    /// The name of the part at hand and how many classes it has.
    part: (String, usize),
    doc: String,
}

impl Classes {
    /// Starts a part of the programme, with a class of its own.
    pub fn part(&mut self, name: &str, doc: &str) {
        self.part = (name.to_owned(), 0);
        self.doc = doc.to_owned();
        self.counts.clear();
        self.next();
    }

    fn next(&mut self) {
        self.part.1 += 1;
        let name = if self.part.1 == 1 { self.part.0.clone() } else { format!("{}{}", self.part.0, self.part.1) };
        self.all.push(Class { name, doc: self.doc.clone(), imports: Imports::default(), lists: false, size: 0, methods: Vec::new() });
    }

    /// Adds a method whose name is made of this one and a number; gives a call of it.
    pub fn numbered(&mut self, name: &str, returns: &str, doc: &str, body: Java, size: usize) -> Java {
        let count = self.counts.entry(name.to_owned()).or_default();
        *count += 1;
        let method = format!("{name}{count}");
        self.method(&method, returns, doc, body, size)
    }

    /// Adds a method; gives a call of it.
    pub fn method(&mut self, name: &str, returns: &str, doc: &str, body: Java, size: usize) -> Java {
        if self.all.last().is_some_and(|class| class.size + size > CLASS && !class.methods.is_empty()) {
            self.next();
        }
        let own = self.all.len().saturating_sub(1);
        let names = self.names();
        let body = body.within(own, &|class| names.get(class).cloned().unwrap_or_default());
        if let Some(class) = self.all.last_mut() {
            body.imports(&mut class.imports);
            let base = returns.trim_start_matches("List<").trim_end_matches('>');
            class.lists |= base != returns;
            class.imports.classes.extend(RETURNED.iter().find(|known| **known == base));
            class.size += size;
            let text = body.print(4, 4 + "return ".len(), 1);
            class.methods.push(format!("{}  static {returns} {name}() {{\n    return {text};\n  }}\n", javadoc(2, doc)));
        }
        Java::Own { class: own, method: name.to_owned() }
    }

    /// The names of the classes, by position.
    pub fn names(&self) -> Vec<String> {
        self.all.iter().map(|class| class.name.clone()).collect()
    }

    /// The files: names of classes and their text.
    pub fn files(self, package: &str) -> Vec<(String, String)> {
        self.all.into_iter().filter(|class| !class.methods.is_empty()).map(|class| (class.name.clone(), text(package, &class))).collect()
    }
}

/// Kinds that methods return.
const RETURNED: &[&str] = &[
    "Actor",
    "Calendar",
    "CaseLet",
    "Choice",
    "ClosedList",
    "Column",
    "Constant",
    "Declared",
    "Expr",
    "Indicator",
    "Input",
    "Material",
    "Milestone",
    "Quota",
    "Reading",
    "RecordField",
    "RecordType",
    "Route",
    "Row",
    "Rule",
    "RuleGroup",
    "Selection",
    "Stage",
    "StageName",
    "Summary",
    "Table",
    "TargetInput",
    "Targets",
    "TestMember",
    "Track",
    "Zone",
];

/// A class's file.
fn text(package: &str, class: &Class) -> String {
    let mut out = format!("package {package};\n\n");
    for function in &class.imports.functions {
        out.push_str(&format!("import static {package}.runtime.Expressions.{function};\n"));
    }
    if !class.imports.functions.is_empty() {
        out.push('\n');
    }
    // In ASCII order, as formatters put them.
    let mut imports: Vec<String> =
        class.imports.classes.iter().filter(|name| **name != "List").map(|n| format!("{package}.runtime.{n}")).collect();
    if class.lists || class.imports.classes.contains("List") {
        imports.push("java.util.List".to_owned());
    }
    imports.sort();
    for import in &imports {
        out.push_str(&format!("import {import};\n"));
    }
    if !imports.is_empty() {
        out.push('\n');
    }
    let name = &class.name;
    out.push_str(&javadoc(0, &class.doc));
    out.push_str(&format!("final class {name} {{\n  private {name}() {{}}\n\n{}}}\n", class.methods.join("\n")));
    out
}

/// A documentation comment, on one line if it fits.
pub fn javadoc(indent: usize, doc: &str) -> String {
    let pad = " ".repeat(indent);
    let line = format!("{pad}/** {doc} */\n");
    if line.chars().count() <= WIDTH + 1 {
        return line;
    }
    let mut out = format!("{pad}/**\n{pad} *");
    let mut column = indent + 2;
    for word in doc.split(' ') {
        let wide = word.chars().count() + 1;
        if column + wide > WIDTH && column > indent + 2 {
            out.push_str(&format!("\n{pad} *"));
            column = indent + 2;
        }
        out.push(' ');
        out.push_str(word);
        column += wide;
    }
    out + &format!("\n{pad} */\n")
}
