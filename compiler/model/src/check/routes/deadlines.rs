//! Whether days can be kept on every path: a case is nowhere before its window opens and its notice has stood, and may be everywhere
//! until the deadline.
//!
//! Always: days that the notice leaves open say nothing; of several paths that show one pair of days, the first is the witness.

use super::ways::{Path, Route, cited};
use crate::lower::Lower;
use crate::{Deadline, Expr, Programme, Stage};
use prog_base::{Date, Diagnostic, Duration, Span, Text, codes, text};
use std::collections::BTreeSet;

/// Checks all routes.
pub(super) fn check(lower: &Lower<'_>, routes: &[Route<'_>], out: &mut Vec<Diagnostic>) {
    for own in routes.chunk_by(|a, b| std::ptr::eq(a.workflow, b.workflow)) {
        let mut told = BTreeSet::new();
        for route in own {
            route.paths(&mut |path| {
                let days = Days { p: &lower.p, route, path };
                if let Some((pair, diagnostic)) = days.too_early().or_else(|| days.too_late())
                    && told.insert(pair)
                {
                    out.push(diagnostic);
                }
            });
        }
    }
}

/// Where a deadline is stated.
pub(super) fn place(deadline: &Deadline) -> Option<Span> {
    stated(deadline).map(|e| e.span)
}

fn stated(deadline: &Deadline) -> Option<&Expr> {
    match deadline {
        Deadline::At(e) | Deadline::Inferred(e) => Some(e),
        Deadline::Unknown(_) | Deadline::Absent => None,
    }
}

/// The day of a deadline, if the notice says it.
pub(super) fn day(p: &Programme, deadline: &Deadline) -> Option<Date> {
    p.fixed_day(stated(deadline)?)
}

/// A stage that is due before what comes before it.
pub(super) fn out_of_order(stage: &Stage, deadline: &Deadline, earlier: &Deadline, what: Text) -> Diagnostic {
    let name = &stage.ident.name;
    let span = place(deadline).unwrap_or(stage.ident.span);
    let diagnostic = Diagnostic::warning(
        codes::DEADLINES_DISORDERED,
        span,
        text!("环节“{name}”的期限早于它前面的日期", "stage `{name}` is due before what comes before it"),
    )
    .help(text!("核对两个日期", "check both dates"));
    match place(earlier) {
        Some(span) => diagnostic.label(span, what),
        None => diagnostic,
    }
}

/// A day on a path: from which stage it comes, and the notices that stood since.
struct Since {
    day: Date,
    stage: usize,
    notices: Vec<usize>,
}

/// The days of one path.
struct Days<'x, 'a> {
    p: &'a Programme,
    route: &'x Route<'a>,
    path: &'x Path<'x, 'a>,
}

