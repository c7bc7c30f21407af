//! Selections that rank those who are out already: whom a rule rejects, whom an earlier selection did not take.
//!
//! In: selections and routes. Out: a note for each selection and what it leaves out. Always: what `where` reads counts, by way of
//! calculations and of selections too; what a guard on the route reads is taken to keep the others away; a rule is told once a track, and
//! whoever asks for one earlier selection has thought of the others.

use super::known::same;
use crate::{Expr, ExprKind, InputId, LetId, Programme, Rule, RuleId, Selection, StageId, Strength, Test, TrackId};
use prog_base::{Diagnostic, codes, text};
use std::collections::BTreeSet;

/// Notes what each selection does not ask.
pub(super) fn check(p: &Programme, out: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for selection in &p.selections {
        for track in &selection.tracks {
            let asked = Asked::of(p, selection, *track);
            let place = |stage: Option<StageId>| stage.and_then(|s| p.stage(*track, s)).map(|(at, _)| at);
            let here = place(selection.at);
            let by_now = |stage: Option<StageId>| here.is_none() || place(stage).is_none_or(|at| Some(at) <= here);
            let rejects = |r: &Rule| r.strength == Strength::Require && r.outcome.is_none() && !r.soft && by_now(r.due);
            let rules = p.track(*track).rules.iter().enumerate().map(|(i, r)| (RuleId(i as u32), r));
            let left_out = rules.filter(|(id, r)| rejects(r) && !asked.rule(*id, r));
            let left_out: Vec<&Rule> = left_out.filter(|(id, _)| told.insert((*track, *id))).map(|(_, r)| r).collect();
            if let [first, more @ ..] = left_out.as_slice() {
                out.push(rejected(selection, first, more));
            }
            let earlier = |s: &&Selection| s.tracks.contains(track) && place(s.at) < here && place(s.at).is_some();
            let read = |s: &Selection| s.recorded.iter().any(|(of, input)| of == track && asked.inputs.contains(input));
            if !p.selections.iter().filter(earlier).any(read) {
                out.extend(p.selections.iter().filter(earlier).map(|first| passed_over(selection, first)));
            }
        }
    }
}

/// What a selection's condition, and the guards on the way to its stage, read.
struct Asked<'p> {
    p: &'p Programme,
    track: TrackId,
    rules: BTreeSet<RuleId>,
    inputs: BTreeSet<InputId>,
    lets: BTreeSet<LetId>,
    tests: Vec<&'p Expr>,
}

impl<'p> Asked<'p> {
    fn of(p: &'p Programme, selection: &'p Selection, track: TrackId) -> Self {
        let mut it = Self { p, track, rules: BTreeSet::new(), inputs: BTreeSet::new(), lets: BTreeSet::new(), tests: Vec::new() };
        it.condition(selection);
        for stage in p.route(track).into_iter().flat_map(|w| &w.stages) {
            if Some(stage.id) == selection.at {
                break;
            }
            let guards = stage.transitions.iter().chain(&stage.late).filter_map(|t| t.when.as_ref()).flatten().chain(&stage.when);
            guards.filter(|(of, _)| *of == track).for_each(|(_, e)| it.read(e));
        }
        it
    }

    fn condition(&mut self, selection: &'p Selection) {
        let track = self.track;
        selection.candidates.iter().filter(|(of, _)| *of == track).for_each(|(_, e)| self.read(e));
    }

    fn read(&mut self, e: &'p Expr) {
        match &e.kind {
            ExprKind::Rule(id) => drop(self.rules.insert(*id)),
            ExprKind::Input(id) if self.inputs.insert(*id) => {
                let (p, track) = (self.p, self.track);
                p.selections.iter().filter(|s| s.recorded.contains(&(track, *id))).for_each(|s| self.condition(s));
            }
            ExprKind::Let(id) if self.lets.insert(*id) => {
                let value = self.p.track(self.track).lets.get(id.index());
                value.into_iter().for_each(|l| self.read(&l.value));
            }
            _other => self.tests.push(e),
        }
        e.parts().into_iter().for_each(|part| self.read(part));
    }

    /// Whether a rule is asked for, by name or in other words.
    fn rule(&self, id: RuleId, rule: &Rule) -> bool {
        self.rules.contains(&id) || matches!(&rule.test, Test::Expr(test) if self.tests.iter().any(|e| same(e, test)))
    }
}

fn rejected(selection: &Selection, first: &Rule, more: &[&Rule]) -> Diagnostic {
    let (name, own) = (&selection.ident.name, &first.ident.name);
    let mut all: Vec<String> = std::iter::once(&first).chain(more.iter()).map(|r| r.ident.name.clone()).collect();
    if all.len() > 3 {
        all.truncate(3);
        all.push("…".to_owned());
    }
    let (zh, en) = (all.join(" 且 "), all.join(" and "));
    Diagnostic::note(
        codes::REJECTED_RANKED,
        selection.ident.span,
        text!(
            "遴选“{name}”把不合必须条件的也排进去，例如不合“{own}”的",
            "`{name}` ranks those too whom a rule rejects, such as whoever fails `{own}`"
        ),
    )
    .label(first.ident.span, text!("不合这一条的", "whoever fails this"))
    .help(text!(
        "只在合格的里面选，在 其中 里写 {zh}，或把几条放进 条件 合格 {{ … }}，写组的名称；原文就是不论合格与否都排，可以保留",
        "to rank only those who qualify, add to `where`: {en}, or put the rules into `conditions ok {{ … }}` and name the group; if the notice ranks all, this may stand"
    ))
}

fn passed_over(selection: &Selection, earlier: &Selection) -> Diagnostic {
    let (name, first) = (&selection.ident.name, &earlier.ident.name);
    Diagnostic::note(
        codes::REJECTED_RANKED,
        selection.ident.span,
        text!("遴选“{name}”把前面“{first}”没有选上的也排进去", "`{name}` ranks those too whom `{first}` before it did not take"),
    )
    .label(earlier.ident.span, text!("前面的遴选", "the selection before"))
    .help(text!(
        "只在选上的里面再选，在 其中 里写 {first}；没选上的也可以再选，就可以保留",
        "to choose among those taken, add to `where`: {first}; if the others have another chance, this may stand"
    ))
}
