//! Dimensions, digits and bounds of numbers: what arithmetic does to them (semantics 6).
//!
//! In: the types of the operands. Out: the type of the result, or the way in which they do not fit.
//! Always: bounds are in base units and never too narrow; `digits` counts places in the unit written.

use crate::{Dimension, NumberType, Unit, UnitId};
use prog_base::{Date, ElapsedUnit, Exact, Figure, RoundMode};
use std::cmp::Ordering;

/// Applications in one batch, items in one list: at most so many (semantics 6.2).
pub(crate) const MOST_MEMBERS: i64 = 1 << 31;
/// The greatest whole number in data: 2⁵³ − 1 (semantics 5.3).
pub(crate) const GREATEST_INTEGER: i64 = (1 << 53) - 1;
/// A number in data has at most so many digits.
const MOST_DIGITS: u32 = 18;

/// Ten to the power of `n`.
pub(crate) fn power_of_ten(n: u32) -> Exact {
    (0..n).fold(Exact::ONE, |p, _| &p * &Exact::from(10))
}

/// The fewest digits that show a value.
fn digits_of(value: &Exact) -> Option<u32> {
    value.scale().and_then(|s| u32::try_from(s).ok())
}

impl NumberType {
    /// A number of one dimension, nothing else known.
    pub(crate) fn of(dimension: Dimension) -> Self {
        Self { dimension, digits: None, low: None, high: None, unit: None }
    }

    /// A value written without unit.
    pub(crate) fn literal(value: &Exact) -> Self {
        let known = Some(value.clone());
        Self { dimension: Dimension::Bare, digits: digits_of(value), low: known.clone(), high: known, unit: None }
    }

    /// A value written in percent points; `value` is the fraction of one.
    pub(crate) fn percent(value: &Exact) -> Self {
        let digits = digits_of(&(value * &Exact::from(100)));
        Self { dimension: Dimension::Ratio, digits, low: Some(value.clone()), high: Some(value.clone()), unit: None }
    }

    /// A value written in a unit; `written` is the number before it.
    pub(crate) fn united(written: &Exact, id: UnitId, unit: &Unit) -> Self {
        let value = Some(written * &unit.factor);
        let dimension = Dimension::Units(vec![(unit.base, 1)]);
        Self { dimension, digits: digits_of(written), low: value.clone(), high: value, unit: Some(id) }
    }

    /// How many there are of something.
    pub(crate) fn count() -> Self {
        let bound = |n| Some(Exact::from(n));
        Self { dimension: Dimension::Plain, digits: Some(0), low: bound(0), high: bound(MOST_MEMBERS), unit: None }
    }

    /// The time between two days: no further than from the first to the last day that there is.
    pub(crate) fn elapsed(unit: ElapsedUnit) -> Self {
        let most = Date::FIRST.until(Date::LAST, unit);
        let bound = |n| Some(Exact::from(n));
        Self { dimension: Dimension::Plain, digits: Some(0), low: bound(-most), high: bound(most), unit: None }
    }

    /// A number of a day, if that is surely not before the year 0, or of any.
    pub(crate) fn figure(figure: Figure, after_year_zero: bool) -> Self {
        let (low, high) = match figure {
            Figure::Year if after_year_zero => (0, 9999),
            Figure::Year => (-9999, 9999),
            Figure::Month => (1, 12),
            Figure::DayOfMonth => (1, 31),
            Figure::DayOfWeek => (1, 7),
        };
        let bound = |n| Some(Exact::from(n));
        Self { dimension: Dimension::Plain, digits: Some(0), low: bound(low), high: bound(high), unit: None }
    }

    /// A share: an unrounded ratio from 0 to 1.
    pub(crate) fn share() -> Self {
        Self { low: Some(Exact::ZERO), high: Some(Exact::ONE), ..Self::of(Dimension::Ratio) }
    }

    /// The widest an entered decimal of so many digits may be, in the unit written.
    pub(crate) fn decimal_bound(digits: u32) -> Exact {
        let whole = &power_of_ten(MOST_DIGITS.saturating_sub(digits)) - &Exact::ONE;
        let fraction = (0..digits).fold(Exact::ONE, |p, _| p.checked_div(&Exact::from(10)).unwrap_or(p));
        &(&whole + &Exact::ONE) - &fraction
    }

    /// Whether a compile-time value lies outside the known bounds.
    pub(crate) fn excludes(&self, value: &Exact) -> bool {
        self.low.as_ref().is_some_and(|l| value < l) || self.high.as_ref().is_some_and(|h| value > h)
    }
}

