//! Targets: indicators and milestones.

use crate::head::{name, type_name};
use crate::writer::{Piece, Writer};
use prog_syntax::ast::{Expr, ExprKind, Indicator, Measure, Milestone, MilestoneBound, MilestoneTime, Targets};

impl Writer<'_> {
    pub fn targets(&mut self, t: &Targets) {
        self.before(t.span, t.head.doc.as_deref());
        let mut line = format!("{} {}", self.kw("kw_targets"), self.head(&t.head));
        line += &self.clause("kw_reported_by", t.reported_by.as_ref());
        if let Some(from) = &t.from {
            line += &format!(" {} {}", self.kw("kw_from"), self.value(from));
        }
        self.open(&line);
        t.indicators.iter().for_each(|i| self.indicator(i));
        self.close(t.span, "");
    }

    fn indicator(&mut self, i: &Indicator) {
        self.before(i.span, i.head.doc.as_deref());
        let measure = match &i.measure {
            Measure::Reported(ty) => self.ty(ty),
            Measure::Computed(Expr { kind: ExprKind::Name(n), .. }) => type_name(n),
            Measure::Computed(e) => self.expr(e),
            Measure::Judged(test) => self.test(test),
        };
        let mut first = format!("{} : {measure}", self.head(&i.head));
        if let Some(all) = &i.for_all {
            first += &format!(" {} {}", self.kw("kw_for_all"), name(all));
        }
        if i.strive {
            first += &format!(" {}", self.kw("kw_strive"));
        }
        let mut pieces = vec![Piece::from(first)];
        for m in &i.milestones {
            let text = self.milestone(m);
            // `each year "…"` at a line's start would be a declaration.
            let words_first = m.bound.is_none() && !m.strive && matches!(m.when, MilestoneTime::EachYear | MilestoneTime::Total(None));
            match pieces.last_mut() {
                Some(last) if words_first => last.text += &format!(" {text}"),
                Some(_) | None => pieces.push(Piece::at(text, m.span)),
            }
        }
        // `5 year 1` on one line would be five years.
        let apart = |m: &Milestone| matches!(m.when, MilestoneTime::Year(_)) || m.words.is_some() || !m.cites.is_empty();
        self.one_or_each(&pieces, i.milestones.iter().any(apart));
    }

    fn milestone(&self, m: &Milestone) -> String {
        let mut out = match &m.when {
            MilestoneTime::By(e) => format!("{} {}", self.kw("kw_by_year"), self.value(e)),
            MilestoneTime::EachYear => self.kw("kw_each_year").into(),
            MilestoneTime::Year(n) if self.chinese() => format!("{}{n}{}", self.kw("kw_year_n"), self.kw("kw_year_end")),
            MilestoneTime::Year(n) => format!("{} {n}", self.kw("kw_year_n")),
            MilestoneTime::Total(None) => self.kw("kw_total_years").into(),
            MilestoneTime::Total(Some(e)) => format!("{} {} {}", self.kw("kw_by_year"), self.value(e), self.kw("kw_total_years")),
        };
        if m.strive {
            out += &format!(" {}", self.kw("kw_strive"));
        }
        match &m.bound {
            Some(MilestoneBound::Compare(op, e)) => out += &format!(" {} {}", self.compare(*op), self.value(e)),
            Some(MilestoneBound::Between(low, high)) => {
                out += &format!(" {} {} {} {}", self.kw("kw_between"), self.value(low), self.kw("kw_between_and"), self.value(high));
            }
            Some(MilestoneBound::About(e)) => out += &format!(" {} {}", self.kw("kw_about"), self.value(e)),
            None => {}
        }
        out + &self.message(m.words.as_ref()) + &self.cites(&m.cites)
    }
}
