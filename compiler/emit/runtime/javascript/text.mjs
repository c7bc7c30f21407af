// 字数, as offices count it: each East-Asian character 1, its punctuation 1 (or 0), each run of other characters 1, white space 0.
//
// In: a text and the character ranges that the compiler printed (`shared.mjs`). Out: a count.
// Always: characters are code points, never UTF-16 units; every implementation reads the same ranges.

import { EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE } from "./shared.mjs";

/** Whether a code point lies in one of the ranges, which are sorted. */
export function within(ranges, c) {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (c < ranges[middle][0]) high = middle - 1;
    else if (c > ranges[middle][1]) low = middle + 1;
    else return true;
  }
  return false;
}

/** 字数 of a text, with or without East-Asian punctuation. */
export function charCount(text, withPunctuation = true) {
  let count = 0;
  let inRun = false;
  for (const character of text) {
    const c = character.codePointAt(0);
    const punctuation = within(EAST_ASIAN_PUNCTUATION, c);
    const wide = within(EAST_ASIAN, c);
    if (wide || (punctuation && withPunctuation)) count += 1;
    const other = !wide && !punctuation && !within(WHITE_SPACE, c);
    if (other && !inRun) count += 1;
    inRun = other;
  }
  return count;
}

/** How many characters (code points) a text has, blanks too; a line break is one, however it is written. */
export function characterCount(text) {
  return [...text.replaceAll("\r\n", "\n")].length;
}

/** Order of texts by character (code point), as the other implementations sort. */
export function compareTexts(a, b) {
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    const [x, y] = [left.next(), right.next()];
    if (x.done || y.done) return x.done ? (y.done ? 0 : -1) : 1;
    if (x.value !== y.value)
      return x.value.codePointAt(0) - y.value.codePointAt(0);
  }
}
