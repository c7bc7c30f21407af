// Exact numbers: a whole number is a bigint, anything else a reduced Ratio.
//
// In: decimal texts, bigints. Out: exact results; rounding only by name.
// Always: no floating point; a Ratio is never whole; a division by zero is null.

/** A ratio that is not whole: reduced, with a denominator above one. */
export class Ratio {
  /** Takes numbers already reduced; use `ratio` elsewhere. */
  constructor(numerator, denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }
}

/** The exact quotient of two whole numbers, the second not zero. */
export function ratio(numerator, denominator) {
  if (denominator < 0n) [numerator, denominator] = [-numerator, -denominator];
  const common = gcd(numerator < 0n ? -numerator : numerator, denominator);
  return common === denominator
    ? numerator / denominator
    : new Ratio(numerator / common, denominator / common);
}

function gcd(a, b) {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads `-?digits[.digits]`; null for any other text. */
export function parseNumber(text) {
  const found = DECIMAL.exec(text);
  if (!found) return null;
  const [, sign, whole, fraction = ""] = found;
  const numerator = BigInt(sign + whole + fraction);
  return fraction === "" ? numerator : ratio(numerator, tenTo(fraction.length));
}

const tenTo = (digits) => 10n ** BigInt(digits);

const over = (x) => (typeof x === "bigint" ? x : x.numerator);
const under = (x) => (typeof x === "bigint" ? 1n : x.denominator);
const whole = (x) => typeof x === "bigint";

/** Whether a number is whole. */
export const isWhole = whole;

/** Whether a value is an exact number. */
export const isNumber = (x) => typeof x === "bigint" || x instanceof Ratio;

/** x + y */
export function add(x, y) {
  return whole(x) && whole(y)
    ? x + y
    : ratio(over(x) * under(y) + over(y) * under(x), under(x) * under(y));
}

/** x − y */
export function subtract(x, y) {
  return whole(x) && whole(y)
    ? x - y
    : ratio(over(x) * under(y) - over(y) * under(x), under(x) * under(y));
}

/** x × y */
export function multiply(x, y) {
  return whole(x) && whole(y)
    ? x * y
    : ratio(over(x) * over(y), under(x) * under(y));
}

/** x ÷ y; null when y is zero. */
export function divide(x, y) {
  return y === 0n ? null : ratio(over(x) * under(y), under(x) * over(y));
}

/** −x */
export const negate = (x) =>
  whole(x) ? -x : new Ratio(-x.numerator, x.denominator);

/** Below zero, zero or above zero as x is less than, equal to or more than y. */
export function compare(x, y) {
  const [left, right] =
    whole(x) && whole(y) ? [x, y] : [over(x) * under(y), over(y) * under(x)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The greatest whole number not above x. */
function floor(x) {
  if (whole(x)) return x;
  const down = x.numerator / x.denominator;
  return x.numerator < 0n ? down - 1n : down;
}

/** Rounds to so many digits after the point; mode: half_up (away from zero), half_even, up (away from zero), down. */
export function round(x, mode, digits) {
  const power = tenTo(digits);
  const scaled = multiply(x, power);
  if (whole(scaled)) return x;
  const below = floor(scaled);
  const half = compare(subtract(scaled, below), HALF);
  const negative = scaled.numerator < 0n;
  const tie = mode === "half_even" ? below % 2n !== 0n : !negative;
  const up =
    mode === "up"
      ? !negative
      : mode === "down"
        ? negative
        : half === 0
          ? tie
          : half > 0;
  return ratio(up ? below + 1n : below, power);
}

const HALF = new Ratio(1n, 2n);

/** The fewest digits after the point that show x exactly; null for a ratio such as 1/3. */
export function scale(x) {
  let rest = under(x);
  let [twos, fives] = [0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  return rest === 1n ? Math.max(twos, fives) : null;
}

/** Shows x with exactly so many digits after the point; null if that would lose something. */
export function toDecimal(x, digits) {
  const scaled = multiply(x, tenTo(digits));
  if (!whole(scaled)) return null;
  if (digits === 0) return scaled.toString();
  const [sign, size] = scaled < 0n ? ["-", -scaled] : ["", scaled];
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
