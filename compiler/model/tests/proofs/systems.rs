//! Whole programmes with quotas by chance: refused exactly where no batch keeps all of them.

use super::{Chance, compile};
use prog_model::proof::{Shown, quotas};
use std::fmt::Write as _;

const MOST: i64 = 4;

/// A quota: over which groups of the four kinds of school (two cities, two grades), and how.
struct Quota {
    per: &'static str,
    groups: Vec<Vec<usize>>,
    least: bool,
    number: i64,
}

fn some(chance: &mut Chance) -> Vec<Quota> {
    let by_city = || vec![vec![0, 1], vec![2, 3]];
    let by_grade = || vec![vec![0, 2], vec![1, 3]];
    let both = || (0..4).map(|c| vec![c]).collect::<Vec<_>>();
    // The last caps each kind, so that all batches can be counted out.
    let mut all = vec![Quota { per: "per 市, 学段", groups: both(), least: false, number: chance.below(MOST as u64 + 1) as i64 }];
    for _ in 0..2 + chance.below(3) {
        let least = chance.one_in(2);
        let (per, groups) = match chance.below(4) {
            0 => ("per 市", by_city()),
            1 => ("per 学段", by_grade()),
            2 => ("per 市, 学段", both()),
            _ => ("", vec![vec![0, 1, 2, 3]]),
        };
        let size = groups[0].len() as u64;
        all.push(Quota { per, groups, least, number: chance.below(3 * size) as i64 });
    }
    all
}

#[test]
fn refused_exactly_where_no_batch_keeps_all() {
    let mut chance = Chance(3);
    let (mut refused, mut kept) = (0, 0);
    for _ in 0..60 {
        let all = some(&mut chance);
        let mut source = String::from("enum 市 { 甲, 乙 }\nenum 学段 { 小学, 初中 }\ntrack 校 { fact 市 : 市; fact 学段 : 学段 }\n");
        for (i, q) in all.iter().enumerate() {
            let _ = writeln!(source, "quota q{i} {} : count(校) {} {}", q.per, if q.least { "at least" } else { "at most" }, q.number);
        }
        let number = |n: i64| [n % 5, n / 5 % 5, n / 25 % 5, n / 125];
        let sum = |cells: &[i64; 4], group: &[usize]| group.iter().map(|c| cells[*c]).sum::<i64>();
        let keeps =
            |q: &Quota, cells: &[i64; 4]| q.groups.iter().all(|g| (sum(cells, g) >= q.number) == q.least || sum(cells, g) == q.number);
        let possible = (0..625).map(number).any(|cells| all.iter().all(|q| keeps(q, &cells)));
        let (p, said) = compile(&source);
        assert_eq!(said.iter().any(|d| d.code.0 == "P0315"), !possible, "{source}");
        for proof in quotas(&p.expect("a model")) {
            let q = &all[proof.quota.index()];
            match &proof.what {
                Shown::NeverBinds { most, cap } => {
                    // Whatever batch keeps the others never comes to the cap.
                    let others = |cells: &[i64; 4]| all.iter().enumerate().all(|(i, q)| i == proof.quota.index() || keeps(q, cells));
                    let best =
                        (0..625).map(number).filter(others).flat_map(|c| q.groups.iter().map(|g| sum(&c, g)).collect::<Vec<_>>()).max();
                    assert!(best.is_none_or(|b| b <= *most && b < *cap), "{best:?} {most} {cap}\n{source}");
                }
                Shown::NoChoice { number: n } => assert_eq!(q.number, *n),
                Shown::Feasible { .. } => assert!(possible, "{source}"),
                Shown::Infeasible { wanted, most, .. } => assert!(wanted > most && !possible, "{source}"),
            }
        }
        if possible { kept += 1 } else { refused += 1 }
    }
    assert!(refused > 10 && kept > 10, "{refused} refused, {kept} kept");
}
