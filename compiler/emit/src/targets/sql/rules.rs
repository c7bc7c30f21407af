//! Rules as columns: the result in words, and what is awaited (semantics 1.2, 4).
//!
//! In: the rules of a track. Out: [`Judged`]. Always: `needs` is NULL unless the result is unknown or pending.

use super::columns::column_of;
use super::node::{Awaits, Node, all_needs, awaited, judged};
use super::number::Refused;
use super::scope::Scope;
use super::tree::{Function, Sql, and, call, case, compare, equal, given, not, text};
use crate::names::pointer_step;
use prog_model::{Rule, RuleId, Strength, Test, TestMember};

/// A rule in the making.
#[derive(Clone, Debug)]
pub struct Judged {
    /// `met`, `unmet`, `unknown`, `pending`, `not applicable`.
    pub result: Sql,
    /// What is awaited.
    pub needs: Sql,
    /// Whether it may be not applicable.
    pub optional: bool,
    /// What it may wait for.
    pub awaits: Awaits,
}

impl Scope<'_> {
    /// Works a rule out and names its columns.
    pub fn judge(&mut self, id: RuleId) -> Result<Judged, Refused> {
        let track = self.p.track(self.track);
        let rule = &track.rules[id.index()];
        let waived = self.waived(rule)?;
        let code = id.index() + 1;
        let judged = match &rule.each {
            Some(list) => {
                let (judged, items) = self.each_item(rule, list, waived, code)?;
                self.each.insert(id, items);
                judged
            }
            None => {
                let guard = self.guard(rule)?;
                let applies = self.lifted(guard, waived);
                let test = self.test(&rule.test, &rule.ident.key)?;
                self.result(applies, test, &format!("r{code}"))?
            }
        };
        Ok(self.excused(rule, judged, code))
    }

    /// The result of a guard and a test together, as columns of these names.
    pub fn result(&mut self, applies: Node, test: Node, name: &str) -> Result<Judged, Refused> {
        let (applies, test) = (self.layers.shared(applies), self.layers.shared(test));
        let (needs, mut awaits) = all_needs([&applies, &test]);
        awaits.other |= applies.absent || test.absent;
        let optional = applies.value != Sql::Bool(true);
        let met = if test.is_sure() && !optional { case([(test.value.clone(), text("met"))], text("unmet")) } else { Sql::Null };
        if met != Sql::Null {
            let result = self.layers.name(name, met);
            return Ok(Judged { result, needs: Sql::Null, optional, awaits: Awaits::NOTHING });
        }
        let open = match (awaits.judged, awaits.other) {
            (false, _) => text("unknown"),
            (true, false) => text("pending"),
            (true, true) => {
                let needs = self.layers.name(format!("{name}?"), needs.clone());
                // Pending iff judgements, and nothing else, are awaited.
                let rest = call(Function::Replace, [needs.clone(), text("~j/"), text("")]);
                let others = compare(">", call(Function::Position, [rest, text("/")]), super::tree::int(0));
                case([(compare("<>", needs, text("")), case([(not(others), text("pending"))], text("unknown")))], text("unknown"))
            }
        };
        let mut arms = Vec::new();
        if optional {
            arms.push((not(applies.value.clone()), text("not applicable")));
        }
        arms.push((test.value.clone(), text("met")));
        arms.push((and([applies.value.clone(), not(test.value.clone())]), text("unmet")));
        let result = self.layers.name(name, case(arms, open));
        let open = Sql::In(Box::new(result.clone()), vec![text("unknown"), text("pending")]);
        let needs = if needs == Sql::Null { Sql::Null } else { super::tree::when(open, super::columns::or_empty(needs)) };
        let needs = self.layers.share(needs);
        Ok(Judged { result, needs, optional, awaits })
    }

    /// With a written reason an unmet `in principle` is met (semantics 1.5).
    fn excused(&mut self, rule: &Rule, judged: Judged, code: usize) -> Judged {
        if rule.strength != Strength::InPrinciple {
            return judged;
        }
        let reason = super::tree::column(column_of(&format!("/reasons/{}", pointer_step(&rule.ident.key))));
        let unmet = and([equal(judged.result.clone(), text("unmet")), given(reason)]);
        let result = self.layers.name(format!("e{code}"), case([(unmet, text("met"))], judged.result.clone()));
        Judged { result, ..judged }
    }

    /// Whether a waiver lifts the rule, if there is one.
    fn waived(&mut self, rule: &Rule) -> Result<Option<Node>, Refused> {
        let mut waivers = Vec::new();
        for waiver in &rule.waived_by {
            waivers.push(self.waiver(*waiver)?);
        }
        if waivers.is_empty() {
            return Ok(None);
        }
        let waived = self.layers.any(waivers);
        // An unknown waiver leaves a `complete` rule in force (semantics 4.3).
        let in_force = rule.strength == Strength::Complete;
        Ok(Some(if in_force { Node::known(super::tree::is_true(waived.value)) } else { waived }))
    }

    /// A guard, unless it is waived.
    pub fn lifted(&mut self, guard: Node, waived: Option<Node>) -> Node {
        let Some(waived) = waived else { return guard };
        let lifted = self.layers.not(waived);
        if guard.value == Sql::Bool(true) { lifted } else { self.layers.all(vec![guard, lifted]) }
    }

    /// `when ∧ ¬unless`.
    pub fn guard(&mut self, rule: &Rule) -> Result<Node, Refused> {
        let mut all = Vec::new();
        if let Some(when) = &rule.when {
            let when = self.expr(when)?;
            all.push(when);
        }
        if let Some(unless) = &rule.unless {
            let unless = self.expr(unless)?;
            all.push(self.layers.not(unless));
        }
        Ok(if all.is_empty() { Node::known(Sql::Bool(true)) } else { self.layers.all(all) })
    }

    /// Whether a waiver is met; one that does not apply waives nothing.
    pub fn waiver(&mut self, id: RuleId) -> Result<Node, Refused> {
        let judged = self.judged(id)?;
        let is = |word: &str| equal(judged.result.clone(), text(word));
        let mut arms = vec![(is("met"), Sql::Bool(true)), (is("unmet"), Sql::Bool(false))];
        if judged.optional {
            arms.push((is("not applicable"), Sql::Bool(false)));
        }
        Ok(Node { value: case(arms, Sql::Null), needs: judged.needs, number: None, absent: false, awaits: judged.awaits })
    }

    /// The truth of a test.
    pub fn test(&mut self, test: &Test, key: &str) -> Result<Node, Refused> {
        let place = |member: &str| format!("/{member}/{}", pointer_step(key));
        match test {
            Test::Bad => Ok(Node::unknown(text(""), Awaits::OTHER)),
            Test::Expr(e) => self.expr(e),
            Test::Judged { .. } => Ok(self.sheet(&place("judgements"), judged(key), Awaits::JUDGED)),
            Test::Attested { .. } => Ok(self.sheet(&place("attested"), awaited(key), Awaits::OTHER)),
            Test::External { as_of: None, .. } => Ok(self.sheet(&place("external"), awaited(key), Awaits::OTHER)),
            Test::External { as_of: Some(day), .. } => {
                let stated = self.sheet(&place("external"), awaited(key), Awaits::OTHER);
                let day = self.expr(day)?;
                let as_of = super::tree::column(super::columns::short(&format!("{}@", column_of(&place("external")))));
                let counts = equal(as_of, day.value.clone());
                let value = super::tree::when(super::tree::is_true(counts), stated.value.clone());
                let open = given(day.needs.clone());
                let needs =
                    case([(and([given(stated.value), open]), day.needs), (super::tree::is_null(value.clone()), awaited(key))], Sql::Null);
                Ok(Node { value, needs, number: None, absent: false, awaits: Awaits::OTHER })
            }
            Test::Threshold { need, members } => self.threshold(*need, members),
        }
    }

    /// A Kleene threshold: a member that does not apply is passed over where all are asked for, else it is not met.
    fn threshold(&mut self, need: usize, members: &[TestMember]) -> Result<Node, Refused> {
        let all = need == members.len();
        let mut truths = Vec::with_capacity(members.len());
        for member in members {
            let test = self.test(&member.test, &member.ident.key)?;
            let Some(when) = &member.when else {
                truths.push(test);
                continue;
            };
            let applies = self.expr(when)?;
            truths.push(if all {
                let passed = self.layers.not(applies);
                self.layers.any(vec![passed, test])
            } else {
                self.layers.all(vec![applies, test])
            });
        }
        Ok(self.layers.at_least(need, truths))
    }
}
