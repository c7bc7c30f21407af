//! Parts of conditions that make no difference: members of `and` and `or` that the others decide, branches of `if` that are never taken.
//!
//! In: the conditions of rules, lets, entries and materials. Out: findings at the part. Always: said only where it is so for every case; that
//! a part says that a value is there is no reason against it, since reading the value needs it.

use super::rules::{OfTrack, RuleFault, RuleFinding, Taken, taken};
use crate::region::{self, Answer, Condition, Example};
use crate::{Expr, ExprKind, RuleId, Test};
use prog_base::{Diagnostic, Text, codes, text};

impl<'p> OfTrack<'p, '_> {
    /// All conditions of a track.
    pub(super) fn parts(&mut self) {
        let Some(id) = self.track else { return };
        let (p, track) = (self.p, self.p.track(id));
        for (at, rule) in track.rules.iter().enumerate() {
            let rule_id = Some(RuleId(at as u32));
            rule.when.iter().chain(&rule.unless).for_each(|e| self.part(rule_id, e, &[]));
            let guards = super::rules::guards(rule);
            self.parts_of(rule_id, &rule.test, &guards);
        }
        let computed = track.inputs.iter().flat_map(|i| p.input(*i).when.iter());
        let materials = track.materials.iter().flat_map(|m| &p.materials[m.index()].when).filter(|(t, _)| *t == id).map(|(_, e)| e);
        let lets = track.lets.iter().map(|l| &l.value);
        lets.chain(computed).chain(materials).for_each(|e| self.part(None, e, &[]));
    }

    fn parts_of(&mut self, rule: Option<RuleId>, test: &'p Test, known: &[Taken<'p>]) {
        match test {
            Test::Expr(e) => self.part(rule, e, known),
            Test::Threshold { members, .. } => {
                for member in members {
                    member.when.iter().for_each(|e| self.part(rule, e, known));
                    let known: Vec<Taken<'p>> = known.iter().copied().chain(member.when.iter().map(|e| (e, true))).collect();
                    self.parts_of(rule, &member.test, &known);
                }
            }
            Test::Bad | Test::Judged { .. } | Test::Attested { .. } | Test::External { .. } => {}
        }
    }

    /// An expression with what holds where it stands.
    fn part(&mut self, rule: Option<RuleId>, e: &'p Expr, known: &[Taken<'p>]) {
        match &e.kind {
            ExprKind::And(list) | ExprKind::Or(list) => {
                let and = matches!(e.kind, ExprKind::And(_));
                if self.varies(e, known) {
                    self.members(rule, list, and, known);
                }
                list.iter().for_each(|x| self.part(rule, x, known));
            }
            ExprKind::If { test, then, other } => {
                for (truth, branch) in [(true, then), (false, other)] {
                    let with = [known, &[(&**test, truth)]].concat();
                    if self.never(&with) {
                        self.idle(rule, branch, text!("这一支永远走不到", "this branch is never taken"), Some(test), None);
                    } else {
                        self.part(rule, branch, &with);
                    }
                }
                self.part(rule, test, known);
            }
            // What is asked of items and of other cases stands in a scope of its own.
            ExprKind::OverList { .. } | ExprKind::OverCases { .. } | ExprKind::Share { .. } => {}
            _parts => e.parts().into_iter().for_each(|x| self.part(rule, x, known)),
        }
    }

    /// Members that the others decide, the last of them first.
    fn members(&mut self, rule: Option<RuleId>, list: &'p [Expr], and: bool, known: &[Taken<'p>]) {
        let mut others: Vec<&'p Expr> = list.iter().collect();
        for member in list.iter().rev() {
            let beside: Vec<Taken<'p>> = others.iter().filter(|o| !std::ptr::eq(**o, member)).map(|o| (*o, and)).collect();
            if others.len() < 2 || !self.never(&[known, &beside, &[(member, !and)]].concat()) {
                continue;
            }
            let alone = self.never(&[known, &[(member, !and)]].concat());
            let words = match (alone, and) {
                (true, true) => text!("这一部分总是成立", "this part always holds"),
                (true, false) => text!("这一部分永远不成立", "this part never holds"),
                (false, _) => text!("有了别的部分，这一部分不起作用", "beside the others, this part makes no difference"),
            };
            let shown = if and { beside } else { vec![(member, true)] };
            let example = self.example(taken(&[known, &shown].concat()));
            self.idle(rule, member, words, None, example);
            others.retain(|o| !std::ptr::eq(*o, member));
        }
    }

    /// Whether an expression can hold and can fail.
    fn varies(&self, e: &'p Expr, known: &[Taken<'p>]) -> bool {
        [true, false].into_iter().all(|truth| !self.never(&[known, &[(e, truth)]].concat()))
    }

    /// Whether conditions never hold together, relevance of entries left aside.
    fn never(&self, conditions: &[Taken<'p>]) -> bool {
        let conditions: Vec<Condition<'p>> = taken(conditions);
        region::compared_only(self.p, self.track, conditions) == Answer::Impossible
    }

    fn idle(&mut self, rule: Option<RuleId>, part: &Expr, mut words: Text, because: Option<&Expr>, example: Option<Example>) {
        if let Some(Text { zh, en }) = example.as_ref().filter(|e| !e.entries.is_empty()).map(|e| e.words(self.p)) {
            words.zh += &format!("，例如{zh}");
            words.en += &format!(", for example by {en}");
        }
        let mut diagnostic = Diagnostic::warning(codes::PART_IDLE, part.span, words)
            .help(text!("核对原文中的数，改正它，或删去它", "compare with the notice: correct it, or remove it"));
        if let Some(test) = because {
            diagnostic = diagnostic.label(test.span, text!("由这个条件决定", "this condition decides it"));
        }
        self.found.push(RuleFinding {
            what: RuleFault::PartIdle,
            track: self.track,
            rules: rule.into_iter().collect(),
            example,
            diagnostic,
        });
    }
}