/// How two numbers fail to compare or add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clash {
    /// The left (else right) is bare against a united value.
    BareUnit {
        /// The bare one stands left.
        left: bool,
    },
    /// The left (else right) is bare against a percentage.
    BarePercent {
        /// The bare one stands left.
        left: bool,
    },
    /// Kinds that never meet.
    Kinds,
}

/// The common dimension of two numbers that compare, add, or are alternatives.
pub(crate) fn common(a: &Dimension, b: &Dimension, units: &[Unit]) -> Result<Dimension, Clash> {
    use Dimension::{Bare, Plain, Ratio, Times, Units};
    match (a, b) {
        (Times, Times | Bare) | (Bare, Times) => Ok(Times),
        (Times, other) | (other, Times) if *other == Ratio || *other == Plain || counts(other, units) => Ok(other.clone()),
        (Times, Units(_)) | (Units(_), Times) => Err(Clash::Kinds),
        (Times, Ratio | Plain) | (Ratio | Plain, Times) => Err(Clash::Kinds),
        (Bare, Bare) => Ok(Bare),
        (Bare | Plain, Bare | Plain) => Ok(Plain),
        (Ratio, Ratio) => Ok(Ratio),
        (Bare, Ratio) => Err(Clash::BarePercent { left: true }),
        (Ratio, Bare) => Err(Clash::BarePercent { left: false }),
        (Bare, Units(_)) => Err(Clash::BareUnit { left: true }),
        (Units(_), Bare) => Err(Clash::BareUnit { left: false }),
        (Units(x), Units(y)) if x == y => Ok(a.clone()),
        (Plain, Units(_)) if counts(b, units) => Ok(b.clone()),
        (Units(_), Plain) if counts(a, units) => Ok(a.clone()),
        (Plain | Units(_), Ratio) | (Ratio, Plain | Units(_)) | (Plain, Units(_)) | (Units(_), Plain | Units(_)) => Err(Clash::Kinds),
    }
}

/// Whether it is a single count unit (所, 人), which compares with a plain count.
pub(crate) fn counts(d: &Dimension, units: &[Unit]) -> bool {
    matches!(d, Dimension::Units(list) if matches!(list.as_slice(), [(u, 1)] if units.get(u.index()).is_some_and(|u| u.count)))
}

/// Whether two numbers compare: as in [`common`], and a quotient of like quantities is a pure number too.
pub(crate) fn compared(a: &NumberType, b: &NumberType, units: &[Unit]) -> Result<(), Clash> {
    let share = |n: &NumberType| n.dimension == Dimension::Ratio && n.digits.is_none() && n.unit.is_none();
    let at_most_once = |n: &NumberType| n.dimension == Dimension::Times && n.high.as_ref().is_some_and(|high| *high <= Exact::ONE);
    let within = |quotient: &NumberType, bare: &NumberType| bare.low.as_ref().is_some_and(|n| !quotient.excludes(n));
    match (&a.dimension, &b.dimension) {
        (_, Dimension::Bare) if share(a) && within(a, b) => Ok(()),
        (Dimension::Bare, _) if share(b) && within(b, a) => Ok(()),
        // What is never more than one whole does not reach 40: that is 40%.
        (_, Dimension::Bare) if at_most_once(a) && !within(a, b) => Err(Clash::BarePercent { left: false }),
        (Dimension::Bare, _) if at_most_once(b) && !within(b, a) => Err(Clash::BarePercent { left: true }),
        (x, y) => common(x, y, units).map(|_| ()),
    }
}

/// The type that holds the values of both: for comparison of alternatives, `otherwise`, `larger of`.
pub(crate) fn either(a: &NumberType, b: &NumberType, units: &[Unit]) -> Result<NumberType, Clash> {
    let dimension = common(&a.dimension, &b.dimension, units)?;
    let (unit, digits) = shown(a, b, units);
    let pick = |x: &Option<Exact>, y: &Option<Exact>, take: Ordering| match (x, y) {
        (Some(x), Some(y)) => Some(if x.cmp(y) == take { x.clone() } else { y.clone() }),
        (None, _) | (_, None) => None,
    };
    let low = pick(&a.low, &b.low, Ordering::Less);
    let high = pick(&a.high, &b.high, Ordering::Greater);
    Ok(NumberType { dimension, digits, low, high, unit })
}

/// The smaller (or larger) of two: bounds follow the choice, one known bound is enough.
pub(crate) fn extreme(a: &NumberType, b: &NumberType, larger: bool, units: &[Unit]) -> Result<NumberType, Clash> {
    let mut both = either(a, b, units)?;
    let choose = |x: &Option<Exact>, y: &Option<Exact>| match (x, y) {
        (Some(x), Some(y)) => Some(if larger { x.max(y) } else { x.min(y) }.clone()),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    };
    if larger {
        both.low = choose(&a.low, &b.low);
    } else {
        both.high = choose(&a.high, &b.high);
    }
    Ok(both)
}

