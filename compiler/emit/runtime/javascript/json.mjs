// JSON, read strictly and written canonically (RFC 8785).
//
// In: a text, or a value of JavaScript. Out: a tree of Spots, each knowing its place; or a Refusal.
// Always: no number passes through a float; a member written twice, half a character, nesting over 64 or a text over 16 MiB is refused.

import { CODES, Refusal } from "./refusal.mjs";

/** How deep brackets may nest. */
export const DEPTH = 64;
/** How large a text may be, in bytes. */
export const SIZE = 16 * 1024 * 1024;

/** A node with the position of its first character. The node: null, boolean, string, Digits, an array of Spots, or Members. */
export class Spot {
  constructor(at, node) {
    this.at = at;
    this.node = node;
  }
}

/** A number as written. */
export class Digits {
  constructor(text) {
    this.text = text;
  }
}

/** An object: its members `{ name, at, value }` in the order written. */
export class Members {
  constructor(list) {
    this.list = list;
  }
}

/** A segment of a JSON pointer. */
const segment = (name) =>
  `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** Where something stands; its text is the JSON pointer, which is made only where it is told. */
class Place {
  constructor(outer, name) {
    this.outer = outer;
    this.name = name;
  }

  toString() {
    return this.outer + segment(this.name);
  }
}

/** The place of a member or item. */
export const below = (outer, name) => new Place(outer, name);

/** Whether a text is larger than any that is read. */
export const isTooLarge = (text) =>
  text.length > SIZE ||
  (text.length * 3 > SIZE && new TextEncoder().encode(text).length > SIZE);

/** Reads a whole text. */
export function scan(text) {
  if (isTooLarge(text)) {
    throw new Refusal(
      CODES.TOO_LARGE,
      0,
      "",
      "文本超过 16 MiB",
      "the text is larger than 16 MiB",
    );
  }
  const scanner = new Scanner(text);
  scanner.blanks();
  const spot = scanner.value();
  scanner.blanks();
  if (scanner.at < text.length)
    scanner.notJson(
      "JSON 结束后还有内容",
      "something follows the end of the JSON",
    );
  return spot;
}

const [BLANK, QUOTE, COMMA, COLON, ESCAPE] = [0x20, 0x22, 0x2c, 0x3a, 0x5c];
const isDigit = (c) => c >= 0x30 && c <= 0x39;
const BLANKS = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HEX = /[0-9A-Fa-f]{4}/y;
const ESCAPES = new Map(
  Object.entries({
    '"': '"',
    "\\": "\\",
    "/": "/",
    b: "\b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
  }),
);
const HALF = /[\ud800-\udfff]/u;

/** Reads a text from its beginning; what it does not understand is refused. */
export class Scanner {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.depth = 0;
    this.path = [];
  }

  fault(code, at, zh, en) {
    throw new Refusal(code, at, this.path.map(segment).join(""), zh, en);
  }

  notJson(zh, en) {
    this.fault(CODES.NOT_JSON, Math.min(this.at, this.text.length), zh, en);
  }

  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }

  blanks() {
    if (this.text.charCodeAt(this.at) <= BLANK) this.take(BLANKS);
  }

  value() {
    const { at } = this;
    const first = this.text[at];
    if (first === '"') return new Spot(at, this.string());
    if (first === "{") return new Spot(at, this.object());
    if (first === "[") return new Spot(at, this.list());
    if (first === "t") return new Spot(at, this.word("true", true));
    if (first === "f") return new Spot(at, this.word("false", false));
    if (first === "n") return new Spot(at, this.word("null", null));
    if (first === "-" || (first >= "0" && first <= "9"))
      return new Spot(at, new Digits(this.number()));
    if (first === undefined)
      this.notJson("JSON 没有写完", "the JSON ends too soon");
    return this.notJson("此处不是 JSON 值", "no JSON value stands here");
  }

  word(word, value) {
    if (!this.text.startsWith(word, this.at))
      this.notJson("此处不是 JSON 值", "no JSON value stands here");
    this.at += word.length;
    return value;
  }

  /** Goes into brackets. */
  open(bracket) {
    if (this.text[this.at] !== bracket)
      this.notJson("此处不是 JSON 值", "no JSON value stands here");
    if (this.depth === DEPTH)
      this.fault(
        CODES.TOO_DEEP,
        this.at,
        `括号嵌套超过 ${DEPTH} 层`,
        `brackets nest deeper than ${DEPTH}`,
      );
    this.depth += 1;
    this.at += 1;
    this.blanks();
  }

  /** Whether the brackets close at once. */
  closes(bracket) {
    if (this.text[this.at] !== bracket) return false;
    this.at += 1;
    return true;
  }

  /** After an item: true if another follows, false at the closing bracket. */
  more(close) {
    this.blanks();
    if (this.text.charCodeAt(this.at) === COMMA) {
      this.at += 1;
      this.blanks();
      return true;
    }
    const next = this.text[this.at];
    if (next === undefined)
      this.notJson("JSON 没有写完", "the JSON ends too soon");
    if (next !== close)
      this.notJson(
        "此处应为逗号或右括号",
        "a comma or a closing bracket should stand here",
      );
    this.at += 1;
    return false;
  }

  list() {
    const items = [];
    this.open("[");
    if (!this.closes("]")) {
      do {
        this.path.push(items.length);
        items.push(this.value());
        this.path.pop();
      } while (this.more("]"));
    }
    this.depth -= 1;
    return items;
  }

  object() {
    const members = [];
    const names = new Set();
    this.open("{");
    if (!this.closes("}")) {
      do {
        const { at } = this;
        if (this.text[at] !== '"')
          this.notJson(
            "此处应为带引号的成员名",
            "a quoted member name should stand here",
          );
        const name = this.string();
        this.path.push(name);
        if (names.has(name))
          this.fault(
            CODES.DUPLICATE_MEMBER,
            at,
            `“${name}”写了两次`,
            `\`${name}\` stands twice`,
          );
        names.add(name);
        this.colon();
        members.push({ name, at, value: this.value() });
        this.path.pop();
      } while (this.more("}"));
    }
    this.depth -= 1;
    return new Members(members);
  }

  /** After a member's name. */
  colon() {
    this.blanks();
    if (this.text.charCodeAt(this.at) !== COLON)
      this.notJson("成员名后应为冒号", "a colon should follow the member name");
    this.at += 1;
    this.blanks();
  }

  number() {
    const start = this.at;
    if (this.text[this.at] === "-") this.at += 1;
    if (this.text[this.at] === "0") this.at += 1;
    else this.digits();
    if (this.text[this.at] === ".") {
      this.at += 1;
      this.digits();
    }
    if (this.text[this.at] === "e" || this.text[this.at] === "E") {
      this.at += 1;
      if (this.text[this.at] === "+" || this.text[this.at] === "-")
        this.at += 1;
      this.digits();
    }
    return this.text.slice(start, this.at);
  }

  digits() {
    const start = this.at;
    while (isDigit(this.text.charCodeAt(this.at))) this.at += 1;
    if (this.at === start)
      this.notJson("此处应为数字", "a digit should stand here");
  }

  string() {
    this.at += 1;
    const { at } = this;
    // Nearly always: nothing but plain characters up to the next quote.
    if (this.skipPlain() === QUOTE) {
      this.at += 1;
      return this.text.slice(at, this.at - 1);
    }
    this.at = at;
    let value = "";
    for (;;) {
      value += this.take(PLAIN);
      const next = this.text[this.at];
      if (next === '"') break;
      if (next === undefined)
        this.notJson("字符串没有写完", "the string ends too soon");
      if (next !== "\\")
        this.notJson(
          "字符串里有未转义的控制字符",
          "an unescaped control character stands in a string",
        );
      value += this.escape();
    }
    // Escapes have been checked: a half that is left stood in the text itself.
    if (HALF.test(value))
      this.notJson(
        "文本里有半个字符",
        "half of a character stands in the text",
      );
    this.at += 1;
    return value;
  }

  /** Goes on to the first character that is not plain: a quote, an escape, a control character, half of a character, or the end. */
  skipPlain() {
    const { text } = this;
    for (let { at } = this; ; at += 1) {
      const c = text.charCodeAt(at);
      const plain = c >= 0x20 && c !== QUOTE && c !== ESCAPE;
      if (plain && (c & 0xf800) !== 0xd800) continue;
      this.at = at;
      return c;
    }
  }

  escape() {
    this.at += 1;
    const letter = this.text[this.at];
    if (letter === "u") return this.unicode();
    const character = ESCAPES.get(letter);
    if (character === undefined)
      this.notJson("无法识别的转义", "this escape is not known");
    this.at += 1;
    return character;
  }

  unicode() {
    const first = this.hex();
    let character = String.fromCharCode(first);
    if (
      first >= 0xd800 &&
      first <= 0xdbff &&
      this.text.startsWith("\\u", this.at)
    ) {
      this.at += 1;
      character += String.fromCharCode(this.hex());
    }
    if (HALF.test(character))
      this.notJson("转义不是完整的字符", "the escape is not a whole character");
    return character;
  }

  /** At the `u`: four hex digits. */
  hex() {
    this.at += 1;
    const digits = this.take(HEX);
    if (digits === null)
      this.notJson(
        "\\u 后应有四位十六进制数",
        "four hex digits should follow \\u",
      );
    return Number.parseInt(digits, 16);
  }
}

