//! Gaps, overlaps and dead rows of decision tables, against counting every key out.

use super::{Chance, compile};
use std::fmt::Write as _;

const SEATS: i64 = 9;

/// A row: which kinds of site, and a band of seats.
struct Row {
    kind: Option<usize>,
    low: Option<(i64, bool)>,
    high: Option<(i64, bool)>,
}

impl Row {
    fn holds(&self, kind: usize, seats: i64) -> bool {
        self.kind.is_none_or(|k| k == kind)
            && self.low.is_none_or(|(l, within)| seats > l || (within && seats == l))
            && self.high.is_none_or(|(h, within)| seats < h || (within && seats == h))
    }

    fn text(&self) -> String {
        let kind = self.kind.map_or("-", |k| ["固定", "流动"][k]);
        let low = self.low.map_or("(".to_owned(), |(l, within)| format!("{}{l}", if within { "[" } else { "(" }));
        let high = self.high.map_or(")".to_owned(), |(h, within)| format!("{h}{}", if within { "]" } else { ")" }));
        format!("{kind} | {low}, {high} | 1")
    }
}

fn rows(chance: &mut Chance) -> Vec<Row> {
    let one = |chance: &mut Chance| {
        let low = chance.below(SEATS as u64) as i64;
        let high = low + 1 + chance.below((SEATS - low) as u64) as i64;
        Row {
            kind: (!chance.one_in(3)).then(|| chance.below(2) as usize),
            low: (!chance.one_in(4)).then(|| (low, chance.one_in(2))),
            high: (!chance.one_in(4)).then(|| (high, chance.one_in(2))),
        }
    };
    let mut rows: Vec<Row> = (0..1 + chance.below(4)).map(|_| one(chance)).collect();
    // Often the rows of one kind are laid edge to edge, so that sound tables come up too.
    if chance.one_in(2) {
        let cut = (chance.below(SEATS as u64) as i64, chance.one_in(2));
        rows = (0..2)
            .flat_map(|kind| {
                [Row { kind: Some(kind), low: None, high: Some(cut) }, Row { kind: Some(kind), low: Some((cut.0, !cut.1)), high: None }]
            })
            .collect();
        if chance.one_in(3) {
            rows.push(one(chance));
        }
        if chance.one_in(3) {
            rows.remove(0);
        }
    }
    rows
}

#[test]
fn tables_are_faulted_exactly_where_counting_out_faults_them() {
    let mut chance = Chance(11);
    let (mut sound, mut faulty) = (0, 0);
    for _ in 0..120 {
        let rows = rows(&mut chance);
        let otherwise = chance.one_in(3);
        let mut source = String::from("track 书屋 {\n fact 类型 : one of { 固定, 流动 }\n");
        let _ = writeln!(source, " fact 座位 : Count from 0 to {SEATS}\n require 够 : 分数[类型, 座位].分 at least 1 }}");
        source.push_str("table 分数 by 类型, 座位 {\n 类型 | 座位 | 分: Count\n");
        rows.iter().for_each(|r| source.push_str(&format!(" {}\n", r.text())));
        if otherwise {
            source.push_str(" otherwise | otherwise | 0\n");
        }
        source.push('}');
        let keys: Vec<(usize, i64)> = (0..2).flat_map(|kind| (0..=SEATS).map(move |n| (kind, n))).collect();
        let deciders = |key: &(usize, i64)| (0..rows.len()).filter(|r| rows[*r].holds(key.0, key.1)).collect::<Vec<_>>();
        let overlap = keys.iter().any(|k| deciders(k).len() > 1);
        let gap = !otherwise && keys.iter().any(|k| deciders(k).is_empty());
        let dead = (0..rows.len()).any(|r| !keys.iter().any(|k| deciders(k).contains(&r)))
            || (otherwise && keys.iter().all(|k| !deciders(k).is_empty()));
        let said: Vec<&str> = compile(&source).1.iter().map(|d| d.code.0).collect();
        let told = |codes: &[&str]| said.iter().any(|c| codes.contains(c));
        let strange: Vec<&&str> = said.iter().filter(|c| !["P0303", "P0304", "P0305", "P0306", "P0712"].contains(*c)).collect();
        assert!(strange.is_empty(), "{strange:?}\n{source}");
        assert_eq!(told(&["P0303", "P0304"]), overlap, "overlap\n{source}");
        assert_eq!(told(&["P0305"]), gap, "gap\n{source}");
        // Of rows that overlap, none is said to be dead.
        assert!(overlap || told(&["P0306"]) == dead, "dead row {said:?}\n{source}");
        if said.is_empty() { sound += 1 } else { faulty += 1 }
    }
    assert!(sound > 5 && faulty > 40, "{sound} sound, {faulty} faulty");
}