/// Sum or difference.
pub(crate) fn add(a: &NumberType, b: &NumberType, negative: bool, units: &[Unit]) -> Result<NumberType, Clash> {
    let dimension = common(&a.dimension, &b.dimension, units)?;
    let (unit, digits) = shown(a, b, units);
    let b = if negative { negate(b) } else { b.clone() };
    let sum = |x: &Option<Exact>, y: &Option<Exact>| Some(x.as_ref()? + y.as_ref()?);
    let (low, high) = (sum(&a.low, &b.low), sum(&a.high, &b.high));
    Ok(NumberType { dimension, digits, low, high, unit })
}

/// The opposite number.
pub(crate) fn negate(a: &NumberType) -> NumberType {
    let turn = |x: &Option<Exact>| x.as_ref().map(|x| -x);
    NumberType { low: turn(&a.high), high: turn(&a.low), ..a.clone() }
}

/// A product.
pub(crate) fn multiply(a: &NumberType, b: &NumberType, units: &[Unit]) -> NumberType {
    let dimension = product(&a.dimension, &b.dimension, 1);
    let unit = if dimension == a.dimension && b.unit.is_none() {
        a.unit
    } else if dimension == b.dimension && a.unit.is_none() {
        b.unit
    } else {
        base_of(&dimension)
    };
    // Digits count in the unit shown: a fraction of one has two more than its percent points; two units multiply to base units.
    let places = |n: &NumberType| {
        let points = if n.dimension == Dimension::Ratio && dimension != Dimension::Ratio { 2 } else { 0 };
        let factor = if unit.is_none() { n.unit.map(|u| &units[u.index()].factor) } else { None };
        n.digits.and_then(|d| rescale(d + points, factor, None))
    };
    let both_ratio = a.dimension == Dimension::Ratio && b.dimension == Dimension::Ratio;
    let digits = match (places(a), places(b)) {
        (Some(x), Some(y)) => Some(x + y + if both_ratio { 2 } else { 0 }),
        (None, _) | (_, None) => None,
    };
    let (low, high) = product_bounds(a, b);
    NumberType { dimension, digits, low, high, unit }
}

/// The unit in which a product or quotient is shown: `15 元 * 面积 / 1 平方米` is so many 元.
fn base_of(dimension: &Dimension) -> Option<UnitId> {
    match dimension {
        Dimension::Units(list) => match list.as_slice() {
            [(unit, 1)] => Some(*unit),
            _ => None,
        },
        Dimension::Bare | Dimension::Plain | Dimension::Ratio | Dimension::Times => None,
    }
}

/// A quotient. Like quantities leave a ratio, which has no last digit unless the divisor is a constant that divides evenly.
pub(crate) fn divide(a: &NumberType, b: &NumberType, units: &[Unit]) -> NumberType {
    let bare = a.dimension == Dimension::Bare || b.dimension == Dimension::Bare;
    let dimension = match (&a.dimension, &b.dimension) {
        (x, y) if !bare && common(x, y, units).is_ok() => Dimension::Times,
        (Dimension::Bare, Dimension::Plain) => Dimension::Plain,
        (Dimension::Bare, Dimension::Times) => Dimension::Times,
        (x, Dimension::Bare | Dimension::Plain | Dimension::Ratio | Dimension::Times) => x.clone(),
        (x, y @ Dimension::Units(_)) => product(x, y, -1),
    };
    let (low, high) = quotient_bounds(a, b);
    let divisor = b.low.as_ref().filter(|l| b.high.as_ref() == Some(l)).filter(|l| !l.is_zero());
    let exact = divisor.and_then(|d| Exact::ONE.checked_div(d)).and_then(|d| digits_of(&d));
    let unit = if dimension == a.dimension { a.unit } else { base_of(&dimension) };
    let digits = if dimension == a.dimension { a.digits.zip(exact).map(|(x, y)| x + y) } else { None };
    NumberType { dimension, digits, low, high, unit }
}

/// The value rounded to digits in its unit; what is not less stays not less, so that the bounds are those of the value, rounded.
pub(crate) fn rounded(a: &NumberType, mode: RoundMode, digits: u32, unit: &Exact) -> NumberType {
    let round = |end: &Option<Exact>| {
        let shown = end.as_ref()?.checked_div(unit)?;
        Some(&shown.round(mode, digits as usize) * unit)
    };
    NumberType { digits: Some(digits), low: round(&a.low), high: round(&a.high), ..a.clone() }
}

