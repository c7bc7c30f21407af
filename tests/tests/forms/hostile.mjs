// What others put in changes nothing but the text shown.
import { at, give, saved } from "./browser.mjs";

const MARKUP = "</script><img src=x onerror=window.hacked=1><script>window.hacked=2</script>";

export default async function (b) {
  const page = await b.open("moe_2019/forms/report.html");
  const before = await page.evaluate(() => document.querySelectorAll("*").length);
  await page.fill(at("/form/report/summary"), MARKUP);
  await page.fill(at("/form/report/applicant"), '=cmd|"/c calc"!A1');
  await page.click("#check");
  const { text } = await saved(page, "#export");
  const written = JSON.parse(text);
  b.expect(written.form.report.summary === MARKUP && written.form.report.applicant.startsWith("=cmd"), "what was typed is not what was written");
  const hostile = JSON.parse(text);
  hostile.form.report.summary = MARKUP;
  hostile[MARKUP] = { [MARKUP]: 1 };
  hostile.form.report[MARKUP] = MARKUP;
  hostile.form.report.schools = { 共计: "不是数" };
  const withProto = JSON.stringify(hostile).replace(/^\{/, '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},');
  await give(page, "#import", `${MARKUP}.json`, withProto);
  await page.waitForFunction(() => document.getElementById("said").textContent.includes("未读入"));
  const said = await page.textContent("#said");
  for (const word of ["__proto__", "constructor", "onerror", "schools"]) b.expect(said.includes(word), `nothing is said of ${word}: ${said}`);
  const after = await page.evaluate(() => ({ hacked: window.hacked, polluted: {}.polluted, images: document.images.length, scripts: document.querySelectorAll("main script, main img, main iframe").length }));
  b.expect(after.hacked === undefined && after.polluted === undefined && after.images === 0 && after.scripts === 0, `something ran: ${JSON.stringify(after)}`);
  b.expect((await page.inputValue(at("/form/report/summary"))) === MARKUP, "the text shown is another");
  for (const [name, bad] of [["no.json", "{"], ["other.json", '{"programme":"x","track":"y"}'], ["deep.json", "[".repeat(100)], ["twice.json", '{"programme":"moe_2019","programme":"moe_2019"}']]) {
    await give(page, "#import", name, bad);
    await page.waitForFunction((file) => document.getElementById("said").textContent.includes(`没有读入 ${file}`), name);
  }
  b.expect((await page.inputValue(at("/form/report/summary"))) === MARKUP, "a file that is refused changed something");
  b.expect(before > 100, "no page");
  const refused = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.foreign = 1";
    document.body.append(script);
    return window.foreign === undefined;
  });
  b.expect(refused, "the policy let foreign code run");
  b.faults = b.faults.filter((fault) => !fault.includes("Content Security Policy"));
  await page.context().close();
}
