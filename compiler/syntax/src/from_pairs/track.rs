//! Tracks, facts, groups of rules, outcomes.

use super::Builder;
use crate::ast::{Conditions, Fact, Outcomes, Track, TrackMember, TypeExpr, TypeKind};
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
        let mut members = Vec::new();
        for p in pair.into_inner() {
            members.push(match p.as_rule() {
                Rule::fact => TrackMember::Fact(self.fact(p)),
                Rule::rule => TrackMember::Rule(self.rule(p)),
                Rule::conditions => TrackMember::Conditions(self.conditions(p)),
                Rule::let_decl => TrackMember::Let(self.let_decl(p)),
                Rule::outcomes => TrackMember::Outcomes(self.outcomes(p)),
                Rule::output => TrackMember::Output(self.let_decl(p)),
                Rule::later_score => TrackMember::Bad(self.later(p)),
                Rule::bad => TrackMember::Bad(self.bad(p, Rule::only_track)),
                _ => continue,
            });
        }
        members
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
