// Drafts: kept while typing, restored, tied to the version, cleared and brought back.
import { at, ready } from "./browser.mjs";

export default async function (b) {
  const page = await b.open("moe_2019/forms/report.html");
  const name = at("/form/report/region_name");
  await page.fill(name, "<b>甲市</b>");
  await page.check("[data-as=none]");
  await page.waitForFunction(() => /草稿/.test(document.getElementById("kept").textContent));
  await page.reload();
  await ready(page);
  b.expect((await page.inputValue(name)) === "<b>甲市</b>" && (await page.isChecked("[data-as=none]")), "the draft was not restored");
  await page.evaluate(() => {
    const [key] = Object.keys(localStorage);
    const draft = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify({ ...draft, version: "another", entries: [...draft.entries, ["/form/report/gone", "x"]] }));
    // What is typed now is not kept over it.
    window.addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true);
  });
  await page.reload();
  await ready(page);
  const said = await page.textContent("#said");
  b.expect(said.includes("已改版") && said.includes("2 项") && said.includes("1 项在新表中没有位置"), `a changed form says ${said}`);
  b.expect((await page.inputValue(name)) === "<b>甲市</b>", "what still fits was not kept");
  await page.click("#clear");
  b.expect((await page.inputValue(name)) === "", "cleared, and still there");
  b.expect((await page.evaluate(() => localStorage.length)) === 0, "cleared, and still kept");
  await page.click("#said button");
  b.expect((await page.inputValue(name)) === "<b>甲市</b>", "not brought back");
  await page.context().close();
}
