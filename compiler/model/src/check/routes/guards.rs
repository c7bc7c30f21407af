//! Guards of one outcome: disjoint, the last may be `otherwise` (semantics 2.6); together they leave no case without a way on.

use super::ways::{Conditions, Route, cited};
use crate::check::known::same;
use crate::check::prove::{Answer, example, together};
use crate::lower::Lower;
use crate::{Stage, Transition, Type};
use prog_base::{Diagnostic, Span, Text, codes, text};
use std::collections::BTreeMap;

/// Checks the transitions of every stage.
pub(super) fn check<'a>(lower: &'a Lower<'a>, routes: &[Route<'a>], out: &mut Vec<Diagnostic>) {
    for own in routes.chunk_by(|a, b| std::ptr::eq(a.workflow, b.workflow)) {
        for stage in own.iter().take(1).flat_map(|route| &route.workflow.stages) {
            let mut outcomes: BTreeMap<&str, Vec<&'a Transition>> = BTreeMap::new();
            for transition in &stage.transitions {
                outcomes.entry(&transition.outcome).or_default().push(transition);
            }
            for list in outcomes.into_values() {
                Outcome { lower, own, stage, list: &list }.check(out);
            }
        }
    }
}

/// One outcome of one stage.
struct Outcome<'x, 'a> {
    lower: &'a Lower<'a>,
    /// The routes of its workflow.
    own: &'x [Route<'a>],
    stage: &'a Stage,
    list: &'x [&'a Transition],
}

impl<'a> Outcome<'_, 'a> {
    fn check(&self, out: &mut Vec<Diagnostic>) {
        let before = out.len();
        for (at, transition) in self.list.iter().enumerate() {
            let open = transition.when.is_none();
            if open && at + 1 < self.list.len() {
                // Whatever follows a transition without condition is never taken.
                out.push(self.fault(self.list[at + 1].span, transition.span, text!("这一行总是成立", "this line always holds"), None));
                return;
            }
            if open && at > 0 && !transition.otherwise {
                out.push(self.fault(transition.span, self.list[at - 1].span, text!("这一行也可能成立", "this line may hold too"), None));
            }
        }
        for (at, a) in self.list.iter().enumerate() {
            for b in &self.list[at + 1..] {
                if let Some(values) = self.overlap(a, b) {
                    out.push(self.fault(b.span, a.span, text!("这一行可能同时成立", "this line may hold at the same time"), values));
                }
            }
        }
        if out.len() == before {
            out.extend(self.incomplete());
        }
    }

    fn fault(&self, span: Span, other: Span, what: Text, values: Option<Text>) -> Diagnostic {
        let (name, outcome, clauses) = (&self.stage.ident.name, &self.list[0].outcome, cited(&self.lower.p, &self.stage.cites));
        let Text { zh, en } = values.map(|Text { zh, en }| text!("，例如 {zh}", ", for example {en}")).unwrap_or_default();
        Diagnostic::error(
            codes::GUARDS_OVERLAP,
            span,
            text!(
                "环节“{name}”{clauses}的结果“{outcome}”通向两处，分不清{zh}",
                "outcome `{outcome}` of stage `{name}`{clauses} leads to two places at once{en}"
            ),
        )
        .label(other, what)
        .help(text!(
            "写互不重叠的条件（当 …），最后一行可写 其余",
            "write conditions that exclude each other (`when …`); the last may be `otherwise`"
        ))
    }

    /// What holds wherever the stage is worked on.
    fn entered(&self, route: &Route<'a>) -> Conditions<'a> {
        route.entered(self.stage).map(|e| (e, true)).into_iter().collect()
    }

    /// Whether two guards can surely hold for one case, with values for which they do.
    fn overlap(&self, a: &'a Transition, b: &'a Transition) -> Option<Option<Text>> {
        self.own.iter().find_map(|route| {
            let (left, right) = (route.condition(a)?, route.condition(b)?);
            let mut both = self.entered(route);
            both.extend([(left, true), (right, true)]);
            match together(self.lower, &both) {
                Answer::Possible => Some(example(self.lower, &both)),
                Answer::Impossible => None,
                Answer::Undecided => (same(left, right) && left.ty != Type::Unknown).then_some(None),
            }
        })
    }

    /// Values with which no line of the outcome holds.
    fn incomplete(&self) -> Option<Diagnostic> {
        let last = self.list.last().filter(|last| last.when.is_some())?;
        let values = self.own.iter().find_map(|route| {
            let mut none = self.entered(route);
            none.extend(self.list.iter().filter_map(|t| route.condition(t)).map(|e| (e, false)));
            (together(self.lower, &none) == Answer::Possible).then(|| example(self.lower, &none)).flatten()
        })?;
        let (name, outcome, clauses) = (&self.stage.ident.name, &last.outcome, cited(&self.lower.p, &self.stage.cites));
        let Text { zh, en } = values;
        let what = text!(
            "环节“{name}”{clauses}的结果“{outcome}”有时没有去向，例如 {zh}",
            "outcome `{outcome}` of stage `{name}`{clauses} sometimes leads nowhere, for example {en}"
        );
        let d = Diagnostic::warning(codes::GUARDS_INCOMPLETE, last.span, what);
        let others = self.list.iter().filter(|t| t.span != last.span);
        let d = others.fold(d, |d, t| d.label(t.span, text!("这一行也不成立", "this line does not hold either")));
        Some(d.help(text!("补一行：若 {outcome} 其余 -> …", "add a line: `on {outcome} otherwise -> …`")))
    }
}