/** A value of JavaScript as the tree that its JSON text would give; members that are undefined are left out. */
export function spotOf(value, pointer = "", depth = 0) {
  if (value === null || typeof value === "boolean")
    return new Spot(null, value);
  if (typeof value === "string") {
    if (HALF.test(value))
      throw new Refusal(
        CODES.NOT_JSON,
        null,
        pointer,
        "文本里有半个字符",
        "half of a character stands in the text",
      );
    return new Spot(null, value);
  }
  if (typeof value === "bigint" || Number.isFinite(value))
    return new Spot(null, new Digits(String(value)));
  if (typeof value !== "object")
    throw new Refusal(
      CODES.NOT_JSON,
      null,
      pointer,
      "此处不是 JSON 值",
      "no JSON value stands here",
    );
  if (depth === DEPTH)
    throw new Refusal(
      CODES.TOO_DEEP,
      null,
      pointer,
      `括号嵌套超过 ${DEPTH} 层`,
      `brackets nest deeper than ${DEPTH}`,
    );
  if (Array.isArray(value))
    return new Spot(
      null,
      Array.from(value, (item, i) =>
        spotOf(item ?? null, below(pointer, i), depth + 1),
      ),
    );
  const members = Object.entries(value).filter(
    ([, member]) => member !== undefined,
  );
  return new Spot(
    null,
    new Members(
      members.map(([name, member]) => ({
        name,
        at: null,
        value: spotOf(member, below(pointer, name), depth + 1),
      })),
    ),
  );
}

const SHORT = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};
// eslint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f]/g;

const quote = (text) =>
  `"${text.replace(ESCAPED, (c) => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

/** Canonical JSON: members sorted by UTF-16 units, no blanks; members that are undefined are left out. */
export function toCanonicalText(value) {
  if (value === null) return "null";
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(toCanonicalText).join(",")}]`;
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${quote(name)}:${toCanonicalText(value[name])}`)
    .join(",")}}`;
}
