//! Changes classed by their effect.
//!
//! In: changes as found side by side. Out: their classes, with witnesses. Always: a class is what was shown — a witness for everybody who
//! loses or gains, and that nobody else does either because all cases were tried or because the form shows it; else it is unknown.

use crate::align::Raw;
use crate::batch;
use crate::change::{Class, Effect, Outcome, Witness, WitnessKind};
use crate::describe::entries;
use crate::ground::Grounds;
use crate::pair::{MATERIAL, RULE, Said, at};
use crate::prove::{At, at_most, rule_at_most};
use crate::readers::of_readers;
use crate::reads::{Reader, Reads};
use crate::region::{Part, region};
use crate::search::{BUDGET, Found, Ground, Level, Search};
use crate::targets;
use crate::thing::{Aspect, Subject, Weighs};
use prog_base::{Text, text};
use prog_model::{Expr, ExprKind, InputId, MaterialId, Programme, QuotaId, Rule, RuleId, Strength, TrackId, Waived};
use std::collections::BTreeSet;

/// What was found through one rule, material, quota or indicator.
#[derive(Clone, Debug, Default)]
pub(crate) struct Felt {
    pub loss: Option<(Level, Witness)>,
    pub gain: Option<(Level, Witness)>,
    pub tried: usize,
    /// Everything that can differ was tried.
    pub exact: bool,
    /// The form shows that nobody gains; that nobody loses.
    pub no_gain: bool,
    pub no_loss: bool,
    /// A finding differs, but nothing that comes out.
    pub masked: bool,
    pub through: Vec<String>,
}

/// Classes a change.
pub(crate) fn class(grounds: &Grounds<'_>, raw: &Raw) -> (Class, Effect) {
    let plain = |class: Class| (class, Effect::default());
    match raw.weighs {
        Weighs::Editorial => plain(Class::Editorial),
        Weighs::Nothing => plain(Class::Equivalent),
        Weighs::InFlight => plain(Class::InFlight),
        Weighs::Words => {
            let note = text!("只有文字，算不出影响", "only words: nothing to compute");
            (Class::Unknown, Effect { notes: vec![note], ..Effect::default() })
        }
        Weighs::Data => (Class::Data, crate::data::effect(grounds, raw)),
        Weighs::Effect => judged(felt(grounds, raw)),
    }
}

fn felt(grounds: &Grounds<'_>, raw: &Raw) -> Vec<Felt> {
    let mut all = Vec::new();
    for (old, new) in &raw.subjects {
        let subject = new.as_ref().or(old.as_ref());
        match subject {
            Some(Subject::Rule(..)) => {
                let id = |s: &Option<Subject>| if let Some(Subject::Rule(t, r)) = s { Some((*t, *r)) } else { None };
                all.extend(of_rule(grounds, id(old), id(new)));
            }
            Some(Subject::Track(_)) => {
                let id = |s: &Option<Subject>| if let Some(Subject::Track(t)) = s { Some(*t) } else { None };
                all.extend(of_track(grounds, id(old), id(new)));
            }
            Some(Subject::Read(name)) => all.extend(of_readers(grounds, name)),
            Some(Subject::Cell(name, place)) => all.extend(match (old, new) {
                (Some(Subject::Cell(_, before)), Some(_)) => of_cell(grounds, name, *before, *place),
                (_, _) => of_readers(grounds, name),
            }),
            Some(Subject::Input(_)) => {
                let id = |s: &Option<Subject>| if let Some(Subject::Input(i)) = s { Some(*i) } else { None };
                all.extend(of_input(grounds, raw, id(old), id(new)));
            }
            Some(Subject::Material(_)) => {
                let id = |s: &Option<Subject>| if let Some(Subject::Material(m)) = s { Some(*m) } else { None };
                all.extend(of_material(grounds, id(old), id(new)));
            }
            Some(Subject::Quota(_)) => {
                let id = |s: &Option<Subject>| if let Some(Subject::Quota(q)) = s { Some(*q) } else { None };
                all.push(of_quota(grounds, id(old), id(new)));
            }
            Some(Subject::Selection(_)) => {
                let id = |s: &Option<Subject>| if let Some(Subject::Selection(i)) = s { Some(*i) } else { None };
                all.push(crate::selection::felt(grounds, id(old), id(new)));
            }
            Some(Subject::Indicator(..)) => {
                let id = |s: &Option<Subject>| if let Some(Subject::Indicator(b, i)) = s { Some((*b, *i)) } else { None };
                all.push(targets::felt(grounds, id(old), id(new)));
            }
            Some(Subject::None) | None => {}
        }
    }
    all
}

