// A programme written in English: its pages open in English, nothing on them is Chinese but the numbers of clauses; the button turns them.
import { readdirSync } from "node:fs";

export default async function (b) {
  const pages = readdirSync(b.path("english/forms")).filter((name) => name.endsWith(".html") && name !== "pledge.html");
  b.expect(pages.length === 7, `pages: ${pages}`);
  for (const name of pages) {
    const page = await b.open(`english/forms/${name}`);
    const shown = () => page.evaluate(() => [document.documentElement.lang, document.querySelector("#check").textContent].join(" "));
    b.expect((await shown()) === "en Check and submit", `${name} opens as ${await shown()}`);
    await page.click("#lang");
    b.expect((await shown()) === "zh-CN 检查并提交", `${name} is turned to ${await shown()}`);
    await page.click("#lang");
    b.expect((await shown()) === "en Check and submit", `${name} is turned back to ${await shown()}`);
    if (name === "list.html") await page.fill('[data-at="/package/summary/0/rank"]', "12");
    await page.click("#check");
    const left = await page.evaluate(() => {
      const found = new Set();
      const isChinese = (text) => /[\p{Script=Han}\u3000-\u303f\uff00-\uff5e]/u.test((text ?? "").replace(/附件\d/gu, ""));
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const words = node.nodeType === Node.TEXT_NODE ? [node.data] : ["aria-label", "title", "alt"].map((name) => node.getAttribute(name));
        const quiet = (node.parentElement ?? node).closest("script, noscript, #lang, option[value='']");
        if (quiet === null) words.filter(isChinese).forEach((one) => found.add(one.trim()));
      }
      return [...found];
    });
    b.expect(left.length === 0, `${name} still says ${left.join(" | ")}`);
    await page.context().close();
  }
}
