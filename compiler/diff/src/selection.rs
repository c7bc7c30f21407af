//! Selections: the smallest batch found in which somebody stands elsewhere.
//!
//! In: a selection under both versions. Out: batches drawn from the model, few cases each, with who gains and who loses a place. Always:
//! evaluated under both versions; what can't be decided by drawing is said to be open.

use crate::change::{Outcome, Witness, WitnessKind};
use crate::effect::Felt;
use crate::ground::Grounds;
use crate::pair::Side;
use crate::search::Level;
use prog_base::Text;
use prog_cases::Generator;
use prog_eval::{Fares, Options, SelectReport};
use prog_model::{ExprKind, Programme, Selection, SelectionId, Take};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// So many batches are drawn.
const DRAWN: u64 = 1500;
/// Cases of a batch.
const LARGEST: usize = 6;

/// A selection that changed, came or went.
pub(crate) fn felt(grounds: &Grounds<'_>, old: Option<SelectionId>, new: Option<SelectionId>) -> Felt {
    let find = |p: &'_ Programme, id: Option<SelectionId>| id.map(|i| i.index()).filter(|i| *i < p.selections.len());
    let sides = [find(grounds.old.p, old), find(grounds.new.p, new)];
    let (p, index) = match sides {
        [_, Some(index)] => (grounds.new.p, index),
        [Some(index), None] => (grounds.old.p, index),
        [None, None] => return Felt::default(),
    };
    let selection = &p.selections[index];
    let mut search = Search { grounds, p, selection, felt: Felt { through: vec![selection.ident.key.clone()], ..Felt::default() } };
    if let [Some(old), Some(new)] = sides {
        search.run();
        let (a, b) = (&grounds.old.p.selections[old], &grounds.new.p.selections[new]);
        (search.felt.no_gain, search.felt.no_loss) = (only_more(b, a), only_more(a, b));
    }
    search.felt
}

/// Whether the second differs from the first in nothing but a greater number taken.
fn only_more(less: &Selection, more: &Selection) -> bool {
    let order = |s: &Selection| s.order.iter().map(|c| (c.name.clone(), c.highest)).collect::<Vec<_>>();
    let keys = |s: &Selection| s.keys.iter().map(|k| k.name.clone()).collect::<Vec<_>>();
    let alike = order(less) == order(more) && keys(less) == keys(more) && less.tied == more.tied && less.candidates.is_empty();
    let plain = less.refill == more.refill && less.assign.is_none() && more.assign.is_none() && more.candidates.is_empty();
    alike && plain && number(less).zip(number(more)).is_some_and(|(a, b)| a <= b)
}

/// How many are taken, if it is a number.
fn number(selection: &Selection) -> Option<&prog_base::Exact> {
    match &selection.take {
        Take::Number(e) => match &e.kind {
            ExprKind::Number(n) => Some(n),
            _computed => None,
        },
        Take::All | Take::While { .. } | Take::Nearest { .. } => None,
    }
}

struct Search<'s, 'p> {
    grounds: &'s Grounds<'p>,
    p: &'p Programme,
    selection: &'p Selection,
    felt: Felt,
}

impl Search<'_, '_> {
    fn run(&mut self) {
        for seed in 0..DRAWN {
            let size = 1 + (seed as usize) % LARGEST;
            if self.felt.loss.as_ref().zip(self.felt.gain.as_ref()).is_some_and(|(l, g)| l.1.count.max(g.1.count) <= size) {
                continue;
            }
            let cases = self.drawn(seed, size);
            let (Some(was), Some(is)) = (self.places(&self.grounds.old, &cases), self.places(&self.grounds.new, &cases)) else { continue };
            self.felt.tried += 1;
            for (id, is) in &is {
                let Some(was) = was.get(id) else { continue };
                if was.0 != is.0 {
                    self.keep(&cases, id, was, is);
                }
            }
        }
    }

    /// Cases that both versions can read, all of them there and none taken back.
    fn drawn(&self, seed: u64, size: usize) -> Vec<Value> {
        let mut generator = Generator::new(self.p, seed + 1);
        let tracks = &self.selection.tracks;
        let mut cases = Vec::new();
        for index in 0..size {
            let Some(track) = tracks.get(index % tracks.len().max(1)) else { break };
            let mut case = generator.case(self.p.track(*track), Some(&format!("c{}", index + 1)));
            if let Some(members) = case.as_object_mut() {
                ["version", "withdrawn", "events"].iter().for_each(|member| drop(members.remove(*member)));
            }
            cases.push(case);
        }
        cases
    }

    /// How each case fares, the better the greater.
    fn places(&self, side: &Side<'_>, cases: &[Value]) -> Option<BTreeMap<String, (u8, &'static str)>> {
        let mut lines = String::new();
        for case in cases {
            let track = side.p.tracks.iter().position(|t| t.ident.key == case["track"])?;
            let case = side.project(prog_model::TrackId(track as u32), case);
            lines += &format!("{}\n", json!({ "case": case }));
        }
        let batch = side.prepared.read_batch(&lines).ok()?;
        let report: SelectReport<'_> = side.prepared.select(&batch, &Options { at: None, ..self.grounds.options.clone() });
        let own = report.selections.iter().find(|s| s.selection.ident.key == self.selection.ident.key)?;
        let mut places: BTreeMap<String, (u8, &'static str)> =
            batch.cases.iter().filter_map(|c| Some((c.id.clone()?, (0, Fares::NotSelected.word())))).collect();
        for place in own.lists.iter().flat_map(|l| &l.places) {
            let rank = match place.fares {
                Fares::Selected => 4,
                Fares::Tied(_) => 3,
                Fares::Waiting(_) => 2,
                Fares::Unknown(_) => 1,
                Fares::NotSelected => 0,
            };
            places.insert(place.id.to_string(), (rank, place.fares.word()));
        }
        Some(places)
    }

    fn keep(&mut self, cases: &[Value], id: &str, was: &(u8, &'static str), is: &(u8, &'static str)) {
        let loses = is.0 < was.0;
        let slot = if loses { &mut self.felt.loss } else { &mut self.felt.gain };
        if slot.as_ref().is_some_and(|(_, known)| known.count <= cases.len()) {
            return;
        }
        let clauses = self.p.addresses(&self.selection.cites).into_iter().map(str::to_owned).collect();
        let by = vec![(self.selection.ident.name.clone(), clauses)];
        let witness = Witness {
            kind: WitnessKind::Batch,
            loses,
            of: self.selection.at.map(|s| self.p.stages[s.index()].name.clone()).unwrap_or_default(),
            count: cases.len(),
            entries: vec![(self.selection.ident.name.clone(), Text::same(id))],
            before: Outcome { word: was.1, by: if loses { Vec::new() } else { by.clone() } },
            after: Outcome { word: is.1, by: if loses { by } else { Vec::new() } },
            data: cases.iter().map(|case| json!({ "case": case })).collect(),
        };
        *slot = Some((Level::Verdict, witness));
    }
}
