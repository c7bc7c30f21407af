//! `schema/<track>.case.schema.json`: invalid exactly where the strict reader refuses.
//!
//! In: one track. Out: its draft. Always: types and unknown members only; every member but `programme` and `track` may be left out or
//! null (semantics 5.1, 5.2).

use super::entry::{Defs, Depth, says};
use super::tree::{Node, steps};
use super::{comment, described, head};
use crate::Plan;
use crate::json::{Json, Object};
use crate::targets::Draft;
use prog_model::{FieldKind, FieldType, Input, Origin, Test, Track};

/// What stands at a place of a case.
enum Leaf<'a> {
    /// A form field or entered fact.
    Entry(&'a Input),
    /// A fact of another origin: its value beside who said it and why.
    Sheet(&'a Input, Origins),
    /// A judgement, attestation or register entry of a rule or threshold member: yes or no.
    Answer(&'a str, Origins),
}

/// Which sheet an answer stands on.
#[derive(Clone, Copy)]
enum Origins {
    Judged,
    Attested,
    External,
}

impl Origins {
    fn member(self) -> &'static str {
        match self {
            Origins::Judged => "judgements",
            Origins::Attested => "attested",
            Origins::External => "external",
        }
    }
}

/// The schema of a track's case.
pub fn draft<'a>(plan: &'a Plan<'a>, track: &'a Track, name: &str) -> Draft {
    let mut tree: Node<Leaf<'a>> = Node::default();
    for id in &track.inputs {
        let input = plan.programme.input(*id);
        tree.insert(&steps(&input.pointer), leaf(input));
    }
    for rule in &track.rules {
        answers(&rule.ident.key, &rule.ident.label.text, &rule.test, &mut tree);
    }
    let mut builder = Builder { plan, track, defs: Defs::new(plan, Depth::Types) };
    let properties = builder.properties(&mut tree);
    let rules: Vec<String> = track.rules.iter().map(|r| r.ident.key.clone()).collect();
    let words = ["申报材料的数据格式；取值与申报条件由校验程序核对".to_owned()];
    let schema = head(plan, &format!("{name}.case"), described(plan, &track.ident.label, &words, &track.cites))
        .with("$comment", comment(Object::new().with("carries", vec!["type", "unknown member"]).with("rules_not_carried", rules.clone())))
        .with("type", "object")
        .with("properties", properties)
        .with("required", vec!["programme", "track"])
        .with("additionalProperties", false)
        .with_some("$defs", builder.defs.finish());
    super::draft(&format!("{name}.case"), "case schema", schema).of(track.ident.key.as_str()).carrying(Vec::new(), rules)
}

fn leaf(input: &Input) -> Leaf<'_> {
    match &input.origin {
        Origin::Entered | Origin::Computed(_) => Leaf::Entry(input),
        Origin::Judged { .. } => Leaf::Sheet(input, Origins::Judged),
        Origin::Attested { .. } => Leaf::Sheet(input, Origins::Attested),
        Origin::External { .. } => Leaf::Sheet(input, Origins::External),
    }
}

fn answers<'a>(key: &'a str, title: &'a str, test: &'a Test, tree: &mut Node<Leaf<'a>>) {
    let origin = match test {
        Test::Bad | Test::Expr(_) => return,
        Test::Judged { .. } => Origins::Judged,
        Test::Attested { .. } => Origins::Attested,
        Test::External { .. } => Origins::External,
        Test::Threshold { members, .. } => {
            for member in members {
                answers(&member.ident.key, &member.ident.label.text, &member.test, tree);
            }
            return;
        }
    };
    tree.member(origin.member()).member(key).leaf = Some(Leaf::Answer(title, origin));
}

struct Builder<'a> {
    plan: &'a Plan<'a>,
    track: &'a Track,
    defs: Defs<'a>,
}

