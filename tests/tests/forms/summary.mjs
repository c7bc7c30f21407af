// A summary: pasted, imported, exported, 500 rows of it; quotas as they are used.
import { readFileSync, writeFileSync } from "node:fs";
import { at, give, saved } from "./browser.mjs";

const PATH = "zhejiang_2019/forms/list.html";
const ROWS = 500;

export default async function (b) {
  const page = await b.open(PATH);
  await page.selectOption(at("/package/key"), { index: 1 });
  const city = await page.inputValue(at("/package/key"));
  const cell = (row, column) => at(`/package/summary/${row}/${column}`);
  const lines = Array.from({ length: ROWS }, (_, i) => `z${i}\t=cmd|' /c calc'!A${i}\t学校\t选题${i}\t"两\n行 ""引"""`);
  await page.focus(cell(0, "case"));
  const took = await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const start = performance.now();
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    return performance.now() - start;
  }, lines.join("\r\n"));
  b.expect((await page.locator("#summary > tbody > tr").count()) === ROWS, "the rows pasted are not all there");
  b.expect((await page.inputValue(cell(499, "unit"))) === "=cmd|' /c calc'!A499", "a cell pasted is another");
  b.expect((await page.inputValue(cell(7, "kind"))) === "学校", "a choice pasted is not chosen");
  // What waits until nobody types has been done by then.
  await page.waitForTimeout(1500);
  const key = await page.evaluate(async () => {
    const control = document.querySelectorAll("#summary input")[40];
    const start = performance.now();
    control.value = "改";
    control.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  });
  const csv = await saved(page, "#csv-out");
  writeFileSync(b.path("list.csv"), csv.text);
  b.expect(csv.text.startsWith("\ufeff") && csv.text.includes("'=cmd|"), "CSV is not safe to open");
  b.expect(!/(^|,)"?[=+@]/m.test(csv.text), "a cell of the CSV begins like a formula");
  const other = await b.open(PATH);
  await other.setInputFiles("#csv-in", { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(csv.text) });
  await other.waitForFunction(() => document.getElementById("said").textContent.includes("500"));
  const again = await saved(other, "#csv-out");
  b.expect(again.text === csv.text, "CSV that is read and written is another");
  await other.context().close();
  await quotas(b, city);
  await errors(b);
  await page.context().close();
  return `500 rows pasted in ${Math.round(took)} ms, a key in ${Math.round(key)} ms`;
}

/** What is wrong is said on top and at its cell; once it is right nothing is said. */
async function errors(b) {
  const page = await b.open("grants/forms/list.html");
  const cell = (row, column) => at(`/package/summary/${row}/${column}`);
  const said = () => page.locator("#errors li").allTextContents();
  await page.fill(cell(1, "case"), "r1");
  await page.fill(cell(1, "rank"), "many");
  await page.fill(cell(2, "cost"), "1.25");
  await page.click("#check");
  const first = await said();
  const expected = ["报送单位", "第 2 行：请选择申报类别", "第 2 行.*Rank.*整数", "第 3 行", "第 3 行：请选择申报类别", "第 3 行.*Cost"];
  for (const words of expected)
    b.expect(first.some((one) => new RegExp(words).test(one)), `no ${words} among ${first.join(" | ")}`);
  b.expect((await page.title()).startsWith("错误："), "the title does not say that there are errors");
  const ids = await page.evaluate(() => [...document.querySelectorAll("[aria-describedby]")].flatMap((one) => one.getAttribute("aria-describedby").split(" ").filter((id) => document.getElementById(id) === null)));
  b.expect(ids.length === 0, `described by what is not there: ${ids}`);
  await page.click("#errors li:nth-child(2) a");
  b.expect(await page.evaluate(() => document.activeElement.className === "row-track"), "the error does not lead to its control");
  await page.selectOption(at("/package/key"), { index: 1 });
  await page.locator(".row-track").nth(1).selectOption("room");
  await page.locator(".row-track").nth(2).selectOption("van");
  await page.fill(cell(1, "rank"), "12");
  await page.fill(cell(2, "case"), "r1");
  await page.click("#check");
  const second = await said();
  for (const words of ["第 2 行.*Rank", "第 3 行.*Cost", "r1"])
    b.expect(second.some((one) => new RegExp(words).test(one)), `no ${words} among ${second.join(" | ")}`);
  b.expect(!second.some((one) => /整数|申报类别|报送单位/.test(one)), `mended, and still there: ${second.join(" | ")}`);
  for (const row of [1, 2]) await page.fill(cell(row, "head/name"), "某人");
  await page.fill(cell(1, "rank"), "2");
  await page.fill(cell(1, "cost"), "3.5");
  await page.fill(cell(2, "case"), "r2");
  await page.fill(cell(2, "rank"), "1");
  await page.fill(cell(2, "cost"), "1.5");
  await page.click("#check");
  b.expect((await said()).length === 0, `all is right, and it says ${await said()}`);
  await page.context().close();
}

/** Rows added by hand, and cases read from files. */
async function quotas(b, city) {
  const page = await b.open(PATH);
  await page.selectOption(at("/package/key"), city);
  for (let i = 0; i < 4; i += 1) {
    await page.fill(at(`/package/summary/${i}/case`), `c${i}`);
    await page.locator(".row-track").nth(i).selectOption("region");
  }
  await page.waitForFunction(() => document.querySelector("#quotas tbody tr") !== null);
  const used = await page.locator("#quotas tbody tr").allTextContents();
  b.expect(used.some((row) => row.includes("五(二)")), `no quota with its clause: ${used}`);
  b.expect(used.some((row) => /4/.test(row)), `four rows are not four places: ${used}`);
  await page.click(".remove >> nth=0");
  await page.waitForTimeout(700);
  b.expect((await page.inputValue(at("/package/summary/0/case"))) === "c1", "the row taken away is still there");
  const one = JSON.parse(readFileSync(b.path("zhejiang_2019.forms.application.case.json"), "utf8"));
  await give(page, "#import", "某校.json", JSON.stringify({ ...one, id: "z9" }));
  await page.waitForFunction(() => document.getElementById("said").textContent.includes("1 份"));
  const row = await page.evaluate(() => [...document.querySelectorAll("#summary tbody tr")].map((r) => [...r.querySelectorAll("[data-at]")].map((c) => c.value)).find(([id]) => id === "z9"));
  b.expect(row?.[1] === one.form.application.unit_name, `the case's row is ${row}`);
  const batch = await saved(page, "#export");
  writeFileSync(b.path("zhejiang_2019.batch.ndjson"), batch.text);
  await page.context().close();
}
