//! Quotas and what goes with a package: the smallest batch that comes out differently.
//!
//! In: a quota or a package's material under both versions. Out: batches of like cases, as few as show a difference. Always: evaluated under
//! both versions at the stage, the batch closed; counts lie around the constants of both.

use crate::canon::Scope;
use crate::change::{Outcome, Witness, WitnessKind};
use crate::describe::entries;
use crate::effect::Felt;
use crate::ground::Grounds;
use crate::pair::{Side, at};
use crate::reads::{Reader, Reads};
use crate::region::{Dimension, Part, region};
use crate::search::{Ground, Level, with};
use prog_base::{Exact, combinations};
use prog_eval::{Batch, Case, Options, PackageFinding, result_word};
use prog_model::{Aggregation, ExprKind, MaterialId, Programme, Quota, QuotaId, RuleResult, StageId, Strength};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of cases that batches are made of.
const KINDS: usize = 40;
/// No batch is larger.
const LARGEST: i64 = 400;
/// Batches of two kinds of cases are no larger.
const MIXED: usize = 10;

/// A quota that changed, came or went.
pub(crate) fn quota_felt(grounds: &Grounds<'_>, old: Option<QuotaId>, new: Option<QuotaId>) -> Felt {
    let quota = |p: &'_ Programme, id: Option<QuotaId>| id.map(|q| q.index()).filter(|i| *i < p.quotas.len());
    let sides = [(&grounds.old, quota(grounds.old.p, old)), (&grounds.new, quota(grounds.new.p, new))];
    let quotas: Vec<&Quota> = sides.iter().filter_map(|(s, q)| q.map(|q| &s.p.quotas[q])).collect();
    let Some(key) = quotas.first().map(|q| q.ident.key.clone()) else { return Felt::default() };
    let mut felt = Felt { through: vec![key.clone()], exact: true, ..Felt::default() };
    let tracks: BTreeSet<String> =
        sides.iter().flat_map(|(s, q)| q.iter().flat_map(|q| &s.p.quotas[*q].tracks).map(|t| s.p.track(*t).ident.key.clone())).collect();
    for track in tracks {
        grounds.with(&track, |ground| {
            let reads = sides.each_ref().map(|(s, q)| q.map(|q| Reader::of_quota(s.p, &s.p.quotas[q])).unwrap_or_default());
            Batches { ground, key: &key, reads: &reads, sides: sides.map(|(_, q)| q), felt: &mut felt }.look();
        });
    }
    felt
}

struct Batches<'b, 's, 'p> {
    ground: &'b Ground<'s, 'p>,
    key: &'b str,
    reads: &'b [Reads<'b>; 2],
    sides: [Option<usize>; 2],
    felt: &'b mut Felt,
}

/// One kind of case, read by both versions.
struct CaseKind {
    case: Value,
    pointers: Vec<String>,
    read: [Option<Case>; 2],
}