impl<'a> Builder<'a> {
    fn properties(&mut self, tree: &mut Node<Leaf<'a>>) -> Object {
        let key = self.plan.programme.ident.key.as_str();
        let properties = Object::new()
            .with("programme", Object::new().with("const", key))
            .with("version", self.defs.text())
            .with("id", self.defs.text())
            .with("track", Object::new().with("const", self.track.ident.key.as_str()))
            .with("withdrawn", Object::new().with("type", vec!["boolean", "null"]));
        let sections = ["form", "facts", "attested", "judgements", "external"];
        let sections = sections.map(|name| (name.to_owned(), Json::Object(self.object(tree.member(name)))));
        let rules = self.track.rules.iter();
        let reasons: Object = rules.map(|r| (r.ident.key.clone(), self.defs.text().into())).collect();
        let mut materials = Object::new();
        for id in &self.track.materials {
            let ident = &self.plan.programme.materials[id.index()].ident;
            materials.set(ident.key.as_str(), titled(&ident.label.text, copies(&mut self.defs)));
        }
        let events = Object::new().with("type", vec!["array", "null"]).with("items", event(&mut self.defs));
        properties
            .and(sections.into_iter().collect())
            .with("reasons", closed(reasons))
            .with("materials", closed(materials))
            .with("events", events)
    }

    fn object(&mut self, node: &Node<Leaf<'a>>) -> Object {
        let members = node.members.iter().map(|(key, member)| (key.clone(), Json::Object(self.node(member)))).collect();
        closed(members)
    }

    fn node(&mut self, node: &Node<Leaf<'a>>) -> Object {
        match &node.leaf {
            None => self.object(node),
            Some(Leaf::Entry(input)) => {
                let entry = self.defs.entry(&input.field);
                self.described(input).and(entry)
            }
            Some(Leaf::Sheet(input, origin)) => {
                let sheet = self.sheet(&input.field, *origin);
                self.described(input).and(sheet)
            }
            Some(Leaf::Answer(title, origin)) => titled(title, self.sheet(&yes_no(), *origin)),
        }
    }

    fn described(&self, input: &Input) -> Object {
        let mut more = says(self.plan, &input.field);
        if input.personal {
            more.push("个人信息".to_owned());
        }
        described(self.plan, &input.ident.label, &more, &input.cites)
    }

    /// The value of an answer with what stands beside it, one definition a kind of value.
    fn sheet(&mut self, field: &FieldType, origin: Origins) -> Object {
        let value = self.defs.entry(field);
        let what = match value.get("$ref") {
            Some(Json::Text(to)) => to.rsplit('/').next().unwrap_or_default().to_owned(),
            Some(_) | None => "anything".to_owned(),
        };
        let name = match origin {
            Origins::Judged => "judged",
            Origins::Attested => "attested",
            Origins::External => "external",
        };
        self.defs.refer(&format!("{name}_{what}"), |defs| {
            let mut text = || defs.text();
            let members = Object::new().with("value", value);
            closed(match origin {
                Origins::Judged => members.with("by", text()).with("at", text()).with("reason", text()),
                Origins::Attested => members.with("evidence", text()),
                Origins::External => members.with("as_of", text()).with("evidence", text()),
            })
        })
    }
}

fn yes_no() -> FieldType {
    FieldType { kind: FieldKind::YesNo, unit: None, low: None, high: None, step: None, limits: Vec::new() }
}

fn titled(title: &str, schema: Object) -> Object {
    Object::new().with("title", title).and(schema)
}

/// An object, or null, with these members and no others.
pub fn closed(properties: Object) -> Object {
    let object = Object::new().with("type", vec!["object", "null"]);
    let object = if properties.is_empty() { object } else { object.with("properties", properties) };
    object.with("additionalProperties", false)
}

/// The same object, but never null.
pub fn not_null(object: Object) -> Object {
    let rest = ["properties", "additionalProperties"].into_iter().filter_map(|k| Some((k.to_owned(), object.get(k)?.clone())));
    Object::new().with("type", "object").and(rest.collect())
}

/// Copies of a material.
pub fn copies(defs: &mut Defs<'_>) -> Object {
    defs.refer("copies", |defs| {
        let members = Object::new().with("format", defs.text()).with("sealed", Object::new().with("type", vec!["boolean", "null"]));
        Object::new().with("type", vec!["array", "null"]).with("items", not_null(closed(members)))
    })
}

fn event(defs: &mut Defs<'_>) -> Object {
    defs.refer("event", |defs| {
        let keys = ["stage", "outcome", "by", "at", "channel"];
        not_null(closed(keys.map(|key| (key.to_owned(), Json::Object(defs.text()))).into_iter().collect()))
    })
}
