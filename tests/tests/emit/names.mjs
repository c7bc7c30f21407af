// In: [[NAME, HTML], …]. Out: [[NAME, [[KIND, ACCESSIBLE NAME], …], TEXT], …]: what a person is asked on each page, in order.
import { JSDOM } from "jsdom";
import { readFileSync } from "node:fs";

const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

/** The accessible name of a control; its set of choices is named by its legend or its own label. */
const nameOf = (document, control) => {
  const by = control.getAttribute("aria-labelledby");
  if (by) return by.split(/\s+/).map((id) => words(document.getElementById(id))).join("·");
  if (control.hasAttribute("aria-label")) return control.getAttribute("aria-label");
  return [...(control.labels ?? [])].map(words).join("·");
};

const pages = JSON.parse(readFileSync(0, "utf8")).map(([name, html]) => {
  const { document } = new JSDOM(html).window;
  const asked = [...document.querySelectorAll("[data-at]")].map((control) => {
    const set = control.closest("fieldset, [role=group], [role=radiogroup]");
    const kind = control.tagName === "INPUT" ? control.type : control.tagName.toLowerCase();
    const within = set === null ? "" : (set.querySelector("legend") ? words(set.querySelector("legend")) : nameOf(document, set));
    return [kind, nameOf(document, control), within, control.dataset.at];
  });
  return [name, asked, words(document.body)];
});
process.stdout.write(JSON.stringify(pages));
