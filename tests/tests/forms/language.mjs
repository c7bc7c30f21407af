// A programme written in English, its pages turned to English: nothing on them is left in Chinese but the numbers of clauses.
import { readdirSync } from "node:fs";

export default async function (b) {
  const pages = readdirSync(b.path("grants/forms")).filter((name) => name.endsWith(".html") && name !== "pledge.html");
  b.expect(pages.length === 7, `pages: ${pages}`);
  for (const name of pages) {
    const page = await b.open(`grants/forms/${name}`);
    await page.click("#lang");
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
