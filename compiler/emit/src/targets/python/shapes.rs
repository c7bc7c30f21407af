//! Types of a track's case: `cases.py`.
//!
//! In: the plan. Out: the text of the types, in an order in which each is declared before it is used, and the names that stand for all
//! cases. Always: precise — closed lists are literals of their keys, a form's cells nest as their pointers do; every entry may be left out
//! or None; each member says which clause it stands on.

use super::super::javascript::print::string;
use super::print::{Py, docstring};
use crate::Plan;
use crate::names::Names;
use prog_model::*;
use std::collections::{BTreeMap, BTreeSet};

/// The types of a programme's cases.
pub struct Shapes {
    /// The declarations, two blank lines between classes, one between others.
    pub text: String,
    /// The name of each track's case.
    pub cases: Vec<String>,
    /// Names that the declarations take from the runtime.
    pub imports: BTreeSet<&'static str>,
    /// Names that they take from `typing`.
    pub typing: BTreeSet<&'static str>,
    /// Whether a list stands among them.
    pub sequences: bool,
}

/// The types of all tracks.
pub fn shapes(plan: &Plan<'_>) -> Shapes {
    let mut printer = Printer {
        plan,
        names: Names::reserving(&["Case", "Stage", "Track", "BatchLine", "Options"]),
        known: BTreeMap::new(),
        out: Shapes { text: String::new(), cases: Vec::new(), imports: BTreeSet::new(), typing: BTreeSet::new(), sequences: false },
    };
    let tracks: Vec<&String> = plan.programme.tracks.iter().map(|t| &t.ident.key).collect();
    let stages: Vec<&String> = plan.programme.stages.iter().map(|s| &s.key).collect();
    printer.literal("Track", "A category of applicant.", &tracks);
    printer.literal("Stage", "A stage of the programme.", &stages);
    for (index, (track, code)) in plan.programme.tracks.iter().zip(&plan.tracks).enumerate() {
        printer.case(TrackId(index as u32), track, code);
    }
    let cases = printer.out.cases.iter().map(Py::raw).collect::<Vec<_>>();
    if let [only] = cases.as_slice() {
        printer.assign("Case", only, Some("An application."));
    } else {
        printer.out.typing.insert("Union");
        printer.assign("Case", &subscript("Union", cases), Some("An application."));
    }
    printer.out
}

/// `demo_area` to `DemoArea`.
fn type_name(code: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |c| c.to_ascii_uppercase().to_string() + chars.as_str())
    };
    code.split('_').map(capital).collect()
}

fn subscript(of: &str, args: Vec<Py>) -> Py {
    Py::Subscript { of: of.to_owned(), args }
}

struct Printer<'a> {
    plan: &'a Plan<'a>,
    names: Names,
    /// Types that are declared already, by what they are.
    known: BTreeMap<String, String>,
    out: Shapes,
}

/// The shape of a case by pointer.
#[derive(Default)]
struct Node {
    remark: Option<String>,
    leaf: Option<String>,
    children: Vec<(String, Node)>,
}

impl Node {
    fn child(&mut self, key: &str) -> &mut Node {
        let at = self.children.iter().position(|(k, _)| k == key).unwrap_or_else(|| {
            self.children.push((key.to_owned(), Node::default()));
            self.children.len() - 1
        });
        &mut self.children[at].1
    }
}

