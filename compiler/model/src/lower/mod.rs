//! The walk from tree to model, in phases that each need only the earlier ones.
//!
//! 0. `expand`: what is short for something else is written out, tree to tree.
//! 1. `vocabulary`: units, enums, records, actors, stage names, header, outline, readings (names and values known).
//! 2. `tracks`, `forms`: inputs with types and pointers; names of rules, lets, materials, quotas (no expressions yet).
//! 3. expressions: tables, lets, guards, rules, quotas, workflow, materials, targets, each typed in its [`Scope`].
//! 4. `derive`: due stages, paths, waivers, order of evaluation.
//! 5. `crate::check`: static checks; asserts. 6. `scenarios`: lowered to JSON.
//!
//! What phase 3 finds ready: `p.actors`, `p.readings`, `p.stages` by the ids of [`Index`]; `p.inputs` and for every track
//! `p.tracks[i].inputs` (facts, then fields of its forms), from which expressions find facts and fields by name; `p.forms[i].inputs`.
//! Rules are known to expressions from [`TrackNames::rules`] (`RuleId` = index there), so `p.tracks[i].rules` may be filled later.
//! `p.tracks[i].lets` and `outputs` are filled by [`Lower::track_lets`], or earlier when an expression first uses one.

mod actors;
mod asserts;
mod bounds;
mod calendar;
mod citations;
pub(crate) mod constants;
mod derive;
mod due;
mod expand;
mod expr;
pub(crate) use prog_base::fold;
mod follow_on;
mod forms;
mod header;
mod inputs;
mod layout;
mod lets;
mod materials;
mod most;
mod names;
mod numbers;
mod outline;
mod quotas;
mod readings;
pub(crate) mod reads;
mod rules;
mod scenarios;
mod selections;
mod summaries;
mod tables;
mod targets;
pub(crate) mod tracks;
mod type_exprs;
mod version;
mod vocabulary;
pub(crate) mod walk;
mod workflow;

use crate::{Analysis, EnumId, FormId, Ident, Inputs, Label, Programme, RecordId, TrackId, Type};
use names::Index;
use prog_base::{Diagnostic, Span};
use prog_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

pub use constants::Constant;
pub(crate) use names::{BUILTIN_READINGS, Named, RuleName, Space};
pub(crate) use numbers::power_of_ten;

/// The model under construction with what the walk needs to know.
pub(crate) struct Lower<'a> {
    /// What came in.
    pub inputs: &'a Inputs<'a>,
    /// All declarations by kind and name.
    pub index: &'a Index<'a>,
    /// The programme as far as it is known.
    pub p: Programme,
    /// Diagnostics so far.
    pub diagnostics: Vec<Diagnostic>,
    /// Every address under which a clause can be cited.
    pub addresses: citations::Addresses,
    /// The notice's text with the part each clause takes up, when it was given.
    pub notice: Option<outline::NoticeText>,
    /// Which input each field of a form became.
    pub places: forms::FieldPlaces,
    /// How far each let is.
    lets: lets::Progress<'a>,
    /// The programme that this one follows.
    base: Option<expand::Followed>,
    /// Versions of tables, and which day decides between them.
    versions: expand::Versions,
    /// Conditions listed in rules whose meaning is being looked up, by name.
    members: Vec<String>,
    /// Facts and fields by name.
    input_names: inputs::InputNames,
    /// Inline choices by the place of their type.
    anonymous_enums: BTreeMap<Span, EnumId>,
    /// Inline records by the place of their type.
    anonymous_records: BTreeMap<Span, RecordId>,
    /// The scenario being read shows what is wrong with entries.
    shows_faults: bool,
}

/// What names mean where an expression stands (semantics 8.1: member in `where`/`each` → `per` key → the track's facts and form
/// fields → lets and rules; then tables, programme lets, constants).
#[derive(Clone, Default)]
pub(crate) struct Scope {
    /// The track whose facts, fields, lets and rules are visible.
    pub track: Option<TrackId>,
    /// A form's own scope (guards and computed fields): only its fields are visible.
    pub form: Option<FormId>,
    /// Records (or other item types) of enclosing list scopes, innermost last.
    pub items: Vec<ItemScope>,
    /// `per` keys of a quota or key columns of a table row, by name.
    pub keys: Vec<(String, Type)>,
    /// Aggregates over cases are allowed (quotas, programme lets).
    pub batch: bool,
    /// Reported values of a targets block, by name; they become `Key(n)`, new names are added by the caller beforehand.
    pub reported: Vec<(String, Type)>,
}

impl Scope {
    /// The nearest item of a list of records by the list's name, how many lists further out it stands.
    pub(crate) fn item_of(&self, name: &str) -> Option<(usize, RecordId)> {
        self.items.iter().rev().enumerate().find_map(|(depth, item)| match item {
            ItemScope::Record { record, list } if list == name => Some((depth, *record)),
            ItemScope::Record { .. } | ItemScope::Plain { .. } => None,
        })
    }
}

