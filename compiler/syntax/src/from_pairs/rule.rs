//! Rules of every strength, what they test, and quotas.

use super::{Builder, choice, expr};
use crate::ast::{Member, Need, Quota, Rule as RuleNode, Strength, Test, Waived};
use crate::grammar::{Pair, Rule};
use crate::messages;

impl Builder<'_> {
    /// `STRENGTH NAME [cites] "message" … : TEST …`.
    pub fn rule(&mut self, pair: Pair) -> RuleNode {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut rule = RuleNode {
            strength: Strength::Require,
            head: self.bare_head(self.no_name(span), start),
            at: None,
            effective: None,
            each: None,
            when: None,
            unless: None,
            test: Test::Bad(span),
            outcome: None,
            waives: Vec::new(),
            needs: Vec::new(),
            span,
        };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::strength => rule.strength = strength(p),
                Rule::decl => rule.head = self.head(p, start),
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut rule.at, stage, place);
                }
                Rule::effective => {
                    let version = self.effective(p);
                    self.once(&mut rule.effective, version, place);
                }
                Rule::each => {
                    let list = self.expr_in(p);
                    self.once(&mut rule.each, list, place);
                }
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut rule.when, guard, place);
                }
                Rule::unless => {
                    let guard = self.expr_in(p);
                    self.once(&mut rule.unless, guard, place);
                }
                Rule::test => rule.test = self.test(p),
                Rule::else_outcome => {
                    let outcome = self.name_in(p);
                    self.once(&mut rule.outcome, outcome, place);
                }
                Rule::waives => rule.waives.extend(self.waives(p)),
                Rule::needs => rule.needs.extend(self.names_in(p)),
                _ => {
                    self.head_part(&mut rule.head, p);
                }
            }
        }
        rule
    }

    fn waives(&mut self, pair: Pair) -> Vec<Waived> {
        let mut waived = Vec::new();
        for p in pair.into_inner().filter(|p| p.as_rule() == Rule::waived) {
            let span = self.span(&p);
            let mut names = self.names_in(p).into_iter();
            waived.push(Waived { name: names.next().unwrap_or(self.no_name(span)), to: names.next() });
        }
        waived
    }

    /// What a rule tests.
    pub fn test(&mut self, pair: Pair) -> Test {
        let span = self.trimmed(&pair);
        match pair.into_inner().next() {
            None => Test::Bad(span),
            Some(p) => match p.as_rule() {
                Rule::expr => Test::Expr(self.expr(p)),
                Rule::threshold => self.threshold(p),
                _ => self.origin(p),
            },
        }
    }

    /// `judged by …`, `attested …`, `external …`: where a value comes from.
    pub fn origin(&mut self, pair: Pair) -> Test {
        let span = self.trimmed(&pair);
        match pair.as_rule() {
            Rule::judged => self.judged(pair),
            Rule::attested => Test::Attested { with: self.names_in(pair), span },
            Rule::external => {
                let (mut register, mut as_of) = (crate::ast::Str { text: String::new(), span }, None);
                for p in pair.into_inner() {
                    match p.as_rule() {
                        Rule::string => register = self.string(p),
                        Rule::value => as_of = Some(Box::new(self.value(p))),
                        _ => {}
                    }
                }
                Test::External { register, as_of, span }
            }
            _ => Test::Bad(span),
        }
    }

    fn judged(&mut self, pair: Pair) -> Test {
        let span = self.trimmed(&pair);
        let (mut by, mut on, mut opened, mut closed) = (self.no_name(span), Vec::new(), false, false);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::kw_judged_by => opened = p.as_str().starts_with('由'),
                Rule::kw_judged_end => closed = true,
                Rule::name => by = self.name(p),
                Rule::names => on = self.names_in(p),
                _ => {}
            }
        }
        if opened && !closed {
            self.say(messages::judged_without_end(by.span));
        }
        Test::Judged { by, on, span }
    }

    fn threshold(&mut self, pair: Pair) -> Test {
        let span = self.trimmed(&pair);
        let (mut need, mut members) = (Need::Any, Vec::new());
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::need => {
                    need = match choice(p.clone()) {
                        Some(Rule::kw_all_of) => Need::All,
                        Some(Rule::kw_at_least_of) => Need::AtLeast(self.integer_in(p).unwrap_or(1)),
                        _ => Need::Any,
                    }
                }
                Rule::member => members.push(self.member(p)),
                Rule::bad => {
                    let span = self.bad(p, Rule::only_member);
                    let head = self.bare_head(self.no_name(span), 0);
                    members.push(Member { head, when: None, test: Test::Bad(span), span });
                }
                _ => {}
            }
        }
        Test::Threshold { need, members, span }
    }

    fn member(&mut self, pair: Pair) -> Member {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut member = Member { head: self.bare_head(self.no_name(span), start), when: None, test: Test::Bad(span), span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => member.head = self.head(p, start),
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut member.when, guard, place);
                }
                Rule::test => member.test = self.test(p),
                _ => {
                    self.head_part(&mut member.head, p);
                }
            }
        }
        member
    }

    /// `[in principle] quota NAME … per KEY : EXPR`.
    pub fn quota(&mut self, pair: Pair) -> Quota {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut quota = Quota {
            strength: None,
            head: self.bare_head(self.no_name(span), start),
            at: None,
            per: Vec::new(),
            every: false,
            when: None,
            test: expr::bad(span),
            outcome: None,
            span,
        };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::strength => quota.strength = Some(strength(p)),
                Rule::decl => quota.head = self.head(p, start),
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut quota.at, stage, place);
                }
                Rule::per => {
                    quota.every |= p.clone().into_inner().any(|q| q.as_rule() == Rule::kw_every);
                    for q in p.into_inner().filter(|q| q.as_rule() == Rule::value) {
                        let key = self.value(q);
                        quota.per.push(key);
                    }
                }
                Rule::when => {
                    let guard = self.expr_in(p);
                    self.once(&mut quota.when, guard, place);
                }
                Rule::expr => quota.test = self.expr(p),
                Rule::else_outcome => {
                    let outcome = self.name_in(p);
                    self.once(&mut quota.outcome, outcome, place);
                }
                _ => {
                    self.head_part(&mut quota.head, p);
                }
            }
        }
        quota
    }
}

pub(super) fn strength(pair: Pair) -> Strength {
    match choice(pair) {
        Some(Rule::kw_complete) => Strength::Complete,
        Some(Rule::kw_in_principle) => Strength::InPrinciple,
        Some(Rule::kw_prefer) => Strength::Prefer,
        Some(Rule::kw_encourage) => Strength::Encourage,
        Some(Rule::kw_note_rule) => Strength::Note,
        Some(Rule::kw_waive) => Strength::Waive,
        _ => Strength::Require,
    }
}
