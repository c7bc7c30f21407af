import assert from "node:assert/strict";
import { test } from "node:test";
import { Digits, Members, scan, spotOf, toCanonicalText } from "../json.mjs";
import { Refusal, reading } from "../refusal.mjs";

/** The tree as plain values; numbers as written. */
function plain({ node }) {
  if (node instanceof Digits) return `#${node.text}`;
  if (node instanceof Members)
    return Object.fromEntries(
      node.list.map(({ name, value }) => [name, plain(value)]),
    );
  return Array.isArray(node) ? node.map(plain) : node;
}

function refusal(text) {
  try {
    reading(text, 0, () => scan(text));
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
  return null;
}

test("reads a tree that keeps numbers as written", () => {
  const text =
    '{"a":[1.0,-2e400,{"b":null}],"c":"\\u4e2d\\n😀\\ud83d\\ude00", "d" : [ ] }';
  assert.deepEqual(plain(scan(text)), {
    a: ["#1.0", "#-2e400", { b: null }],
    c: "中\n😀😀",
    d: [],
  });
  assert.deepEqual(
    plain(spotOf({ a: [1, true, undefined], b: undefined, c: "x" })),
    { a: ["#1", true, null], c: "x" },
  );
});

test("refuses what two readers could read differently", () => {
  const bad = [
    "",
    "{",
    "[1,]",
    '{"a":1,}',
    "01",
    "1.",
    ".5",
    "+1",
    "NaN",
    "Infinity",
    "'a'",
    '"\t"',
    '"\\x"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
  ];
  bad.push(
    "\ufeff{}",
    '{"a":1,"a":2}',
    "[".repeat(65) + "]".repeat(65),
    "{} {}",
    '{"a" 1}',
    "tru",
    "nul",
    "[1 2]",
    "\v1",
    "\u00a01",
  );
  for (const text of bad) assert.ok(refusal(text), text);
  assert.equal(refusal("[".repeat(64) + "]".repeat(64)), null);
  for (const value of [NaN, Infinity, () => 1, Symbol("x"), "\ud800"])
    assert.throws(() => spotOf({ value }), Refusal);
  const circle = {};
  circle.self = circle;
  assert.throws(() => spotOf(circle), Refusal);
});

test("places are lines and characters", () => {
  const found = refusal('{"甲":1,\n "😀": 2, "甲": 3}');
  assert.deepEqual([found.line, found.column, found.pointer], [2, 10, "/甲"]);
});

test("writes RFC 8785", () => {
  const value = {
    b: [1, '\u0001"\\/é😀\u007f'],
    a: undefined,
    "€": null,
    "\r": true,
    "\ufb33": 1,
    "😀": 2,
  };
  assert.equal(
    toCanonicalText(value),
    '{"\\r":true,"b":[1,"\\u0001\\"\\\\/é😀\u007f"],"€":null,"😀":2,"\ufb33":1}',
  );
});
