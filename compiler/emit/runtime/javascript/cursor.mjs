// A text read in one pass, straight into typed values: no tree is built of it.
//
// In: a text that is probably in order. Out: what a reader (read.mjs) takes, one value after the other.
// Always: what it takes is what the tree of the same text would give; whatever is not in order is refused without saying where, and the
// text is then read as a tree (json.mjs), which tells the first fault.

import { Scanner, Spot, below, isTooLarge } from "./json.mjs";

const [QUOTE, NULL, TRUE] = [0x22, 0x6e, 0x74];
const SCALAR = /[^,\]}]*/y;

/** Names that the members of an object may have, each with what it stands for. */
export class Names {
  /** From `[name, value]`, best in the order in which they are written; `told`: the names in the order in which people are told them. */
  constructor(entries, told = null) {
    this.names = entries.map(([name]) => name);
    this.values = entries.map(([, value]) => value);
    this.quoted = this.names.map((name) => JSON.stringify(name));
    this.index = new Map(this.names.map((name, i) => [name, i]));
    this.told = told ?? this.names;
  }

  has(name) {
    return this.index.has(name);
  }

  get(name) {
    return this.values[this.index.get(name)];
  }

  /** The names in the order in which people are told them. */
  keys() {
    return this.told;
  }
}

/** Names that stand for nothing else. */
export const namesOf = (...names) => new Names(names.map((name) => [name]));

/** Stands at a value of the text, which the next call takes. */
export class Cursor extends Scanner {
  constructor(text) {
    super(text);
    if (isTooLarge(text)) this.giveUp();
    this.blanks();
  }

  /** Refuses; the tree says why. */
  giveUp() {
    this.notJson("", "");
  }

  /** Nothing but blanks may follow. */
  finish() {
    this.blanks();
    if (this.at < this.text.length) this.giveUp();
  }

  /** Takes a null, if one stands here. */
  takeNull() {
    if (this.text.charCodeAt(this.at) !== NULL) return false;
    this.word("null", null);
    return true;
  }

  takeText() {
    return this.text.charCodeAt(this.at) === QUOTE
      ? this.string()
      : this.giveUp();
  }

  takeTruth() {
    const yes = this.text.charCodeAt(this.at) === TRUE;
    return yes ? this.word("true", true) : this.word("false", false);
  }

  takeDigits() {
    const { at } = this;
    this.number();
    return this.text.slice(at, this.at);
  }

  /** Goes through the members that are not null, each with its place. */
  eachMember(place, known, read) {
    this.open("{");
    const seen = new Uint8Array(known.names.length);
    let position = -1;
    if (!this.closes("}")) {
      do {
        const { at } = this;
        position = this.name(known, position + 1);
        if (seen[position]) this.giveUp();
        seen[position] = 1;
        const name = known.names[position];
        if (!this.takeNull())
          read(
            { name, at, value: this },
            below(place, name),
            known.values[position],
          );
      } while (this.more("}"));
    }
    this.depth -= 1;
  }

  /** Goes through the items of a list, each with its place. */
  eachItem(place, read) {
    this.open("[");
    const items = [];
    if (!this.closes("]")) {
      do items.push(read(this, below(place, items.length)));
      while (this.more("]"));
    }
    this.depth -= 1;
    return items;
  }

  /** The text of a member of the object that stands here, without going on; undefined where it has none of this name. */
  textOf(wanted) {
    const { at } = this;
    let found;
    this.open("{");
    if (!this.closes("}")) {
      do {
        const name = this.string();
        this.colon();
        if (name === wanted) found = new Spot(null, this.takeText());
        else this.skip();
      } while (found === undefined && this.more("}"));
    }
    this.depth -= 1;
    this.at = at;
    return found;
  }

  /** Goes over a value; it is read in its turn. */
  skip() {
    let depth = 0;
    do {
      const first = this.text[this.at];
      if (first === undefined) this.giveUp();
      if (first === '"') this.string();
      else if (first === "{" || first === "[") {
        depth += 1;
        this.at += 1;
      } else if (depth > 0) {
        if (first === "}" || first === "]") depth -= 1;
        this.at += 1;
      } else this.take(SCALAR);
    } while (depth > 0);
  }

  /** The position of the member's name that stands here, which is probably the expected one. */
  name(known, expected) {
    const quoted = known.quoted[expected];
    let position = expected;
    if (quoted !== undefined && this.text.startsWith(quoted, this.at)) {
      this.at += quoted.length;
    } else {
      position = known.index.get(this.takeText());
      if (position === undefined) this.giveUp();
    }
    this.colon();
    return position;
  }
}
