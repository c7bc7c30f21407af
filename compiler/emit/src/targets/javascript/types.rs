//! TypeScript types of a track's case.
//!
//! In: the programme. Out: one [`CaseType`] a track, whose members the template writes. Always: precise — closed lists are unions of
//! their keys, a form's cells nest as their pointers do; every entry may be left out or `null`.

use super::print::{columns, member, string};
use crate::Plan;
use prog_model::*;
use std::collections::{BTreeMap, BTreeSet};

/// What the template knows of a track.
#[derive(Debug, serde::Serialize)]
pub struct CaseType {
    /// `DemoAreaCase`, `N_1a2b3c4dCase`
    pub name: String,
    /// The track's key as a literal.
    pub key: String,
    /// Its title and clauses, for the comment.
    pub doc: String,
    /// The types of the members, as written after `: `.
    pub form: String,
    /// Facts.
    pub facts: String,
    /// Attestations.
    pub attested: String,
    /// Judgements.
    pub judgements: String,
    /// Register entries.
    pub external: String,
    /// Written reasons.
    pub reasons: String,
    /// Materials.
    pub materials: String,
    /// `= "a" | "b"`: stages of its route, as written after the alias's name.
    pub stages: String,
}

/// The types of all tracks.
pub fn cases(plan: &Plan<'_>) -> Vec<CaseType> {
    let one = |(index, track): (usize, &Track)| case(plan.programme, track, &plan.tracks[index]);
    plan.programme.tracks.iter().enumerate().map(one).collect()
}

/// `demo_area` to `DemoArea`.
fn type_name(code: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |c| c.to_ascii_uppercase().to_string() + chars.as_str())
    };
    code.split('_').map(capital).collect()
}

fn case(programme: &Programme, track: &Track, code: &str) -> CaseType {
    let mut tree = Node::default();
    let mut sheets = Sheets::default();
    for id in &track.inputs {
        tree.input(programme, programme.input(*id));
    }
    for rule in &track.rules {
        sheets.test(&rule.ident.key, &rule.test);
    }
    let mut part = |name: &str, keys: BTreeSet<String>, value: &str| {
        let node = tree.child(name);
        for key in keys {
            node.child(&key).doc_or_type(value);
        }
        let node = std::mem::take(node);
        node.object(2)
    };
    let excusable = track.rules.iter().filter(|r| r.strength == Strength::InPrinciple).map(|r| r.ident.key.clone()).collect();
    let materials = track.materials.iter().map(|m| programme.materials[m.index()].ident.key.clone()).collect();
    let route = track.workflow.map(|w| &programme.workflows[w.index()].stages);
    let stages: Vec<String> = route.into_iter().flatten().map(|s| string(&s.ident.key)).collect();
    let clauses = programme.addresses(&track.cites);
    let cited = if clauses.is_empty() { String::new() } else { format!(" [{}]", clauses.join(", ")) };
    let name = format!("{}Case", type_name(code));
    CaseType {
        key: string(&track.ident.key),
        doc: comment(&format!("{}{cited}", track.ident.label.text)),
        form: part("form", BTreeSet::new(), ""),
        facts: part("facts", BTreeSet::new(), ""),
        attested: part("attested", sheets.attested, "Attestation<boolean> | null"),
        judgements: part("judgements", sheets.judged, "Judgement<boolean> | null"),
        external: part("external", sheets.external, "RegisterEntry<boolean> | null"),
        reasons: part("reasons", excusable, "string | null"),
        materials: part("materials", materials, "readonly Copy[] | null"),
        stages: alias(&format!("{name}Stage"), &stages),
        name,
    }
}

/// Text that may stand in a block comment.
fn comment(text: &str) -> String {
    text.replace("*/", "* /")
}

/// Keys of rules and threshold members by where their answers stand.
#[derive(Default)]
struct Sheets {
    judged: BTreeSet<String>,
    attested: BTreeSet<String>,
    external: BTreeSet<String>,
}

impl Sheets {
    fn test(&mut self, key: &str, test: &Test) {
        match test {
            Test::Bad | Test::Expr(_) => {}
            Test::Judged { .. } => drop(self.judged.insert(key.to_owned())),
            Test::Attested { .. } => drop(self.attested.insert(key.to_owned())),
            Test::External { .. } => drop(self.external.insert(key.to_owned())),
            Test::Threshold { members, .. } => members.iter().for_each(|m| self.test(&m.ident.key, &m.test)),
        }
    }
}

/// The shape of a case by pointer.
#[derive(Default)]
struct Node {
    doc: Option<String>,
    leaf: Option<String>,
    children: Vec<(String, Node)>,
    /// Where the child of a key stands.
    places: BTreeMap<String, usize>,
}

impl Node {
    fn child(&mut self, key: &str) -> &mut Node {
        let at = match self.places.get(key) {
            Some(at) => *at,
            None => {
                self.places.insert(key.to_owned(), self.children.len());
                self.children.push((key.to_owned(), Node::default()));
                self.children.len() - 1
            }
        };
        &mut self.children[at].1
    }

