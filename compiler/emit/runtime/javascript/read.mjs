// Strict reading: what all readers share.
//
// In: Spots (json.mjs), or a Cursor at a value (cursor.mjs), of which each value is taken once. Out: typed data, or a Refusal thrown. Always: an unknown member, a wrong JSON type, a number out of range is
// refused; a value of the right JSON type that its field does not accept is a fault of the case, not a refusal.

import { Cursor } from "./cursor.mjs";
import { parseDay, parseMoment } from "./date.mjs";
import { Digits, Members, below } from "./json.mjs";
import { CODES, Refusal, meant } from "./refusal.mjs";
import { WHITE_SPACE } from "./shared.mjs";
import { within } from "./text.mjs";

const LARGEST = Number.MAX_SAFE_INTEGER;

function kindName(node) {
  if (node === null) return ["空值", "null"];
  if (typeof node === "boolean") return ["是/否", "true or false"];
  if (typeof node === "string") return ["字符串", "a string"];
  if (node instanceof Digits) return ["数字", "a number"];
  return node instanceof Members ? ["对象", "an object"] : ["数组", "an array"];
}

/** Refuses: another JSON type than the one that belongs here. */
export function wrongType(spot, pointer, zh, en) {
  const [foundZh, foundEn] = kindName(spot.node);
  throw new Refusal(
    CODES.WRONG_TYPE,
    spot.at,
    pointer,
    `“${pointer}”应为${zh}，这里是${foundZh}`,
    `\`${pointer}\` should be ${en}, not ${foundEn}`,
  );
}

/** Whether nothing stands here. */
export const isNull = (spot) =>
  spot instanceof Cursor ? spot.takeNull() : spot.node === null;

/** The members of an object. */
const object = (spot, pointer) =>
  spot.node instanceof Members
    ? spot.node.list
    : wrongType(spot, pointer, "对象", "an object");

/** The items of a list. */
const list = (spot, pointer) =>
  Array.isArray(spot.node)
    ? spot.node
    : wrongType(spot, pointer, "数组", "an array");

/** A text. */
export function string(spot, pointer) {
  if (spot instanceof Cursor) return spot.takeText();
  return typeof spot.node === "string"
    ? spot.node
    : wrongType(spot, pointer, "字符串", "a string");
}

/** A truth value. */
export function boolean(spot, pointer) {
  if (spot instanceof Cursor) return spot.takeTruth();
  return typeof spot.node === "boolean"
    ? spot.node
    : wrongType(spot, pointer, "true 或 false", "true or false");
}

/** A number as written. */
function digits(spot, pointer) {
  if (spot instanceof Cursor) return spot.takeDigits();
  return spot.node instanceof Digits
    ? spot.node.text
    : wrongType(spot, pointer, "整数", "a whole number");
}

/** The value of a member that is not null, before its turn (of a Cursor: a text); undefined where there is none. */
export const memberOf = (spot, pointer, name) =>
  spot instanceof Cursor
    ? spot.textOf(name)
    : object(spot, pointer).find(
        (member) => member.name === name && member.value.node !== null,
      )?.value;

/** Whether a text holds nothing but white space, which is all of one unit a character. */
export function isBlank(text) {
  for (let i = 0; i < text.length; i += 1)
    if (!within(WHITE_SPACE, text.charCodeAt(i))) return false;
  return true;
}

/** A text that is not blank, else null. */
export function filled(spot, pointer) {
  const text = string(spot, pointer);
  return isBlank(text) ? null : text;
}

/** Refuses a member that is not known here. */
function unknownMember(member, pointer, known) {
  const { name, at } = member;
  throw new Refusal(
    CODES.UNKNOWN_MEMBER,
    at,
    below(pointer, name),
    `没有名为“${name}”的成员`,
    `no member is called \`${name}\``,
    meant(name, known),
  );
}

/** Goes through the members that are not null, each with its place and what its name stands for; refuses names that are none of the known
 * (null: any is taken). */
export function eachMember(spot, pointer, known, read) {
  if (spot instanceof Cursor) {
    spot.eachMember(pointer, known, read);
    return;
  }
  for (const member of object(spot, pointer)) {
    if (known !== null && !known.has(member.name))
      unknownMember(member, pointer, known.keys());
    if (member.value.node !== null)
      read(member, below(pointer, member.name), known?.get?.(member.name));
  }
}

/** Goes through the items of a list, each with its place. */
export const eachItem = (spot, pointer, read) =>
  spot instanceof Cursor
    ? spot.eachItem(pointer, read)
    : list(spot, pointer).map((item, i) => read(item, below(pointer, i)));

const TOO_LARGE = Symbol("too large");

/** So many digits are always safe. */
const SAFE_DIGITS = 15;

/** Nothing but a few digits as a whole number; null where it is written in another way. */
function fewDigits(text) {
  if (text.length > SAFE_DIGITS) return null;
  let value = 0;
  for (let i = 0; i < text.length; i += 1) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

/** Reads a JSON number (`12`, `1.0`, `1e3`) as a whole number without going through floating point; null if it is none. */
function wholeNumber(digits) {
  const [, sign, whole, fraction = "", minus, exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE](?:\+|(-))?0*(\d+))?$/.exec(digits);
  const all = whole + fraction;
  let [start, end] = [0, all.length];
  while (all[start] === "0") start += 1;
  if (start === end) return 0;
  while (all[end - 1] === "0") end -= 1;
  // The value is all[start..end] with so many zeros behind it; a negative count leaves a fraction.
  const power = exponent.length > 9 ? 1e9 : Number(exponent);
  const zeros = all.length - end + (minus ? -power : power) - fraction.length;
  if (zeros < 0) return null;
  if (end - start + zeros > 16) return TOO_LARGE;
  const value = BigInt(all.slice(start, end) + "0".repeat(zeros));
  return value > BigInt(LARGEST) ? TOO_LARGE : Number(sign + value);
}

/** A whole number within what every implementation holds. */
export function integer(spot, pointer) {
  const text = digits(spot, pointer);
  const value = fewDigits(text) ?? wholeNumber(text);
  if (value === TOO_LARGE) {
    throw new Refusal(
      CODES.NUMBER_RANGE,
      spot.at,
      pointer,
      `“${pointer}”超出 ±${LARGEST}`,
      `\`${pointer}\` is beyond ±${LARGEST}`,
    );
  }
  if (value !== null) return value;
  const [zh, en] = [
    `“${pointer}”应为整数，这里是 ${text}`,
    `\`${pointer}\` should be a whole number, not ${text}`,
  ];
  throw new Refusal(CODES.WRONG_TYPE, spot.at, pointer, zh, en);
}

/** A time that is given, but is none. */
export const NO_TIME = Symbol("no time");

/** A time as written: a Day, a Moment, NO_TIME, or null for a blank text. */
export function when(spot, pointer) {
  const text = string(spot, pointer);
  return isBlank(text)
    ? null
    : (parseDay(text) ?? parseMoment(text) ?? NO_TIME);
}