/// A cell that holds another value: what comes of this alone, whatever else differs. A value that names something of its programme is felt
/// with all that differs.
fn of_cell(grounds: &Grounds<'_>, name: &str, before: [usize; 3], after: [usize; 3]) -> Vec<Felt> {
    let value = grounds.new.p.tables.get(after[0]).and_then(|t| t.rows.get(after[1])?.values.get(after[2]));
    let plain = |e: &&Expr| matches!(e.kind, ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Text(_) | ExprKind::Date(_));
    let mut alone = grounds.old.p.clone();
    let place = alone.tables.get_mut(before[0]).and_then(|t| t.rows.get_mut(before[1])?.values.get_mut(before[2]));
    match (value.filter(plain), place) {
        (Some(value), Some(place)) => {
            place.kind = value.kind.clone();
            of_readers(&grounds.beside(&alone), name)
        }
        (_, _) => of_readers(grounds, name),
    }
}

/// Everything felt, as one class with its witnesses.
fn judged(all: Vec<Felt>) -> (Class, Effect) {
    let mut effect = Effect { exact: all.iter().all(|f| f.exact), tried: all.iter().map(|f| f.tried).sum(), ..Effect::default() };
    let best = |of: &dyn Fn(&Felt) -> Option<&(Level, Witness)>| {
        all.iter().filter_map(of).min_by_key(|(l, w)| (*l, w.count, w.entries.len())).cloned()
    };
    let (loss, gain) = (best(&|f| f.loss.as_ref()), best(&|f| f.gain.as_ref()));
    for felt in &all {
        let differs = felt.loss.is_some() || felt.gain.is_some() || felt.masked;
        effect.through.extend(felt.through.iter().filter(|_| differs).cloned());
    }
    effect.through.sort();
    effect.through.dedup();
    let level = loss.iter().chain(&gain).map(|(l, _)| *l).min();
    let at_level = |found: Option<(Level, Witness)>| found.filter(|(l, _)| Some(*l) == level).map(|(_, w)| w);
    let (loss, gain) = (at_level(loss), at_level(gain));
    let no_gain = all.iter().all(|f| f.exact || f.no_gain);
    let no_loss = all.iter().all(|f| f.exact || f.no_loss);
    let masked = all.iter().any(|f| f.masked);
    let undecided = |effect: &mut Effect, who: Text| {
        let tried = effect.tried;
        let Text { zh, en } = who;
        effect.notes.push(text!("比较了 {tried} 份，{zh}没有定论", "{tried} cases compared; {en} was not decided"));
        Class::Unknown
    };
    let class = match (&loss, &gain) {
        _ if level == Some(Level::Value) => {
            effect.notes.push(text!("报告列出的值会不同，结论不变", "a value in reports differs, no verdict does"));
            Class::Data
        }
        (Some(_), Some(_)) => Class::Incomparable,
        (Some(_), None) if no_gain => Class::Stricter,
        (None, Some(_)) if no_loss => Class::Looser,
        (Some(_), None) => undecided(&mut effect, text!("是否也有人受益", "whether anybody gains")),
        (None, Some(_)) => undecided(&mut effect, text!("是否也有人吃亏", "whether anybody loses")),
        (None, None) if all.is_empty() => Class::Equivalent,
        (None, None) if masked => {
            let note =
                text!("单项结果会不同，但没有找到结论因此不同的申报", "a finding differs, but no case whose verdict differs was found");
            effect.notes.push(note);
            undecided(&mut effect, text!("结论是否会变", "whether a verdict changes"))
        }
        (None, None) if no_gain && no_loss => Class::Equivalent,
        (None, None) => undecided(&mut effect, text!("结论是否会变", "whether a verdict changes")),
    };
    match level {
        Some(Level::Tag) => effect.notes.push(text!("结论不变，变的是优先、鼓励的标记", "no verdict differs; the tags of preference do")),
        Some(Level::Note) => effect.notes.push(text!("结论不变，变的是提示", "no verdict differs; notes do")),
        Some(Level::Outcome) => effect.notes.push(text!("结论不变，变的是结果等次", "no verdict differs; the outcome does")),
        Some(Level::Verdict | Level::Value) | None => {}
    }
    effect.witnesses.extend(loss.into_iter().chain(gain));
    (class, effect)
}

