//! Modules to one script: what a page carries, since a page that is one file can import nothing.
//!
//! In: ES modules by path, the path to start from. Out: one classic script that runs them in the order of their imports.
//! Always: every module keeps a scope of its own; a module stands once, after all that it imports; line by line, as `prettier` lays out imports
//! and exports, so that no parser is needed. A test runs what comes out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The modules by path, and the one to start from.
pub fn bundle(modules: &BTreeMap<String, String>, start: &str) -> String {
    let mut order = Vec::new();
    visit(modules, start, &mut BTreeSet::new(), &mut order);
    let mut script = String::from("(() => {\n\"use strict\";\nconst modules = {};\n");
    for path in order {
        let module = Module::read(path, modules.get(path).map(String::as_str).unwrap_or_default());
        // Writing into a String cannot fail.
        let _ = write!(script, "modules[\"{path}\"] = (() => {{\n{}return {{ {} }};\n}})();\n", module.body, module.exports.join(", "));
    }
    script.push_str("})();\n");
    script
}

/// The path, after everything that it imports.
fn visit<'a>(modules: &'a BTreeMap<String, String>, path: &str, seen: &mut BTreeSet<&'a str>, order: &mut Vec<&'a str>) {
    let Some((path, text)) = modules.get_key_value(path) else { return };
    if !seen.insert(path) {
        return;
    }
    for source in text.lines().filter_map(source) {
        visit(modules, &beside(path, source), seen, order);
    }
    order.push(path);
}

/// What a line that ends an import or a re-export names.
fn source(line: &str) -> Option<&str> {
    let named = line.starts_with("import ") || line.starts_with("export ") || line.starts_with("} from ");
    line.strip_suffix("\";")?.rsplit_once(" from \"").filter(|_| named).map(|(_, path)| path)
}

/// A path as a module names it, from the root.
fn beside(path: &str, source: &str) -> String {
    let mut steps: Vec<&str> = path.split('/').collect();
    steps.pop();
    for step in source.split('/') {
        match step {
            "." => {}
            ".." => {
                steps.pop();
            }
            name => steps.push(name),
        }
    }
    steps.join("/")
}

/// A module with its imports and exports as plain statements.
#[derive(Default)]
struct Module {
    body: String,
    exports: Vec<String>,
}

impl Module {
    fn read(path: &str, text: &str) -> Self {
        let mut module = Self::default();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let opens = line == "import {" || line == "export {" || line == "export const {";
            let statement = if opens { joined(line, &mut lines) } else { line.to_owned() };
            module.statement(path, &statement);
        }
        module
    }

    fn statement(&mut self, path: &str, line: &str) {
        if let (Some(source), true) = (source(line), line.starts_with("import ") || line.starts_with("export ")) {
            let from = format!("modules[\"{}\"]", beside(path, source));
            self.taken(line, &from);
        } else if let Some(names) = line.strip_prefix("export {").and_then(|rest| rest.strip_suffix("};")) {
            self.exports.extend(names_of(names).map(str::to_owned));
        } else if let Some(rest) = line.strip_prefix("export ") {
            self.exports.extend(declared(rest));
            self.line(rest);
        } else {
            self.line(line);
        }
    }

    /// An import, or a re-export.
    fn taken(&mut self, line: &str, from: &str) {
        let names = line.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(names, _)| names);
        match (names, line.starts_with("import ")) {
            (Some(names), true) => self.line(&format!("const {{{}}} = {from};", names.replace(" as ", ": "))),
            (Some(names), false) => self.exports.extend(names_of(names).map(|name| format!("{name}: {from}.{name}"))),
            (None, true) => {
                let name = line.strip_prefix("import * as ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
                self.line(&format!("const {name} = {from};"));
            }
            (None, false) => self.exports.push(format!("...{from}")),
        }
    }

    fn line(&mut self, line: &str) {
        self.body.push_str(line);
        self.body.push('\n');
    }
}

/// A statement over several lines as one.
fn joined<'a>(first: &str, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut statement = first.to_owned();
    for line in lines {
        statement.push(' ');
        statement.push_str(line.trim());
        if line.starts_with('}') {
            break;
        }
    }
    statement
}

fn names_of(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// The names that a declaration gives.
fn declared(rest: &str) -> Vec<String> {
    if let Some(names) = rest.strip_prefix("const {").and_then(|rest| rest.split_once('}')) {
        return names_of(names.0).map(str::to_owned).collect();
    }
    let words = rest.trim_start_matches("async ").split_once(' ').map(|(_, rest)| rest).unwrap_or_default();
    let name = words.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
    vec![name.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_become_members_and_exports_what_a_module_returns() {
        let modules = [
            (
                "a/one.mjs",
                "import { two } from \"../b/two.mjs\";\nimport * as all from \"../b/two.mjs\";\n\nexport const one = two + all.two;\n",
            ),
            ("b/two.mjs", "export {\n  x,\n  y,\n} from \"./three.mjs\";\nexport * from \"./three.mjs\";\nexport function two() {}\n"),
            ("b/three.mjs", "const x = 1;\nexport class y {}\nexport { x };\n"),
        ];
        let modules = modules.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        let expected = "(() => {\n\"use strict\";\nconst modules = {};\n\
            modules[\"b/three.mjs\"] = (() => {\nconst x = 1;\nclass y {}\nreturn { y, x };\n})();\n\
            modules[\"b/two.mjs\"] = (() => {\nfunction two() {}\n\
            return { x: modules[\"b/three.mjs\"].x, y: modules[\"b/three.mjs\"].y, ...modules[\"b/three.mjs\"], two };\n})();\n\
            modules[\"a/one.mjs\"] = (() => {\nconst { two } = modules[\"b/two.mjs\"];\nconst all = modules[\"b/two.mjs\"];\n\n\
            const one = two + all.two;\nreturn { one };\n})();\n})();\n";
        assert_eq!(bundle(&modules, "a/one.mjs"), expected);
    }
}
