// Submitting: empty, then corrected. What has to be put right is said on top and at each field; the case that comes out is kept for `evaluate`.
import { at, fillAll, give, saved } from "./browser.mjs";
import { writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

export default async function (b) {
  for (const [path, track] of [["moe_2019/forms/report.html", null], ["zhejiang_2019/forms/application.html", "school"], ["kitchen/forms/application.html", null]]) {
    const page = await b.open(path);
    if (track !== null) await page.selectOption("#track", track);
    await page.click("#check");
    await said(b, page, path);
    await page.fill("#form input[type=text]:enabled", "留着");
    await page.click("#check");
    b.expect((await page.inputValue("#form input[type=text]:enabled")) === "留着", `${path}: what was typed is gone`);
    await fillAll(page);
    for (const file of await page.locator("#form input[type=file]:enabled").all())
      await file.setInputFiles({ name: `证明${(await file.getAttribute("accept"))?.split(",")[0] ?? ".pdf"}`, mimeType: "application/octet-stream", buffer: Buffer.from("%") });
    await page.click("#check");
    const left = await page.locator("#errors li").allTextContents();
    b.expect(left.length === 0, `${path}: still wrong: ${left}`);
    b.expect(!(await page.title()).startsWith("错误"), `${path}: the title still speaks of errors`);
    b.expect(await page.locator("#result .verdict").isVisible(), `${path}: no verdict`);
    const [one, report] = [await saved(page, "#export"), await saved(page, "#report-file")];
    const name = b.path(path.replaceAll("/", ".").replace(".html", ""));
    const stage = await page.getAttribute("#form", "data-stage");
    writeFileSync(`${name}.case.json`, one.text);
    writeFileSync(`${name}.report.json`, report.text);
    writeFileSync(`${name}.stage`, stage ?? "");
    await again(b, path, one.text);
    await page.context().close();
  }
  await bounds(b);
}

/** Texts within records and lists are counted too, in rows that were added as well. */
async function counters(b) {
  const page = await b.open("grants/forms/application.html");
  await page.click(".add");
  for (const place of ["/form/application/head/why", "/form/application/books/1/blurb", "/form/application/books/3/blurb"]) {
    await page.fill(at(place), "字".repeat(21));
    const count = await page.textContent(`#${place.slice(1).replaceAll("/", "-")}-count`);
    b.expect(count.includes("21") && count.includes("偏多"), `${place} is counted as ${count}`);
  }
  await page.context().close();
}

/** A case that is read into a fresh page comes out of it as it was. */
async function again(b, path, text) {
  const page = await b.open(path);
  await give(page, "#import", "a.json", text);
  await page.waitForFunction(() => document.getElementById("said").textContent !== "");
  const { text: other } = await saved(page, "#export");
  const [written, wrote] = [text, other].map((one) => JSON.parse(one));
  b.expect(isDeepStrictEqual(written, wrote), `${path}: what was read is not what was written: ${await page.textContent("#said")}`);
  await page.context().close();
}

/** Summary, title, focus, words, descriptions. */
async function said(b, page, path) {
  b.expect((await page.title()).startsWith("错误："), `${path}: the title says nothing of errors`);
  const found = await page.evaluate(() => {
    const summary = document.getElementById("errors");
    const links = [...summary.querySelectorAll("a")].map((link) => {
      const control = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
      const holder = control?.closest("fieldset.set") ?? control;
      const ids = (holder?.getAttribute("aria-describedby") ?? "").split(" ");
      const texts = ids.map((id) => document.getElementById(id)?.textContent);
      return { words: link.textContent, named: control !== null, dangling: texts.includes(undefined), last: texts.at(-1), at: ids };
    });
    return { first: document.querySelector("main").firstElementChild === summary, focused: document.activeElement === summary, links };
  });
  b.expect(found.first && found.focused, `${path}: the summary is not first in main, or has no focus`);
  b.expect(found.links.length > 5, `${path}: only ${found.links.length} errors`);
  for (const { words, named, dangling, last } of found.links)
    b.expect(named && !dangling && last === `错误：${words}`, `${path}: “${words}” is not what the field says: ${last}`);
  await page.click("#errors li:last-child a");
  b.expect(await page.evaluate(() => document.activeElement.matches("[data-at], #track")), `${path}: the link leads to no field`);
}

/** Entries of another form: told at the field, in the same words. */
async function bounds(b) {
  const page = await b.open("moe_2019/forms/report.html");
  await page.fill(at("/form/report/schools/primary"), "三所");
  await page.fill(at("/form/report/share"), "120");
  await page.fill(at("/form/report/cover_email"), "不是邮箱");
  await page.click("#check");
  const texts = (await page.locator("#errors li").allTextContents()).join("\n");
  for (const words of ["应填整数", "“占比总教育投入的百分比”超出范围", "“电子邮件”格式不对"]) b.expect(texts.includes(words), `${words}? ${texts}`);
  await page.click("#export");
  b.expect((await page.textContent("#said")).includes("没有导出"), "what is no number was exported");
  for (const key of ["kindergarten", "primary", "junior", "senior", "vocational", "higher"]) await page.fill(at(`/form/report/schools/${key}`), "10所");
  await page.waitForTimeout(100);
  b.expect((await page.inputValue(at("/form/report/schools/共计"))) === "60", "the total is not worked out");
  const text = page.locator(at("/form/report/summary"));
  await text.fill("字".repeat(1200));
  const count = await page.textContent("#form-report-summary-count");
  b.expect(count.includes("1200") && count.includes("偏多"), `the count says ${count}`);
  await page.context().close();
  await counters(b);
}