impl Printer<'_> {
    fn assign(&mut self, name: &str, value: &Py, doc: Option<&str>) {
        let head = format!("{name} = ");
        let doc = doc.map(|doc| format!("\n{}", docstring(doc))).unwrap_or_default();
        self.out.text.push_str(&format!("\n{head}{}{doc}\n", value.print(0, head.len())));
    }

    /// One of these texts.
    fn literal(&mut self, name: &str, doc: &str, texts: &[&String]) {
        self.out.typing.insert("Literal");
        let value =
            if texts.is_empty() { Py::raw("str") } else { subscript("Literal", texts.iter().map(|text| Py::raw(string(text))).collect()) };
        self.assign(name, &value, Some(doc));
    }

    /// The members of an object, by a name that it gets.
    fn object(&mut self, wanted: &str, node: &Node) -> String {
        self.out.typing.insert("TypedDict");
        let mut members = Vec::new();
        for (key, child) in &node.children {
            let of = match &child.leaf {
                Some(leaf) => leaf.clone(),
                None => self.object(&format!("{wanted}{}", type_name(&crate::names::ascii(key))), child),
            };
            self.out.typing.insert("Optional");
            members.push((child.remark.clone(), string(key), subscript("Optional", vec![Py::raw(of)])));
        }
        let name = self.names.give_text(wanted);
        let dict = (None, Py::Dict(members));
        let total = (Some("total".to_owned()), Py::raw("False"));
        let value = Py::Call { callee: "TypedDict".to_owned(), args: vec![(None, Py::raw(string(&name))), dict, total] };
        self.assign(&name, &value, None);
        name
    }

    fn case(&mut self, id: TrackId, track: &Track, code: &str) {
        let programme = self.plan.programme;
        let mut tree = Node::default();
        for input in &track.inputs {
            self.input(&mut tree, programme.input(*input), programme.cites_of_input(id, *input));
        }
        let mut sheets = Sheets::default();
        track.rules.iter().for_each(|rule| sheets.test(&rule.ident.key, &rule.cites, &rule.ident.label.text, &rule.test));
        for (place, answers) in [("attested", sheets.attested), ("judgements", sheets.judged), ("external", sheets.external)] {
            for (key, (cites, words)) in answers {
                let of = self.wrapped(place, "bool", "Bool");
                let child = tree.child(place).child(&key);
                child.remark.get_or_insert_with(|| remark(programme, &cites, &words));
                child.leaf.get_or_insert(of);
            }
        }
        for rule in track.rules.iter().filter(|r| r.strength == Strength::InPrinciple) {
            let child = tree.child("reasons").child(&rule.ident.key);
            (child.remark, child.leaf) = (Some(remark(programme, &rule.cites, &rule.ident.label.text)), Some("str".to_owned()));
        }
        for id in &track.materials {
            let material = &programme.materials[id.index()];
            let child = tree.child("materials").child(&material.ident.key);
            child.remark = Some(remark(programme, &material.cites, &material.ident.label.text));
            child.leaf = Some(self.several("Copy"));
            self.out.imports.insert("Copy");
        }
        self.class(track, code, &tree);
    }

    /// The case itself: what it must say, then what it may.
    fn class(&mut self, track: &Track, code: &str, tree: &Node) {
        let programme = self.plan.programme;
        let name = self.names.give_text(&format!("{}Case", type_name(code)));
        let mut members = Vec::new();
        for (key, child) in &tree.children {
            members.push((key.clone(), self.object(&format!("{name}{}", type_name(key)), child)));
        }
        let events = self.several("CaseEvent");
        self.out.imports.insert("CaseEvent");
        members.push(("events".to_owned(), events));
        let doc = docstring(&cited(programme, &track.cites, &track.ident.label.text));
        let literal = |key: &str, of: &str| {
            let head = format!("    {key}: ");
            format!("{head}{}\n", subscript("Literal", vec![Py::raw(string(of))]).print(4, head.len()))
        };
        let (ours, own) = (literal("programme", &programme.ident.key), literal("track", &track.ident.key));
        let mut text =
            format!("\n\nclass _{name}Header(TypedDict):\n{ours}{own}\n\nclass {name}(_{name}Header, total=False):\n    {doc}\n\n");
        for (key, of) in [("version", "str"), ("id", "str"), ("withdrawn", "bool")] {
            text.push_str(&format!("    {key}: Optional[{of}]\n"));
        }
        for (key, of) in &members {
            text.push_str(&format!("    {key}: Optional[{of}]\n"));
        }
        self.out.typing.extend(["Literal", "Optional", "TypedDict"]);
        self.out.text.push_str(&(text + "\n"));
        self.out.cases.push(name);
    }

    fn input(&mut self, tree: &mut Node, input: &Input, cites: &[Citation]) {
        let place = match &input.origin {
            Origin::Computed(_) => return,
            Origin::Entered => None,
            Origin::Attested { .. } => Some("attested"),
            Origin::Judged { .. } => Some("judgements"),
            Origin::External { .. } => Some("external"),
        };
        let (of, name) = self.entry(&input.field);
        let leaf = place.map_or(of.clone(), |place| self.wrapped(place, &of, &name));
        let mut node = tree;
        for step in input.pointer.split('/').skip(1) {
            node = node.child(&step.replace("~1", "/").replace("~0", "~"));
        }
        node.remark = Some(remark(self.plan.programme, cites, &input.ident.label.text));
        node.leaf = Some(leaf);
    }

    fn several(&mut self, of: &str) -> String {
        self.out.sequences = true;
        format!("Sequence[{of}]")
    }

    /// A value with what stands beside it, by its place.
    fn wrapped(&mut self, place: &str, of: &str, name: &str) -> String {
        let known = format!("{place} {of}");
        if let Some(name) = self.known.get(&known) {
            return name.clone();
        }
        let (kind, beside): (&str, &[&str]) = match place {
            "attested" => ("Attested", &["evidence"]),
            "judgements" => ("Judged", &["by", "at", "reason"]),
            _ => ("Registered", &["as_of", "evidence"]),
        };
        let mut node = Node::default();
        node.child("value").leaf = Some(of.to_owned());
        for member in beside {
            node.child(member).leaf = Some("str".to_owned());
        }
        let name = self.object(&format!("{kind}{name}"), &node);
        self.known.insert(known, name.clone());
        name
    }

    /// The type of an entry, and what to call it in other names.
    fn entry(&mut self, field: &FieldType) -> (String, String) {
        let plain = |of: &str, name: &str| (of.to_owned(), name.to_owned());
        match &field.kind {
            FieldKind::Integer | FieldKind::Count | FieldKind::Year => plain("int", "Int"),
            FieldKind::YesNo => plain("bool", "Bool"),
            FieldKind::Text
            | FieldKind::Prose
            | FieldKind::Decimal { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Mobile
            | FieldKind::Postcode
            | FieldKind::Url
            | FieldKind::Unknown => plain("str", "Text"),
            FieldKind::File { .. } => {
                self.out.imports.insert("FileEntry");
                plain("FileEntry", "File")
            }
            FieldKind::OneOf(list) => {
                let name = self.choice(*list);
                (name.clone(), name)
            }
            FieldKind::AnyOf(list) => {
                let name = self.choice(*list);
                (self.several(&name), format!("{name}List"))
            }
            FieldKind::Record(record) => {
                let name = self.record(*record);
                (name.clone(), name)
            }
            FieldKind::List(item) => {
                let (of, name) = self.entry(item);
                (self.several(&of), format!("{name}List"))
            }
        }
    }

    /// A closed list.
    fn choice(&mut self, id: EnumId) -> String {
        let known = format!("list {}", id.index());
        if let Some(name) = self.known.get(&known) {
            return name.clone();
        }
        let list = self.plan.programme.enumeration(id);
        let name = self.names.give_text(&type_name(&self.plan.enums[id.index()]));
        let keys: Vec<&String> = list.values.iter().map(|v| &v.ident.key).collect();
        self.literal(&name, &list.ident.label.text, &keys);
        self.known.insert(known, name.clone());
        name
    }

    /// A record.
    fn record(&mut self, id: RecordId) -> String {
        let known = format!("record {}", id.index());
        if let Some(name) = self.known.get(&known) {
            return name.clone();
        }
        let mut node = Node::default();
        for field in &self.plan.programme.records[id.index()].fields {
            let (of, _) = self.entry(&field.field);
            let child = node.child(&field.ident.key);
            (child.remark, child.leaf) = (Some(field.ident.label.text.replace('\n', " ")), Some(of));
        }
        let name = self.object(&type_name(&self.plan.records[id.index()]), &node);
        self.known.insert(known, name.clone());
        name
    }
}

