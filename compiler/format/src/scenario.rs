//! Scenarios: what is given, sent and expected.

use crate::head::{name, reference, str};
use crate::writer::Writer;
use prog_base::Span;
use prog_syntax::ast::{Data, Entry, Expect, ExpectKind, PackageState, RuleResult, Scenario, Step, Verdict};

impl Writer<'_> {
    pub fn scenario(&mut self, s: &Scenario) {
        self.before(s.span, None);
        self.open(&format!("{} {}{}", self.kw("kw_scenario"), str(&s.title), self.cites(&s.cites)));
        s.steps.iter().for_each(|step| self.step(step));
        self.close(s.span, "");
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Given(g) => {
                let count = g.count.map(|n| format!(" {n}")).unwrap_or_default();
                let id = g.id.as_ref().map(|s| format!(" {}", str(s))).unwrap_or_default();
                let line = format!("{}{count} {}{id}", self.kw("kw_given"), name(&g.track));
                self.with_entries(g.span, line, &g.entries);
            }
            Step::Sent(s) => {
                let mut line = self.kw("kw_sent").to_owned();
                if let Some(id) = &s.id {
                    line += &format!(" {}", str(id));
                }
                line += &self.clause("kw_by", s.by.as_ref());
                if let Some(e) = &s.on {
                    line += &format!(" {} {}", self.kw("kw_on_time"), self.value(e));
                }
                line += &self.clause("kw_at", s.at.as_ref());
                self.with_entries(s.span, line, &s.entries);
            }
            Step::At(stage) => self.node(stage.span, None, &format!("{} {}", self.kw("kw_step_at"), name(stage))),
            Step::On(e) => self.node(e.span, None, &format!("{} {}", self.kw("kw_step_on"), self.value(e))),
            Step::Closed(span) => self.node(*span, None, self.kw("kw_step_closed")),
            Step::Open(span) => self.node(*span, None, self.kw("kw_step_open")),
            Step::Reading { name: n, value } => {
                let line = format!("{} {} = {}", self.kw("kw_step_reading"), self.reading_name(n), self.reading_value(value));
                self.node(n.span, None, &line);
            }
            Step::Expect(e) => self.node(e.span, None, &self.expect(e)),
            Step::Bad(span) => self.node(*span, None, self.source(*span)),
        }
    }

    /// A line with its entries: in one line if they fit, else one a line.
    fn with_entries(&mut self, span: Span, line: String, entries: &[Entry]) {
        self.before(span, None);
        if entries.is_empty() {
            return self.line(&line);
        }
        let whole = format!("{line} {}", self.record(entries));
        if self.fits(&whole) {
            return self.line(&whole);
        }
        self.open(&line);
        for e in entries {
            let text = self.entry(e);
            self.node(e.span, None, &text);
        }
        self.close(span, "");
    }

    fn record(&self, entries: &[Entry]) -> String {
        if entries.is_empty() {
            return "{}".into();
        }
        format!("{{ {} }}", entries.iter().map(|e| self.entry(e)).collect::<Vec<_>>().join(", "))
    }

    fn entry(&self, e: &Entry) -> String {
        let key = e.key.iter().map(name).collect::<Vec<_>>().join(".");
        format!("{key}: {}", self.data(&e.value))
    }

    fn data(&self, data: &Data) -> String {
        match data {
            Data::Scalar(e) => self.expr(e),
            Data::Blank(_) => self.kw("kw_blank").into(),
            Data::List(list, _) => format!("[{}]", list.iter().map(|d| self.data(d)).collect::<Vec<_>>().join(", ")),
            Data::Record(entries, _) => self.record(entries),
            Data::Sealed(format) => format!("{} {}", self.kw("kw_sealed"), name(format)),
        }
    }

    fn expect(&self, e: &Expect) -> String {
        let kind = match &e.kind {
            ExpectKind::Verdict(v, _) => format!("{} {}", self.kw("kw_verdict"), self.verdict(*v)),
            ExpectKind::Result(n, result, _) => format!("{} {}", reference(n), self.result(*result)),
            ExpectKind::Tag(n) => format!("{} {}", self.kw("kw_tag"), name(n)),
            ExpectKind::Note(n) => format!("{} {}", self.kw("kw_expect_note"), name(n)),
            ExpectKind::Value(n, value) => format!("{} = {}", reference(n), self.expr(value)),
            ExpectKind::Outcome(n) => format!("{} {}", self.kw("kw_outcome"), name(n)),
            ExpectKind::Package(state, _) => format!("{} {}", self.kw("kw_package"), self.state(*state)),
            ExpectKind::Finding(n) => format!("{} {}", self.kw("kw_finding"), name(n)),
            ExpectKind::NoFinding(n) => format!("{} {}", self.kw("kw_no_finding"), name(n)),
        };
        let of = if e.of.is_empty() { String::new() } else { format!(" {} {}", self.kw("kw_for"), self.values(&e.of)) };
        format!("{} {kind}{of}", self.kw("kw_expect"))
    }

    fn verdict(&self, v: Verdict) -> &'static str {
        self.kw(match v {
            Verdict::Rejected => "kw_s_rejected",
            Verdict::Returned => "kw_s_returned",
            Verdict::ReasonNeeded => "kw_s_reason_needed",
            Verdict::Unknown => "kw_s_unknown",
            Verdict::Pending => "kw_s_pending",
            Verdict::Accepted => "kw_s_accepted",
        })
    }

    fn result(&self, r: RuleResult) -> &'static str {
        self.kw(match r {
            RuleResult::Met => "kw_s_met",
            RuleResult::Unmet => "kw_s_unmet",
            RuleResult::Unknown => "kw_s_unknown",
            RuleResult::Pending => "kw_s_pending",
            RuleResult::NotApplicable => "kw_s_not_applicable",
            RuleResult::NotYetDue => "kw_s_not_yet_due",
        })
    }

    fn state(&self, s: PackageState) -> &'static str {
        self.kw(match s {
            PackageState::Complete => "kw_s_complete",
            PackageState::Returned => "kw_s_returned",
            PackageState::ReasonNeeded => "kw_s_reason_needed",
            PackageState::Unknown => "kw_s_unknown",
        })
    }
}
