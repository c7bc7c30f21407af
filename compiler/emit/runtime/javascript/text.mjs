// 字数, as offices count it: each East-Asian character 1, its punctuation 1 (or 0), each run of other characters 1, white space 0.
//
// In: a text and the character ranges that the compiler printed (`ranges.mjs`). Out: a count.
// Always: characters are code points, never UTF-16 units; every implementation reads the same ranges.

import { EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE } from "./ranges.mjs";

function within(ranges, c) {
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