/// One enclosing list scope; [`Lower::item_scope`] makes it.
#[derive(Clone)]
pub(crate) enum ItemScope {
    /// Items are records; their fields stand by name, or as `LIST.FIELD`.
    Record {
        /// The items' type.
        record: RecordId,
        /// The list's name.
        list: String,
    },
    /// Items are plain values; the list's own name stands for the item.
    Plain {
        /// The list's name.
        name: String,
        /// The items' type.
        ty: Type,
    },
}

/// Runs all phases.
pub(crate) fn run(inputs: &Inputs<'_>) -> Analysis {
    let version = version::version(inputs);
    let expanded = expand::run(inputs);
    let inputs = &Inputs {
        files: expanded.files.iter().map(|(id, file)| (*id, &**file)).collect(),
        bases: Vec::new(),
        modules: inputs.modules.clone(),
        sources: inputs.sources,
        notice: inputs.notice,
        data: inputs.data,
        library: inputs.library,
    };
    let mut diagnostics = expanded.diagnostics;
    let index = Index::build(inputs, &mut diagnostics);
    let Some(programme) = index.programme else { return Analysis { programme: None, diagnostics } };
    let ident = Lower::ident(&programme.head);
    let mut lower = Lower {
        inputs,
        index: &index,
        p: empty(ident),
        diagnostics,
        addresses: citations::Addresses::default(),
        notice: None,
        places: forms::FieldPlaces::new(),
        lets: lets::Progress::new(&index),
        versions: expanded.versions,
        base: expanded.base,
        members: Vec::new(),
        input_names: inputs::InputNames::default(),
        anonymous_enums: BTreeMap::new(),
        anonymous_records: BTreeMap::new(),
        shows_faults: false,
    };
    lower.p.version = version;
    // 1. Vocabulary.
    lower.outline();
    lower.header();
    lower.declare_readings();
    lower.set_readings();
    lower.actors();
    lower.declare_stages();
    lower.units();
    lower.enums();
    lower.records();
    // 2. Inputs, names.
    lower.calendar();
    lower.announce_lets();
    lower.announce_tables();
    lower.forms();
    lower.tracks();
    lower.routes();
    lower.materials();
    lower.name_inputs();
    // 3. Expressions.
    lower.tables();
    lower.programme_lets();
    lower.track_lets();
    lower.reading_expressions();
    lower.fact_expressions();
    lower.form_expressions();
    lower.rules();
    lower.workflows();
    lower.material_expressions();
    lower.summaries();
    lower.quotas();
    lower.selections();
    lower.targets();
    lower.actor_keys();
    lower.duties();
    lower.vocabulary_cites();
    // 4. Derived.
    lower.derive();
    // 5. Checks.
    lower.asserts();
    lower.check();
    // 6. Scenarios.
    lower.scenarios();
    let found = crate::check::scenarios(&lower);
    lower.diagnostics.extend(found);
    lower.finish()
}

impl Lower<'_> {
    /// A declaration's name as the model keeps it: the key is the `as` key, else the name (semantics 8.2).
    pub(crate) fn ident(head: &ast::Head) -> Ident {
        Ident {
            name: head.name.text.clone(),
            key: head.key.as_ref().unwrap_or(&head.name).text.clone(),
            keyed: head.key.is_some(),
            label: head.message.as_ref().map_or_else(|| Label { text: head.name.text.clone(), en: None }, Self::label),
            doc: head.doc.clone(),
            span: head.name.span,
        }
    }

    /// The author's words.
    pub(crate) fn label(message: &ast::Message) -> Label {
        Label { text: message.text.text.clone(), en: message.en.as_ref().map(|s| s.text.clone()) }
    }

    /// Adds a diagnostic.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The static checks over the finished model.
    fn check(&mut self) {
        let found = crate::check::run(self);
        self.diagnostics.extend(found);
    }

    /// Each diagnostic once (what stands in several tracks is lowered several times), in source order.
    fn finish(mut self) -> Analysis {
        self.drop_follow_ons();
        let mut seen: BTreeSet<(Option<Span>, prog_base::Code, String)> = BTreeSet::new();
        let mut diagnostics = self.diagnostics;
        diagnostics.retain(|d| seen.insert((d.span(), d.code, d.message.zh.clone())));
        diagnostics.sort_by_key(|d| d.span().map(|s| (s, d.code)));
        Analysis { programme: Some(self.p), diagnostics }
    }
}

/// A programme of nothing but its name.
fn empty(ident: Ident) -> Programme {
    Programme {
        ident,
        version: String::new(),
        header: Vec::new(),
        zone: None,
        clauses: Vec::new(),
        outlined: false,
        cites: Vec::new(),
        cited: Vec::new(),
        superseded: Vec::new(),
        readings: Vec::new(),
        actors: Vec::new(),
        enums: Vec::new(),
        records: Vec::new(),
        units: Vec::new(),
        tables: Vec::new(),
        calendar: None,
        lets: Vec::new(),
        inputs: Vec::new(),
        tracks: Vec::new(),
        materials: Vec::new(),
        quotas: Vec::new(),
        selections: Vec::new(),
        asserts: Vec::new(),
        stages: Vec::new(),
        workflows: Vec::new(),
        forms: Vec::new(),
        summaries: Vec::new(),
        targets: Vec::new(),
        duties: Vec::new(),
        scenarios: Vec::new(),
    }
}