/// A rule that changed, came or went.
fn of_rule(grounds: &Grounds<'_>, old: Option<(TrackId, RuleId)>, new: Option<(TrackId, RuleId)>) -> Option<Felt> {
    let track = |side: &Programme, id: Option<(TrackId, RuleId)>| id.map(|(t, _)| side.track(t).ident.key.clone());
    let key = track(grounds.new.p, new).or_else(|| track(grounds.old.p, old))?;
    grounds.with(&key, |ground| rule_felt(ground, old.map(|(_, r)| r), new.map(|(_, r)| r)))
}

fn rule_felt(ground: &Ground<'_, '_>, old: Option<RuleId>, new: Option<RuleId>) -> Felt {
    let (was, is) = (ground.old.p.track(ground.tracks.0), ground.new.p.track(ground.tracks.1));
    let rules: [Option<&Rule>; 2] = [old.map(|r| &was.rules[r.index()]), new.map(|r| &is.rules[r.index()])];
    let reads = [
        old.map(|r| Reader::of_rule(ground.old.p, ground.tracks.0, r)).unwrap_or_default(),
        new.map(|r| Reader::of_rule(ground.new.p, ground.tracks.1, r)).unwrap_or_default(),
    ];
    let mut keys = BTreeSet::new();
    let mut besides = BTreeSet::new();
    for (rule, p) in rules.iter().zip([ground.old.p, ground.new.p]).filter_map(|(r, p)| r.map(|r| (r, p))) {
        keys.insert((RULE, rule.ident.key.clone()));
        if rule.strength == Strength::InPrinciple {
            besides.insert(at("reasons", &rule.ident.key));
        }
        waived(p, if std::ptr::eq(p, ground.old.p) { was } else { is }, rule, &mut keys, &mut besides);
    }
    let mut felt = searched(ground, &reads, &besides, &keys);
    if let [Some(a), Some(b)] = rules {
        let (a, b) = ((ground.old.p, ground.tracks.0, a), (ground.new.p, ground.tracks.1, b));
        (felt.no_gain, felt.no_loss) = (rule_at_most(b, a), rule_at_most(a, b));
    } else if rules.iter().flatten().all(|r| r.strength != Strength::Waive) {
        // A rule that comes can only take, one that goes only give.
        let tags = rules.iter().flatten().any(|r| matches!(r.strength, Strength::Prefer | Strength::Encourage));
        (felt.no_gain, felt.no_loss) = if tags { (new.is_none(), old.is_none()) } else { (old.is_none(), new.is_none()) };
    }
    felt
}

/// What a waiver lifts is touched by it.
fn waived(p: &Programme, track: &prog_model::Track, rule: &Rule, keys: &mut BTreeSet<(u8, String)>, besides: &mut BTreeSet<String>) {
    let mut material = |id: &MaterialId, keys: &mut BTreeSet<(u8, String)>| {
        let key = &p.materials[id.index()].ident.key;
        keys.insert((MATERIAL, key.clone()));
        besides.insert(at("materials", key));
    };
    for waived in &rule.waives {
        match waived {
            Waived::Rule(id) => drop(keys.insert((RULE, track.rules[id.index()].ident.key.clone()))),
            Waived::Group(index) => {
                let rules = track.groups.get(*index).map(|g| g.rules.as_slice()).unwrap_or_default();
                keys.extend(rules.iter().map(|id| (RULE, track.rules[id.index()].ident.key.clone())));
            }
            Waived::Material(id) => material(id, keys),
            Waived::Stage { .. } => {}
        }
    }
    rule.needs.iter().for_each(|id| material(id, keys));
}

