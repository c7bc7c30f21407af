//! `split TOTAL by WEIGHT using METHOD`: whole seats by weights; what a tie leaves open is unknown.

use super::eval;
use super::scope::Scope;
use super::table::columns;
use crate::value::{Needs, Value, all_needs};
use prog_base::{Exact, RoundMode};
use prog_model::{Expr, SplitMethod, TableId};

/// The seats of the row that the keys choose.
pub fn split<'a, S: Scope<'a> + ?Sized>(
    scope: &mut S,
    total: &'a Expr,
    table: TableId,
    column: usize,
    method: SplitMethod,
    keys: &'a [Expr],
) -> Value<'a> {
    let table = scope.programme().table(table);
    if table.absent {
        return Value::unknown(Needs::notice());
    }
    let total = eval(scope, total);
    let asked: Vec<Value<'a>> = keys.iter().map(|k| eval(scope, k)).collect();
    let rows = columns(scope, table, column);
    let open = all_needs(std::iter::once(&total).chain(&asked).chain(rows.iter().map(|(_, w)| w)));
    if !open.0.is_empty() {
        return Value::unknown(open);
    }
    let Value::Number(total) = total else { return Value::None };
    let Some(seats) = total.to_i64() else { return Value::unknown(Needs::default()) };
    let Some(row) = rows.iter().position(|(keys, _)| *keys == asked) else { return Value::unknown(Needs::notice()) };
    let weights: Vec<Exact> = rows.iter().map(|(_, w)| if let Value::Number(w) = w { w.clone() } else { Exact::ZERO }).collect();
    match seats_of(seats, &weights, method).get(row) {
        Some(Some(seats)) => Value::Number(Exact::from(*seats)),
        Some(None) | None => Value::unknown(Needs::notice()),
    }
}

/// Seats by weight; `None` for each row that a tie at the last seat leaves open.
pub fn seats_of(total: i64, weights: &[Exact], method: SplitMethod) -> Vec<Option<i64>> {
    let sum = weights.iter().fold(Exact::ZERO, |sum, w| &sum + w);
    if sum.is_zero() || total < 0 {
        return vec![None; weights.len()];
    }
    let quota = |w: &Exact| (w * &Exact::from(total)).checked_div(&sum).unwrap_or(Exact::ZERO);
    let mut seats: Vec<i64> = match method {
        SplitMethod::LargestRemainder => weights.iter().map(|w| floor(&quota(w))).collect(),
        SplitMethod::Webster | SplitMethod::Jefferson => vec![0; weights.len()],
    };
    let mut rest = total - seats.iter().sum::<i64>();
    let mut done = vec![false; weights.len()];
    while rest > 0 {
        let claims: Vec<Option<Exact>> =
            (0..weights.len()).map(|i| claim(method, &weights[i], &quota(&weights[i]), seats[i], done[i])).collect();
        let Some(best) = claims.iter().flatten().max().cloned() else { break };
        let tied: Vec<usize> = (0..weights.len()).filter(|i| claims[*i].as_ref() == Some(&best)).collect();
        if tied.len() as i64 > rest {
            return (0..weights.len()).map(|i| if tied.contains(&i) { None } else { Some(seats[i]) }).collect();
        }
        for i in &tied {
            seats[*i] += 1;
            done[*i] = method == SplitMethod::LargestRemainder;
        }
        rest -= tied.len() as i64;
    }
    seats.into_iter().map(Some).collect()
}

/// How strongly a row claims the next seat.
fn claim(method: SplitMethod, weight: &Exact, quota: &Exact, seats: i64, done: bool) -> Option<Exact> {
    match method {
        SplitMethod::LargestRemainder => (!done).then(|| quota - &Exact::from(seats)),
        SplitMethod::Webster => weight.checked_div(&Exact::from(2 * seats + 1)),
        SplitMethod::Jefferson => weight.checked_div(&Exact::from(seats + 1)),
    }
}

fn floor(n: &Exact) -> i64 {
    n.round(RoundMode::Down, 0).to_i64().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_twenty_by_counties_as_the_annex_does() {
        let counties: Vec<Exact> = [13, 10, 11, 7, 5, 6, 9, 6, 4, 9, 9].map(Exact::from).to_vec();
        let annex: Vec<Option<i64>> = [3, 2, 3, 2, 1, 1, 2, 1, 1, 2, 2].map(Some).to_vec();
        for method in [SplitMethod::LargestRemainder, SplitMethod::Webster, SplitMethod::Jefferson] {
            assert_eq!(seats_of(20, &counties, method), annex, "{method:?}");
        }
    }

    #[test]
    fn gives_out_as_the_compiler_does() {
        let mut state = 5u64;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for _ in 0..500 {
            let (total, rows) = (below(14) as i64, 1 + below(5));
            let weights: Vec<Exact> = (0..rows).map(|_| Exact::from(1 + below(12) as i64)).collect();
            for method in [SplitMethod::LargestRemainder, SplitMethod::Webster, SplitMethod::Jefferson] {
                let compiled = prog_model::apportion(&Exact::from(total), &weights, method).expect("parts");
                let compiled: Vec<Option<i64>> = compiled.iter().map(|part| part.as_ref().and_then(Exact::to_i64)).collect();
                assert_eq!(seats_of(total, &weights, method), compiled, "{total} {weights:?} {method:?}");
            }
        }
    }

    #[test]
    fn a_tie_at_the_last_seat_stays_open() {
        let weights = [1, 1, 2].map(Exact::from);
        assert_eq!(seats_of(2, &weights, SplitMethod::LargestRemainder), [None, None, Some(1)]);
    }
}
