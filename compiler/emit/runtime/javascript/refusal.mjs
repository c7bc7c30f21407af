// What is said of an input that is not read at all: a code, words, a place.

import { CODES } from "./shared.mjs";

/** The codes, as `prog explain` knows them. */
export { CODES };

/** Why a text or case is not taken: a code, a JSON pointer, and in a text the line and column (in characters, from 1). */
export class Refusal extends Error {
  constructor(code, at, pointer, zh, en) {
    super(en);
    this.name = "Refusal";
    this.code = code;
    this.pointer = pointer;
    this.zh = zh;
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

/** Runs a reader over a text; what it refuses gets its place. */
export function reading(text, linesBefore, read) {
  try {
    return read();
  } catch (fault) {
    throw fault instanceof Refusal ? fault.placed(text, linesBefore) : fault;
  }
}