/// A search in the region of what is read, with its witnesses in words.
pub(crate) fn searched(ground: &Ground<'_, '_>, reads: &[Reads<'_>; 2], besides: &BTreeSet<String>, keys: &BTreeSet<(u8, String)>) -> Felt {
    let parts = [
        Part { p: ground.old.p, track: ground.tracks.0, reads: &reads[0] },
        Part { p: ground.new.p, track: ground.tracks.1, reads: &reads[1] },
    ];
    let region = region(&parts, besides);
    let search = ground.search(&region.dimensions, keys, BUDGET);
    let mut told: BTreeSet<String> = region.dimensions.iter().map(|d| d.pointer.clone()).collect();
    if told.len() > 3 {
        told.clear();
    }
    let Search { loss, gain, tried, complete, masked } = search.seen_from(ground, keys);
    let witness = |found: Found, loses: bool| (found.level, witness(ground, keys, found, loses, &told));
    Felt {
        loss: loss.map(|f| witness(f, true)),
        gain: gain.map(|f| witness(f, false)),
        tried,
        exact: complete && region.exact,
        masked,
        through: keys.iter().map(|(_, key)| key.clone()).collect(),
        ..Felt::default()
    }
}

fn witness(ground: &Ground<'_, '_>, keys: &BTreeSet<(u8, String)>, found: Found, loses: bool, told: &BTreeSet<String>) -> Witness {
    let pointers: Vec<String> = {
        let mut all = found.pointers.clone();
        all.extend(told.iter().filter(|t| !found.pointers.contains(t)).cloned());
        all
    };
    let track = &ground.new.p.track(ground.tracks.1).ident.name;
    let outcome = |said: &Said, gained: bool| outcome(found.level, keys, said, gained);
    Witness {
        kind: WitnessKind::Case,
        loses,
        of: track.clone(),
        count: 1,
        entries: entries(ground, &found.case, &pointers),
        before: outcome(&found.old, !loses),
        after: outcome(&found.new, loses),
        data: vec![ground.new.project(ground.tracks.1, &found.case), ground.old.project(ground.tracks.0, &found.case)],
    }
}

/// What a version says, at the level at which the two differ.
fn outcome(level: Level, keys: &BTreeSet<(u8, String)>, said: &Said, worse: bool) -> Outcome {
    let named = |kept: &dyn Fn(&str) -> bool| -> Vec<(String, Vec<String>)> {
        let mine = keys.iter().filter(|(_, key)| kept(key)).filter_map(|k| said.findings.get(k));
        mine.map(|b| (b.name.clone(), b.clauses.clone())).collect()
    };
    let by = match level {
        Level::Verdict if worse => said.decided_by(keys),
        Level::Verdict => Vec::new(),
        Level::Tag => named(&|key| said.tags.contains(key)),
        Level::Note => named(&|key| said.notes.contains(key)),
        Level::Outcome | Level::Value => Vec::new(),
    };
    let word = match level {
        Level::Verdict | Level::Outcome | Level::Value => said.rank.word(),
        Level::Tag if by.is_empty() => "without the tag",
        Level::Tag => "with the tag",
        Level::Note if by.is_empty() => "without a note",
        Level::Note => "with a note",
    };
    Outcome { word, by: if word == said.rank.word() { by } else { named(&|_| worse) } }
}

/// A track that came, went or orders its outcomes otherwise.
fn of_track(grounds: &Grounds<'_>, old: Option<TrackId>, new: Option<TrackId>) -> Vec<Felt> {
    if let (Some(old), Some(new)) = (old, new) {
        let key = &grounds.new.p.track(new).ident.key;
        let rules = |p: &Programme, t: TrackId| p.track(t).rules.iter().map(|r| r.ident.key.clone()).collect::<BTreeSet<_>>();
        let all: BTreeSet<String> = rules(grounds.old.p, old).into_iter().chain(rules(grounds.new.p, new)).collect();
        return all.iter().filter_map(|rule| grounds.with(key, |ground| rule_by_key(ground, rule))).collect();
    }
    let (side, track, loses) = match (old, new) {
        (Some(track), _) => (&grounds.old, track, true),
        (_, Some(track)) => (&grounds.new, track, false),
        (None, None) => return Vec::new(),
    };
    let case = grounds.alone(side, track);
    let said = side.says(track, &case, &grounds.options);
    let known = Outcome { word: said.rank.word(), by: Vec::new() };
    let refused = Outcome { word: "refused", by: Vec::new() };
    let (before, after) = if loses { (known, refused) } else { (refused, known) };
    let of = side.p.track(track).ident.name.clone();
    let witness = Witness {
        kind: WitnessKind::Case,
        loses,
        of,
        count: 1,
        entries: Vec::new(),
        before,
        after,
        data: vec![side.project(track, &case)],
    };
    let found = Some((Level::Verdict, witness));
    let (loss, gain) = if loses { (found, None) } else { (None, found) };
    vec![Felt { loss, gain, tried: 1, exact: true, through: vec![side.p.track(track).ident.key.clone()], ..Felt::default() }]
}

pub(crate) fn rule_by_key(ground: &Ground<'_, '_>, key: &str) -> Felt {
    let find = |p: &Programme, t: TrackId| p.track(t).rules.iter().position(|r| r.ident.key == key).map(|i| RuleId(i as u32));
    rule_felt(ground, find(ground.old.p, ground.tracks.0), find(ground.new.p, ground.tracks.1))
}

/// An entry: what becomes of a case in which it is filled in otherwise.
fn of_input(grounds: &Grounds<'_>, raw: &Raw, old: Option<InputId>, new: Option<InputId>) -> Vec<Felt> {
    let input = |p: &Programme, id: Option<InputId>| id.map(|i| p.input(i).pointer.clone());
    let Some(pointer) = input(grounds.new.p, new).or_else(|| input(grounds.old.p, old)) else { return Vec::new() };
    if raw.weighs == Weighs::Effect || raw.change.aspect == Aspect::Value {
        return of_readers(grounds, &format!("input:{pointer}"));
    }
    Vec::new()
}

/// A material that each case brings.
pub(crate) fn of_material(grounds: &Grounds<'_>, old: Option<MaterialId>, new: Option<MaterialId>) -> Vec<Felt> {
    let find = |p: &'_ Programme, id: Option<MaterialId>| id.map(|i| p.materials[i.index()].ident.key.clone());
    let Some(key) = find(grounds.new.p, new).or_else(|| find(grounds.old.p, old)) else { return Vec::new() };
    let per_package = |p: &Programme, id: Option<MaterialId>| id.is_some_and(|i| p.materials[i.index()].per_package);
    if per_package(grounds.old.p, old) || per_package(grounds.new.p, new) {
        return vec![batch::package_felt(grounds, old, new)];
    }
    let keys = BTreeSet::from([(MATERIAL, key.clone())]);
    // What a waiver asks for comes together: one of them alone changes nothing.
    let together = |p: &Programme, track: TrackId, id: Option<MaterialId>| -> BTreeSet<String> {
        let asking = p.track(track).rules.iter().filter(|rule| id.is_some_and(|id| rule.needs.contains(&id)));
        asking.flat_map(|rule| &rule.needs).map(|id| at("materials", &p.materials[id.index()].ident.key)).collect()
    };
    let concerns = |p: &Programme, track: TrackId, id: Option<MaterialId>| id.is_some_and(|i| p.track(track).materials.contains(&i));
    let one = |ground: &Ground<'_, '_>| {
        let (t, u) = ground.tracks;
        let concerned = concerns(ground.old.p, t, old) || concerns(ground.new.p, u, new);
        concerned.then(|| {
            let mut besides = BTreeSet::from([at("materials", &key)]);
            besides.extend(together(ground.old.p, t, old));
            besides.extend(together(ground.new.p, u, new));
            let reads = [
                old.map(|i| Reader::of_material(ground.old.p, t, &ground.old.p.materials[i.index()])).unwrap_or_default(),
                new.map(|i| Reader::of_material(ground.new.p, u, &ground.new.p.materials[i.index()])).unwrap_or_default(),
            ];
            searched(ground, &reads, &besides, &keys)
        })
    };
    grounds.tracks().iter().filter_map(|track| grounds.with(track, one).flatten()).collect()
}

/// A quota, with what its form shows.
pub(crate) fn of_quota(grounds: &Grounds<'_>, old: Option<QuotaId>, new: Option<QuotaId>) -> Felt {
    let mut felt = batch::quota_felt(grounds, old, new);
    if let (Some(old), Some(new)) = (old, new) {
        let (a, b) = (&grounds.old.p.quotas[old.index()], &grounds.new.p.quotas[new.index()]);
        let at = |p, e| At { p, track: None, e };
        let (x, y) = (at(grounds.old.p, &a.test), at(grounds.new.p, &b.test));
        let when = match (&a.when, &b.when) {
            (None, None) => true,
            (Some(e), Some(f)) => crate::prove::same(&at(grounds.old.p, e), &at(grounds.new.p, f)),
            (Some(_), None) | (None, Some(_)) => false,
        };
        let alike = when && a.every == b.every && a.outcome == b.outcome && a.keys.len() == b.keys.len();
        let weight = |q: &prog_model::Quota| if q.soft { 3 } else { q.strength.map_or(0, crate::prove::weight) };
        felt.no_gain = alike && weight(b) <= weight(a) && at_most(&y, &x);
        felt.no_loss = alike && weight(a) <= weight(b) && at_most(&x, &y);
    } else {
        (felt.no_gain, felt.no_loss) = (old.is_none(), new.is_none());
    }
    felt
}
