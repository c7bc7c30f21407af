import assert from "node:assert/strict";
import { test } from "node:test";
import { and, atLeastOf, not, or } from "../truth.mjs";
import { Unknown, awaited } from "../value.mjs";

const u = (key) => awaited(key, "other");
const both = new Unknown([...u("a").needs, ...u("b").needs]);

test("Kleene's tables", () => {
  assert.deepEqual(and(true, u("a")), u("a"));
  assert.equal(and(u("a"), false), false);
  assert.equal(and(), true);
  assert.equal(or(u("a"), true), true);
  assert.deepEqual(or(false, u("a"), u("b"), u("a")), both);
  assert.equal(or(), false);
  assert.deepEqual(not(u("a")), u("a"));
  assert.equal(not(true), false);
});

test("thresholds", () => {
  assert.equal(atLeastOf(2, [true, u("a"), true]), true);
  assert.deepEqual(atLeastOf(2, [true, u("a"), false]), u("a"));
  assert.equal(atLeastOf(2, [false, u("a"), false]), false);
});