impl Batches<'_, '_, '_> {
    fn look(mut self) {
        let (kinds, all) = self.kinds();
        let counts = self.counts();
        self.felt.exact &= all && self.counts_one_thing();
        for n in &counts {
            for kind in &kinds {
                self.compare(&[(kind, *n)]);
            }
            if self.felt.loss.is_some() && self.felt.gain.is_some() {
                return;
            }
        }
        if self.mixes() {
            self.pairs(&kinds);
        }
    }

    /// Whether like cases alone cannot show everything: shares, sums, counts of different things.
    fn mixes(&self) -> bool {
        let plain = |e: &prog_model::Expr| {
            let mut plain = true;
            e.visit(&mut |x| match &x.kind {
                ExprKind::OverCases { op, members } => {
                    plain &= *op == prog_model::Aggregation::Count && members.iter().all(|m| m.filter.is_none());
                }
                ExprKind::Share { .. } => plain = false,
                _other => {}
            });
            plain
        };
        !self.quotas().all(|q| plain(&q.test))
    }

    /// Whether both tests compare one and the same count with constants, so that counts around those are all that matter.
    fn counts_one_thing(&self) -> bool {
        let mut counted = BTreeSet::new();
        let mut plain = true;
        for (quota, p) in
            self.quotas().zip(self.sides.iter().zip([self.ground.old.p, self.ground.new.p]).filter(|(q, _)| q.is_some()).map(|(_, p)| p))
        {
            let scope = Scope::new(p, None).with_keys(quota.keys.iter().map(|k| k.name.clone()));
            quota.test.visit(&mut |x| match &x.kind {
                ExprKind::OverCases { op: Aggregation::Count, .. } => drop(counted.insert(scope.expr(x))),
                ExprKind::OverCases { .. }
                | ExprKind::Share { .. }
                | ExprKind::Arithmetic { .. }
                | ExprKind::Split { .. }
                | ExprKind::OverColumn { .. }
                | ExprKind::Constant(_) => plain &= crate::region::number(p, x).is_some_and(|n| n <= Exact::from(LARGEST)),
                ExprKind::Number(n) => plain &= *n <= Exact::from(LARGEST),
                _other => {}
            });
        }
        plain && counted.len() < 2
    }

    fn quotas(&self) -> impl Iterator<Item = &Quota> {
        let p = [self.ground.old.p, self.ground.new.p];
        self.sides.iter().zip(p).filter_map(|(q, p)| q.map(|q| &p.quotas[q]))
    }

    fn pairs(&mut self, kinds: &[CaseKind]) {
        let kinds = &kinds[..kinds.len().min(8)];
        for total in 2..=MIXED {
            for a in 1..total {
                for (i, first) in kinds.iter().enumerate() {
                    for second in kinds.iter().skip(i + 1) {
                        self.compare(&[(first, a), (second, total - a)]);
                    }
                }
            }
            if self.felt.loss.is_some() && self.felt.gain.is_some() {
                return;
            }
        }
    }

    /// Cases that a quota can tell apart.
    fn kinds(&self) -> (Vec<CaseKind>, bool) {
        let ground = self.ground;
        let parts = [
            Part { p: ground.old.p, track: ground.tracks.0, reads: &self.reads[0] },
            Part { p: ground.new.p, track: ground.tracks.1, reads: &self.reads[1] },
        ];
        let region = region(&parts, &BTreeSet::new());
        let dimensions = ground.pruned(&region.dimensions);
        let mut kinds = vec![self.kind(&dimensions, &[])];
        let all = dimensions.iter().fold(1usize, |n, d| n.saturating_mul(d.values.len()));
        if all <= KINDS {
            for row in combinations(dimensions.iter().map(|d| d.values.len()).collect()) {
                let steps: Vec<(usize, usize)> = row.into_iter().enumerate().collect();
                kinds.push(self.kind(&dimensions, &steps));
            }
        } else {
            for (at, dimension) in dimensions.iter().enumerate() {
                kinds.extend((0..dimension.values.len()).map(|v| self.kind(&dimensions, &[(at, v)])));
            }
        }
        // A blank entry is the last example to give.
        kinds.sort_by_key(|k| k.pointers.iter().any(|p| k.case.pointer(p).is_none()));
        let mut seen = BTreeSet::new();
        kinds.retain(|k| seen.insert(k.case.to_string()));
        (kinds, all <= KINDS && parts.iter().all(crate::region::exact_in_cases))
    }

    fn kind(&self, dimensions: &[Dimension], steps: &[(usize, usize)]) -> CaseKind {
        let ground = self.ground;
        let mut case = ground.sound.clone();
        for (at, value) in steps {
            case = with(&case, &dimensions[*at].pointer, &dimensions[*at].values[*value]);
        }
        let read = [(ground.old, ground.tracks.0), (ground.new, ground.tracks.1)]
            .map(|(side, track)| side.prepared.read_case(&side.project(track, &case).to_string()).ok());
        CaseKind { case, pointers: dimensions.iter().map(|d| d.pointer.clone()).collect(), read }
    }

    /// How many cases are worth trying.
    fn counts(&self) -> Vec<usize> {
        let mut counts: BTreeSet<i64> = BTreeSet::from([0, 1, 2, 3]);
        for (reads, p) in self.reads.iter().zip([self.ground.old.p, self.ground.new.p]) {
            for (_, e) in &reads.exprs {
                e.visit(&mut |x| {
                    let n = if let ExprKind::Number(n) = &x.kind {
                        n.to_i64()
                    } else {
                        crate::region::number(p, x).as_ref().and_then(Exact::to_i64)
                    };
                    counts.extend(n.into_iter().flat_map(|n| [n - 1, n, n + 1, n * 9 / 10 - 1, n * 9 / 10, n * 11 / 10, n * 11 / 10 + 1]));
                });
            }
        }
        counts.into_iter().filter(|n| (0..=LARGEST).contains(n)).map(|n| n as usize).collect()
    }

    fn compare(&mut self, mix: &[(&CaseKind, usize)]) {
        // Once a direction is found with fewer cases, and the other cannot be, there is nothing more to learn from larger batches.
        let (old, new) = (self.results(0, mix), self.results(1, mix));
        self.felt.tried += 1;
        let groups: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for group in groups {
            let met = Found { rank: 9, word: "met", soft: false };
            let (was, is) = (old.get(group).unwrap_or(&met), new.get(group).unwrap_or(&met));
            if was.rank == is.rank {
                continue;
            }
            let loses = is.rank < was.rank;
            let level = if is.soft && (was.soft || was.rank == 9) || was.soft && is.rank == 9 { Level::Note } else { Level::Verdict };
            let known = if loses { &self.felt.loss } else { &self.felt.gain };
            let count = mix.iter().map(|(_, n)| n).sum();
            if known.as_ref().is_none_or(|(l, w)| (level, count) < (*l, w.count)) {
                let witness = self.witness(mix, count, loses, was, is);
                *(if loses { &mut self.felt.loss } else { &mut self.felt.gain }) = Some((level, witness));
            }
        }
    }

    fn results(&self, side: usize, mix: &[(&CaseKind, usize)]) -> BTreeMap<String, Found> {
        let (of, quota) = ([self.ground.old, self.ground.new][side], self.sides[side]);
        let Some(quota) = quota.map(|q| &of.p.quotas[q]) else { return BTreeMap::new() };
        let mut cases = Vec::new();
        for (kind, n) in mix {
            let Some(case) = &kind.read[side] else { return BTreeMap::new() };
            for _ in 0..*n {
                let mut case = case.clone();
                case.id = Some(format!("c{}", cases.len()));
                cases.push(case);
            }
        }
        let options = Options { at: quota.at, closed: true, ..self.ground.options.clone() };
        let batch = Batch { cases, packages: Vec::new(), decisions: Vec::new() };
        let report = of.prepared.evaluate_batch(&batch, &options);
        let mine = report
            .findings
            .iter()
            .filter(|f| f.ident.key == self.key && (!f.members.is_empty() || mix.iter().all(|(_, n)| *n == 0) || quota.every));
        let alike = self.groups_alike();
        let mut found: BTreeMap<String, Found> = BTreeMap::new();
        for f in mine {
            let group = f.key.iter().filter(|_| alike).map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(",");
            let soft = f.strength == Strength::Note || quota.soft;
            let one = Found { rank: rank(f.result, f.strength, soft), word: result_word(f.result), soft };
            if found.get(&group).is_none_or(|other| one.rank < other.rank) {
                found.insert(group, one);
            }
        }
        found
    }

    /// Whether both versions form their groups by keys of the same names; otherwise no group of the one stands beside one of the other, and
    /// the worst of all is compared.
    fn groups_alike(&self) -> bool {
        let mut names = self.quotas().map(|q| q.keys.iter().map(|k| &k.name).collect::<BTreeSet<_>>());
        let first = names.next();
        names.all(|other| Some(other) == first)
    }

    fn witness(&self, mix: &[(&CaseKind, usize)], count: usize, loses: bool, was: &Found, is: &Found) -> Witness {
        let ground = self.ground;
        let stage = |p: &Programme, q: &Quota| q.at.map(|s| p.stages[s.index()].name.clone());
        let (p, quota) = match self.sides {
            [_, Some(q)] => (ground.new.p, &ground.new.p.quotas[q]),
            [Some(q), None] => (ground.old.p, &ground.old.p.quotas[q]),
            [None, None] => (ground.new.p, &ground.new.p.quotas[0]),
        };
        let by = vec![(quota.ident.name.clone(), p.addresses(&quota.cites).into_iter().map(str::to_owned).collect())];
        let told = |kind: &CaseKind| entries(ground, &kind.case, &kind.pointers);
        let mut all = Vec::new();
        for (kind, n) in mix {
            let many = mix.len() > 1;
            all.extend(told(kind).into_iter().map(|(label, value)| (if many { format!("（{n}）{label}") } else { label }, value)));
        }
        let lines = mix.iter().flat_map(|(kind, n)| std::iter::repeat_n(kind, *n)).enumerate();
        let data = lines.map(|(i, kind)| {
            let mut case = ground.new.project(ground.tracks.1, &kind.case);
            case["id"] = json!(format!("c{i}"));
            json!({ "case": case })
        });
        Witness {
            kind: WitnessKind::Batch,
            loses,
            of: stage(p, quota).unwrap_or_default(),
            count,
            entries: all,
            before: Outcome { word: was.word, by: if loses { Vec::new() } else { by.clone() } },
            after: Outcome { word: is.word, by: if loses { by } else { Vec::new() } },
            data: data.collect(),
        }
    }
}