/// `座位不少于20个 [一(一)]`
fn cited(programme: &Programme, cites: &[Citation], words: &str) -> String {
    let clauses = programme.addresses(cites);
    let cited = if clauses.is_empty() { String::new() } else { format!(" [{}]", clauses.join(", ")) };
    format!("{}{cited}", words.replace(['\n', '\r'], " "))
}

fn remark(programme: &Programme, cites: &[Citation], words: &str) -> String {
    cited(programme, cites, words).trim().to_owned()
}

/// What is known of a rule or threshold member: its citations and words.
type Said = (Vec<Citation>, String);

/// Rules and threshold members by where their answers stand.
#[derive(Default)]
struct Sheets {
    judged: BTreeMap<String, Said>,
    attested: BTreeMap<String, Said>,
    external: BTreeMap<String, Said>,
}

impl Sheets {
    fn test(&mut self, key: &str, cites: &[Citation], words: &str, test: &Test) {
        let said = || (cites.to_vec(), words.to_owned());
        match test {
            Test::Bad | Test::Expr(_) => {}
            Test::Judged { .. } => drop(self.judged.insert(key.to_owned(), said())),
            Test::Attested { .. } => drop(self.attested.insert(key.to_owned(), said())),
            Test::External { .. } => drop(self.external.insert(key.to_owned(), said())),
            Test::Threshold { members, .. } => {
                members.iter().for_each(|m| self.test(&m.ident.key, &m.cites, &m.ident.label.text, &m.test));
            }
        }
    }
}
