//! Scenarios: given data, what is sent, and what is expected.

use super::{Builder, choice, expr};
use crate::ast::{
    Data, Entry, Expect, ExpectKind, Expr, ExprKind, Given, Name, PackageState, Place, RuleResult, Scenario, Sent, Step, Target, Verdict,
};
use crate::grammar::{Pair, Rule};
use crate::keywords;

impl Builder<'_> {
    /// `scenario "title" { steps }`.
    pub fn scenario(&mut self, pair: Pair) -> Scenario {
        let span = self.trimmed(&pair);
        let title = crate::ast::Str { text: String::new(), span };
        let mut scenario = Scenario { title, cites: Vec::new(), steps: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::string => scenario.title = self.string(p),
                Rule::cites => scenario.cites.extend(self.cites(p)),
                Rule::odd => self.odd(p, Rule::scenario),
                _ => scenario.steps.extend(self.step(p)),
            }
        }
        scenario
    }

    fn step(&mut self, pair: Pair) -> Option<Step> {
        let span = self.trimmed(&pair);
        Some(match pair.as_rule() {
            Rule::given => Step::Given(self.given(pair)),
            Rule::sent => Step::Sent(self.sent(pair)),
            Rule::expect => Step::Expect(self.expect(pair)),
            Rule::step_at => Step::At(self.name_in(pair)),
            Rule::step_on => Step::On(self.expr_in(pair)),
            Rule::step_closed => Step::Closed(span),
            Rule::step_open => Step::Open(span),
            Rule::step_reading => {
                let (mut name, mut value) = (self.no_name(span), crate::ast::ReadingValue::Open(span));
                for p in pair.into_inner() {
                    match p.as_rule() {
                        Rule::name => name = self.reading_name(p),
                        Rule::reading_value => value = self.reading_value(p),
                        _ => {}
                    }
                }
                Step::Reading { name, value }
            }
            Rule::bad => Step::Bad(self.bad(pair, Rule::only_step)),
            _ => return None,
        })
    }

    fn given(&mut self, pair: Pair) -> Given {
        let span = self.trimmed(&pair);
        let mut given = Given { count: None, track: self.no_name(span), id: None, entries: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::integer => given.count = Some(self.integer(p)),
                Rule::name => given.track = self.name(p),
                Rule::string => given.id = Some(self.string(p)),
                Rule::entries => given.entries = self.entries(p),
                _ => {}
            }
        }
        given.entries.iter_mut().filter(|e| e.key.len() > 1).for_each(english_key);
        given
    }

    fn sent(&mut self, pair: Pair) -> Sent {
        let span = self.trimmed(&pair);
        let mut sent = Sent { id: None, by: None, on: None, at: None, entries: Vec::new(), span };
        let mut key = None;
        for p in pair.into_inner() {
            let place = self.span(&p);
            match p.as_rule() {
                Rule::string => sent.id = Some(self.string(p)),
                Rule::sent_by => {
                    for q in p.into_inner() {
                        match q.as_rule() {
                            Rule::name => sent.by = Some(self.name(q)),
                            Rule::sent_key => key = Some(self.name_in(q)),
                            _ => {}
                        }
                    }
                }
                Rule::sent_on => {
                    let on = self.expr_in(p);
                    self.once(&mut sent.on, on, place);
                }
                Rule::at => {
                    let at = self.name_in(p);
                    self.once(&mut sent.at, at, place);
                }
                Rule::entries => sent.entries = self.entries(p),
                _ => {}
            }
        }
        sent.entries.iter_mut().for_each(english_key);
        // `sent by 市地教育局 哈尔滨` says the package's key where people say it.
        if let Some(name) = key {
            let span = name.span;
            let value = Data::Scalar(Expr { kind: ExprKind::Name(name), span });
            sent.entries.insert(0, Entry { key: vec![Name { text: "key".to_owned(), span }], value, span });
        }
        sent
    }

    fn entries(&mut self, pair: Pair) -> Vec<Entry> {
        let mut entries = Vec::new();
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::entry => entries.push(self.entry(p)),
                Rule::bad => {
                    self.bad(p, Rule::only_entry);
                }
                _ => {}
            }
        }
        entries
    }

    fn entry(&mut self, pair: Pair) -> Entry {
        let span = self.trimmed(&pair);
        let (mut key, mut value) = (Vec::new(), Data::Blank(span));
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::name => key.push(self.name(p)),
                Rule::data => value = self.data(p),
                _ => {}
            }
        }
        Entry { key, value, span }
    }

    fn data(&mut self, pair: Pair) -> Data {
        let span = self.trimmed(&pair);
        let Some(p) = pair.into_inner().next() else { return Data::Blank(span) };
        match p.as_rule() {
            Rule::blank => Data::Blank(span),
            Rule::data_list => Data::List(p.into_inner().filter(|q| q.as_rule() == Rule::data).map(|q| self.data(q)).collect(), span),
            Rule::entries => Data::Record(self.entries(p), span),
            Rule::sealed_copy => Data::Sealed(self.name_in(p)),
            _ => Data::Scalar(self.any_expr(p)),
        }
    }

    fn expect(&mut self, pair: Pair) -> Expect {
        let span = self.trimmed(&pair);
        let mut expect = Expect { kind: ExpectKind::Tag(self.no_name(span)), of: Vec::new(), span };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::expectation => {
                    if let Some(q) = p.into_inner().next() {
                        expect.kind = self.expectation(q);
                    }
                }
                Rule::expect_for => expect.of = p.into_inner().filter(|q| q.as_rule() == Rule::value).map(|q| self.value(q)).collect(),
                _ => {}
            }
        }
        expect
    }

    fn expectation(&mut self, pair: Pair) -> ExpectKind {
        let span = self.trimmed(&pair);
        let word = |pair: &Pair, kind: Rule| pair.clone().into_inner().find(|p| p.as_rule() == kind).and_then(choice);
        match pair.as_rule() {
            Rule::expect_verdict => ExpectKind::Verdict(verdict(word(&pair, Rule::verdict)), span),
            Rule::expect_package => ExpectKind::Package(package_state(word(&pair, Rule::package_state)), span),
            Rule::expect_result => {
                let result = result(word(&pair, Rule::result));
                ExpectKind::Result(self.name_in(pair), result, span)
            }
            Rule::expect_value => {
                let value = pair.clone().into_inner().find(|p| p.as_rule() == Rule::expr).map_or(expr::bad(span), |p| self.expr(p));
                ExpectKind::Value(self.name_in(pair), value)
            }
            Rule::expect_order => {
                let list = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::value).map(|p| self.value(p)).collect();
                ExpectKind::Order(self.name_in(pair), list)
            }
            Rule::expect_place => {
                let place = self.place_of(&pair);
                ExpectKind::Place(self.name_in(pair), place, span)
            }
            Rule::expect_status => ExpectKind::Status(self.status(pair), span),
            Rule::expect_tag => ExpectKind::Tag(self.name_in(pair)),
            Rule::expect_note => ExpectKind::Note(self.name_in(pair)),
            Rule::expect_outcome => ExpectKind::Outcome(self.name_in(pair)),
            Rule::expect_finding => ExpectKind::Finding(self.name_in(pair)),
            _ => ExpectKind::NoFinding(self.name_in(pair)),
        }
    }
}