impl<'a> Days<'_, 'a> {
    fn stage(&self, at: usize) -> &'a Stage {
        &self.route.workflow.stages[at]
    }

    fn due(&self, at: usize) -> Option<Date> {
        self.stage(at).due.as_ref().and_then(|d| day(self.p, d))
    }

    fn notice(&self, at: usize) -> Option<Duration> {
        self.stage(at).notice.as_ref()?.at_least
    }

    /// A stage whose deadline is past before a case can have done with it.
    fn too_early(&self) -> Option<((usize, usize), Diagnostic)> {
        let mut since: Option<Since> = None;
        for way in self.path.ways.iter().filter(|way| !way.past) {
            since = self.begun(since, way.from);
            let late = way.transition.is_some_and(|t| t.outcome.is_empty());
            let after = self.due(way.from).filter(|_| late).and_then(Date::tomorrow);
            if let Some(day) = after.filter(|day| since.as_ref().is_none_or(|s| s.day < *day)) {
                since = Some(Since { day, stage: way.from, notices: Vec::new() });
            }
        }
        let since = self.begun(since, self.path.at)?;
        let due = self.due(self.path.at)?;
        // A window of its own that ends before it opens is told elsewhere.
        if since.day <= due || (since.stage == self.path.at && since.notices.is_empty()) {
            return None;
        }
        let (name, clauses) = (self.route.name(self.path.at), cited(self.p, &self.stage(self.path.at).cites));
        let (day, Text { zh, en }) = (since.day, self.route.in_words(self.path.ways, Some(self.path.at)));
        let what = text!(
            "环节“{name}”{clauses}{due}截止，可这样走最早{day}才办得完：{zh}",
            "stage `{name}`{clauses} is due {due}, but on this path it can't be done before {day}: {en}"
        );
        let d = Diagnostic::warning(codes::DEADLINE_IMPOSSIBLE, self.due_place(self.path.at), what);
        let d = d.label(self.start_place(since.stage), text!("在这之前不能开始", "nothing can begin before this"));
        Some((
            (since.stage, self.path.at),
            self.with_notices(d, &since).help(text!("核对两个日期和中间的公示期", "check both dates and the notice between them")),
        ))
    }

    /// A stage that nobody can keep who used the whole time before it.
    fn too_late(&self) -> Option<((usize, usize), Diagnostic)> {
        let mut until: Option<Since> = None;
        for way in self.path.ways.iter().filter(|way| !way.past) {
            let stood = self.stood(until, way.from);
            until = match self.due(way.from) {
                Some(day) => Some(Since { day, stage: way.from, notices: Vec::new() }),
                None => stood,
            };
        }
        let until = self.stood(until, self.path.at)?;
        let due = self.due(self.path.at)?;
        if until.day <= due {
            return None;
        }
        let (name, clauses) = (self.route.name(self.path.at), cited(self.p, &self.stage(self.path.at).cites));
        let (earlier, last) = (self.route.name(until.stage), until.day);
        let Text { zh, en } = self.route.in_words(self.path.ways, Some(self.path.at));
        let what = if until.notices.is_empty() {
            text!(
                "环节“{name}”{clauses}{due}截止，早于它前面的“{earlier}”（{last}）：{zh}",
                "stage `{name}`{clauses} is due {due}, before `{earlier}` that comes before it ({last}): {en}"
            )
        } else {
            text!(
                "环节“{name}”{clauses}{due}截止；“{earlier}”到最后一天才办的，公示完已是{last}：{zh}",
                "stage `{name}`{clauses} is due {due}; whoever does `{earlier}` on its last day is through the notice only on {last}: {en}"
            )
        };
        let d = Diagnostic::warning(codes::DEADLINES_DISORDERED, self.due_place(self.path.at), what);
        let d = d.label(self.due_place(until.stage), text!("前面环节的期限", "the deadline of an earlier stage"));
        Some(((until.stage, self.path.at), self.with_notices(d, &until).help(text!("核对两个日期", "check both dates"))))
    }

    /// When a stage can be done with at the earliest, given when the one before was.
    fn begun(&self, before: Option<Since>, at: usize) -> Option<Since> {
        let open = self.stage(at).open.as_ref().and_then(|d| day(self.p, d));
        let begun = match (before, open) {
            (Some(before), open) if open.is_none_or(|open| open <= before.day) => Some(before),
            (_, Some(day)) => Some(Since { day, stage: at, notices: Vec::new() }),
            (before, None) => before,
        };
        self.stood(begun, at)
    }

    /// After the stage's notice, if it has one.
    fn stood(&self, since: Option<Since>, at: usize) -> Option<Since> {
        let mut since = since?;
        if let Some(length) = self.notice(at) {
            since.day = self.p.last_day(since.day, length)?;
            since.notices.push(at);
        }
        Some(since)
    }

    fn due_place(&self, at: usize) -> Span {
        self.stage(at).due.as_ref().and_then(place).unwrap_or(self.stage(at).ident.span)
    }

    fn start_place(&self, at: usize) -> Span {
        let stage = self.stage(at);
        stage.open.as_ref().and_then(place).unwrap_or_else(|| self.due_place(at))
    }

    fn with_notices(&self, d: Diagnostic, since: &Since) -> Diagnostic {
        since.notices.iter().fold(d, |d, at| {
            let clauses = self.stage(*at).notice.as_ref().map(|n| cited(self.p, &n.cites)).unwrap_or_default();
            d.label(self.stage(*at).ident.span, text!("其间的公示期{clauses}", "the notice in between{clauses}"))
        })
    }
}
