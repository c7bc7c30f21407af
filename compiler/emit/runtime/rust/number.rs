//! Exact numbers: a ratio of whole numbers, in machine words while it fits, in big integers beyond.
//!
//! In: decimal texts and integers. Out: exact results; rounding only by name.
//! Always: no floating point, no overflow; a ratio is reduced and its denominator positive; a division by zero is `None`.

use num_bigint::BigInt;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// An exact rational number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact(Repr);

/// Small wherever it fits, so that equal numbers are represented alike.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Repr {
    Small(i64, i64),
    Big(Box<(BigInt, BigInt)>),
}

/// A number of the definition, as written there: reduced, the denominator positive.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// A whole number.
    Whole(i64),
    /// A ratio.
    Ratio(i64, i64),
    /// Numerator and denominator in digits, where they need more than 64 bits.
    Digits(&'static str, &'static str),
}

impl Number {
    /// The number itself.
    pub fn exact(self) -> Exact {
        match self {
            Number::Whole(n) => Exact::from(n),
            Number::Ratio(n, d) => Exact(Repr::Small(n, d)),
            Number::Digits(n, d) => match (n.parse(), d.parse()) {
                (Ok(n), Ok(d)) => big(n, d),
                (_, _) => Exact::ZERO,
            },
        }
    }
}

/// How a number is rounded, always named in the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundMode {
    /// 四舍五入: half away from zero.
    HalfUp,
    /// Half to the even neighbour.
    HalfEven,
    /// 进一: away from zero.
    Up,
    /// 舍去: towards zero.
    Down,
}

/// A reduced ratio of machine numbers; the denominator is positive.
fn small(numerator: i128, denominator: i128) -> Exact {
    if let (1, Ok(whole)) = (denominator, i64::try_from(numerator)) {
        return Exact(Repr::Small(whole, 1));
    }
    let common = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
    let (n, d) = match i128::try_from(common) {
        Ok(common) if common > 1 => (numerator / common, denominator / common),
        Ok(_) | Err(_) => (numerator, denominator),
    };
    match (i64::try_from(n), i64::try_from(d)) {
        (Ok(n), Ok(d)) => Exact(Repr::Small(n, d)),
        (_, _) => Exact(Repr::Big(Box::new((BigInt::from(n), BigInt::from(d))))),
    }
}

fn gcd_of_words(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return gcd_of_words(a, b).into();
        }
        (a, b) = (b, a % b);
    }
    a
}

/// A ratio of any whole numbers; the denominator is not zero.
fn big(numerator: BigInt, denominator: BigInt) -> Exact {
    let zero = BigInt::ZERO;
    let (mut a, mut b) = (numerator.clone(), denominator.clone());
    while b != zero {
        let rest = &a % &b;
        (a, b) = (b, rest);
    }
    // The divisor takes the denominator's sign, so that what is left of it is positive.
    if (a < zero) != (denominator < zero) {
        a = -a;
    }
    let (n, d) = (numerator / &a, denominator / &a);
    match (i64::try_from(&n), i64::try_from(&d)) {
        (Ok(n), Ok(d)) => Exact(Repr::Small(n, d)),
        (_, _) => Exact(Repr::Big(Box::new((n, d)))),
    }
}

