import assert from "node:assert/strict";
import { test } from "node:test";
import { charCount } from "../text.mjs";

test("counts as offices do", () => {
  assert.equal(
    charCount("智慧教育，2024年IPv6。", true),
    4 + 1 + 1 + 1 + 1 + 1,
  );
  assert.equal(charCount("智慧教育，2024年IPv6。", false), 4 + 1 + 1 + 1);
  assert.equal(charCount(" a  b\r\nc ", true), 3);
  assert.equal(charCount("𠀀😀"), 2);
  assert.equal(charCount(""), 0);
});
