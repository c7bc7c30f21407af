// What is said of an input that is not read at all: a code, words, a place.

import { CODES } from "./shared.mjs";

/** The codes, as `prog explain` knows them. */
export { CODES };

/** Why a text or case is not taken: a code, a JSON pointer, and in a text the line and column (in characters, from 1). */
export class Refusal extends Error {
  constructor(code, at, pointer, zh, en, help = null) {
    super(en);
    this.name = "Refusal";
    this.code = code;
    this.pointer = String(pointer);
    this.zh = zh;
    /** What to do, as `{ zh, en }`, or null. */
    this.help = help;
    this.at = at;
    this.line = null;
    this.column = null;
  }

  /** With its place in the text that was read, whose first line is so much further down. */
  placed(text, linesBefore = 0) {
    const before = text.slice(0, this.at);
    const start = before.lastIndexOf("\n") + 1;
    this.line = before.split("\n").length + linesBefore;
    this.column = Array.from(before.slice(start)).length + 1;
    return this;
  }
}

/** How many changes lead from one text to the other (Levenshtein). */
function distance(a, b) {
  let row = b.map((_, i) => i + 1);
  a.forEach((x, i) => {
    let [diagonal, left] = [i, i + 1];
    row = b.map((y, j) => {
      const best = Math.min(row[j] + 1, left + 1, diagonal + (x === y ? 0 : 1));
      [diagonal, left] = [row[j], best];
      return best;
    });
  });
  return row.at(-1) ?? a.length;
}

/** The name that was probably meant; null if none is near. */
function nearest(given, names) {
  const letters = Array.from(given);
  let best = null;
  for (const name of names) {
    const other = Array.from(name);
    const far = distance(letters, other);
    if (best === null || far < best.far)
      best = { name, far, length: other.length };
  }
  const length = Math.max(letters.length, best?.length ?? 0, 2);
  return best !== null && best.far * 2 < length ? best.name : null;
}

/** Words for the name that was probably meant, else for what there is; null where there is nothing. */
export function meant(given, known) {
  const names = [...known];
  const near = nearest(given, names);
  if (near !== null)
    return { zh: `是不是“${near}”？`, en: `did you mean \`${near}\`?` };
  return names.length === 0 ? null : thereAre(names);
}

/** Words for what there is to choose from. */
export function thereAre(known) {
  const names = [...known];
  return {
    zh: `可选：${names.join("、")}`,
    en: `there are: \`${names.join("\`, \`")}\``,
  };
}

/** Runs a reader over a text; what it refuses gets its place. */
export function reading(text, linesBefore, read) {
  try {
    return read();
  } catch (fault) {
    throw fault instanceof Refusal ? fault.placed(text, linesBefore) : fault;
  }
}