fn ten_to(digits: usize) -> BigInt {
    BigInt::from(10).pow(u32::try_from(digits).unwrap_or(u32::MAX))
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact(Repr::Small(0, 1));
    /// One.
    pub const ONE: Exact = Exact(Repr::Small(1, 1));

    /// Reads `-?digits[.digits]`; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return None;
        }
        let point = body.len() > whole.len();
        if !point && body.len() <= 18 {
            return Some(Exact::from(text.parse::<i64>().ok()?));
        }
        let sign = if body.len() < text.len() { "-" } else { "" };
        let numerator = format!("{sign}{whole}{fraction}");
        if numerator.len() <= 18 {
            let power = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
            return Some(small(numerator.parse().ok()?, power));
        }
        Some(big(numerator.parse().ok()?, ten_to(fraction.len())))
    }

    /// Numerator and denominator as big integers.
    fn parts(&self) -> (BigInt, BigInt) {
        match &self.0 {
            Repr::Small(n, d) => (BigInt::from(*n), BigInt::from(*d)),
            Repr::Big(parts) => (parts.0.clone(), parts.1.clone()),
        }
    }

    /// The exact quotient; `None` by zero.
    pub fn divided(&self, by: &Exact) -> Option<Exact> {
        match (&self.0, &by.0) {
            (_, Repr::Small(0, _)) => None,
            (Repr::Small(a, b), Repr::Small(c, d)) => {
                let sign = i128::from(c.signum());
                let numerator = i128::from(*a) * i128::from(*d) * sign;
                Some(small(numerator, i128::from(*b) * i128::from(*c) * sign))
            }
            (_, _) => {
                let ((a, b), (c, d)) = (self.parts(), by.parts());
                Some(big(a * d, b * c))
            }
        }
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small(_, d) => *d == 1,
            Repr::Big(parts) => parts.1 == BigInt::from(1),
        }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        *self == Exact::ZERO
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        *self < Exact::ZERO
    }

    /// The value as a machine integer, if it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Small(n, 1) => Some(n),
            Repr::Small(_, _) | Repr::Big(_) => None,
        }
    }

    /// The greatest whole number not above it.
    fn floor(&self) -> BigInt {
        let (n, d) = self.parts();
        let down = &n / &d;
        if n < BigInt::ZERO && &down * &d != n {
            down - 1
        } else {
            down
        }
    }

    /// Rounds to so many digits after the point.
    #[must_use]
    pub fn rounded(&self, mode: RoundMode, digits: usize) -> Exact {
        let power = Exact(Repr::Small(1, 1)).times_ten(digits);
        let scaled = self * &power;
        if scaled.is_whole() {
            return self.clone();
        }
        let floor = scaled.floor();
        let below = big(floor.clone(), BigInt::from(1));
        let half = (&scaled - &below).cmp(&Exact(Repr::Small(1, 2)));
        let negative = scaled.is_negative();
        let up = match (mode, half) {
            (RoundMode::Up, _) => !negative,
            (RoundMode::Down, _) => negative,
            (RoundMode::HalfUp | RoundMode::HalfEven, Ordering::Less) => false,
            (RoundMode::HalfUp | RoundMode::HalfEven, Ordering::Greater) => true,
            (RoundMode::HalfUp, Ordering::Equal) => !negative,
            (RoundMode::HalfEven, Ordering::Equal) => &floor % BigInt::from(2) != BigInt::ZERO,
        };
        let whole = if up { floor + 1 } else { floor };
        big(whole, ten_to(digits))
    }

    fn times_ten(&self, digits: usize) -> Exact {
        let (n, d) = self.parts();
        big(n * ten_to(digits), d)
    }

    /// The fewest digits after the point that show it exactly; `None` for a ratio such as 1/3.
    pub fn scale(&self) -> Option<usize> {
        let (_, mut rest) = self.parts();
        let mut times = [0, 0];
        for (count, prime) in times.iter_mut().zip([2, 5]) {
            while &rest % BigInt::from(prime) == BigInt::ZERO {
                rest /= BigInt::from(prime);
                *count += 1;
            }
        }
        (rest == BigInt::from(1)).then_some(times[0].max(times[1]))
    }

    /// Shows it with exactly so many digits after the point; `None` if that would lose something.
    pub fn to_decimal(&self, digits: usize) -> Option<String> {
        let scaled = self.times_ten(digits);
        if !scaled.is_whole() {
            return None;
        }
        let text = scaled.parts().0.to_string();
        if digits == 0 {
            return Some(text);
        }
        let (sign, body) = match text.strip_prefix('-') {
            Some(body) => ("-", body),
            None => ("", text.as_str()),
        };
        let body = format!("{body:0>width$}", width = digits + 1);
        let (whole, fraction) = body.split_at(body.len() - digits);
        Some(format!("{sign}{whole}.{fraction}"))
    }
}

impl fmt::Display for Exact {
    /// The shortest exact decimal, or `n/d` for a ratio that has none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(n) = self.to_i64() {
            return write!(f, "{n}");
        }
        match self.scale().and_then(|digits| self.to_decimal(digits)) {
            Some(text) => f.write_str(&text),
            None => {
                let (n, d) = self.parts();
                write!(f, "{n}/{d}")
            }
        }
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self(Repr::Small(value, 1))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a, 1), Repr::Small(c, 1)) => a.cmp(c),
            (Repr::Small(a, b), Repr::Small(c, d)) => {
                let left = i128::from(*a) * i128::from(*d);
                left.cmp(&(i128::from(*c) * i128::from(*b)))
            }
            (_, _) => {
                let ((a, b), (c, d)) = (self.parts(), other.parts());
                (a * d).cmp(&(c * b))
            }
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        match &self.0 {
            Repr::Small(n, d) => small(-i128::from(*n), i128::from(*d)),
            Repr::Big(parts) => big(-parts.0.clone(), parts.1.clone()),
        }
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            let (a, b, c, d) = (
                i128::from(*a),
                i128::from(*b),
                i128::from(*c),
                i128::from(*d),
            );
            if let Some(sum) = (a * d).checked_add(c * b) {
                return small(sum, b * d);
            }
        }
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        big(a * &d + c * &b, b * d)
    }
}

impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        self + &-other
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        match (&self.0, &other.0) {
            (Repr::Small(a, b), Repr::Small(c, d)) => small(
                i128::from(*a) * i128::from(*c),
                i128::from(*b) * i128::from(*d),
            ),
            (_, _) => {
                let ((a, b), (c, d)) = (self.parts(), other.parts());
                big(a * c, b * d)
            }
        }
    }
}
