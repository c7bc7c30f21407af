// Every printed element of the three forms has a control that the browser itself calls by the words of the form; each control counts once.
import { readFileSync } from "node:fs";

const ROWS = readFileSync(new URL("../../acceptance/elements.tsv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t"));

const squeezed = (text) => text.replace(/\s+/g, "");

/** The name that assistive technology is told, by the browser's own reckoning. */
async function nameOf(session, objectId) {
  const { nodes } = await session.send("Accessibility.getPartialAXTree", { objectId, fetchRelatives: false });
  return squeezed(nodes[0]?.name?.value ?? "");
}

/** Controls in page order: a set of radio buttons is one, called by its group. */
async function controls(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Accessibility.enable");
  const list = `[...document.querySelectorAll("[data-at]")].filter((one, at, all) => one.type !== "radio" || all[at - 1]?.dataset.at !== one.dataset.at)
    .map((one) => (one.type === "radio" ? one.closest("fieldset, [role=radiogroup]") : one))`;
  const { result: array } = await session.send("Runtime.evaluate", { expression: list });
  const { result: members } = await session.send("Runtime.getProperties", { objectId: array.objectId, ownProperties: true });
  const names = [];
  for (const member of members.filter((one) => /^\d+$/.test(one.name)))
    names.push(await nameOf(session, member.value.objectId));
  return names;
}

export default async function (b) {
  const counts = [];
  for (const form of new Set(ROWS.map(([form]) => form))) {
    const page = await b.open(`${form.replace("-", "_").replace("/", "/forms/")}.html`);
    const names = await controls(page);
    const text = squeezed(await page.textContent("body"));
    const rows = ROWS.filter(([of]) => of === form);
    for (const [, kind, words] of rows) {
      const holds = (name) => (part) => part.split(" ").every((word) => name.includes(squeezed(word)));
      if (kind === "static" || kind === "rows") b.expect(holds(text)(words), `${form}: ${words} is not on the page`);
      else
        for (const part of words.split(" + ")) {
          const at = names.findIndex((name) => holds(name)(part));
          b.expect(at >= 0, `${form}: nothing is called ${part}`);
          if (at >= 0) names.splice(at, 1);
        }
    }
    counts.push(rows.length);
    await page.context().close();
  }
  return `${counts.join(", ")} printed elements`;
}