impl Builder<'_> {
    fn status(&mut self, pair: Pair) -> Option<Target> {
        let mut status = None;
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::name => status = Some(Target::Stage(self.name(p))),
                Rule::kw_end => status = Some(Target::End(None)),
                Rule::status_end => status = Some(Target::End(Some(self.name_in(p)))),
                _ => {}
            }
        }
        status
    }

    fn place_of(&mut self, pair: &Pair) -> Place {
        let Some(place) = pair.clone().into_inner().find(|p| p.as_rule() == Rule::place) else { return Place::Selected };
        match choice(place.clone()) {
            Some(Rule::kw_p_waiting) => Place::Waiting(self.integer_in(place)),
            Some(Rule::kw_p_tied) => Place::Tied,
            Some(Rule::kw_p_not_selected) => Place::NotSelected,
            _ => Place::Selected,
        }
    }
}

/// The known first word of a key (`理由.申报主体`, `材料`) in English.
fn english_key(entry: &mut Entry) {
    if let Some(first) = entry.key.first_mut() {
        first.text = keywords::canonical("entry", &first.text);
    }
}

fn verdict(rule: Option<Rule>) -> Verdict {
    match rule {
        Some(Rule::kw_s_rejected) => Verdict::Rejected,
        Some(Rule::kw_s_returned) => Verdict::Returned,
        Some(Rule::kw_s_reason_needed) => Verdict::ReasonNeeded,
        Some(Rule::kw_s_unknown) => Verdict::Unknown,
        Some(Rule::kw_s_pending) => Verdict::Pending,
        _ => Verdict::Accepted,
    }
}

fn result(rule: Option<Rule>) -> RuleResult {
    match rule {
        Some(Rule::kw_s_unmet) => RuleResult::Unmet,
        Some(Rule::kw_s_unknown) => RuleResult::Unknown,
        Some(Rule::kw_s_pending) => RuleResult::Pending,
        Some(Rule::kw_s_not_applicable) => RuleResult::NotApplicable,
        Some(Rule::kw_s_not_yet_due) => RuleResult::NotYetDue,
        _ => RuleResult::Met,
    }
}

fn package_state(rule: Option<Rule>) -> PackageState {
    match rule {
        Some(Rule::kw_s_returned) => PackageState::Returned,
        Some(Rule::kw_s_reason_needed) => PackageState::ReasonNeeded,
        Some(Rule::kw_s_unknown) => PackageState::Unknown,
        _ => PackageState::Complete,
    }
}
