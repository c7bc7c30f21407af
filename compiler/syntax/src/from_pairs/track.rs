//! Tracks, facts, groups of rules, outcomes.

use super::Builder;
use super::expr::bad;
use crate::ast::{Conditions, Fact, Outcomes, Score, ScoreItem, Track, TrackMember, TypeExpr, TypeKind};
use crate::grammar::{Pair, Rule};

impl Builder<'_> {
    /// `track A, B { … }`.
    pub fn track(&mut self, pair: Pair) -> Track {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut track = Track { heads: Vec::new(), forms: Vec::new(), members: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => {
                    let head = self.head(p, start);
                    track.heads.push(head);
                }
                Rule::applies_with => track.forms.extend(self.names_in(p)),
                Rule::odd => self.odd(p, Rule::track),
                Rule::track_members => track.members = self.track_members(p),
                _ => {
                    if let Some(mut last) = track.heads.pop() {
                        self.head_part(&mut last, p);
                        track.heads.push(last);
                    }
                }
            }
        }
        track
    }

    fn track_members(&mut self, pair: Pair) -> Vec<TrackMember> {
        pair.into_inner().filter_map(|p| self.track_member(p)).collect()
    }

    /// A member of a track; punctuation gives nothing.
    pub fn track_member(&mut self, p: Pair) -> Option<TrackMember> {
        Some(match p.as_rule() {
            Rule::fact => TrackMember::Fact(self.fact(p)),
            Rule::rule => TrackMember::Rule(self.rule(p)),
            Rule::conditions => TrackMember::Conditions(self.conditions(p)),
            Rule::let_decl => TrackMember::Let(self.let_decl(p)),
            Rule::outcomes => TrackMember::Outcomes(self.outcomes(p)),
            Rule::output => TrackMember::Output(self.let_decl(p)),
            Rule::score => TrackMember::Score(self.score(p)),
            Rule::bad => TrackMember::Bad(self.bad(p, Rule::only_track)),
            _ => return None,
        })
    }

    fn fact(&mut self, pair: Pair) -> Fact {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let ty = TypeExpr { kind: TypeKind::Bad, unit: None, from: None, to: None, step: None, limits: Vec::new(), span };
        let mut fact =
            Fact { head: self.bare_head(self.no_name(span), start), ty, optional: false, origin: None, when: None, at: None, span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => fact.head = self.head(p, start),
                Rule::type_expr => fact.ty = self.type_expr(p),
                Rule::optional => fact.optional = true,
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut fact.when, guard, place);
                }
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut fact.at, stage, place);
                }
                Rule::judged | Rule::attested | Rule::external => {
                    let origin = self.origin(p);
                    self.once(&mut fact.origin, origin, place);
                }
                _ => {}
            }
        }
        fact
    }

    fn conditions(&mut self, pair: Pair) -> Conditions {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut group = Conditions { head: self.bare_head(self.no_name(span), start), members: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => group.head = self.head(p, start),
                Rule::odd => self.odd(p, Rule::conditions),
                Rule::track_members => group.members = self.track_members(p),
                _ => {}
            }
        }
        group
    }

    fn score(&mut self, pair: Pair) -> Score {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut score = Score { head, at: None, out_of: None, pass: None, outcome: None, items: Vec::new(), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => score.head = self.head(p, start),
                Rule::out_of => {
                    let most = self.expr_in(p);
                    self.once(&mut score.out_of, most, place);
                }
                Rule::pass => {
                    let mark = self.expr_in(p);
                    self.once(&mut score.pass, mark, place);
                }
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut score.at, stage, place);
                }
                Rule::else_outcome => {
                    let outcome = self.name_in(p);
                    self.once(&mut score.outcome, outcome, place);
                }
                Rule::odd => self.odd(p, Rule::score),
                Rule::score_items => score.items = self.score_items(p),
                _ => {
                    self.head_part(&mut score.head, p);
                }
            }
        }
        score
    }

    fn score_items(&mut self, pair: Pair) -> Vec<ScoreItem> {
        let mut items = Vec::new();
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::score_item => items.push(self.score_item(p)),
                Rule::bad => {
                    self.bad(p, Rule::only_points);
                }
                _ => {}
            }
        }
        items
    }

    fn score_item(&mut self, pair: Pair) -> ScoreItem {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let head = self.bare_head(self.no_name(span), start);
        let mut item = ScoreItem { head, weight: None, out_of: None, value: bad(span), least: None, other_than: None, span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            let asked = p.as_rule();
            match asked {
                Rule::decl => item.head = self.head(p, start),
                Rule::value => item.value = self.value(p),
                Rule::item_choice => item.value = self.choice(p),
                Rule::out_of | Rule::weight | Rule::item_least | Rule::item_not => {
                    let value = self.expr_in(p);
                    let slot = match asked {
                        Rule::out_of => &mut item.out_of,
                        Rule::weight => &mut item.weight,
                        Rule::item_least => &mut item.least,
                        _ => &mut item.other_than,
                    };
                    self.once(slot, value, place);
                }
                _ => {
                    self.head_part(&mut item.head, p);
                }
            }
        }
        item
    }

    fn outcomes(&mut self, pair: Pair) -> Outcomes {
        let mut outcomes = Outcomes { cites: Vec::new(), values: Vec::new(), span: self.trimmed(&pair) };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::cites => outcomes.cites.extend(self.cites(p)),
                Rule::decl => {
                    let start = p.as_span().start();
                    outcomes.values.push(self.head(p, start));
                }
                Rule::bad => {
                    self.bad(p, Rule::only_value);
                }
                _ => {}
            }
        }
        outcomes
    }
}
