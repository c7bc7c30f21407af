// The page's modules by themselves: tables as text, cases by pointer, numbers as typed.
import assert from "node:assert/strict";

const script = (name) => import(`../../../compiler/emit/src/targets/forms/script/${name}.mjs`);

export default async function () {
  const { fromTable, toCsv } = await script("csv");
  const rows = [["=cmd|' /c calc'!A0", "-5", "-5+3", "@x", "'=1", "＝1", '"a",\r\nb', " 甲 ", "+86 1"], ["", "", "", "", "", "", "", "", "x"]];
  const text = toCsv(rows);
  assert.ok(text.startsWith("\ufeff'=cmd|"));
  assert.deepEqual(fromTable(text), rows);
  assert.ok(!text.split(/,|\r\n/).some((cell) => /^"?[=@+]/.test(cell)));
  assert.deepEqual(fromTable('a\t"b\nc"\td\r\n\r\ne\t\tf', "\t"), [["a", "b\nc", "d"], ["e", "", "f"]]);
  const { close, drop, leaves, put, read } = await script("case");
  const root = {};
  put(root, "/form/a~1b/0/名", 1);
  put(root, "/form/a~1b/2/名", 3);
  put(root, "/__proto__/polluted", true);
  assert.equal({}.polluted, undefined);
  assert.equal(read(root, "/form/a~1b/2/名"), 3);
  assert.equal(read({}, "/constructor/name"), undefined);
  drop(root, "/__proto__");
  assert.deepEqual(close(root), { form: { "a/b": [{ 名: 1 }, { 名: 3 }] } });
  assert.deepEqual(leaves({ a: { "b/c": [1, 2] }, d: [{ e: null }] }), [["/a/b~1c", [1, 2]], ["/d/0/e", null]]);
  const { numeral } = await script("controls");
  assert.equal(numeral("１，２００．５ 万元", "万元"), "1200.5");
  assert.equal(numeral("50％", "%"), "50");
  assert.equal(numeral("三百", "所"), "三百");
}
