//! What each track declares: facts, rules, lets, groups, numbered as the model numbers them.

use super::{Index, Named, Space, build};
use crate::FormId;
use prog_base::{Diagnostic, Span};
use prog_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

/// A track's declarations in source order, over all blocks that name it.
pub(crate) struct TrackNames<'a> {
    /// Its head where it first stands.
    pub head: &'a ast::Head,
    /// The blocks that declare for it.
    pub blocks: Vec<&'a ast::Track>,
    /// The forms an applicant fills.
    pub forms: Vec<FormId>,
    /// Facts.
    pub facts: Vec<&'a ast::Fact>,
    /// Rules; `rules[i]` is `RuleId(i)`.
    pub rules: Vec<RuleName<'a>>,
    /// Lets and outputs (`true`), in source order; their `LetId`s follow the order of evaluation instead.
    pub lets: Vec<(&'a ast::Let, bool)>,
    /// Groups of rules; an inner group comes after its outer one.
    pub groups: Vec<&'a ast::Conditions>,
    /// Outcome blocks (more than one is a fault).
    pub outcomes: Vec<&'a ast::Outcomes>,
    /// Positions in `rules` and `lets` by name.
    rule_at: BTreeMap<&'a str, usize>,
    let_at: BTreeMap<&'a str, usize>,
    /// What a score's name means as a condition: the rules of the group that has the name of its total.
    scores: BTreeMap<&'a str, Vec<usize>>,
    /// What a group's name means as a condition: its rules that must hold, inner groups' too.
    conditions: BTreeMap<&'a str, Vec<usize>>,
}

/// A rule as other expressions see it.
pub(crate) struct RuleName<'a> {
    /// The declaration.
    pub rule: &'a ast::Rule,
    /// The groups that hold it, outermost first (indexes into [`TrackNames::groups`]).
    pub groups: Vec<usize>,
    /// It can be not applicable: it has `when`, `unless`, `each`, or a waiver names it (semantics 1.2, 1.3).
    pub may_lapse: bool,
}

impl<'a> TrackNames<'a> {
    pub(super) fn new(head: &'a ast::Head, block: &'a ast::Track) -> Self {
        Self {
            head,
            blocks: vec![block],
            forms: Vec::new(),
            facts: Vec::new(),
            rules: Vec::new(),
            lets: Vec::new(),
            groups: Vec::new(),
            outcomes: Vec::new(),
            rule_at: BTreeMap::new(),
            let_at: BTreeMap::new(),
            scores: BTreeMap::new(),
            conditions: BTreeMap::new(),
        }
    }

    fn members(&mut self, members: &'a [ast::TrackMember], groups: &[usize]) {
        for member in members {
            match member {
                ast::TrackMember::Fact(f) => self.facts.push(f),
                ast::TrackMember::Let(l) => self.lets.push((l, false)),
                ast::TrackMember::Output(l) => self.lets.push((l, true)),
                ast::TrackMember::Outcomes(o) => self.outcomes.push(o),
                // Scores have been written out as lets and rules.
                ast::TrackMember::Bad(_) | ast::TrackMember::Score(_) => {}
                ast::TrackMember::Rule(rule) => {
                    let may_lapse = rule.when.is_some() || rule.unless.is_some() || rule.each.is_some();
                    self.rules.push(RuleName { rule, groups: groups.to_vec(), may_lapse });
                }
                ast::TrackMember::Conditions(c) => {
                    let inner: Vec<usize> = groups.iter().copied().chain([self.groups.len()]).collect();
                    self.groups.push(c);
                    self.members(&c.members, &inner);
                }
            }
        }
    }

    /// The position of a rule in [`TrackNames::rules`].
    pub(crate) fn rule_named(&self, name: &str) -> Option<usize> {
        self.rule_at.get(name).copied()
    }

