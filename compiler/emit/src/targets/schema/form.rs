//! `schema/<form>.schema.json`: invalid exactly where a finding that it carries would stand.
//!
//! In: one form. Out: its draft. Always: absent forms allow no member; every check that is left out is named.

use super::entry::{Defs, Depth, NotCarried, not_carried, says};
use super::relevance::{Relevance, at, at_most};
use super::tree::{Node, steps};
use super::{comment, described, head};
use crate::Plan;
use crate::json::{Json, Object};
use crate::targets::Draft;
use prog_model::{Block, Expr, Form, FormId, Input, Label, Origin};
use std::collections::{BTreeMap, BTreeSet};

/// The checks that a form schema can carry, by the problem that a report would name.
const CARRIES: &[&str] = &["blank", "date", "irrelevant", "length", "pattern", "range", "step", "unlisted"];

/// Schemas that every programme has; a form of that name gets `.form` behind it.
const FIXED: &[&str] = &["report", "package", "decision"];

/// The schema of a form.
pub fn draft<'a>(plan: &'a Plan<'a>, form: &'a Form, name: &str) -> Draft {
    let name = if FIXED.contains(&name) { &format!("{name}.form") } else { name };
    if !form.absent {
        return Builder::new(plan, form).draft(name);
    }
    let words = ["原文未附此表，不设字段".to_owned()];
    let schema = head(plan, name, described(plan, &form.ident.label, &words, &form.cites));
    let schema = schema.with("type", "object").with("additionalProperties", false);
    super::draft(name, "form schema", schema).of(form.ident.key.as_str())
}

struct Builder<'a> {
    plan: &'a Plan<'a>,
    form: &'a Form,
    id: FormId,
    defs: Defs<'a>,
    /// Guards with what must hold where they do.
    conditions: Vec<(Object, Vec<Object>)>,
    missed: Vec<NotCarried>,
}

impl<'a> Builder<'a> {
    fn new(plan: &'a Plan<'a>, form: &'a Form) -> Self {
        let index = plan.programme.forms.iter().position(|f| std::ptr::eq(f, form)).unwrap_or_default();
        let defs = Defs::new(plan, Depth::Checks);
        Self { plan, form, id: FormId(index as u32), defs, conditions: Vec::new(), missed: Vec::new() }
    }

    fn draft(mut self, name: &str) -> Draft {
        let mut tree: Node<&'a Input> = Node::default();
        let inputs: Vec<&Input> = self.form.inputs.iter().map(|i| self.plan.programme.input(*i)).collect();
        for input in &inputs {
            tree.insert(&steps(&input.pointer)[2..], input);
        }
        let mut titles = BTreeMap::new();
        collect_titles(self.plan, &self.form.layout, &mut titles);
        let prefix = format!("/form/{}", crate::names::pointer_step(&self.form.ident.key));
        let body = self.object(&tree, &prefix, &titles);
        let fields: Vec<String> = inputs.iter().map(|i| i.ident.key.clone()).collect();
        let rules = self.rules();
        let missed: Vec<Object> =
            self.missed.iter().map(|m| Object::new().with("path", m.path.as_str()).with("problem", m.problem)).collect();
        let words = self.words(&rules);
        let x_prog = Object::new().with("carries", CARRIES.to_vec()).with("not_carried", missed).with("rules_not_carried", rules.clone());
        let schema = head(self.plan, name, described(self.plan, &self.form.ident.label, &words, &self.form.cites))
            .with("$comment", comment(x_prog))
            .and(body);
        let schema = if self.conditions.is_empty() { schema } else { schema.with("allOf", conditional(self.conditions)) };
        let schema = schema.with_some("$defs", self.defs.finish());
        super::draft(name, "form schema", schema).of(self.form.ident.key.as_str()).carrying(fields, rules)
    }

    /// Keys of the rules of every track that this form is filled for: none of them is a schema's business.
    fn rules(&self) -> Vec<String> {
        let tracks = self.plan.programme.tracks.iter().filter(|t| t.forms.contains(&self.id));
        let mut seen = BTreeSet::new();
        tracks.flat_map(|t| &t.rules).map(|r| &r.ident.key).filter(|key| seen.insert(*key)).cloned().collect()
    }

