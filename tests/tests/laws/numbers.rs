//! Exact numbers against `num-rational`: operations, comparison, rounding by name, text in and out (semantics 6.1).

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use prog_base::{Exact, RoundMode};
use proptest::prelude::*;

/// A decimal text of any size; small numbers and halves come often, since that is where rounding errs.
fn decimal() -> impl Strategy<Value = String> {
    let digits = prop_oneof!["[0-9]{1,3}", "[0-9]{1,30}"];
    (any::<bool>(), digits, prop_oneof![Just(String::new()), "\\.[05]", "\\.[0-9]{1,12}"])
        .prop_map(|(minus, whole, rest)| format!("{}{whole}{rest}", if minus { "-" } else { "" }))
}

fn oracle(text: &str) -> BigRational {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{rest}").parse().expect("digits");
    BigRational::new(digits, BigInt::from(10).pow(rest.len() as u32))
}

fn exact(text: &str) -> Exact {
    Exact::parse(text).expect("a decimal")
}

fn same(a: &Exact, b: &BigRational) -> bool {
    a.to_parts() == (b.numer().to_string(), b.denom().to_string())
}

/// Rounding as its names say, by whole numbers only.
fn rounded(value: &BigRational, mode: RoundMode, digits: u32) -> BigRational {
    let power = BigRational::from(BigInt::from(10).pow(digits));
    let scaled = value * &power;
    let (size, half) = (scaled.abs(), BigRational::new(BigInt::one(), BigInt::from(2)));
    let whole = size.to_integer();
    let rest = &size - BigRational::from(whole.clone());
    let up = match mode {
        RoundMode::Up => !rest.is_zero(),
        RoundMode::Down => false,
        RoundMode::HalfUp => rest >= half,
        RoundMode::HalfEven => rest > half || (rest == half && &whole % 2 != BigInt::zero()),
    };
    let size = BigRational::from(if up { whole + 1 } else { whole }) / power;
    if scaled.is_negative() { -size } else { size }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_agrees(a in decimal(), b in decimal()) {
        let (x, y, p, q) = (exact(&a), exact(&b), oracle(&a), oracle(&b));
        prop_assert!(same(&x, &p));
        prop_assert!(same(&(&x + &y), &(&p + &q)));
        prop_assert!(same(&(&x - &y), &(&p - &q)));
        prop_assert!(same(&(&x * &y), &(&p * &q)));
        prop_assert!(same(&-&x, &-p.clone()));
        prop_assert_eq!(x.cmp(&y), p.cmp(&q));
        match x.checked_div(&y) {
            Some(ratio) => prop_assert!(same(&ratio, &(p / q))),
            None => prop_assert!(q.is_zero()),
        }
    }

    #[test]
    fn rounding_agrees(a in decimal(), b in "[1-9][0-9]{0,3}", digits in 0usize..5) {
        let (x, p) = (exact(&a).checked_div(&exact(&b)).expect("not zero"), oracle(&a) / oracle(&b));
        for mode in [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::Up, RoundMode::Down] {
            let result = x.round(mode, digits);
            prop_assert!(same(&result, &rounded(&p, mode, digits as u32)), "{mode:?} {result}");
            prop_assert!(result.to_decimal(digits).is_some());
        }
    }

    #[test]
    fn texts_come_back(a in decimal()) {
        let x = exact(&a);
        let shown = x.to_string();
        prop_assert_eq!(Exact::parse(&shown).expect("its own text"), x.clone());
        let digits = x.scale().expect("a decimal") + 2;
        prop_assert_eq!(exact(&x.to_decimal(digits).expect("enough digits")), x);
    }
}