    /// The member of this name of a threshold that is asked of the case as a whole.
    pub(crate) fn member_named(&self, name: &str) -> Option<&'a ast::Member> {
        self.rules.iter().filter(|r| r.rule.each.is_none()).find_map(|r| member_in(&r.rule.test, name))
    }

    /// The position of a let in [`TrackNames::lets`].
    pub(crate) fn let_named(&self, name: &str) -> Option<usize> {
        self.let_at.get(name).copied()
    }

    /// The rules that a score's name stands for as a condition.
    pub(crate) fn score_named(&self, name: &str) -> Option<&[usize]> {
        self.scores.get(name).map(Vec::as_slice)
    }

    /// The rules that a group's name stands for as a condition, where nothing else has that name; whether each may lapse.
    pub(crate) fn conditions_named(&self, name: &str) -> Option<Vec<(usize, bool)>> {
        let own = self.rule_at.contains_key(name) || self.let_at.contains_key(name);
        let rules = self.conditions.get(name).filter(|_| !own)?;
        Some(rules.iter().map(|i| (*i, self.rules[*i].may_lapse)).collect())
    }

    /// Remembers where each name stands; the first of two equal names counts.
    fn places(&mut self) {
        for (i, r) in self.rules.iter().enumerate() {
            self.rule_at.entry(&r.rule.head.name.text).or_insert(i);
        }
        for (i, (l, _)) in self.lets.iter().enumerate() {
            self.let_at.entry(&l.head.name.text).or_insert(i);
        }
        for (i, rule) in self.rules.iter().enumerate() {
            let group = rule.groups.last().map(|g| self.groups[*g].head.name.text.as_str());
            if let Some(name) = group.filter(|name| self.let_at.contains_key(name)) {
                self.scores.entry(name).or_default().push(i);
            }
            if matches!(rule.rule.strength, ast::Strength::Require | ast::Strength::Complete) {
                for group in &rule.groups {
                    self.conditions.entry(self.groups[*group].head.name.text.as_str()).or_default().push(i);
                }
            }
        }
    }

    /// Rules that a waiver lifts, alone or with their group, can be not applicable.
    fn waivers(&mut self) {
        let waived: BTreeSet<String> = self.rules.iter().flat_map(|r| r.rule.waives.iter().map(|w| w.name.text.clone())).collect();
        let named = |head: &ast::Head| waived.contains(&head.name.text);
        let groups: Vec<bool> = self.groups.iter().map(|g| named(&g.head)).collect();
        for rule in &mut self.rules {
            rule.may_lapse |= named(&rule.rule.head) || rule.groups.iter().any(|g| groups[*g]);
        }
    }

    fn duplicates(&self, out: &mut Vec<Diagnostic>) {
        let rules = self.rules.iter().map(|r| &r.rule.head.name).chain(self.lets.iter().map(|(l, _)| &l.head.name));
        once(self.facts.iter().map(|f| &f.head.name), out);
        once(rules, out);
        once(self.groups.iter().map(|g| &g.head.name), out);
    }
}

/// Each name once.
fn once<'n>(names: impl Iterator<Item = &'n ast::Name>, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for name in names {
        if let Some(first) = seen.get(name.text.as_str()) {
            out.push(build::duplicate(name, *first));
        } else {
            seen.insert(&name.text, name.span);
        }
    }
}

impl<'a> Index<'a> {
    /// Walks the blocks of every track once all names are known.
    pub(super) fn fill_tracks(&mut self, out: &mut Vec<Diagnostic>) {
        let mut tracks = std::mem::take(&mut self.tracks);
        for track in &mut tracks {
            for block in track.blocks.clone() {
                track.members(&block.members, &[]);
                let forms = block.forms.iter().filter_map(|n| match self.get(Space::Document, n) {
                    Some(Named::Form(id)) => Some(id),
                    Some(_) | None => None,
                });
                track.forms.extend(forms);
            }
            track.places();
            track.waivers();
            track.duplicates(out);
        }
        self.tracks = tracks;
    }
}

fn member_in<'a>(test: &'a ast::Test, name: &str) -> Option<&'a ast::Member> {
    let ast::Test::Threshold { members, .. } = test else { return None };
    members.iter().find_map(|m| if m.head.name.text == name { Some(m) } else { member_in(&m.test, name) })
}
