// A review page: reads the applicant's case, takes verdicts with their reasons, and writes the case with its judgements. Reasons for what
// departs from a principle are asked for when they are needed, and only then.
import { readFileSync, writeFileSync } from "node:fs";
import { at, give, saved } from "./browser.mjs";

export default async function (b) {
  const page = await b.open("moe_2019/forms/application.review.panel.html");
  const filled = readFileSync(b.path("moe_2019.forms.report.case.json"), "utf8");
  await give(page, "#import", "a.json", filled);
  await page.waitForFunction(() => document.querySelector("#result .verdict") !== null);
  const all = await page.locator("#form input[type=radio][value=true]").all();
  for (const [i, yes] of all.entries()) if (i > 0) await yes.check();
  await page.locator("#form textarea").first().fill("专家组认为<b>可行</b>");
  await page.click("#check");
  const { text } = await saved(page, "#export");
  const { judgements, form } = JSON.parse(text);
  b.expect(form.report.applicant === "留着", "the applicant's part did not go along");
  b.expect(Object.keys(judgements).length === Math.max(all.length, 1), `${Object.keys(judgements).length} judgements of ${all.length}`);
  b.expect(Object.values(judgements)[0].reason === "专家组认为<b>可行</b>", "the reason is not there");
  writeFileSync(b.path("moe_2019.forms.judged.case.json"), text);
  writeFileSync(b.path("moe_2019.forms.judged.report.json"), (await saved(page, "#report-file")).text);
  writeFileSync(b.path("moe_2019.forms.judged.stage"), await page.inputValue("#stage"));
  await page.context().close();
  await turns(b, filled);
  await reasons(b);
}

/** The page of an actor in the middle: what came before can be read, what comes later is closed. */
async function turns(b, filled) {
  const page = await b.open("moe_2019/forms/report.province.html");
  await give(page, "#import", "a.json", filled);
  await page.waitForFunction(() => document.getElementById("said").textContent !== "");
  b.expect((await page.inputValue(at("/form/report/applicant"))) === "留着", "the part before is not shown");
  b.expect(await page.isDisabled(at("/form/report/applicant")), "the part before can be changed");
  b.expect(await page.isEnabled(at("/form/report/province_opinion/text")), "the own part is closed");
  b.expect(await page.isDisabled(at("/form/report/panel_opinion/text")), "the part after is open");
  await page.fill(at("/form/report/province_opinion/text"), "同意推荐");
  const { form } = JSON.parse((await saved(page, "#export")).text);
  b.expect(form.report.applicant === "留着" && form.report.province_opinion.text === "同意推荐", "what was read did not go along");
  await page.context().close();
}

/** A reason is asked for while the principle is departed from, goes along with the case, and is gone when it is kept again. */
async function reasons(b) {
  const page = await b.open("moe_2019/forms/application.facts.html");
  const reason = page.locator(at("/reasons/申请单位"));
  const asked = (wanted) => reason.waitFor({ state: wanted ? "visible" : "hidden", timeout: 10000 });
  const choose = (value) => page.check(`${at("/facts/region_type")}[value="${value}"]`);
  await asked(false);
  await choose("区县");
  await page.waitForTimeout(1500);
  b.expect(!(await reason.isVisible()), "a reason is asked for where the principle is kept");
  await choose("其他");
  await asked(true);
  await reason.fill("情况特殊");
  const { reasons: told } = JSON.parse((await saved(page, "#export")).text);
  b.expect(told["申请单位"] === "情况特殊", "the reason does not go along");
  await choose("地市");
  await asked(false);
  const after = JSON.parse((await saved(page, "#export")).text);
  b.expect(after.reasons === undefined, "a reason that nobody asks for goes along");
  await page.context().close();
}
