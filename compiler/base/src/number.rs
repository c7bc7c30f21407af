//! Exact numbers: every value is a reduced ratio; small ones take two machine words, the others are of big integers.
//!
//! In: decimal texts and integers. Out: exact results; rounding only by name.
//! Always: no floating point, no overflow; division by zero is `None`; one value has one form.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// An exact rational number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Form);

/// Reduced; small whenever it is that small.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small { numerator: i64, denominator: u32 },
    Big(Box<RBig>),
}

use Form::{Big, Small};

/// How a number is rounded, always named in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundMode {
    /// 四舍五入: half away from zero.
    HalfUp,
    /// Half to the even neighbour.
    HalfEven,
    /// 进一: away from zero (for the non-negative numbers of notices: to the next greater).
    Up,
    /// 舍去: towards zero.
    Down,
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact::whole(0);
    /// One.
    pub const ONE: Exact = Exact::whole(1);

    const fn whole(numerator: i64) -> Self {
        Self(Small { numerator, denominator: 1 })
    }

    /// A ratio of machine integers; the denominator is not zero.
    fn reduced(numerator: i128, denominator: u128) -> Self {
        let by = if denominator == 1 { 1 } else { common(numerator.unsigned_abs(), denominator) };
        let small =
            |numerator: i128| Some(Small { numerator: numerator.try_into().ok()?, denominator: (denominator / by).try_into().ok()? });
        // What the two have in common is no more than the denominator, which is below 2^96 wherever numbers are small.
        let reduced = if by == 1 { numerator } else { numerator / by as i128 };
        small(reduced).map_or_else(|| Self::from(RBig::from_parts(numerator.into(), denominator.into())), Self)
    }

    fn big(&self) -> RBig {
        match &self.0 {
            Small { numerator, denominator } => RBig::from_parts(IBig::from(*numerator), UBig::from(*denominator)),
            Big(n) => RBig::clone(n),
        }
    }

    /// Reads `-?digits[.digits]`, `_` between digits allowed; nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match body.split_once('.') {
            Some((w, f)) => (w, Some(f)),
            None => (body, None),
        };
        let digits_ok = |s: &str| {
            s.starts_with(|c: char| c.is_ascii_digit())
                && s.ends_with(|c: char| c.is_ascii_digit())
                && s.bytes().all(|b| b.is_ascii_digit() || b == b'_')
        };
        if !digits_ok(whole) || !fraction.is_none_or(digits_ok) {
            return None;
        }
        let mut digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        let before = digits.len();
        digits.extend(fraction.unwrap_or("").chars().filter(char::is_ascii_digit));
        let places = digits.len() - before;
        let value = match digits.parse::<i64>() {
            // So many tens are less than 2^64.
            Ok(numerator) if places < 20 => Self::reduced(numerator.into(), 10_u128.pow(places as u32)),
            _ => Self::from(RBig::from_parts(IBig::from_str_radix(&digits, 10).ok()?, power_of_ten(places))),
        };
        Some(if negative { -&value } else { value })
    }

    /// The ratio of two integers; `None` when the second is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        Self::from(numerator).checked_div(&Self::from(denominator))
    }

    /// Exact division; `None` by zero.
    pub fn checked_div(&self, by: &Exact) -> Option<Exact> {
        match (&self.0, &by.0) {
            (_, Small { numerator: 0, .. }) => None,
            (Small { numerator: a, denominator: under_a }, Small { numerator: b, denominator: under_b }) => {
                let numerator = i128::from(*a) * i128::from(*under_b) * i128::from(b.signum());
                Some(Self::reduced(numerator, u128::from(*under_a) * u128::from(b.unsigned_abs())))
            }
            (_, _) => Some(Self::from(self.big() / by.big())),
        }
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small { denominator, .. } => *denominator == 1,
            Big(n) => n.is_int(),
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
        if self.is_integer() { self.numerator() } else { None }
    }

    /// The numerator of the reduced ratio, if it is that small.
    pub fn numerator(&self) -> Option<i64> {
        match &self.0 {
            Small { numerator, .. } => Some(*numerator),
            Big(n) => n.numerator().try_into().ok(),
        }
    }

    /// The denominator of the reduced ratio, which is positive, if it is that small.
    pub fn denominator(&self) -> Option<i64> {
        match &self.0 {
            Small { denominator, .. } => Some(i64::from(*denominator)),
            Big(n) => n.denominator().try_into().ok(),
        }
    }

    /// Numerator and denominator as decimal texts; the denominator is positive, the ratio reduced.
    pub fn to_parts(&self) -> (String, String) {
        match &self.0 {
            Small { numerator, denominator } => (numerator.to_string(), denominator.to_string()),
            Big(n) => (n.numerator().to_string(), n.denominator().to_string()),
        }
    }

    /// The fewest digits after the point that show it exactly; `None` for a ratio such as 1/3.
    pub fn scale(&self) -> Option<usize> {
        if self.is_integer() {
            return Some(0);
        }
        let (mut rest, mut twos, mut fives) = (self.big().denominator().clone(), 0, 0);
        for (prime, times) in [(2u8, &mut twos), (5u8, &mut fives)] {
            while (&rest % UBig::from(prime)).is_zero() {
                rest /= UBig::from(prime);
                *times += 1;
            }
        }
        (rest == UBig::ONE).then_some(twos.max(fives))
    }

    /// Rounds to `digits` after the point.
    pub fn round(&self, mode: RoundMode, digits: usize) -> Exact {
        if self.is_integer() {
            return self.clone();
        }
        let (power, n) = (power_of_ten(digits), self.big());
        let scaled = RBig::from_parts(n.numerator() * IBig::from(power.clone()), n.denominator().clone());
        let floor = scaled.floor();
        let rest = &scaled - RBig::from(floor.clone());
        if rest.is_zero() {
            return self.clone();
        }
        let half = RBig::from_parts(IBig::ONE, UBig::from(2u8));
        let negative = scaled < RBig::ZERO;
        let up = match mode {
            RoundMode::Up => !negative,
            RoundMode::Down => negative,
            RoundMode::HalfUp => match rest.cmp(&half) {
                Ordering::Less => false,
                Ordering::Greater => true,
                Ordering::Equal => !negative,
            },
            RoundMode::HalfEven => match rest.cmp(&half) {
                Ordering::Less => false,
                Ordering::Greater => true,
                Ordering::Equal => !(&floor % IBig::from(2u8)).is_zero(),
            },
        };
        let whole = if up { floor + IBig::ONE } else { floor };
        Exact::from(RBig::from_parts(whole, power))
    }

    /// Shows it with exactly `digits` after the point; `None` if that would lose something.
    pub fn to_decimal(&self, digits: usize) -> Option<String> {
        if digits == 0 {
            return self.is_integer().then(|| match &self.0 {
                Small { numerator, .. } => numerator.to_string(),
                Big(n) => n.numerator().to_string(),
            });
        }
        if self.scale()? > digits {
            return None;
        }
        let n = self.big();
        let scaled = n.numerator() * IBig::from(power_of_ten(digits)) / IBig::from(n.denominator().clone());
        let text = scaled.to_string();
        let (sign, body) = text.strip_prefix('-').map_or(("", text.as_str()), |b| ("-", b));
        let body = format!("{body:0>width$}", width = digits + 1);
        let (whole, fraction) = body.split_at(body.len() - digits);
        Some(format!("{sign}{whole}.{fraction}"))
    }
}

