//! Exact numbers: every value is a ratio of big integers; small ones live inline.
//!
//! In: decimal texts and integers. Out: exact results; rounding only by name.
//! Always: no floating point, no overflow; division by zero is `None`.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// An exact rational number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(RBig);

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
    pub const ZERO: Exact = Exact(RBig::ZERO);
    /// One.
    pub const ONE: Exact = Exact(RBig::ONE);

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
        let numerator = IBig::from_str_radix(&digits, 10).ok()?;
        let value = Self(RBig::from_parts(numerator, power_of_ten(places)));
        Some(if negative { -&value } else { value })
    }

    /// The ratio of two integers; `None` when the second is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        Self::from(numerator).checked_div(&Self::from(denominator))
    }

    /// Exact division; `None` by zero.
    pub fn checked_div(&self, by: &Exact) -> Option<Exact> {
        (!by.0.is_zero()).then(|| Exact(&self.0 / &by.0))
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        self.0.is_int()
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        *self < Exact::ZERO
    }

    /// The value as a machine integer, if it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        if self.0.is_int() { i64::try_from(self.0.numerator()).ok() } else { None }
    }

    /// The numerator of the reduced ratio, if it is that small.
    pub fn numerator(&self) -> Option<i64> {
        i64::try_from(self.0.numerator()).ok()
    }

    /// The denominator of the reduced ratio, which is positive, if it is that small.
    pub fn denominator(&self) -> Option<i64> {
        i64::try_from(self.0.denominator()).ok()
    }

    /// Numerator and denominator as decimal texts; the denominator is positive, the ratio reduced.
    pub fn to_parts(&self) -> (String, String) {
        (self.0.numerator().to_string(), self.0.denominator().to_string())
    }

    /// The fewest digits after the point that show it exactly; `None` for a ratio such as 1/3.
    pub fn scale(&self) -> Option<usize> {
        let (mut rest, mut twos, mut fives) = (self.0.denominator().clone(), 0, 0);
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
        let power = power_of_ten(digits);
        let scaled = RBig::from_parts(self.0.numerator() * IBig::from(power.clone()), self.0.denominator().clone());
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
        Exact(RBig::from_parts(whole, power))
    }

    /// Shows it with exactly `digits` after the point; `None` if that would lose something.
    pub fn to_decimal(&self, digits: usize) -> Option<String> {
        if digits == 0 {
            return self.is_integer().then(|| self.0.numerator().to_string());
        }
        if self.scale()? > digits {
            return None;
        }
        let scaled = self.0.numerator() * IBig::from(power_of_ten(digits)) / IBig::from(self.0.denominator().clone());
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

impl fmt::Display for Exact {
    /// The shortest exact decimal, or `n/d` for a ratio that has none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_integer() {
            return write!(f, "{}", self.0.numerator());
        }
        match self.scale().and_then(|s| self.to_decimal(s)) {
            Some(text) => f.write_str(&text),
            None => write!(f, "{}/{}", self.0.numerator(), self.0.denominator()),
        }
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self(RBig::from(value))
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact(-self.0.clone())
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        Exact(&self.0 + &other.0)
    }
}

impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        Exact(&self.0 - &other.0)
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        Exact(&self.0 * &other.0)
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
