//! One expectation against what came out.

mod places;
mod status;

use crate::report::{BatchReport, Finding, Measure, PackageFinding, QuotaFinding, Report, Shown, result_text, state_word, verdict_word};
use crate::scenario::Failure;
use crate::select::SelectReport;
use crate::targets::{TargetFinding, TargetsReport};
use prog_base::{Exact, Lang, Text, text};
use prog_model::{Expectation, ExpectationKind, ExpectedValue, PackageState, Programme, RuleResult, Strength, Type, Verdict};

/// What is not as expected, one entry a case, group or package.
pub(crate) fn check(found: &Found<'_, '_>, expectation: &Expectation) -> Vec<Failure> {
    let Found { p, batch, targets, selected } = *found;
    let test = Test { p, expectation, batch, targets };
    match &expectation.kind {
        ExpectationKind::Verdict(verdict) => test.cases(&verdict_text(*verdict), |r| (r.verdict == *verdict, verdict_text(r.verdict))),
        ExpectationKind::Rule(key, result) => test.named(key, *result),
        ExpectationKind::Material(key, result) => test.material(key, *result),
        ExpectationKind::Quota(id, result) => test.quota(&p.quotas[id.index()].ident.key, *result),
        ExpectationKind::Target(block, key, result) => test.target(*block, key, *result),
        ExpectationKind::Status(wanted) => test.cases(&status::wanted(p, wanted), |r| status::standing(p, r, wanted)),
        ExpectationKind::Tag(key) => test.cases(&text!("标签“{key}”", "the tag `{key}`"), |r| {
            let tags = r.tags.join("、");
            (r.tags.contains(&key.as_str()), text!("标签：{tags}", "tags: {tags}"))
        }),
        ExpectationKind::Note(key) => test.note(key),
        ExpectationKind::Value(key, number) => test.value(key, number),
        ExpectationKind::Outcome(key) => test.cases(&text!("处理为“{key}”", "the outcome `{key}`"), |r| match r.outcome {
            Some(range) if range.best == range.worst => (range.best == key, Text::same(range.best)),
            Some(range) => (false, Text::same(format!("{}–{}", range.worst, range.best))),
            None => (false, text!("没有处理结果", "no outcome")),
        }),
        ExpectationKind::Package(state) => test.packages(*state),
        ExpectationKind::Finding(key, exists) => test.finding(key, *exists),
        ExpectationKind::Order(id, ids) => places::order(&test, selected, *id, ids),
        ExpectationKind::Place(id, place) => places::place(&test, selected, *id, *place),
        ExpectationKind::Given(id, wish) => places::given(&test, selected, *id, wish),
    }
}

/// What came out.
#[derive(Clone, Copy)]
pub(crate) struct Found<'t, 'a> {
    pub p: &'t Programme,
    pub batch: &'t BatchReport<'a>,
    pub targets: &'t TargetsReport<'a>,
    pub selected: &'t SelectReport<'a>,
}

struct Test<'t, 'a> {
    p: &'t Programme,
    expectation: &'t Expectation,
    batch: &'t BatchReport<'a>,
    targets: &'t TargetsReport<'a>,
}

fn verdict_text(verdict: Verdict) -> Text {
    let zh = match verdict {
        Verdict::Rejected => "不通过",
        Verdict::Returned => "退回",
        Verdict::ReasonNeeded => "需说明理由",
        Verdict::Unknown => "未明",
        Verdict::Pending => "待评定",
        Verdict::Accepted => "通过",
    };
    Text { zh: zh.to_owned(), en: verdict_word(verdict).to_owned() }
}

fn state_text(state: PackageState) -> Text {
    let zh = match state {
        PackageState::Complete => "齐备",
        PackageState::Returned => "退回",
        PackageState::ReasonNeeded => "需说明理由",
        PackageState::Unknown => "未明",
    };
    Text { zh: zh.to_owned(), en: state_word(state).to_owned() }
}

/// A name in front of words.
fn of(name: &str, words: &Text) -> Text {
    Text { zh: format!("{name} {}", words.zh), en: format!("{name} {}", words.en) }
}

fn nothing() -> Text {
    text!("什么也没有", "nothing")
}