    fn words(&self, rules: &[String]) -> Vec<String> {
        let mut words = Vec::new();
        if !self.missed.is_empty() {
            let paths: Vec<&str> = self.missed.iter().map(|m| m.path.as_str()).collect();
            words.push(format!("另须核对（见 $comment）：{}", paths.join("、")));
        }
        if !rules.is_empty() {
            words.push(format!("不含申报条件：{}", rules.join("、")));
        }
        words
    }

    fn object(&mut self, node: &Node<&'a Input>, path: &str, titles: &BTreeMap<String, &'a Label>) -> Object {
        let mut properties = Object::new();
        let mut required: Vec<Json> = Vec::new();
        for (key, member) in &node.members {
            let path = format!("{path}/{}", crate::names::pointer_step(key));
            let (schema, must) = match member.leaf {
                Some(input) => self.field(input),
                None => {
                    let title = titles.get(&path).map(|l| Object::new().with("title", l.text.as_str())).unwrap_or_default();
                    let inner = self.object(member, &path, titles);
                    let must = inner.get("required").is_some();
                    (title.and(inner), must)
                }
            };
            properties.set(key.as_str(), schema);
            if must {
                required.push(key.as_str().into());
            }
        }
        let object = Object::new().with("type", "object").with("properties", properties);
        let required = (!required.is_empty()).then_some(Json::List(required));
        object.with_some("required", required).with("additionalProperties", false)
    }

    /// The schema of a field, and whether it must be there.
    fn field(&mut self, input: &'a Input) -> (Object, bool) {
        not_carried(self.plan, &input.pointer, &input.field, &mut self.missed);
        let mut more = says(self.plan, &input.field);
        more.extend(input.prompt.iter().chain(&input.help).map(|l| l.text.clone()));
        if input.personal {
            more.push("个人信息".to_owned());
        }
        let computed = matches!(input.origin, Origin::Computed(_));
        if computed {
            self.missed.push(NotCarried { path: input.pointer.clone(), problem: "total" });
        }
        let must = !input.optional && input.when.is_none() && !computed;
        if let Some(guard) = &input.when {
            self.condition(input, guard);
        }
        let value = if must { self.defs.entry(&input.field) } else { self.defs.optional(&input.field) };
        (described(self.plan, &input.ident.label, &more, &input.cites).and(value), must)
    }

    /// Required where it is surely relevant, blank where it surely is not.
    fn condition(&mut self, input: &'a Input, guard: &Expr) {
        let relevance = Relevance { plan: self.plan, form: self.id };
        let (Some(yes), Some(no)) = (relevance.when(guard, true), relevance.when(guard, false)) else {
            self.missed.push(NotCarried { path: input.pointer.clone(), problem: "irrelevant" });
            return;
        };
        if !input.optional {
            let filled = self.defs.entry(&input.field);
            self.require(yes, at(input, filled));
        }
        let blank = self.defs.blank(&input.field.kind);
        self.require(no, at_most(input, blank));
    }

    /// What a form must also be where a guard holds; each guard stands once.
    fn require(&mut self, guard: Object, then: Object) {
        match self.conditions.iter_mut().find(|(known, _)| *known == guard) {
            Some((_, all)) => all.push(then),
            None => self.conditions.push((guard, vec![then])),
        }
    }
}

/// `if` and `then` of each guard.
fn conditional(conditions: Vec<(Object, Vec<Object>)>) -> Vec<Object> {
    let one = |(guard, mut all): (Object, Vec<Object>)| {
        let then = if all.len() == 1 { all.remove(0) } else { Object::new().with("allOf", all) };
        Object::new().with("if", guard).with("then", then)
    };
    conditions.into_iter().map(one).collect()
}

/// Labels of grids and opinion blocks by the pointer of the object that holds their fields.
fn collect_titles<'a>(plan: &'a Plan<'a>, blocks: &'a [Block], into: &mut BTreeMap<String, &'a Label>) {
    for block in blocks {
        let held = match block {
            Block::Grid(grid) => grid.cells.first().map(|cell| (*cell, &grid.ident.label)),
            Block::Opinion(opinion) => Some((opinion.text, &opinion.ident.label)),
            Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => {
                collect_titles(plan, inner, into);
                None
            }
            Block::Part(part) => {
                collect_titles(plan, &part.blocks, into);
                None
            }
            Block::Field(_) | Block::Note(_) => None,
        };
        let Some((id, label)) = held else { continue };
        if let Some((parent, _)) = plan.programme.input(id).pointer.rsplit_once('/') {
            into.entry(parent.to_owned()).or_insert(label);
        }
    }
}