/// What a quota says of a group.
struct Found {
    /// The higher the better.
    rank: u8,
    word: &'static str,
    soft: bool,
}

/// How good a quota's result is: unmet as hard as its strength.
fn rank(result: RuleResult, strength: Strength, soft: bool) -> u8 {
    match (result, strength) {
        (RuleResult::Unmet, _) if soft => 3,
        (RuleResult::Unmet, Strength::InPrinciple) => 2,
        (RuleResult::Unmet, Strength::Complete) => 1,
        (RuleResult::Unmet, _) => 0,
        (RuleResult::Unknown | RuleResult::Pending, _) => {
            if soft {
                9
            } else {
                5
            }
        }
        (RuleResult::Met | RuleResult::NotApplicable | RuleResult::NotYetDue, _) => 9,
    }
}

/// A material that goes with a package, with and without.
pub(crate) fn package_felt(grounds: &Grounds<'_>, old: Option<MaterialId>, new: Option<MaterialId>) -> Felt {
    let find = |p: &'_ Programme, id: Option<MaterialId>| id.map(|i| i.index()).filter(|i| *i < p.materials.len());
    let sides = [(&grounds.old, find(grounds.old.p, old)), (&grounds.new, find(grounds.new.p, new))];
    let mut variants: Vec<(Option<Value>, prog_base::Text)> = vec![(None, prog_base::text!("未交", "not sent"))];
    for (side, index) in &sides {
        let Some(material) = index.map(|i| &side.p.materials[i]) else { continue };
        let copies: Vec<Value> = material.formats.iter().map(|f| json!({ "format": f.name, "sealed": f.sealed })).collect();
        let names = |sealed: bool| {
            material.formats.iter().map(|f| f.name.clone()).collect::<Vec<_>>().join("、") + if sealed { "" } else { "，未盖章" }
        };
        variants.push((Some(Value::Array(copies)), prog_base::Text::same(names(true))));
        let unsealed: Vec<Value> = material.formats.iter().map(|f| json!({ "format": f.name, "sealed": false })).collect();
        variants.push((Some(Value::Array(unsealed)), prog_base::Text::same(names(false))));
        for (name, _) in &material.refuse {
            variants.push((Some(json!([{ "format": name }])), prog_base::Text::same(name.clone())));
        }
    }
    let named = sides.iter().rev().find_map(|(s, i)| i.map(|i| (s.p, &s.p.materials[i])));
    let Some((p, material)) = named else { return Felt::default() };
    let mut felt = Felt { through: vec![material.ident.key.clone()], exact: true, ..Felt::default() };
    let stage_name = material.at.map(|s| p.stages[s.index()].name.clone()).unwrap_or_default();
    let clauses: Vec<String> = p.addresses(&material.cites).into_iter().map(str::to_owned).collect();
    for (value, words) in variants {
        let (was, is) = (package(sides[0].0, sides[0].1, &value), package(sides[1].0, sides[1].1, &value));
        felt.tried += 1;
        if was == is {
            continue;
        }
        let loses = is == Some(RuleResult::Unmet);
        let word = |r: Option<RuleResult>| r.map_or("met", result_word);
        let by = vec![(material.ident.name.clone(), clauses.clone())];
        let slot = if loses { &mut felt.loss } else { &mut felt.gain };
        let witness = Witness {
            kind: WitnessKind::Batch,
            loses,
            of: stage_name.clone(),
            count: 0,
            entries: vec![(material.ident.name.clone(), words)],
            before: Outcome { word: word(was), by: if loses { Vec::new() } else { by.clone() } },
            after: Outcome { word: word(is), by: if loses { by } else { Vec::new() } },
            data: vec![json!({ "package": line(&material.ident.key, material.at.map_or("", |s| &p.stages[s.index()].key), &value) })],
        };
        slot.get_or_insert((Level::Verdict, witness));
    }
    felt
}

