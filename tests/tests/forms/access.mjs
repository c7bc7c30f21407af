// Everybody can use it: axe finds nothing on load and in the error state, nothing is cut off at 320 pixels, every page is valid HTML.
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { axe } from "./browser.mjs";

const KINDS = ["moe_2019/forms/report.html", "zhejiang_2019/forms/application.county.html", "zhejiang_2019/forms/list.html", "heilongjiang_2024/forms/n_7dddeb1f.facts.html"];

export default async function (b) {
  const programmes = readdirSync(b.path("")).filter((name) => existsSync(b.path(`${name}/forms`)));
  const all = programmes.flatMap((name) => readdirSync(b.path(`${name}/forms`)).map((file) => `${name}/forms/${file}`)).filter((file) => file.endsWith(".html"));
  // One of each kind; all of them take minutes.
  const pages = process.env.PROG_FULL ? all : KINDS;
  const html = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:standard"] }));
  for (const path of pages) {
    const text = readFileSync(b.path(path), "utf8");
    b.expect(Buffer.byteLength(text) <= 200 * 1024, `${path}: ${Buffer.byteLength(text)} bytes`);
    const markup = text.replace(/(<script id="program"[^>]*>)[^<]*/, "$1");
    for (const result of html.validateStringSync(markup, path).results)
      for (const said of result.messages) b.expect(false, `${path}:${said.line}: ${said.ruleId}: ${said.message}`);
    if (!text.includes('id="program"')) continue;
    const page = await b.open(path);
    for (const found of await axe(page)) b.expect(false, `${path}: ${found}`);
    await page.click("#check");
    for (const found of await axe(page)) b.expect(false, `${path}, in error: ${found}`);
    await page.emulateMedia({ colorScheme: "dark" });
    for (const found of await axe(page, ["color-contrast"])) b.expect(false, `${path}, dark: ${found}`);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 320, height: 640 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    b.expect(width <= 320, `${path}: ${width} pixels wide at 320`);
    await page.context().close();
  }
  return `${pages.length} pages`;
}
