// Exact numbers: a whole number is a number where that is exact, else a bigint; anything else is a reduced Ratio of two whole numbers.
//
// In: decimal texts, whole numbers. Out: exact results; rounding only by name.
// Always: a number is a whole one within ±(2⁵³ − 1), a bigint is beyond; no fraction in floating point; a Ratio is never whole; a
// division by zero is null.

/** A ratio that is not whole: reduced, with a denominator above one. */
export class Ratio {
  /** Takes numbers already reduced; use `ratio` elsewhere. */
  constructor(numerator, denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** A bigint as whole number. */
export const fromBig = (n) => (n <= LARGEST && n >= -LARGEST ? Number(n) : n);

const isSmall = (x) => typeof x === "number";

// Sums and products of whole numbers: what comes out of floating point is exact if it is safe; zero has no sign.

function sum(a, b) {
  if (isSmall(a) && isSmall(b)) {
    const small = a + b;
    if (Number.isSafeInteger(small)) return small;
  }
  return fromBig(BigInt(a) + BigInt(b));
}

function product(a, b) {
  if (isSmall(a) && isSmall(b)) {
    const small = a * b;
    if (Number.isSafeInteger(small)) return small + 0;
  }
  return fromBig(BigInt(a) * BigInt(b));
}

const opposite = (a) => (isSmall(a) ? 0 - a : fromBig(-a));

/** The quotient of two whole numbers of which the first is a multiple of the second. */
const quotient = (a, b) =>
  isSmall(a) && isSmall(b) ? a / b + 0 : fromBig(BigInt(a) / BigInt(b));

/** What is left of a division of whole numbers; of the sign of the first. */
const rest = (a, b) =>
  isSmall(a) && isSmall(b) ? (a % b) + 0 : fromBig(BigInt(a) % BigInt(b));

/** The exact quotient of two whole numbers, the second not zero. */
export function ratio(numerator, denominator) {
  if (denominator < 0)
    [numerator, denominator] = [opposite(numerator), opposite(denominator)];
  const common = gcd(
    numerator < 0 ? opposite(numerator) : numerator,
    denominator,
  );
  return common === denominator
    ? quotient(numerator, denominator)
    : new Ratio(quotient(numerator, common), quotient(denominator, common));
}

function gcd(a, b) {
  while (b !== 0) {
    const left = rest(a, b);
    a = b;
    b = left;
  }
  return a;
}

/** So many digits are always safe. */
const SAFE_DIGITS = 15;

const isDigit = (c) => c >= 0x30 && c <= 0x39;

/** `-?digits[.digits]` as `{ size, places, digits }`: all digits as a whole number with its sign, how many stand after the point, how many
 * there are; null for any other text. */
export function decimalOf(text) {
  const start = text.charCodeAt(0) === 0x2d ? 1 : 0;
  let [value, point] = [0, -1];
  for (let i = start; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (isDigit(c)) value = value * 10 + (c - 0x30);
    else if (c === 0x2e && point < 0 && i > start) point = i;
    else return null;
  }
  const end = point < 0 ? text.length : point;
  const places = point < 0 ? 0 : text.length - point - 1;
  if (end === start || (places === 0) !== point < 0) return null;
  const digits = end - start + places;
  if (digits > SAFE_DIGITS)
    value = fromBig(BigInt(text.slice(start, end) + text.slice(end + 1)));
  return { size: start === 1 ? opposite(value) : value, places, digits };
}

/** The number that was written so. */
export const numberOf = ({ size, places }) =>
  places === 0 ? size : ratio(size, tenTo(places));

/** Reads `-?digits[.digits]`; null for any other text. */
export function parseNumber(text) {
  const written = decimalOf(text);
  return written && numberOf(written);
}

/** Powers of ten that are safe. */
const TENS = [1];
while (TENS.length <= SAFE_DIGITS) TENS.push(TENS.at(-1) * 10);

const tenTo = (digits) => TENS[digits] ?? 10n ** BigInt(digits);

const whole = (x) => typeof x === "number" || typeof x === "bigint";
const over = (x) => (whole(x) ? x : x.numerator);
const under = (x) => (whole(x) ? 1 : x.denominator);

/** Whether a number is whole. */
export const isWhole = whole;

/** Whether a value is an exact number. */
export const isNumber = (x) => whole(x) || x instanceof Ratio;

/** x + y */
export function add(x, y) {
  return whole(x) && whole(y)
    ? sum(x, y)
    : ratio(
        sum(product(over(x), under(y)), product(over(y), under(x))),
        product(under(x), under(y)),
      );
}

/** x − y */
export const subtract = (x, y) => add(x, negate(y));

/** x × y */
export function multiply(x, y) {
  return whole(x) && whole(y)
    ? product(x, y)
    : ratio(product(over(x), over(y)), product(under(x), under(y)));
}

/** x ÷ y; null when y is zero. */
export function divide(x, y) {
  return y === 0
    ? null
    : ratio(product(over(x), under(y)), product(under(x), over(y)));
}

/** −x */
export const negate = (x) =>
  whole(x) ? opposite(x) : new Ratio(opposite(x.numerator), x.denominator);

/** Below zero, zero or above zero as x is less than, equal to or more than y. */
export function compare(x, y) {
  const both = whole(x) && whole(y);
  const left = both ? x : product(over(x), under(y));
  const right = both ? y : product(over(y), under(x));
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The greatest whole number not above x. */
function floor(x) {
  if (whole(x)) return x;
  const { numerator, denominator } = x;
  const beyond = rest(numerator, denominator);
  const down = quotient(sum(numerator, opposite(beyond)), denominator);
  return numerator < 0 ? sum(down, -1) : down;
}

/** Rounds to so many digits after the point; mode: half_up (away from zero), half_even, up (away from zero), down. */
export function round(x, mode, digits) {
  const power = tenTo(digits);
  const scaled = multiply(x, power);
  if (whole(scaled)) return x;
  const below = floor(scaled);
  const half = compare(subtract(scaled, below), HALF);
  const negative = scaled.numerator < 0;
  const tie = mode === "half_even" ? rest(below, 2) !== 0 : !negative;
  const up =
    mode === "up"
      ? !negative
      : mode === "down"
        ? negative
        : half === 0
          ? tie
          : half > 0;
  return ratio(up ? sum(below, 1) : below, power);
}

const HALF = new Ratio(1, 2);

/** The fewest digits after the point that show x exactly; null for a ratio such as 1/3. */
export function scale(x) {
  let left = under(x);
  let [twos, fives] = [0, 0];
  for (; rest(left, 2) === 0; left = quotient(left, 2)) twos += 1;
  for (; rest(left, 5) === 0; left = quotient(left, 5)) fives += 1;
  return left === 1 ? Math.max(twos, fives) : null;
}

/** Shows x with exactly so many digits after the point; null if that would lose something. */
export function toDecimal(x, digits) {
  const scaled = multiply(x, tenTo(digits));
  if (!whole(scaled)) return null;
  if (digits === 0) return scaled.toString();
  const [sign, size] = scaled < 0 ? ["-", opposite(scaled)] : ["", scaled];
  const shown = size.toString().padStart(digits + 1, "0");
  return `${sign}${shown.slice(0, -digits)}.${shown.slice(-digits)}`;
}

/** The shortest exact decimal, or `n/d` for a ratio that has none. */
export function showNumber(x) {
  if (whole(x)) return x.toString();
  const digits = scale(x);
  return digits === null
    ? `${x.numerator}/${x.denominator}`
    : toDecimal(x, digits);
}
