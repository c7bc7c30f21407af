//! One case under two versions.
//!
//! In: a case over the entries of both. Out: what each version says of it. Always: each version is shown the entries that it has, under
//! its own name; what it refuses is a result too.

use prog_eval::{FindingKind, FindingStrength, Options, Prepared, Report, result_word, verdict_word};
use prog_model::{Programme, RuleResult, Strength, Test, Track, TrackId, Verdict};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A version made ready.
pub(crate) struct Side<'p> {
    pub p: &'p Programme,
    pub prepared: Prepared<'p>,
    /// Per track: where something may stand in a case.
    places: Vec<Vec<String>>,
}

/// The worse an outcome, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// The case does not read: no report.
    Refused,
    Verdict(Verdict),
}

impl Rank {
    /// Whether something is still awaited.
    pub fn is_open(self) -> bool {
        matches!(self, Rank::Verdict(Verdict::Unknown | Verdict::Pending))
    }

    pub fn word(self) -> &'static str {
        match self {
            Rank::Refused => "refused",
            Rank::Verdict(verdict) => verdict_word(verdict),
        }
    }
}

/// What one version says of a case, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub rank: Rank,
    /// Per finding that bears on the verdict: its name here, its clauses and what it brings. By kind and key.
    pub findings: BTreeMap<(u8, String), Brought>,
    /// Best and worst outcome.
    pub outcome: Option<(String, String)>,
    pub tags: BTreeSet<String>,
    pub notes: BTreeSet<String>,
    pub values: BTreeMap<String, String>,
    /// How much speaks against the case.
    pub against: usize,
    /// How many waivers are met.
    pub lifted: usize,
    /// Pointers of entries that are not acceptable.
    pub faults: BTreeSet<String>,
}

/// What one finding brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Brought {
    pub name: String,
    pub clauses: Vec<String>,
    pub verdict: Verdict,
    pub result: &'static str,
}

/// The kinds of findings that are told apart.
pub(crate) const RULE: u8 = 0;
/// A material.
pub(crate) const MATERIAL: u8 = 1;
/// A field.
pub(crate) const FIELD: u8 = 2;
/// Anything else.
const OTHER: u8 = 3;

impl<'p> Side<'p> {
    pub fn new(p: &'p Programme) -> Self {
        let places = p.tracks.iter().map(|t| places(p, t)).collect();
        Self { p, prepared: Prepared::new(p), places }
    }

    /// The part of a case that this version knows.
    pub fn project(&self, track: TrackId, case: &Value) -> Value {
        let mut own = json!({ "programme": self.p.ident.key, "track": self.p.track(track).ident.key });
        for place in &self.places[track.index()] {
            if let Some(value) = case.pointer(place) {
                prog_cases::put(&mut own, place, value.clone());
            }
        }
        for member in ["events", "id"] {
            if let Some(value) = case.get(member) {
                own[member] = value.clone();
            }
        }
        own
    }

    /// What it says of a case.
    pub fn says(&self, track: TrackId, case: &Value, options: &Options) -> Said {
        let own = self.project(track, case);
        match self.prepared.read_case(&own.to_string()) {
            Ok(case) => self.said(&self.prepared.evaluate(&case, options)),
            Err(_) => Said::refused(),
        }
    }

    pub fn said(&self, report: &Report<'_>) -> Said {
        let mut said = Said::refused();
        said.rank = Rank::Verdict(report.verdict);
        said.against = 0;
        for finding in &report.findings {
            let kind = match finding.kind {
                FindingKind::Rule => RULE,
                FindingKind::Material => MATERIAL,
                FindingKind::Field => FIELD,
                FindingKind::Stage | FindingKind::Quota | FindingKind::Summary | FindingKind::Package => OTHER,
            };
            // What decides the verdict weighs most; what is not in force hides what it does.
            let weight = match bears(finding.strength, RuleResult::Unmet) {
                Verdict::Accepted => 1,
                Verdict::Rejected => 24,
                Verdict::Returned => 22,
                Verdict::ReasonNeeded | Verdict::Unknown | Verdict::Pending => 20,
            };
            let lifts = finding.weighs(Strength::Waive);
            said.lifted += usize::from(lifts && finding.result == RuleResult::Met);
            said.against += match finding.result {
                RuleResult::Met if lifts => 100,
                RuleResult::Unmet if lifts => 0,
                RuleResult::Unmet | RuleResult::Pending => weight,
                RuleResult::Unknown => 2 * weight,
                RuleResult::NotApplicable => 1,
                RuleResult::Met | RuleResult::NotYetDue => 0,
            };
            if kind == FIELD && finding.result == RuleResult::Unmet && finding.problem != Some(prog_eval::Problem::Blank) {
                said.faults.insert(finding.path.to_string());
            }
            let brought = Brought {
                name: finding.ident.name.clone(),
                clauses: self.p.addresses(finding.cites).into_iter().map(str::to_owned).collect(),
                verdict: bears(finding.strength, finding.result),
                result: result_word(finding.result),
            };
            let key = if kind == FIELD { finding.path.to_string() } else { finding.ident.key.clone() };
            let worse = |old: &Brought| old.verdict > brought.verdict;
            if said.findings.get(&(kind, key.clone())).is_none_or(worse) {
                said.findings.insert((kind, key), brought);
            }
        }
        said.outcome = report.outcome.map(|o| (o.worst.to_owned(), o.best.to_owned()));
        said.tags = report.tags.iter().map(|t| (*t).to_owned()).collect();
        said.notes = report.notes.iter().map(|n| n.rule.to_owned()).collect();
        said.values = report.values.iter().map(|v| (v.key.to_owned(), format!("{:?}", v.shown))).collect();
        said
    }
}

