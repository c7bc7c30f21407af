// In: [[NAME, HTML], …]. Out: [{page, asked: [{kind, name, at, options}], text}], what a person is asked on each page, in order.
// Always: a set of choices is one, named by its legend.
import { JSDOM } from "jsdom";
import { readFileSync } from "node:fs";

const words = (node) => node.textContent.replace(/\s+/g, "");

/** The accessible name of a control. */
const nameOf = (document, control) => {
  const by = control.getAttribute("aria-labelledby");
  if (by) return by.split(/\s+/).map((id) => words(document.getElementById(id))).join("·");
  if (control.hasAttribute("aria-label")) return control.getAttribute("aria-label");
  return [...(control.labels ?? [])].map(words).join("·");
};

const pages = JSON.parse(readFileSync(0, "utf8")).map(([page, html]) => {
  const { document } = new JSDOM(html).window;
  const asked = [];
  for (const control of document.querySelectorAll("[data-at]")) {
    const kind = control.tagName === "INPUT" ? control.type : control.tagName.toLowerCase();
    const [at, name] = [control.dataset.at, nameOf(document, control)];
    const last = asked.at(-1);
    if (kind === "radio" && last?.at === at) last.options.push(name);
    else if (kind === "radio") {
      const legend = control.closest("fieldset")?.querySelector("legend");
      asked.push({ kind, name: legend ? words(legend) : "", at, options: [name] });
    } else asked.push({ kind, name, at, options: [...(control.options ?? [])].map(words) });
  }
  return { page, asked, text: words(document.body) };
});
process.stdout.write(JSON.stringify(pages));
