//! The surroundings of a quota: one group of cases, with its keys.

use crate::eval::aggregate::{Member, Portion, aggregate, share};
use crate::eval::{Frame, Scope, eval, truth};
use crate::prepared::Prepared;
use crate::readings::Setting;
use crate::report::{Note, add_note};
use crate::scene::{Scene, any_stage, as_day};
use crate::truth::Truth;
use crate::value::{Needs, Value};
use prog_model::{Aggregation, CaseMember, Deadline, Expr, InputId, LetId, Programme, RuleId, ShareMember, StageId};
use std::collections::BTreeSet;

/// One group of cases.
pub(crate) struct Group<'g, 'a> {
    pub prepared: &'a Prepared<'a>,
    pub settings: &'g [Setting],
    /// All cases of the batch.
    pub scenes: &'g mut [Scene<'a>],
    /// Positions of the group's cases, each with whether it surely belongs.
    pub members: &'g [(usize, Truth<'a>)],
    pub frame: Frame<'a>,
    /// Positions of cases that an aggregate counted surely or maybe, each once.
    pub counted: BTreeSet<usize>,
    /// Part and base of the last share.
    pub portions: Option<(u64, u64)>,
}

impl<'a> Group<'_, 'a> {
    /// Evaluates in the scope of one case, with the group's keys.
    fn in_case<T>(&mut self, at: usize, work: impl FnOnce(&mut Scene<'a>) -> T) -> T {
        let keys = self.frame.keys.last().cloned().unwrap_or_default();
        let subject = self.frame.subject;
        let scene = &mut self.scenes[at];
        scene.frame.keys.push(keys);
        let outer = std::mem::replace(&mut scene.frame.subject, subject);
        let before = scene.frame.notes.len();
        let result = work(scene);
        scene.frame.subject = outer;
        scene.frame.keys.pop();
        // What a filter notes is noted of the quota; what a fact or let of the case notes stands in the report of the case.
        let own = |note: &Note<'a>| subject.is_some_and(|s| s.key == note.rule);
        for note in scene.frame.notes.split_off(before).into_iter().filter(own) {
            add_note(&mut self.frame.notes, note);
        }
        result
    }

    fn count(&mut self, at: usize, truth: &Truth<'a>) {
        if !truth.is_false() {
            self.counted.insert(at);
        }
    }

    /// A deadline's value, outside any case.
    pub(crate) fn deadline(&mut self, deadline: &'a Deadline) -> Value<'a> {
        match deadline {
            Deadline::At(e) | Deadline::Inferred(e) => eval(self, e),
            Deadline::Unknown(_) | Deadline::Absent => Value::unknown(Needs::notice()),
        }
    }
}

impl<'a> Scope<'a> for Group<'_, 'a> {
    fn programme(&self) -> &'a Programme {
        self.prepared.programme
    }

    fn frame(&mut self) -> &mut Frame<'a> {
        &mut self.frame
    }

    fn setting(&self, reading: usize) -> &Setting {
        &self.settings[reading]
    }

    fn input(&mut self, _id: InputId) -> Value<'a> {
        Value::None
    }

    fn is_given(&mut self, _id: InputId) -> bool {
        false
    }

    fn rule(&mut self, _id: RuleId) -> Value<'a> {
        Value::None
    }

    fn named(&mut self, _id: LetId) -> Value<'a> {
        Value::None
    }

    fn named_expr(&self, _id: LetId) -> Option<&'a Expr> {
        None
    }

    fn due(&mut self, stage: StageId) -> Value<'a> {
        let due = any_stage(self.programme(), stage).and_then(|s| s.due.as_ref());
        let Some(due) = due else { return Value::unknown(Needs::notice()) };
        let value = self.deadline(due);
        as_day(self.programme(), value)
    }

    fn time(&mut self, _stage: StageId) -> Value<'a> {
        Value::None
    }

    fn over_cases(&mut self, op: Aggregation, members: &'a [CaseMember]) -> Value<'a> {
        let mut all = Vec::new();
        for (at, belongs) in self.members {
            let Some(member) = members.iter().find(|m| m.track == self.scenes[*at].id) else { continue };
            let (filter, value) = self.in_case(*at, |scene| {
                let filter = member.filter.as_ref().map_or(Truth::True, |f| truth(scene, f));
                let value = if filter.is_false() { None } else { member.value.as_ref().map(|v| eval(scene, v)) };
                (filter, value)
            });
            let counts = Truth::and([belongs.clone(), filter]);
            self.count(*at, &counts);
            all.push(Member { counts, value });
        }
        aggregate(op, all)
    }

    fn share(&mut self, members: &'a [ShareMember]) -> Value<'a> {
        let mut all = Vec::new();
        for (at, belongs) in self.members {
            let Some(member) = members.iter().find(|m| m.track == self.scenes[*at].id) else { continue };
            let (base, part) = self.in_case(*at, |scene| {
                let base = member.base.as_ref().map_or(Truth::False, |e| truth(scene, e));
                let part = member.part.as_ref().map_or(Truth::False, |e| truth(scene, e));
                (base, part)
            });
            let base = Truth::and([belongs.clone(), base]);
            self.count(*at, &base);
            all.push(Portion { base, part });
        }
        let share = share(all);
        self.portions = share.counted;
        share.value
    }
}