impl<'a> Test<'_, 'a> {
    fn failure(&self, expected: Text, found: Text) -> Failure {
        Failure { span: self.expectation.span, expected, found, case: None }
    }

    fn of_case(&self, report: &Report<'a>, expected: &Text, found: &Text) -> Failure {
        let id = report.id.unwrap_or("");
        Failure { case: report.id.map(str::to_owned), ..self.failure(of(id, expected), of(id, found)) }
    }

    /// The reports asked for: of the cases named, else all.
    fn reports(&self) -> Vec<&Report<'a>> {
        let named = |r: &&Report<'a>| self.expectation.of.is_empty() || r.id.is_some_and(|id| self.expectation.of.iter().any(|o| o == id));
        self.batch.reports.iter().filter(named).collect()
    }

    /// Checks each report; none to check is a failure too.
    fn cases(&self, expected: &Text, test: impl Fn(&Report<'a>) -> (bool, Text)) -> Vec<Failure> {
        let reports = self.reports();
        if reports.is_empty() {
            return vec![self.failure(expected.clone(), text!("没有这个申报", "no such case"))];
        }
        let failed = reports.into_iter().filter_map(|r| {
            let (holds, found) = test(r);
            (!holds).then(|| self.of_case(r, expected, &found))
        });
        failed.collect()
    }

    fn named(&self, key: &str, result: RuleResult) -> Vec<Failure> {
        let expected = of(key, &result_text(result));
        let track = |r: &Report<'a>| self.p.tracks.iter().find(|t| t.ident.key == r.track);
        let has_rule = |r: &Report<'a>| track(r).is_some_and(|t| t.rules.iter().any(|rule| rule.ident.key == key));
        let reports: Vec<_> = self.reports().into_iter().filter(|r| has_rule(r)).collect();
        if reports.is_empty() {
            return vec![self.failure(expected, text!("没有申报有这条规则", "no case has this rule"))];
        }
        let failed = reports.into_iter().filter_map(|r| {
            let found = all_findings(r).find(|f| f.ident.key == key && f.kind == crate::report::FindingKind::Rule).map(|f| f.result);
            let words = found.map_or_else(nothing, result_text);
            (found != Some(result)).then(|| self.of_case(r, &expected, &words))
        });
        failed.collect()
    }

    /// A material of the cases, else of the packages.
    fn material(&self, key: &str, result: RuleResult) -> Vec<Failure> {
        let is = |f: &&Finding<'a>| f.kind == crate::report::FindingKind::Material && f.ident.key == key;
        let of_cases =
            self.reports().into_iter().filter_map(|r| all_findings(r).find(is).map(|f| (r.id.unwrap_or("").to_owned(), f.result)));
        let mut found: Vec<(String, RuleResult)> = of_cases.collect();
        for package in self.packages_named() {
            let own = package.findings.iter().filter_map(|f| if let PackageFinding::Own(f) = f { Some(f) } else { None });
            found.extend(own.filter(is).map(|f| (package.id.unwrap_or("").to_owned(), f.result)));
        }
        self.results(key, result, found)
    }

    fn results(&self, key: &str, result: RuleResult, found: Vec<(String, RuleResult)>) -> Vec<Failure> {
        let expected = of(key, &result_text(result));
        if found.is_empty() {
            return vec![self.failure(expected, nothing())];
        }
        let wrong = found.into_iter().filter(|(_, r)| *r != result);
        wrong.map(|(name, r)| self.failure(of(&name, &expected), of(&name, &result_text(r)))).collect()
    }

    /// The groups of a quota asked for: those whose keys are all named, of a single key any that is; without names, those that hold cases.
    fn groups(&self, key: &str) -> Vec<&QuotaFinding<'a>> {
        let all: Vec<&QuotaFinding<'a>> = self.batch.findings.iter().filter(|q| q.ident.key == key).collect();
        let named: Vec<&String> = self.expectation.of.iter().collect();
        if !named.is_empty() {
            if all.iter().all(|q| q.key.len() == 1) {
                return all.into_iter().filter(|q| q.key.iter().any(|(_, v)| named.iter().any(|n| v == n.as_str()))).collect();
            }
            let holds = |q: &&QuotaFinding<'a>| named.iter().all(|n| q.key.iter().any(|(_, v)| v == n.as_str()));
            return all.into_iter().filter(holds).filter(|q| q.key.len() == named.len() || counts(q)).collect();
        }
        let filled: Vec<&QuotaFinding<'a>> = all.iter().copied().filter(|q| counts(q)).collect();
        if filled.is_empty() { all } else { filled }
    }

    fn quota(&self, key: &str, result: RuleResult) -> Vec<Failure> {
        let found: Vec<(String, RuleResult)> = self.groups(key).into_iter().map(|q| (group_name(q), q.result)).collect();
        let single = self.batch.findings.iter().any(|q| q.ident.key == key && q.key.len() == 1);
        let missing = self.expectation.of.iter().find(|of| single && !found.iter().any(|(name, _)| name == *of));
        if let Some(name) = missing {
            let expected =
                Text { zh: format!("{name} {key} {}", result_text(result).zh), en: format!("{name} {key} {}", result_text(result).en) };
            return vec![self.failure(expected, text!("没有“{name}”这一组", "there is no group `{name}`"))];
        }
        self.results(key, result, found)
    }

    /// The milestones of an indicator: those named by `for`, else those that a report decides, else all.
    fn milestones(&self, key: &str) -> Vec<&TargetFinding<'a>> {
        let named =
            |f: &&TargetFinding<'a>| f.milestone.is_some() && f.ident.key == key && self.expectation.of.iter().all(|of| names(f, of));
        let all: Vec<&TargetFinding<'a>> = self.targets.findings.iter().filter(named).collect();
        if !self.expectation.of.is_empty() {
            return all;
        }
        let decided: Vec<&TargetFinding<'a>> = all.iter().copied().filter(|f| !f.reports.is_empty()).collect();
        if decided.is_empty() { all } else { decided }
    }

    fn target(&self, block: usize, key: &str, result: RuleResult) -> Vec<Failure> {
        let in_block = |f: &&TargetFinding<'a>| std::ptr::eq(f.block, &self.p.targets[block]);
        // What is not due yet is passed over unless it is asked for.
        let asked = |f: &&TargetFinding<'a>| {
            result == RuleResult::NotYetDue || f.result != RuleResult::NotYetDue || !self.expectation.of.is_empty()
        };
        let found: Vec<&TargetFinding<'a>> = self.milestones(key).into_iter().filter(in_block).filter(asked).collect();
        let results = found.into_iter().map(|f| {
            let item = f.items.iter().flatten().find(|i| self.expectation.of.iter().any(|of| of == i.key));
            (format!("{} {}", f.key.map_or("", |(_, key)| key), f.label).trim().to_owned(), item.map_or(f.result, |i| i.result))
        });
        self.results(key, result, results.collect())
    }

    /// The note of a rule in every case asked for, or of a quota in a group.
    fn note(&self, key: &str) -> Vec<Failure> {
        let expected = text!("提示“{key}”", "the note `{key}`");
        if self.p.quotas.iter().any(|q| q.ident.key == key) {
            let speaks = |q: &&QuotaFinding<'a>| q.strength == Strength::Note && q.result == RuleResult::Unmet;
            let found = self.groups(key);
            return match found.iter().any(speaks) {
                true => Vec::new(),
                false => vec![self.failure(expected, found.first().map_or_else(nothing, |q| result_text(q.result)))],
            };
        }
        if self.p.targets.iter().flat_map(|t| &t.indicators).any(|i| i.ident.key == key) && self.reports().is_empty() {
            let notes = self.targets.notes.iter().map(|n| n.rule).collect::<Vec<_>>();
            let found = notes.join("、");
            return match notes.contains(&key) {
                true => Vec::new(),
                false => vec![self.failure(expected, text!("提示：{found}", "notes: {found}"))],
            };
        }
        self.cases(&expected, |r| {
            let notes = r.notes.iter().map(|n| n.rule).collect::<Vec<_>>().join("、");
            (r.notes.iter().any(|n| n.rule == key), text!("提示：{notes}", "notes: {notes}"))
        })
    }

    fn value(&self, key: &str, wanted: &ExpectedValue) -> Vec<Failure> {
        let yes = |b: bool| if b { text!("是", "yes") } else { text!("否", "no") };
        let words = match wanted {
            ExpectedValue::Number(n) => Text::same(n.to_string()),
            ExpectedValue::Text(t) => Text::same(t.clone()),
            ExpectedValue::Bool(b) => yes(*b),
            ExpectedValue::Unknown => text!("未明", "unknown"),
        };
        let expected = Text { zh: format!("{key} = {}", words.zh), en: format!("{key} = {}", words.en) };
        self.cases(&expected, |r| match r.values.iter().find(|v| v.key == key).map(|v| &v.shown) {
            Some(Shown::Number(value, ty)) => {
                let (shown, _) = crate::json::number(self.p, value, ty);
                (Exact::parse(&shown).map(ExpectedValue::Number).as_ref() == Some(wanted), Text::same(shown))
            }
            Some(Shown::Bool(b)) => (*wanted == ExpectedValue::Bool(*b), yes(*b)),
            Some(Shown::Text(t)) => (*wanted == ExpectedValue::Text(t.to_string()), Text::same(t.to_string())),
            Some(Shown::Texts(list)) => (false, Text::same(list.join(", "))),
            Some(Shown::Unknown(..)) => (*wanted == ExpectedValue::Unknown, text!("未明", "unknown")),
            None if self.is_never_known(r, key) => (*wanted == ExpectedValue::Unknown, text!("未明", "unknown")),
            Some(Shown::None) | None => (false, nothing()),
        })
    }

    /// Whether it is a calculation that goes back to what the notice does not say, so that no report can list it.
    fn is_never_known(&self, report: &Report<'a>, key: &str) -> bool {
        let track = self.p.tracks.iter().find(|t| t.ident.key == report.track);
        track.is_some_and(|t| t.lets.iter().any(|l| l.ident.key == key && l.value.ty == Type::Unknown))
    }

    fn packages_named(&self) -> Vec<&crate::report::PackageReport<'a>> {
        let of = &self.expectation.of;
        let is = |k: &&crate::report::PackageReport<'a>| {
            of.is_empty() || of.iter().any(|o| k.id == Some(o.as_str()) || k.key.iter().any(|(_, v)| v == o.as_str()))
        };
        self.batch.packages.iter().filter(is).collect()
    }

    fn packages(&self, state: PackageState) -> Vec<Failure> {
        let expected = text!("报送包 {}", "package {}", state_word(state));
        let expected = Text { zh: format!("报送包{}", state_text(state).zh), ..expected };
        let found = self.packages_named();
        if found.is_empty() {
            return vec![self.failure(expected, text!("没有这个报送包", "no such package"))];
        }
        let wrong = found.into_iter().filter(|k| k.state != state);
        wrong.map(|k| self.failure(expected.clone(), of(k.id.unwrap_or(""), &state_text(k.state)))).collect()
    }

    /// Whether anything of this name is not met.
    fn finding(&self, key: &str, exists: bool) -> Vec<Failure> {
        let bad = |r: RuleResult| !matches!(r, RuleResult::Met | RuleResult::NotApplicable);
        let mut of_case = self.reports().into_iter().flat_map(|r| r.findings.iter()).filter(|f| f.ident.key == key && bad(f.result));
        let says = of_case.next().map(|f| &f.message);
        let of_cases = says.is_some();
        let of_packages = self.packages_named().into_iter().flat_map(|k| &k.findings).any(|f| match f {
            PackageFinding::Own(f) => f.ident.key == key && bad(f.result),
            PackageFinding::Quota(q) => q.ident.key == key && bad(q.result),
        });
        let of_quotas = self.groups(key).into_iter().any(|q| bad(q.result));
        let missed = |f: &&TargetFinding<'a>| bad(f.result) && f.result != RuleResult::NotYetDue;
        let bad_entry = |f: &&TargetFinding<'a>| f.milestone.is_none() && f.ident.key == key;
        let of_targets = self.milestones(key).iter().any(missed) || self.targets.findings.iter().any(|f| bad_entry(&f));
        let found = of_cases || of_packages || of_quotas || of_targets;
        let words = |yes: bool| match yes {
            true => text!("“{key}”有问题", "a finding on `{key}`"),
            false => text!("“{key}”没有问题", "no finding on `{key}`"),
        };
        if found == exists {
            return Vec::new();
        }
        let mut out = words(found);
        if let Some(message) = says {
            out = Text { zh: format!("{}：{}", out.zh, message.get(Lang::Zh)), en: format!("{}: {}", out.en, message.get(Lang::En)) };
        }
        vec![self.failure(words(exists), out)]
    }
}

fn all_findings<'r, 'a>(report: &'r Report<'a>) -> impl Iterator<Item = &'r Finding<'a>> {
    report.findings.iter().chain(&report.later)
}

/// Whether `for` names a milestone: its year or label, a body, the report that decides it, a value of its list.
fn names(f: &TargetFinding<'_>, of: &str) -> bool {
    f.label == of
        || f.label.strip_prefix("year ").or(f.label.strip_prefix("total ")) == Some(of)
        || (f.label.starts_with("total") && matches!(of, "total" | "累计"))
        || f.key.is_some_and(|(_, key)| key == of)
        || f.reports.iter().any(|r| r.id.as_deref() == Some(of))
        || f.items.iter().flatten().any(|i| i.key == of)
}

/// Whether a group has anything in it.
fn counts(q: &QuotaFinding<'_>) -> bool {
    !q.members.is_empty() || matches!(&q.measure, Measure::Share(_, base) if *base > 0)
}

fn group_name(q: &QuotaFinding<'_>) -> String {
    q.key.iter().map(|(_, v)| v.as_ref()).collect::<Vec<_>>().join(" ")
}