    fn doc_or_type(&mut self, value: &str) {
        self.leaf.get_or_insert_with(|| value.to_owned());
    }

    fn input(&mut self, programme: &Programme, input: &Input) {
        // A member's column grows with its depth: `/facts/x` stands in column 4.
        let column = 2 * input.pointer.matches('/').count();
        let taken = column + columns(&member(&input.ident.key)) + "?:  | null;".len();
        let value = entry(programme, &input.field, column + 2, 80usize.saturating_sub(taken));
        let wrapped = match &input.origin {
            Origin::Computed(_) => return,
            Origin::Entered => value,
            Origin::Attested { .. } => format!("Attestation<{value}>"),
            Origin::Judged { .. } => format!("Judgement<{value}>"),
            Origin::External { .. } => format!("RegisterEntry<{value}>"),
        };
        let mut node = self;
        for step in input.pointer.split('/').skip(1) {
            node = node.child(&step.replace("~1", "/").replace("~0", "~"));
        }
        let clauses = programme.addresses(&input.cites);
        let cited = if clauses.is_empty() { String::new() } else { format!(" [{}]", clauses.join(", ")) };
        node.doc = Some(comment(&format!("{}{cited}", input.ident.label.text)));
        node.leaf = Some(if wrapped.starts_with('\n') {
            format!("{wrapped}\n{}| null", " ".repeat(column + 2))
        } else {
            format!("{wrapped} | null")
        });
    }

    /// The node as an object type whose members are indented by two more than this.
    fn object(&self, indent: usize) -> String {
        if self.children.is_empty() {
            return "Record<string, never>".to_owned();
        }
        let pad = " ".repeat(indent + 2);
        let mut out = String::from("{\n");
        for (key, node) in &self.children {
            if let Some(doc) = &node.doc {
                out.push_str(&format!("{pad}/** {doc} */\n"));
            }
            let value = match &node.leaf {
                Some(leaf) => leaf.clone(),
                None => format!("{} | null", node.object(indent + 2)),
            };
            let colon = if value.starts_with('\n') { ":" } else { ": " };
            out.push_str(&format!("{pad}{}?{colon}{value};\n", member(key)));
        }
        out + &" ".repeat(indent) + "}"
    }
}

/// The type of an entry, which may take so many columns on its line.
fn entry(programme: &Programme, field: &FieldType, indent: usize, room: usize) -> String {
    match &field.kind {
        FieldKind::Integer | FieldKind::Count | FieldKind::Year => "number".to_owned(),
        FieldKind::YesNo => "boolean".to_owned(),
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
        | FieldKind::Unknown => "string".to_owned(),
        FieldKind::File { .. } => "FileEntry".to_owned(),
        FieldKind::OneOf(list) => union(&keys(programme, *list), indent, room),
        FieldKind::AnyOf(list) => several(&keys(programme, *list), indent, room),
        FieldKind::Record(record) => {
            let mut node = Node::default();
            for f in &programme.records[record.index()].fields {
                let child = node.child(&f.ident.key);
                child.doc = Some(comment(&f.ident.label.text));
                child.leaf = Some(format!("{} | null", entry(programme, &f.field, indent + 2, WIDE)));
            }
            node.object(indent.saturating_sub(2))
        }
        FieldKind::List(item) => format!("ReadonlyArray<{}>", entry(programme, item, indent, WIDE)),
    }
}

fn keys(programme: &Programme, list: EnumId) -> Vec<String> {
    programme.enumeration(list).values.iter().map(|v| string(&v.ident.key)).collect()
}

/// Room without end: what stands inside other types is not broken.
const WIDE: usize = usize::MAX;

/// A union: on one line if there is room, else one a line after a line's end.
fn union(members: &[String], indent: usize, room: usize) -> String {
    let line = members.join(" | ");
    match members {
        [] => "never".to_owned(),
        _ if columns(&line) <= room => line,
        _ => members.iter().map(|m| format!("\n{}| {m}", " ".repeat(indent))).collect(),
    }
}

/// A list of some of these.
fn several(members: &[String], indent: usize, room: usize) -> String {
    let line = members.join(" | ");
    if columns(&line) + "ReadonlyArray<>".len() <= room {
        return format!("ReadonlyArray<{line}>");
    }
    let (pad, close) = (" ".repeat(indent), " ".repeat(indent.saturating_sub(2)));
    let inside = if columns(&line) + indent <= 80 { format!("\n{pad}{line}") } else { union(members, indent, 0) };
    format!("ReadonlyArray<{inside}\n{close}>")
}

/// What stands after `type NAME`: a union on one line or one a line.
pub fn alias(name: &str, members: &[String]) -> String {
    let value = union(members, 2, 80 - "export type  = ;".len() - columns(name));
    if value.starts_with('\n') { format!(" ={value}") } else { format!(" = {value}") }
}
