//! Tracks: their facts, groups, outcomes.
//!
//! In: `track` blocks. Out: `Programme::tracks` with inputs (facts, then the fields of their forms).
//! Always: a track stands alone; a fact declared for several tracks is an input of each.

use super::{Lower, Scope};
use crate::{Citation, ExprKind, FieldKind, FieldType, Group, Input, InputId, Origin, RuleId, Track, TrackId, Type};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;
use std::collections::BTreeMap;

impl<'a> Lower<'a> {
    /// Declares tracks and facts; forms are known already.
    pub(crate) fn tracks(&mut self) {
        let mut types: BTreeMap<Span, (FieldType, Type)> = BTreeMap::new();
        for (i, names) in self.index.tracks.iter().enumerate() {
            let (head, cites) = self.track_head(names.head, &names.blocks);
            for form in names.blocks.iter().flat_map(|b| &b.forms) {
                self.find_form(form);
            }
            let mut inputs: Vec<InputId> = names.facts.iter().map(|fact| self.fact(fact, &mut types)).collect();
            inputs.extend(names.forms.iter().flat_map(|f| self.p.forms[f.index()].inputs.clone()));
            self.p.tracks.push(Track {
                ident: Self::ident(&head),
                cites,
                forms: names.forms.clone(),
                inputs,
                lets: Vec::new(),
                rules: Vec::new(),
                order: Vec::new(),
                groups: Vec::new(),
                outcomes: Vec::new(),
                outputs: Vec::new(),
                workflow: None,
                materials: Vec::new(),
                span: names.blocks.first().map_or(head.name.span, |b| b.span),
            });
            self.outcomes(TrackId(i as u32));
        }
    }

