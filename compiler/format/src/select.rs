//! Selections.
//!
//! In: a `select`. Out: its head, which may break before `per`, `from` and `where`, and a line for each of its parts.

use crate::head::{name, names};
use crate::writer::{Piece, Writer};
use prog_base::Span;
use prog_syntax::ast::*;

impl Writer<'_> {
    pub fn select(&mut self, s: &Select) {
        self.before(s.span, s.head.doc.as_deref());
        let mut pieces =
            vec![Piece::from(format!("{} {}{}", self.kw("kw_select"), self.head(&s.head), self.clause("kw_at", s.at.as_ref())))];
        let per = s.per.first().map(|first| ("kw_per", self.values(&s.per), first.span));
        let from = s.from.first().map(|first| ("kw_from", names(&s.from), first.span));
        let filter = s.filter.as_ref().map(|filter| ("kw_where", self.expr(filter), filter.span));
        for (keyword, words, place) in per.into_iter().chain(from).chain(filter) {
            let piece = format!("{} {words}", self.kw(keyword));
            match pieces.last_mut() {
                // A line that starts with `per "…"` would declare something of that name.
                Some(head) if words.starts_with('"') => head.text += &format!(" {piece}"),
                _ => pieces.push(Piece::at(piece, place)),
            }
        }
        let broken = self.open_pieces(pieces);
        for (span, line) in self.parts(s) {
            self.node(span, None, &line);
        }
        self.close_pieces(s.span, "", broken);
    }

    /// The parts, each with the place of the first thing in it.
    fn parts(&self, s: &Select) -> Vec<(Span, String)> {
        let mut lines = Vec::new();
        if let Some(first) = s.order.first() {
            let then =
                if self.chinese() { format!("，{} ", self.kw("kw_order_then")) } else { format!(", {} ", self.kw("kw_order_then")) };
            let steps: Vec<String> = s.order.iter().map(|c| self.criterion(c)).collect();
            let place = match first {
                Criterion::Value { value, .. } | Criterion::First(value) => value.span,
                Criterion::Judged(by) => by.span,
            };
            lines.push((place, format!("{} {}", self.kw("kw_order"), steps.join(&then))));
        }
        if let Some(take) = &s.take {
            let place = match take {
                Take::Number(e) | Take::While { sum: e, .. } | Take::Nearest { sum: e, .. } => e.span,
                Take::All(span) => *span,
            };
            lines.push((place, format!("{} {}", self.kw("kw_take"), self.take(take))));
        }
        if let Some(tied) = &s.tied {
            let (place, how) = match tied {
                Tied::AdmitAll(span) => (*span, self.kw("kw_admit_all").to_owned()),
                Tied::AdmitNone(span) => (*span, self.kw("kw_admit_none").to_owned()),
                Tied::Judged(by) => (by.span, self.judged(by)),
            };
            lines.push((place, format!("{} {how}", self.kw("kw_tied"))));
        }
        lines.extend(s.wait.as_ref().map(|e| (e.span, format!("{} {}", self.kw("kw_wait"), self.value(e)))));
        lines.extend(s.refill.as_ref().map(|stage| (stage.span, format!("{} {}", self.kw("kw_refill"), name(stage)))));
        lines.extend(s.assign.as_ref().map(|a| {
            let line = format!("{} {} {} {}", self.kw("kw_assign"), self.value(&a.wishes), self.kw("kw_assign_within"), name(&a.within));
            (a.wishes.span, line)
        }));
        lines
    }

    fn criterion(&self, criterion: &Criterion) -> String {
        match criterion {
            Criterion::Value { value, highest: true } => format!("{} {}", self.value(value), self.kw("kw_highest_first")),
            Criterion::Value { value, highest: false } => format!("{} {}", self.value(value), self.kw("kw_lowest_first")),
            Criterion::First(value) => format!("{} {}", self.expr(value), self.kw("kw_order_first")),
            Criterion::Judged(by) => self.judged(by),
        }
    }

    fn take(&self, take: &Take) -> String {
        match take {
            Take::Number(e) => self.value(e),
            Take::All(_) => self.kw("kw_take_all").to_owned(),
            Take::While { sum, limit, passing } => {
                let most = self.kw("kw_at_most");
                let passing = if *passing { format!(" {}", self.kw("kw_passing_over")) } else { String::new() };
                format!("{} {} {most} {}{passing}", self.kw("kw_take_while"), self.value(sum), self.value(limit))
            }
            Take::Nearest { sum, target, least } => {
                let least = least.as_ref().map(|e| format!(" {} {}", self.kw("kw_at_least"), self.value(e))).unwrap_or_default();
                format!("{} {} {} {}{least}", self.kw("kw_take_nearest"), self.value(sum), self.kw("kw_to"), self.value(target))
            }
        }
    }

    /// `judged by PANEL`, `由 办公室 评定`.
    pub(super) fn judged(&self, by: &Name) -> String {
        let end = if self.chinese() { format!(" {}", self.kw("kw_judged_end")) } else { String::new() };
        format!("{} {}{end}", self.kw("kw_judged_by"), name(by))
    }

    /// Where a case stands: `selected`, `waiting 2`.
    pub(super) fn place(&self, place: Place) -> String {
        match place {
            Place::Selected => self.kw("kw_p_selected").to_owned(),
            Place::Waiting(Some(at)) => format!("{} {at}", self.kw("kw_p_waiting")),
            Place::Waiting(None) => self.kw("kw_p_waiting").to_owned(),
            Place::Tied => self.kw("kw_p_tied").to_owned(),
            Place::NotSelected => self.kw("kw_p_not_selected").to_owned(),
        }
    }
}