/// A sum over up to [`MOST_MEMBERS`] members.
pub(crate) fn total(a: &NumberType) -> NumberType {
    let most = Exact::from(MOST_MEMBERS);
    let low = a.low.as_ref().map(|l| (l * &most).min(Exact::ZERO));
    let high = a.high.as_ref().map(|h| (h * &most).max(Exact::ZERO));
    NumberType { low, high, ..a.clone() }
}

/// The unit in which two values are shown together, and the digits they have in it.
fn shown(a: &NumberType, b: &NumberType, units: &[Unit]) -> (Option<UnitId>, Option<u32>) {
    let factor = |u: Option<UnitId>| u.map(|u| &units[u.index()].factor);
    let unit = match (factor(a.unit), factor(b.unit)) {
        (Some(x), Some(y)) => {
            if x <= y {
                a.unit
            } else {
                b.unit
            }
        }
        (Some(_), None) => a.unit,
        (None, Some(_)) => b.unit,
        (None, None) => None,
    };
    let places = |n: &NumberType| rescale(n.digits?, factor(n.unit), factor(unit));
    (unit, places(a).zip(places(b)).map(|(x, y)| x.max(y)))
}

/// Digits of a value with `digits` places in units of size `from`, counted in units of size `to`.
fn rescale(digits: u32, from: Option<&Exact>, to: Option<&Exact>) -> Option<u32> {
    let one = Exact::ONE;
    let step = from.unwrap_or(&one).checked_div(&(to.unwrap_or(&one) * &power_of_ten(digits)))?;
    digits_of(&step)
}

/// Exponents added (`sign` 1) or taken away (−1); like quantities leave a ratio.
fn product(a: &Dimension, b: &Dimension, sign: i8) -> Dimension {
    use Dimension::{Bare, Plain, Ratio, Times, Units};
    match (a, b) {
        (Units(x), Units(y)) => {
            let mut list = x.clone();
            for (unit, exponent) in y {
                match list.iter_mut().find(|(u, _)| u == unit) {
                    Some((_, e)) => *e = e.saturating_add(sign.saturating_mul(*exponent)),
                    None => list.push((*unit, sign.saturating_mul(*exponent))),
                }
            }
            list.retain(|(_, e)| *e != 0);
            list.sort_unstable();
            if list.is_empty() { Times } else { Units(list) }
        }
        (Bare | Plain | Ratio | Times, Units(list)) if sign < 0 => Units(list.iter().map(|(u, e)| (*u, e.saturating_neg())).collect()),
        (Units(_), Bare | Plain | Ratio | Times) => a.clone(),
        (Bare | Plain | Ratio | Times, Units(_)) => b.clone(),
        (Plain, Bare | Plain | Ratio | Times) | (Bare | Ratio | Times, Plain) => Plain,
        (Ratio, Ratio) => Ratio,
        (Times, Bare | Ratio | Times) | (Bare | Ratio, Times) | (Ratio, Bare) | (Bare, Ratio) => Times,
        (Bare, Bare) => Bare,
    }
}

fn product_bounds(a: &NumberType, b: &NumberType) -> (Option<Exact>, Option<Exact>) {
    let at_least_zero = |n: &NumberType| n.low.as_ref().is_some_and(|l| !l.is_negative());
    let (Some(al), Some(bl)) = (&a.low, &b.low) else { return (None, None) };
    let (Some(ah), Some(bh)) = (&a.high, &b.high) else {
        let low = (at_least_zero(a) && at_least_zero(b)).then(|| al * bl).filter(is_of_use);
        return (low, None);
    };
    corners([al * bl, al * bh, ah * bl, ah * bh])
}

fn quotient_bounds(a: &NumberType, b: &NumberType) -> (Option<Exact>, Option<Exact>) {
    let (Some(al), Some(ah), Some(bl), Some(bh)) = (&a.low, &a.high, &b.low, &b.high) else { return (None, None) };
    if bl <= &Exact::ZERO && bh >= &Exact::ZERO {
        return (None, None);
    }
    let q = |x: &Exact, y: &Exact| x.checked_div(y).unwrap_or(Exact::ZERO);
    corners([q(al, bl), q(al, bh), q(ah, bl), q(ah, bh)])
}

fn corners(of: [Exact; 4]) -> (Option<Exact>, Option<Exact>) {
    let bound = |x: Option<&Exact>| x.filter(|x| is_of_use(x)).cloned();
    (bound(of.iter().min()), bound(of.iter().max()))
}

/// Whether a number is short enough to be worth carrying along: definitions that square each other must not fill the memory.
pub(crate) fn is_of_use(n: &Exact) -> bool {
    let (numerator, denominator) = n.to_parts();
    numerator.len() <= MOST_PLACES && denominator.len() <= MOST_PLACES
}

/// Numbers known when compiled have at most so many places; data has eighteen.
const MOST_PLACES: usize = 400;
