//! Look-backs: whether a day lies in the last years, or in the years before a day; the time between two days; what is read off one day.
//!
//! In: `DAY within last 3 years`, `DAY within 10 years before D`, `DAY within 2 calendar years before D`; `years between (A, B)`;
//! `year of (D)`, `start of month (D)`.
//! Out: two comparisons of days; a number without unit; a number or a day.
//! Always: both ends follow the readings `after` and `before`; `last` ends where the reading of that name says, and nowhere else.

use super::{bad, typed};
use crate::lower::{Lower, Scope};
use crate::{Comparison, Expr, ExprKind, NumberType, Type};
use prog_base::{Date, DayPart, Diagnostic, Duration, ElapsedUnit, Span, Stretch, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    pub(super) fn within(&mut self, value: &ast::Expr, window: &ast::Window, scope: &Scope, span: Span) -> Expr {
        let day = self.expr(value, scope, Some(&Type::Date));
        let Some(end) = self.window_end(window, scope) else { return typed(ExprKind::Bad, Type::Bool, span) };
        if let ExprKind::Silent { why } = end.kind {
            return typed(ExprKind::Silent { why }, Type::Bool, span);
        }
        if !self.are_days([&day, &end]) {
            return typed(ExprKind::Bad, Type::Bool, span);
        }
        let Some((first, last)) = self.window_days(window, end) else { return typed(ExprKind::Bad, Type::Bool, span) };
        let compare =
            |op, with: Expr| typed(ExprKind::Compare { op, left: Box::new(day.clone()), right: Box::new(with) }, Type::Bool, span);
        typed(ExprKind::And(vec![compare(Comparison::After, first), compare(Comparison::Before, last)]), Type::Bool, span)
    }

    /// `years between (A, B)`.
    pub(super) fn elapsed(&mut self, unit: ElapsedUnit, from: &ast::Expr, to: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        let (from, to) = (self.expr(from, scope, Some(&Type::Date)), self.expr(to, scope, Some(&Type::Date)));
        if !self.are_days([&from, &to]) {
            return bad(span);
        }
        let ty = Type::Number(NumberType::elapsed(unit));
        typed(ExprKind::Elapsed { unit, from: Box::new(from), to: Box::new(to) }, ty, span)
    }

    /// `year of (D)`, `start of month (D)`.
    pub(super) fn of_day(&mut self, part: DayPart, day: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        let day = self.expr(day, scope, Some(&Type::Date));
        if !self.are_days([&day]) {
            return bad(span);
        }
        let ty = match part {
            DayPart::Figure(figure) => Type::Number(NumberType::figure(figure, after_year_zero(&day))),
            DayPart::Start(_) | DayPart::End(_) => Type::Date,
        };
        typed(ExprKind::OfDay { part, day: Box::new(day) }, ty, span)
    }

    /// Whether all are days or points in time; tells what is not.
    fn are_days<'e>(&mut self, all: impl IntoIterator<Item = &'e Expr>) -> bool {
        let other = all.into_iter().find(|one| !matches!(one.ty, Type::Date | Type::Moment | Type::Unknown));
        if let Some(other) = other {
            self.mismatch(other, text!("日期", "a day"));
        }
        other.is_none()
    }

    /// Where it ends: as written, else by the reading `last`.
    fn window_end(&mut self, window: &ast::Window, scope: &Scope) -> Option<Expr> {
        // The day at which a span ends is the application's, never an item's.
        let outer = Scope { items: Vec::new(), ..scope.clone() };
        if let Some(end) = &window.end {
            return Some(self.expr(end, scope, Some(&Type::Date)));
        }
        match self.setting("last").map(|s| s.value.clone()) {
            Some(ast::ReadingValue::Ends(end)) => Some(self.expr(&end, &outer, Some(&Type::Date))),
            Some(ast::ReadingValue::Open(_)) => Some(typed(ExprKind::Silent { why: None }, Type::Date, window.span)),
            // Told where it stands.
            Some(ast::ReadingValue::Word(_) | ast::ReadingValue::Within(_)) => None,
            None => {
                self.ends_nowhere(window);
                None
            }
        }
    }

    fn ends_nowhere(&mut self, window: &ast::Window) {
        let words = self.inputs.sources.slice(window.span).trim().to_owned();
        let stage = self.index.workflows.iter().flat_map(|w| &w.stages).find(|s| s.due.is_some());
        let stage = stage.map(|s| s.head.name.text.clone());
        let (zh_end, en_end) = match &stage {
            Some(stage) => (format!("截止日({stage})"), format!("due({stage})")),
            None => ("2031年3月31日".to_owned(), "2031-03-31".to_owned()),
        };
        self.report(
            Diagnostic::error(
                codes::READING_NEEDED,
                window.span,
                text!("没有写明“{words}”算到哪一天", "nothing says on which day `{words}` ends"),
            )
            .help(text!(
                "通知写明的，在 口径 里写一行：近 截至 {zh_end} [条款]；没有写明的，写：近 待定",
                "if the notice says it, write in `readings`: `last ends {en_end} [clause]`; if it does not: `last open`"
            )),
        );
    }

    /// The first and the last day.
    fn window_days(&mut self, window: &ast::Window, end: Expr) -> Option<(Expr, Expr)> {
        match window.length {
            ast::WindowLength::Duration(d) => {
                let by = Duration { count: -d.count, ..self.countable(d, window.span)? };
                let (ty, span) = (end.ty.clone(), end.span);
                Some((typed(ExprKind::Shift { date: Box::new(end.clone()), by }, ty, span), end))
            }
            ast::WindowLength::CalendarYears(count) => {
                let Some(day) = self.known_day(&end) else {
                    self.report(crate::lower::type_exprs::not_constant(end.span).help(text!(
                        "按年度算时，截止的日子要是一个日期，或有截止日期的环节的 截止日(环节)",
                        "calendar years are counted from a date, or from `due(STAGE)` of a stage with a deadline"
                    )));
                    return None;
                };
                let year = i64::from(day.parts().0);
                let day = |year: i64, month, day| i16::try_from(year).ok().and_then(|y| Date::new(y, month, day));
                let (first, last) = (day(year - i64::from(count), 1, 1)?, day(year - 1, 12, 31)?);
                Some((typed(ExprKind::Date(first), Type::Date, window.span), typed(ExprKind::Date(last), Type::Date, window.span)))
            }
        }
    }

    /// A day known when the programme is compiled.
    fn known_day(&self, e: &Expr) -> Option<Date> {
        match &e.kind {
            ExprKind::Date(day) => Some(*day),
            ExprKind::Moment(at) => self.p.zone.as_ref()?.day_of(*at),
            ExprKind::Constant(id) => self.known_day(&self.p.lets.get(id.index())?.value),
            ExprKind::Due(stage) => {
                let name = &self.p.stages.get(stage.index())?.name;
                let dues = self.index.workflows.iter().flat_map(|w| &w.stages).filter(|s| s.head.name.text == *name);
                let mut days = dues.filter_map(|s| s.due.as_ref()).map(|due| match due {
                    ast::Stated::Given(e) | ast::Stated::Inferred(e) => written_day(e),
                    ast::Stated::Unknown { .. } | ast::Stated::Absent(_) => None,
                });
                let first = days.next()??;
                days.all(|day| day == Some(first)).then_some(first)
            }
            _other => None,
        }
    }

    /// How a built-in reading is set in the source.
    pub(in crate::lower) fn setting(&self, name: &str) -> Option<&ast::ReadingSetting> {
        self.settings().into_iter().find(|s| s.name.text == name)
    }
}

/// Whether a day is surely not before the year 0: entered, written out, or not earlier than one that is.
fn after_year_zero(day: &Expr) -> bool {
    match &day.kind {
        ExprKind::Input(_) | ExprKind::Item { .. } | ExprKind::ItemField { .. } | ExprKind::Member { .. } => day.ty == Type::Date,
        ExprKind::Date(_) => true,
        ExprKind::Shift { date, by } => by.count >= 0 && after_year_zero(date),
        ExprKind::OfDay { part: DayPart::End(_), day } => after_year_zero(day),
        // A month begins in the year in which it ends; a week may not.
        ExprKind::OfDay { part: DayPart::Start(stretch), day } => *stretch != Stretch::Week && after_year_zero(day),
        ExprKind::Otherwise { value, default } => after_year_zero(value) && after_year_zero(default),
        ExprKind::If { then, other, .. } => after_year_zero(then) && after_year_zero(other),
        _other => false,
    }
}

fn written_day(e: &ast::Expr) -> Option<Date> {
    match &e.kind {
        ast::ExprKind::Date(day) | ast::ExprKind::DateTime { date: day, .. } => Some(*day),
        _other => None,
    }
}
