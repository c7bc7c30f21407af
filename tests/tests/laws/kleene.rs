//! The laws of three-valued logic, over every combination of values (semantics 1.1). What is awaited is compared as a set.

use prog_eval::{Needs, Source, Truth};

/// A value by number: 0 false, 1 unknown, 2 true.
fn truth(n: u8) -> Truth<'static> {
    match n {
        0 => Truth::False,
        1 => Truth::Unknown(Needs::one("a", Source::Other)),
        _ => Truth::True,
    }
}

fn number(t: &Truth<'_>) -> u8 {
    match t {
        Truth::False => 0,
        Truth::Unknown(_) => 1,
        Truth::True => 2,
    }
}

fn and(a: u8, b: u8) -> u8 {
    number(&Truth::and([truth(a), truth(b)]))
}

fn or(a: u8, b: u8) -> u8 {
    number(&Truth::or([truth(a), truth(b)]))
}

fn not(a: u8) -> u8 {
    number(&truth(a).not())
}

#[test]
fn semantics_1_1_and_is_the_least_or_the_greatest() {
    for a in 0..3 {
        assert_eq!(not(not(a)), a);
        assert_eq!(not(a), 2 - a);
        for b in 0..3 {
            assert_eq!(and(a, b), a.min(b));
            assert_eq!(or(a, b), a.max(b));
            assert_eq!(not(and(a, b)), or(not(a), not(b)), "de Morgan");
            assert_eq!(and(a, or(a, b)), a, "absorption");
            for c in 0..3 {
                assert_eq!(and(a, and(b, c)), and(and(a, b), c));
                assert_eq!(and(a, or(b, c)), or(and(a, b), and(a, c)), "distribution");
            }
        }
    }
}

#[test]
fn semantics_1_1_unknown_is_every_completion() {
    // A result is known exactly when it is the same whatever the unknown turns out to be.
    let completions = |v: u8| if v == 1 { vec![0, 2] } else { vec![v] };
    for a in 0..3 {
        for b in 0..3 {
            for c in 0..3 {
                for need in 0..=4 {
                    let result = number(&Truth::at_least(need, [truth(a), truth(b), truth(c)]));
                    let mut seen = Vec::new();
                    for x in completions(a) {
                        for y in completions(b) {
                            for z in completions(c) {
                                seen.push([x, y, z].iter().filter(|v| **v == 2).count() >= need);
                            }
                        }
                    }
                    let expected = match (seen.contains(&true), seen.contains(&false)) {
                        (true, true) => 1,
                        (true, false) => 2,
                        (false, _) => 0,
                    };
                    assert_eq!(result, expected, "at least {need} of {a} {b} {c}");
                }
            }
        }
    }
}
