//! Scenarios: what is given, sent and expected.

use crate::head::{bare, name, reference, str};
use crate::writer::Writer;
use prog_base::{Lang, Span};
use prog_syntax::ast::{Data, Entry, Expect, ExpectKind, PackageState, RuleResult, Scenario, Step, Target, Verdict};
use prog_syntax::keywords;

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
            Step::At(stage) => self.node(self.with_keyword(stage.span), None, &format!("{} {}", self.kw("kw_step_at"), name(stage))),
            Step::On(e) => self.node(self.with_keyword(e.span), None, &format!("{} {}", self.kw("kw_step_on"), self.value(e))),
            Step::Closed(span) => self.node(*span, None, self.kw("kw_step_closed")),
            Step::Open(span) => self.node(*span, None, self.kw("kw_step_open")),
            Step::Reading { name: n, value } => {
                let line = format!("{} {} = {}", self.kw("kw_step_reading"), self.reading_name(n), self.reading_value(value));
                self.node(self.with_keyword(n.span), None, &line);
            }
            Step::Expect(e) => self.node(e.span, None, &self.expect(e)),
            Step::Bad(span) => self.node(*span, None, self.source(*span)),
        }
    }

    /// A line with its entries: on one line if its author wrote them so and they fit, else in a block.
    fn with_entries(&mut self, span: Span, line: String, entries: &[Entry]) {
        self.before(span, None);
        if entries.is_empty() {
            return self.line(&line);
        }
        let whole = format!("{line} {{ {} }}", self.row(entries, true));
        if !self.in_block(entries, span) && self.data_fits(|w| format!("{line} {{ {} }}", w.row(entries, true))) {
            return self.line(&whole);
        }
        self.open(&line);
        self.entry_lines(entries, true);
        self.close(span, "");
    }

    /// Whether entries stand on several lines because of their author or a comment.
    fn in_block(&self, entries: &[Entry], span: Span) -> bool {
        let below = |pair: &[Entry]| self.parts_lines(pair[0].span, pair[1].span);
        self.has_comment(span) || entries.windows(2).any(below) || entries.iter().any(|e| self.on_lines(&e.value))
    }

    /// Whether data stands on several lines.
    fn on_lines(&self, data: &Data) -> bool {
        match data {
            Data::Record(entries, span) => !entries.is_empty() && (self.in_block(entries, *span) || !self.data_fits(|w| w.record(entries))),
            Data::List(list, span) => self.has_comment(*span) || !self.data_fits(|w| w.data(data)) || list.iter().any(|d| self.on_lines(d)),
            Data::Scalar(_) | Data::Blank(_) | Data::Sealed(_) => false,
        }
    }

    /// Entries on lines: those that their author wrote side by side stay so, as many as fit.
    fn entry_lines(&mut self, entries: &[Entry], top: bool) {
        let mut rest = entries;
        while let Some((first, others)) = rest.split_first() {
            self.before(first.span, None);
            if self.on_lines(&first.value) {
                self.data_lines(&format!("{}:", self.key(first, top)), &first.value, "");
                rest = others;
                continue;
            }
            let beside = |n: usize| {
                let (last, next) = (&rest[n - 1], &rest[n]);
                !self.parts_lines(last.span, next.span) && !self.on_lines(&next.value) && self.row_fits(|w| w.row(&rest[..=n], top))
            };
            let length = (1..rest.len()).find(|n| !beside(*n)).unwrap_or(rest.len());
            let (row, others) = rest.split_at(length);
            let line = self.row(row, top);
            self.line(&line);
            rest = others;
        }
    }

    /// Entries side by side.
    fn row(&self, entries: &[Entry], top: bool) -> String {
        entries.iter().map(|e| format!("{}: {}", self.key(e, top), self.data(&e.value))).collect::<Vec<_>>().join(", ")
    }

    /// Data on several lines behind its key, if it has one; `tail` follows it.
    fn data_lines(&mut self, key: &str, data: &Data, tail: &str) {
        match data {
            Data::Record(entries, span) => {
                self.open(key);
                self.entry_lines(entries, false);
                self.close(*span, tail);
            }
            Data::List(list, span) => {
                self.open_list(key);
                for (i, d) in list.iter().enumerate() {
                    let comma = if i + 1 < list.len() { "," } else { "" };
                    if self.on_lines(d) {
                        self.before(place(d), None);
                        self.data_lines("", d, comma);
                    } else {
                        let text = self.data(d) + comma;
                        self.node(place(d), None, &text);
                    }
                }
                self.close_list(*span, tail);
            }
            Data::Scalar(_) | Data::Blank(_) | Data::Sealed(_) => {
                let line = format!("{key} {}{tail}", self.data(data));
                self.line(line.trim_start());
            }
        }
    }

    fn record(&self, entries: &[Entry]) -> String {
        if entries.is_empty() {
            return "{}".into();
        }
        format!("{{ {} }}", self.row(entries, false))
    }

    /// A key is followed by its colon: no keyword is mistaken for anything else there. With a dot behind it, it may be.
    fn key(&self, e: &Entry, top: bool) -> String {
        let mut key: Vec<String> = e.key.iter().map(if e.key.len() > 1 { name } else { bare }).collect();
        if let ([first, _, ..], true) = (&mut key[..], top) {
            *first = entry_word(first, self.style.keywords).unwrap_or(first).to_owned();
        }
        key.join(".")
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
            ExpectKind::Status(status, _) => {
                let words = match status {
                    Some(Target::Stage(stage)) => format!("{} {}", self.kw("kw_at"), name(stage)),
                    Some(Target::End(result)) => {
                        self.kw("kw_end").to_owned() + &result.as_ref().map(|n| format!(" {}", name(n))).unwrap_or_default()
                    }
                    None => self.kw("kw_s_unknown").to_owned(),
                };
                format!("{} {words}", self.kw("kw_status"))
            }
            ExpectKind::Tag(n) => format!("{} {}", self.kw("kw_tag"), name(n)),
            ExpectKind::Note(n) => format!("{} {}", self.kw("kw_expect_note"), name(n)),
            ExpectKind::Value(n, value) => format!("{} = {}", reference(n), self.expr(value)),
            ExpectKind::Order(n, list) => format!("{} {} {}", reference(n), self.kw("kw_expect_order"), self.values(list)),
            ExpectKind::Place(n, place, _) => format!("{} {}", reference(n), self.place(*place)),
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

/// The word of either language for what an entry such as `event.报送` begins with.
fn entry_word(word: &str, lang: Lang) -> Option<&'static str> {
    let keyword = keywords::by_english("entry", word)?;
    Some(if lang == Lang::Zh { keyword.chinese } else { keyword.english })
}

/// Where data stands.
fn place(data: &Data) -> Span {
    match data {
        Data::Scalar(e) => e.span,
        Data::Blank(span) | Data::List(_, span) | Data::Record(_, span) => *span,
        Data::Sealed(format) => format.span,
    }
}
