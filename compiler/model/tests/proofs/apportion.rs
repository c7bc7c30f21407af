//! Numbers given out by weights, against every way to give them out: each method is the best by its own measure, and a part is open exactly
//! where the best ways differ in it.

use super::{Chance, compile};
use prog_base::Exact;
use prog_model::{SplitMethod, apportion, apportion_within};

const METHODS: [SplitMethod; 3] = [SplitMethod::LargestRemainder, SplitMethod::Webster, SplitMethod::Jefferson];

/// All ways to give out so many places within limits.
fn ways(places: i64, parts: usize, (low, high): (i64, i64)) -> Vec<Vec<i64>> {
    match parts {
        0 => {
            if places == 0 {
                vec![Vec::new()]
            } else {
                Vec::new()
            }
        }
        _ => (low..=high.min(places))
            .flat_map(|n| {
                ways(places - n, parts - 1, (low, high)).into_iter().map(move |mut w| {
                    w.push(n);
                    w
                })
            })
            .collect(),
    }
}

fn times(a: &Exact, b: &Exact) -> Exact {
    a * b
}

fn over(a: &Exact, b: &Exact) -> Exact {
    a.checked_div(b).expect("a weight")
}

/// Proportional parts within limits, by trying every choice of who stands at which limit: the one that fits all.
fn ideal(places: i64, weights: &[Exact], (low, high): (i64, i64)) -> Vec<Exact> {
    let n = weights.len() as u32;
    for choice in 0..3u32.pow(n) {
        let at = |i: usize| choice / 3u32.pow(i as u32) % 3;
        let fixed = |i: usize| match at(i) {
            0 => None,
            1 => Some(Exact::from(low)),
            _ => Some(Exact::from(high)),
        };
        let given = (0..weights.len()).filter_map(fixed).fold(Exact::ZERO, |s, x| &s + &x);
        let free = (0..weights.len()).filter(|i| at(*i) == 0).fold(Exact::ZERO, |s, i| &s + &weights[i]);
        let rest = &Exact::from(places) - &given;
        if free.is_zero() {
            if rest.is_zero() && consistent(weights, &(0..weights.len()).map(|i| fixed(i).expect("fixed")).collect::<Vec<_>>(), (low, high))
            {
                return (0..weights.len()).map(|i| fixed(i).expect("fixed")).collect();
            }
            continue;
        }
        let per = over(&rest, &free);
        let parts: Vec<Exact> = (0..weights.len()).map(|i| fixed(i).unwrap_or_else(|| times(&weights[i], &per))).collect();
        if parts.iter().all(|p| *p >= Exact::from(low) && *p <= Exact::from(high)) && consistent(weights, &parts, (low, high)) {
            return parts;
        }
    }
    panic!("{places} {weights:?} {low} {high}")
}

/// Nobody below the upper limit has less for its weight than anybody above the lower.
fn consistent(weights: &[Exact], parts: &[Exact], (low, high): (i64, i64)) -> bool {
    let pairs = (0..parts.len()).flat_map(|i| (0..parts.len()).map(move |j| (i, j)));
    pairs
        .filter(|(i, j)| parts[*i] < Exact::from(high) && parts[*j] > Exact::from(low))
        .all(|(i, j)| over(&parts[i], &weights[i]) >= over(&parts[j], &weights[j]))
}

/// How far a way is from right, by a method's own measure.
fn measure(method: SplitMethod, way: &[i64], weights: &[Exact], ideal: &[Exact]) -> Exact {
    let one = |i: usize| {
        let n = Exact::from(way[i]);
        match method {
            SplitMethod::LargestRemainder => {
                let off = &n - &ideal[i];
                times(&off, &off)
            }
            SplitMethod::Webster => over(&times(&n, &n), &weights[i]),
            SplitMethod::Jefferson => over(&times(&n, &(&n + &Exact::ONE)), &weights[i]),
        }
    };
    (0..way.len()).fold(Exact::ZERO, |s, i| &s + &one(i))
}

#[test]
fn parts_are_the_best_of_all_ways() {
    let mut chance = Chance(23);
    let (mut open, mut limited) = (0, 0);
    for round in 0..400 {
        let parts = 2 + chance.below(3) as usize;
        let places = chance.below(10) as i64;
        let weights: Vec<Exact> = (0..parts).map(|_| Exact::from(1 + chance.below(9) as i64)).collect();
        let low = if round % 2 == 0 { 0 } else { chance.below(3) as i64 };
        let high = if round % 2 == 0 { places } else { low + chance.below(5) as i64 };
        let limits = (low, high.min(places));
        let all = ways(places, parts, limits);
        for method in METHODS {
            let found = if round % 2 == 0 {
                apportion(&Exact::from(places), &weights, method)
            } else {
                apportion_within(&Exact::from(places), &weights, method, (low, high))
            };
            if all.is_empty() {
                assert_eq!(found, None, "{places} {weights:?} {limits:?}");
                continue;
            }
            let ideal = ideal(places, &weights, limits);
            let least = all.iter().map(|way| measure(method, way, &weights, &ideal)).min().expect("a way");
            let best: Vec<&Vec<i64>> = all.iter().filter(|way| measure(method, way, &weights, &ideal) == least).collect();
            let wanted: Vec<Option<Exact>> =
                (0..parts).map(|i| best.iter().all(|way| way[i] == best[0][i]).then(|| Exact::from(best[0][i]))).collect();
            open += usize::from(wanted.contains(&None));
            limited += usize::from(round % 2 == 1);
            assert_eq!(found, Some(wanted), "{method:?} {places} {weights:?} {limits:?}");
        }
    }
    assert!(open > 20 && limited > 100, "{open} open, {limited} within limits");
}

#[test]
fn limits_that_change_the_sum_are_told_with_what_would_add_up() {
    let told = |by: &str| {
        let source = format!(
            "enum 市 {{ 甲, 乙, 丙 }}\ntable 县数 by 市 {{ 市 | 数: Count\n 甲 | 12\n 乙 | 5\n 丙 | 1 }}\n\
             table 名额 by 市 {{ 市 | 数: Count\n 甲 | 6\n 乙 | 3\n 丙 | 1 }}\nexplain 名额.数 by {by}\n\
             track 校 {{ fact 市 : 市 }}\nquota 每市 [一] per 市 : count(校) at most 名额[市].数"
        );
        let said = compile(&source).1.into_iter().filter(|d| d.code.0 == "P0321").map(|d| d.message.en).collect::<Vec<_>>();
        said.join("\n")
    };
    assert_eq!(told("split 10 by 县数.数 using largest remainder"), "");
    assert_eq!(told("(split 10 by 县数.数 using largest remainder) capped at 8"), "");
    let words = told("(split 10 by 县数.数 using largest remainder) floored at 1 capped at 5");
    assert_eq!(words, "after its limits the parts of 10 add up to 9; given out anew within the limits they would be: 甲 5, 乙 4, 丙 1");
    let words = told("(split 10 by 县数.数 using webster) capped at 3");
    assert_eq!(words, "after its limits the parts of 10 add up to 7; within these limits it can't be given out at all");
}