    /// A track's own head; label and citations written once, on the last name of `track A, B`, count for all.
    fn track_head(&mut self, head: &ast::Head, blocks: &[&'a ast::Track]) -> (ast::Head, Vec<Citation>) {
        let mut own = head.clone();
        let mut cites = Vec::new();
        for block in blocks {
            let Some(last) = block.heads.last() else { continue };
            let here = block.heads.iter().find(|h| h.name.text == head.name.text);
            for head in here.into_iter().chain((here != Some(last)).then_some(last)) {
                cites.extend(self.cites(&head.cites));
                own.message = own.message.or_else(|| head.message.clone());
                own.key = own.key.or_else(|| if Some(head) == here { head.key.clone() } else { None });
            }
        }
        (own, cites)
    }

    fn fact(&mut self, fact: &ast::Fact, types: &mut BTreeMap<Span, (FieldType, Type)>) -> InputId {
        let ident = Self::ident(&fact.head);
        let (field, ty) = match types.get(&fact.span) {
            Some(known) => known.clone(),
            None => {
                let lowered = self.field_type(&fact.ty, &ident);
                types.insert(fact.span, lowered.clone());
                lowered
            }
        };
        let (origin, place) = match &fact.origin {
            // The grammar lets no formula or group stand here.
            None | Some(ast::Test::Bad(_) | ast::Test::Expr(_) | ast::Test::Threshold { .. }) => (Origin::Entered, "facts"),
            Some(ast::Test::Attested { with, .. }) => (Origin::Attested { with: self.find_materials(with) }, "attested"),
            Some(ast::Test::Judged { by, on, .. }) => {
                let on = self.find_materials(on);
                (self.find_actor(by).map_or(Origin::Entered, |by| Origin::Judged { by, on }), "judgements")
            }
            // The date is typed later, when facts are known.
            Some(ast::Test::External { register, .. }) => (Origin::External { register: register.text.clone(), as_of: None }, "external"),
        };
        let id = InputId(self.p.inputs.len() as u32);
        let input = Input {
            pointer: pointer(&[place, &ident.key]),
            form: None,
            seal: false,
            personal: self.is_personal(&field.kind),
            field,
            ty,
            optional: fact.optional,
            origin,
            when: None,
            stage: fact.at.as_ref().and_then(|s| self.find_stage(s)),
            cites: self.cites(&fact.head.cites),
            prompt: None,
            help: None,
            ident,
            span: fact.span,
        };
        self.p.inputs.push(input);
        id
    }

    /// The materials of several names.
    pub(crate) fn find_materials(&mut self, names: &[ast::Name]) -> Vec<crate::MaterialId> {
        names.iter().filter_map(|n| self.find_material(n)).collect()
    }

    /// Whether an entry holds personal data: mail, telephone, or a record with one of them.
    pub(crate) fn is_personal(&self, kind: &FieldKind) -> bool {
        match kind {
            FieldKind::Email | FieldKind::Phone | FieldKind::Mobile => true,
            FieldKind::List(item) => self.is_personal(&item.kind),
            FieldKind::Record(id) => {
                // A record that holds itself is refused elsewhere; looking one level deep is enough to find a telephone.
                self.p.records.get(id.index()).is_some_and(|r| {
                    r.fields.iter().any(|f| matches!(f.field.kind, FieldKind::Email | FieldKind::Phone | FieldKind::Mobile))
                })
            }
            FieldKind::Text
            | FieldKind::Prose
            | FieldKind::Integer
            | FieldKind::Count
            | FieldKind::Decimal { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Year
            | FieldKind::YesNo
            | FieldKind::Postcode
            | FieldKind::Url
            | FieldKind::File { .. }
            | FieldKind::OneOf(_)
            | FieldKind::AnyOf(_)
            | FieldKind::Unknown => false,
        }
    }

    fn outcomes(&mut self, track: TrackId) {
        let blocks = &self.index.tracks[track.index()].outcomes;
        let Some(first) = blocks.first() else { return };
        for again in &blocks[1..] {
            self.report(
                Diagnostic::error(codes::OUTCOMES_TWICE, again.span, text!("处理结果写了两次", "the outcomes are given twice"))
                    .here(text!("第二次", "the second time"))
                    .label(first.span, text!("第一次", "the first time"))
                    .help(text!("写在一处，从最好到最差", "write them once, best to worst")),
            );
        }
        let cites = self.cites(&first.cites);
        let track = &mut self.p.tracks[track.index()];
        track.cites.extend(cites);
        track.outcomes = first.values.iter().map(Lower::ident).collect();
    }

    /// Guards and dates of facts, once every name is known.
    pub(crate) fn fact_expressions(&mut self) {
        for (i, names) in self.index.tracks.iter().enumerate() {
            let scope = Scope { track: Some(TrackId(i as u32)), ..Scope::default() };
            for (at, fact) in names.facts.iter().enumerate() {
                let id = self.p.tracks[i].inputs[at];
                let when = fact.when.as_ref().map(|e| self.truth(e, &scope));
                if let Some(ast::Test::External { as_of: Some(day), .. }) = &fact.origin {
                    let day = Box::new(self.expr(day, &scope, Some(&Type::Date)));
                    if let Origin::External { as_of, .. } = &mut self.p.inputs[id.index()].origin {
                        *as_of = Some(day);
                    }
                }
                self.p.inputs[id.index()].when = when;
            }
        }
    }

    /// The named groups of a track with the rules in them.
    pub(crate) fn groups(&mut self, track: TrackId) -> Vec<Group> {
        let names = &self.index.tracks[track.index()];
        let mut groups: Vec<Group> = Vec::new();
        for (at, group) in names.groups.iter().enumerate() {
            let held = (0..names.rules.len()).filter(|r| names.rules[*r].groups.contains(&at)).map(|r| RuleId(r as u32));
            groups.push(Group { ident: Self::ident(&group.head), cites: self.cites(&group.head.cites), rules: held.collect() });
        }
        groups
    }
}

/// A JSON pointer of keys.
pub(crate) fn pointer(keys: &[&str]) -> String {
    keys.iter().map(|k| format!("/{}", k.replace('~', "~0").replace('/', "~1"))).collect()
}

/// Whether an expression is the soft check `about`.
pub(crate) fn is_about(e: &crate::Expr) -> bool {
    matches!(e.kind, ExprKind::About { .. })
}
