// What all concerns share: a browser, pages of it, filling in, faults.
//
// In: a folder of built programmes. Out: pages that are ready; faults as sentences. Always: one browser, a fresh context a page.
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const start = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });

export class Browser {
  constructor(browser, folder) {
    Object.assign(this, { browser, folder, faults: [], name: "" });
  }

  /** Says what is wrong unless it is right. */
  expect(right, words) {
    if (!right) this.faults.push(`${this.name}: ${words}`);
  }

  path(page) {
    return join(this.folder, page);
  }

  /** Opens a page; its scripts' errors, and whatever its policy refused, are faults. */
  async open(path, options = {}) {
    const { width = 1280, height = 900, scripts = true, ...more } = options;
    const context = await this.browser.newContext({ viewport: { width, height }, javaScriptEnabled: scripts, ...more });
    const page = await context.newPage();
    page.on("pageerror", (error) => this.expect(false, `${path}: ${error.message}`));
    page.on("console", (said) => this.expect(said.type() !== "error", `${path}: ${said.text()}`));
    page.on("request", (request) => this.expect(/^(file|data|blob):/.test(request.url()), `${path} asks for ${request.url()}`));
    await page.goto(`file://${this.path(path)}`);
    if (scripts) await ready(page);
    return page;
  }
}

export const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.ready !== undefined, null, { timeout: 20000 });

/** The control or controls at a pointer. */
export const at = (pointer) => `[data-at="${pointer}"]`;

/** Fills every control that is open: in the browser itself, with the events that typing brings. */
export const fillAll = (page) =>
  page.evaluate(() => {
    const typed = (control) => {
      const { as, at } = control.dataset;
      const unit = document.getElementById(`${control.id}-unit`)?.textContent ?? "";
      if (as === "number") return "１２";
      if (as === "decimal") return unit === "%" ? "50％" : `1，234.5${unit}`;
      if (control.type === "date") return "2019-03-01";
      if (control.type === "month") return "2019-03";
      if (control.type === "email") return "a@example.cn";
      if (control.type === "tel") return /mobile|手机/.test(at) ? "13800000000" : "010-88880000";
      if (control.type === "url") return "https://example.cn/";
      if (/postcode|邮/.test(at)) return "310000";
      if (control.localName !== "textarea") return `测试${at.split("/").at(-1)}`;
      const asked = Number(/要求 (\d+) 字/.exec(document.getElementById(`${control.id}-count`)?.textContent ?? "")?.[1] ?? 30);
      return "甲乙丙丁戊己庚辛壬癸".repeat(Math.ceil(asked / 10)).slice(0, asked);
    };
    const tell = (control) => control.dispatchEvent(new Event("input", { bubbles: true }));
    const seen = new Set();
    const choice = document.querySelector("#track");
    if (choice !== null && choice.value === "") [choice.selectedIndex] = [1];
    if (choice !== null) tell(choice);
    for (const control of document.querySelectorAll("#form [data-at]:not(:disabled)")) {
      const { at, as, computed } = control.dataset;
      const isTotal = document.getElementById(`${control.id}-hint`)?.textContent.includes("计算");
      if (control.type === "file" || computed !== undefined || as === "none" || isTotal) continue;
      if (control.type === "radio") {
        if (seen.has(at)) continue;
        seen.add(at);
        control.checked = true;
      } else if (control.type === "checkbox") control.checked = true;
      else if (control.localName === "select") control.selectedIndex = Math.min(1, control.options.length - 1);
      else if (control.value === "") control.value = typed(control);
      tell(control);
    }
  });

/** What a click on a button saves, as text with the file's name. */
export async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** Reads a text as a file into one of the page's file controls. */
export const give = (page, control, name, text) => page.setInputFiles(control, { name, mimeType: "application/json", buffer: Buffer.from(text) });

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, a sentence each. */
export async function axe(page, only = TAGS) {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(AXE);
  const found = await page.evaluate((wanted) => window.axe.run(document, { runOnly: wanted, resultTypes: ["violations"] }), only);
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}): ${nodes[0].target} ${nodes[0].failureSummary.split("\n").slice(1).join(" ")}`);
}