fn power_of_ten(n: usize) -> UBig {
    UBig::from(10u8).pow(n)
}

/// The greatest common divisor.
fn common(a: u128, b: u128) -> u128 {
    match (u64::try_from(a), u64::try_from(b)) {
        (Ok(a), Ok(b)) => u128::from(common_of_words(a, b)),
        _ if b == 0 => a,
        _ => common(b, a % b),
    }
}

fn common_of_words(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Small { numerator, denominator } => write!(f, "Exact({numerator} / {denominator})"),
            Big(ratio) => write!(f, "Exact({} / {})", ratio.numerator(), ratio.denominator()),
        }
    }
}

impl fmt::Display for Exact {
    /// The shortest exact decimal, or `n/d` for a ratio that has none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scale().and_then(|s| self.to_decimal(s)) {
            Some(text) => f.write_str(&text),
            None => {
                let (numerator, denominator) = self.to_parts();
                write!(f, "{numerator}/{denominator}")
            }
        }
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self::whole(value)
    }
}

impl From<RBig> for Exact {
    fn from(value: RBig) -> Self {
        match (value.numerator().try_into(), value.denominator().try_into()) {
            (Ok(numerator), Ok(denominator)) => Self(Small { numerator, denominator }),
            (_, _) => Self(Big(Box::new(value))),
        }
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Small { numerator: a, denominator: under_a }, Small { numerator: b, denominator: under_b }) if under_a == under_b => a.cmp(b),
            (Small { numerator: a, denominator: under_a }, Small { numerator: b, denominator: under_b }) => {
                (i128::from(*a) * i128::from(*under_b)).cmp(&(i128::from(*b) * i128::from(*under_a)))
            }
            (_, _) => self.big().cmp(&other.big()),
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
            Small { numerator, denominator } => Exact::reduced(-i128::from(*numerator), u128::from(*denominator)),
            Big(n) => Exact::from(-RBig::clone(n)),
        }
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        match (&self.0, &other.0) {
            (Small { numerator: a, denominator: under_a }, Small { numerator: b, denominator: under_b }) => {
                let numerator = i128::from(*a) * i128::from(*under_b) + i128::from(*b) * i128::from(*under_a);
                Exact::reduced(numerator, u128::from(*under_a) * u128::from(*under_b))
            }
            (_, _) => Exact::from(self.big() + other.big()),
        }
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
            (Small { numerator: a, denominator: under_a }, Small { numerator: b, denominator: under_b }) => {
                Exact::reduced(i128::from(*a) * i128::from(*b), u128::from(*under_a) * u128::from(*under_b))
            }
            (_, _) => Exact::from(self.big() * other.big()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x(text: &str) -> Exact {
        Exact::parse(text).expect(text)
    }

    #[test]
    fn parses_and_shows_exactly() {
        for (text, shown) in [("0", "0"), ("-0.50", "-0.5"), ("1_000", "1000"), ("12.5", "12.5"), ("9007199254740993", "9007199254740993")]
        {
            assert_eq!(x(text).to_string(), shown);
        }
        for bad in ["", "-", ".5", "5.", "1e3", "+1", "1_", "_1", "1._5", "1 0"] {
            assert_eq!(Exact::parse(bad), None, "{bad}");
        }
        assert_eq!(Exact::ratio(1, 3).unwrap().to_string(), "1/3");
        assert_eq!(Exact::ratio(1, 0), None);
    }

    /// Numbers on both sides of every border of the small form.
    fn edges() -> Vec<RBig> {
        let wholes = [0, 1, -1, 2, 10, -6, i64::MAX, i64::MIN, i64::MIN + 1, i64::from(u32::MAX)].map(IBig::from);
        let beyond = [IBig::from(i64::MAX) + IBig::ONE, IBig::from(i64::MIN) - IBig::ONE, IBig::from(10).pow(40)];
        let under = [1_u64, 2, 3, 10, 6, u64::from(u32::MAX), u64::from(u32::MAX) + 1, u64::MAX].map(UBig::from);
        let numerators = wholes.into_iter().chain(beyond);
        numerators.flat_map(|n| under.iter().map(move |d| RBig::from_parts(n.clone(), d.clone()))).collect()
    }

    #[test]
    fn small_and_big_numbers_are_the_same_to_everybody() {
        assert_eq!(size_of::<Exact>(), 16);
        for a in edges() {
            let one = Exact::from(a.clone());
            assert_eq!(one.big(), a);
            assert!(Exact::parse(&one.to_string()).is_none_or(|again| again == one), "{one}");
            assert_eq!((-&one).big(), -a.clone());
            for b in edges() {
                let other = Exact::from(b.clone());
                // The form too: what is equal is equal whatever it came from.
                assert_eq!(&one + &other, Exact::from(&a + &b), "{one} + {other}");
                assert_eq!(&one - &other, Exact::from(&a - &b), "{one} - {other}");
                assert_eq!(&one * &other, Exact::from(&a * &b), "{one} * {other}");
                assert_eq!(one.checked_div(&other), (!b.is_zero()).then(|| Exact::from(&a / &b)), "{one} / {other}");
                assert_eq!(one.cmp(&other), a.cmp(&b), "{one} {other}");
            }
        }
    }

    #[test]
    fn semantics_6_1_rounds_only_by_name() {
        use RoundMode::*;
        for (text, mode, digits, result) in [
            ("2.5", HalfUp, 0, "3"),
            ("2.5", HalfEven, 0, "2"),
            ("3.5", HalfEven, 0, "4"),
            ("-2.5", HalfUp, 0, "-3"),
            ("1.8", Down, 0, "1"),
            ("-1.8", Down, 0, "-1"),
            ("1.01", Up, 0, "2"),
            ("-1.01", Up, 0, "-2"),
            ("1.005", HalfUp, 2, "1.01"),
        ] {
            assert_eq!(x(text).round(mode, digits), x(result), "{text} {mode:?}");
        }
    }

    #[test]
    fn shows_declared_digits() {
        assert_eq!(x("95").to_decimal(2).unwrap(), "95.00");
        assert_eq!(x("-0.05").to_decimal(2).unwrap(), "-0.05");
        assert_eq!(x("0.125").to_decimal(2), None);
    }
}