impl Said {
    pub fn refused() -> Self {
        Said {
            rank: Rank::Refused,
            findings: BTreeMap::new(),
            outcome: None,
            tags: BTreeSet::new(),
            notes: BTreeSet::new(),
            values: BTreeMap::new(),
            against: 1 << 20,
            lifted: 0,
            faults: BTreeSet::new(),
        }
    }

    /// What every finding came to, and the notes: a written reason leaves one.
    pub fn results(&self) -> (Vec<(u8, &str, &'static str)>, &BTreeSet<String>) {
        (self.findings.iter().map(|((kind, key), b)| (*kind, key.as_str(), b.result)).collect(), &self.notes)
    }

    /// Whether every finding came to the same, notes included.
    pub fn agrees(&self, other: &Said) -> bool {
        self.rank == other.rank && self.results() == other.results()
    }

    /// The findings that bring the verdict, with their clauses.
    pub fn decided(&self) -> Vec<(String, Vec<String>)> {
        self.decided_among(&|_| true)
    }

    /// Those of some findings that bring the verdict; if none of them does, all that do.
    pub fn decided_by(&self, keys: &BTreeSet<(u8, String)>) -> Vec<(String, Vec<String>)> {
        let mine = self.decided_among(&|key| keys.contains(key));
        if mine.is_empty() { self.decided() } else { mine }
    }

    fn decided_among(&self, kept: &dyn Fn(&(u8, String)) -> bool) -> Vec<(String, Vec<String>)> {
        let Rank::Verdict(verdict) = self.rank else { return Vec::new() };
        if verdict == Verdict::Accepted {
            return Vec::new();
        }
        let brings = self.findings.iter().filter(|(key, b)| b.verdict == verdict && kept(key));
        brings.map(|(_, b)| (b.name.clone(), b.clauses.clone())).collect()
    }

    /// The verdict of some findings alone.
    pub fn of(&self, keys: &BTreeSet<(u8, String)>) -> Rank {
        match self.rank {
            Rank::Refused => Rank::Refused,
            Rank::Verdict(_) => {
                Rank::Verdict(keys.iter().filter_map(|k| self.findings.get(k)).map(|b| b.verdict).min().unwrap_or(Verdict::Accepted))
            }
        }
    }
}

impl Said {
    /// Whether findings other than these bring a verdict behind which smaller differences hide.
    pub fn is_settled_without(&self, keys: &BTreeSet<(u8, String)>) -> bool {
        let others = self.findings.iter().filter(|(key, _)| !keys.contains(key));
        self.rank == Rank::Refused || others.map(|(_, b)| b.verdict).any(|v| v < Verdict::Unknown)
    }
}

/// What one finding brings to the verdict (semantics 1.5).
pub(crate) fn bears(strength: FindingStrength, result: RuleResult) -> Verdict {
    let FindingStrength::Rule(strength) = strength else { return Verdict::Accepted };
    let unmet = match strength {
        Strength::Require => Verdict::Rejected,
        Strength::Complete => Verdict::Returned,
        Strength::InPrinciple => Verdict::ReasonNeeded,
        Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive => return Verdict::Accepted,
    };
    match result {
        RuleResult::Unmet => unmet,
        RuleResult::Unknown => Verdict::Unknown,
        RuleResult::Pending => Verdict::Pending,
        RuleResult::Met | RuleResult::NotApplicable | RuleResult::NotYetDue => Verdict::Accepted,
    }
}

/// Where something may stand in a case of a track.
fn places(p: &Programme, track: &Track) -> Vec<String> {
    let mut all: Vec<String> = track.inputs.iter().map(|i| p.input(*i).pointer.clone()).collect();
    for rule in &track.rules {
        sheets(&rule.ident.key, &rule.test, &mut all);
        all.push(at("reasons", &rule.ident.key));
    }
    all.extend(track.materials.iter().map(|m| at("materials", &p.materials[m.index()].ident.key)));
    all
}

fn sheets(key: &str, test: &Test, all: &mut Vec<String>) {
    match test {
        Test::Judged { .. } => all.push(at("judgements", key)),
        Test::Attested { .. } => all.push(at("attested", key)),
        Test::External { .. } => all.push(at("external", key)),
        Test::Threshold { members, .. } => members.iter().for_each(|m| sheets(&m.ident.key, &m.test, all)),
        Test::Expr(_) | Test::Bad => {}
    }
}

/// The pointer of a key in a part of a case.
pub(crate) fn at(place: &str, key: &str) -> String {
    format!("/{place}/{}", key.replace('~', "~0").replace('/', "~1"))
}
