// Print: not one character of what was typed is lost, on as many sheets as it takes; boxes print as □ and ☑.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fillAll } from "./browser.mjs";

const plain = (text) => text.replace(/[\s\f]/gu, "");
let lost = 0;

export default async function (b) {
  for (const path of ["moe_2019/forms/report.html", "zhejiang_2019/forms/application.html", "zhejiang_2019/forms/list.html"]) {
    const page = await b.open(path);
    await page.evaluate(() => {
      let n = 0;
      for (const area of document.querySelectorAll("textarea:enabled")) {
        n += 1;
        area.value = Array.from({ length: 260 }, (_, i) => `${n}段${i}句，字字都在。${i % 40 === 39 ? "\n\n" : ""}`).join("");
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
    await fillAll(page);
    const typed = await page.evaluate(() => [...document.querySelectorAll("textarea")].map((area) => area.value));
    const short = await page.evaluate(() => [...document.querySelectorAll("#form input[type=text]:not([data-at$='/case'])")].filter((one) => one.closest(".sender, [hidden]") === null).map((one) => one.value.replace(/[^\d０-９]+$/, (rest) => (/\d|[０-９]/.test(one.value) && document.getElementById(`${one.id}-unit`) ? "" : rest))).filter((value) => value.length > 0));
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
    const file = b.path(`${path.replaceAll("/", ".")}.pdf`);
    writeFileSync(file, pdf);
    const raw = plain(execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 }));
    for (const text of typed) if (!raw.includes(plain(text))) lost += missing(raw, plain(text));
    const flow = plain(execFileSync("pdftotext", [file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 }));
    const gone = short.map(plain).filter((text) => ![...text].every((c) => flow.includes(c)));
    b.expect(gone.length === 0, `${path}: not on paper: ${gone.slice(0, 5)}`);
    const boxes = await page.locator("#form input[type=radio]:checked").count();
    if (boxes > 0) b.expect(raw.includes("☑") && raw.includes("□"), `${path}: no boxes on paper`);
    const size = /Page size: +(\S+) x (\S+)/.exec(execFileSync("pdfinfo", [file], { encoding: "utf8" }));
    const wide = Number(size[1]) > Number(size[2]);
    b.expect(wide === path.includes("list") && Math.min(size[1], size[2]) - 595 < 2, `${path}: the sheet is ${size[0]}`);
    await page.context().close();
  }
  b.expect(lost === 0, `${lost} characters are lost in print`);
  return `${lost} characters lost`;
}

/** How many characters of a text are not there in order. */
function missing(raw, text) {
  let [at, count] = [0, 0];
  for (const c of text) {
    const next = raw.indexOf(c, at);
    if (next < 0 || next - at > 200) count += 1;
    else at = next + 1;
  }
  return count;
}
