//! Actors, enums, records, units, lets, explanations, asserts, duties.

use super::{Builder, expr};
use crate::ast::{
    Actor, Assert, Duty, Effective, Enum, EnumOrder, EnumValue, Explain, Expr, ExprKind, Let, Name, Record, Unit, UnitMeaning,
};
use crate::grammar::{Pair, Rule};
use crate::messages;

impl Builder<'_> {
    /// `actor NAME "label" per KEY`.
    pub fn actor(&mut self, pair: Pair) -> Actor {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut actor = Actor { head: self.bare_head(self.no_name(span), start), per: None, span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::decl => actor.head = self.head(p, start),
                Rule::actor_per => {
                    let key = self.name_in(p);
                    self.once(&mut actor.per, key, place);
                }
                _ => {
                    self.head_part(&mut actor.head, p);
                }
            }
        }
        actor
    }

    /// `enum NAME ordered { … }`.
    pub fn enum_decl(&mut self, pair: Pair) -> Enum {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut item = Enum { head: self.bare_head(self.no_name(span), start), order: EnumOrder::None, values: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => item.head = self.head(p, start),
                Rule::kw_ordered => item.order = EnumOrder::LowestFirst,
                Rule::kw_best_first => item.order = EnumOrder::BestFirst,
                Rule::odd => self.odd(p, Rule::enum_decl),
                Rule::enum_value => {
                    let value = self.enum_value(p);
                    item.values.push(value);
                }
                Rule::bad => {
                    self.bad(p, Rule::only_value);
                }
                _ => {
                    self.head_part(&mut item.head, p);
                }
            }
        }
        item
    }

    fn enum_value(&mut self, pair: Pair) -> EnumValue {
        let start = pair.as_span().start();
        let mut value = EnumValue { head: self.bare_head(self.no_name(self.span(&pair)), start), retired_since: None };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => value.head = self.head(p, start),
                Rule::retired => value.retired_since = self.integer_in(p),
                _ => {
                    self.head_part(&mut value.head, p);
                }
            }
        }
        value
    }

    /// `record NAME { fields }`.
    pub fn record(&mut self, pair: Pair) -> Record {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut record = Record { head: self.bare_head(self.no_name(span), start), fields: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => record.head = self.head(p, start),
                Rule::odd => self.odd(p, Rule::record),
                Rule::field => record.fields.extend(self.plain_field(p)),
                Rule::bad => {
                    self.bad(p, Rule::only_field);
                }
                _ => {}
            }
        }
        record
    }

    /// `unit 元 : money`, `unit 万元 = 10_000 元`.
    pub fn declared_unit(&mut self, pair: Pair) -> Unit {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let (mut head, mut factor, mut name) = (self.bare_head(self.no_name(span), start), None, None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => head = self.head(p, start),
                Rule::value => factor = Some(self.value(p)),
                Rule::name => name = Some(self.name(p)),
                _ => {}
            }
        }
        let meaning = match (factor, name) {
            (None, Some(dimension)) => UnitMeaning::Base(dimension),
            (Some(factor), Some(of)) => UnitMeaning::Multiple { factor, of },
            (Some(mut factor), None) => match take_unit(&mut factor) {
                Some(of) => UnitMeaning::Multiple { factor, of },
                None => {
                    self.say(messages::unit_of_what(factor.span));
                    UnitMeaning::Multiple { of: self.no_name(factor.span.after()), factor: expr::bad(span) }
                }
            },
            (None, None) => UnitMeaning::Base(self.no_name(span)),
        };
        Unit { head, meaning, span }
    }

    /// `let NAME : TYPE = EXPR`, also `output`.
    pub fn let_decl(&mut self, pair: Pair) -> Let {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut item =
            Let { head: self.bare_head(self.no_name(span), start), effective: None, ty: None, value: expr::bad(span), out_of: None, span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::decl => item.head = self.head(p, start),
                Rule::type_expr => item.ty = Some(self.type_expr(p)),
                Rule::expr => item.value = self.expr(p),
                Rule::effective => {
                    let (place, version) = (self.span(&p), self.effective(p));
                    self.once(&mut item.effective, version, place);
                }
                _ => {
                    self.head_part(&mut item.head, p);
                }
            }
        }
        item
    }

    /// `effective D to D2`.
    pub fn effective(&mut self, pair: Pair) -> Effective {
        let span = self.trimmed(&pair);
        let mut days = pair.into_inner().filter(|p| p.as_rule() == Rule::value).map(|p| self.value(p)).collect::<Vec<_>>().into_iter();
        Effective { from: days.next().unwrap_or(expr::bad(span)), to: days.next(), span }
    }

    /// `explain T.C by EXPR`.
    pub fn explain(&mut self, pair: Pair) -> Explain {
        let span = self.trimmed(&pair);
        let (mut names, mut cites, mut message, mut by) = (Vec::new(), Vec::new(), None, expr::bad(span));
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::name => names.push(self.name(p)),
                Rule::cites => cites.extend(self.cites(p)),
                Rule::message => {
                    let words = self.message(p);
                    self.once(&mut message, words, place);
                }
                Rule::expr => by = self.expr(p),
                _ => {}
            }
        }
        let mut names = names.into_iter();
        let (table, column) = (names.next().unwrap_or(self.no_name(span)), names.next().unwrap_or(self.no_name(span)));
        Explain { table, column, cites, by, message, span }
    }

    /// `assert NAME? : EXPR`.
    pub fn assert(&mut self, pair: Pair) -> Assert {
        let (start, span) = (pair.as_span().start(), self.trimmed(&pair));
        let mut item = Assert { head: self.bare_head(self.no_name(span), start), test: expr::bad(span), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::assert_name => item.head.name = self.name_in(p),
                Rule::expr => item.test = self.expr(p),
                _ => {
                    self.head_part(&mut item.head, p);
                }
            }
        }
        item
    }

    /// `STRENGTH? duty ACTOR NAME? [cites] "text" at STAGE`.
    pub fn duty(&mut self, pair: Pair) -> Duty {
        let span = self.trimmed(&pair);
        let actor = self.no_name(span);
        let mut duty = Duty { actor, cites: Vec::new(), message: None, name: None, strength: None, at: None, span };
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::name => duty.actor = self.name(p),
                Rule::strength => duty.strength = Some(super::rule::strength(p)),
                Rule::duty_name => duty.name = Some(self.name_in(p)),
                Rule::at => {
                    let stage = self.name_in(p);
                    self.once(&mut duty.at, stage, place);
                }
                Rule::cites => duty.cites.extend(self.cites(p)),
                Rule::message => {
                    let words = self.message(p);
                    self.once(&mut duty.message, words, place);
                }
                _ => {}
            }
        }
        duty
    }
}

/// Takes the unit off the last number of a factor: `10_000 元` is ten thousand of 元.
fn take_unit(factor: &mut Expr) -> Option<Name> {
    match &mut factor.kind {
        ExprKind::Number { unit, .. } => unit.take(),
        ExprKind::Arithmetic { right, .. } => take_unit(right),
        _ => None,
    }
}