fn line(material: &str, stage: &str, copies: &Option<Value>) -> Value {
    let mut package = json!({ "id": "p", "stage": stage, "cases": [] });
    if let Some(copies) = copies {
        prog_cases::put(&mut package, &at("materials", material), copies.clone());
    }
    package
}

/// What a version says of a package's material; `None`: nothing, or that it is there.
fn package(side: &Side<'_>, index: Option<usize>, copies: &Option<Value>) -> Option<RuleResult> {
    let material = &side.p.materials[index?];
    let stage: StageId = material.at?;
    let text = json!({ "package": line(&material.ident.key, &side.p.stages[stage.index()].key, copies) }).to_string();
    let batch = side.prepared.read_batch(&text).ok()?;
    let options = Options { at: Some(stage), closed: true, alternatives: false, ..Options::default() };
    let report = side.prepared.evaluate_batch(&batch, &options);
    let of_material = |f: &PackageFinding<'_>| match f {
        PackageFinding::Own(finding) if finding.ident.key == material.ident.key => Some(finding.result),
        PackageFinding::Own(_) | PackageFinding::Quota(_) => None,
    };
    let results: Vec<RuleResult> = report.packages.iter().flat_map(|k| k.findings.iter().filter_map(of_material)).collect();
    results.into_iter().find(|r| *r == RuleResult::Unmet)
}
