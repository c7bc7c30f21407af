import assert from "node:assert/strict";
import { test } from "node:test";
import * as n from "../number.mjs";

const x = (text) => n.parseNumber(text);

test("parses and shows exactly", () => {
  for (const [text, shown] of [
    ["0", "0"],
    ["-0.50", "-0.5"],
    ["12.5", "12.5"],
    ["9007199254740993", "9007199254740993"],
    ["-0", "0"],
  ]) {
    assert.equal(n.showNumber(x(text)), shown);
  }
  for (const bad of ["", "-", ".5", "5.", "1e3", "+1", "1_0", "1 0", "１"])
    assert.equal(x(bad), null, bad);
  assert.equal(n.showNumber(n.ratio(1, 3)), "1/3");
  assert.equal(n.divide(1, 0), null);
  assert.equal(n.ratio(6, -3), -2);
});

test("rounds only by name", () => {
  for (const [text, mode, digits, result] of [
    ["2.5", "half_up", 0, "3"],
    ["2.5", "half_even", 0, "2"],
    ["3.5", "half_even", 0, "4"],
    ["-2.5", "half_up", 0, "-3"],
    ["-2.5", "half_even", 0, "-2"],
    ["1.8", "down", 0, "1"],
    ["-1.8", "down", 0, "-1"],
    ["1.01", "up", 0, "2"],
    ["-1.01", "up", 0, "-2"],
    ["1.005", "half_up", 2, "1.01"],
  ]) {
    assert.equal(
      n.showNumber(n.round(x(text), mode, digits)),
      result,
      `${text} ${mode}`,
    );
  }
});

test("shows declared digits", () => {
  assert.equal(n.toDecimal(x("95"), 2), "95.00");
  assert.equal(n.toDecimal(x("-0.05"), 2), "-0.05");
  assert.equal(n.toDecimal(x("0.125"), 2), null);
});

test("arithmetic stays exact", () => {
  const third = n.ratio(1, 3);
  assert.equal(n.add(n.add(third, third), third), 1);
  assert.equal(n.compare(n.ratio(-1, 2), n.ratio(-1, 3)), -1);
  assert.equal(n.multiply(third, 3), 1);
  assert.equal(n.divide(n.ratio(1, 2), n.ratio(-1, 4)), -2);
});

test("whole numbers beyond 2⁵³ go over to bigints and back", () => {
  const large = x("9007199254740991");
  const beyond = n.add(large, 2);
  assert.equal(beyond, 9007199254740993n);
  assert.equal(n.subtract(beyond, 2), large);
  assert.equal(n.multiply(large, large), 9007199254740991n ** 2n);
  assert.equal(n.divide(n.multiply(large, large), large), large);
  assert.equal(n.compare(beyond, large), 1);
  assert.equal(n.round(n.divide(beyond, 2), "half_even", 0), 4503599627370496);
  assert.equal(Object.is(n.multiply(0, -3), 0), true);
  assert.equal(Object.is(n.negate(0), 0), true);
});
