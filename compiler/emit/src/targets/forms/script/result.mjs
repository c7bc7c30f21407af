// The report on the page: verdict, findings with clauses, what is awaited, tags, values.
//
// In: a report as the validator gives it. Out: a section of its own. Always: eligibility is explained here and never as the error of a field.

import { namesOf } from "./engine.mjs";
import { language, make, say, wordOf } from "./words.mjs";

const list = (items, name = "findings") =>
  make(
    "ul",
    { class: name },
    ...items.map((item) => make("li", {}, ...[item].flat())),
  );

const clausesOf = ({ clauses }) =>
  clauses?.length
    ? make("span", { class: "clauses" }, `[${clauses.join(say("between"))}]`)
    : null;

/** One finding: what, its clauses, and what it hangs on. */
function entry(finding, names) {
  const needs = (finding.needs ?? []).map((key) =>
    key === "notice" ? say("notice") : (names.get(key) ?? key),
  );
  const under = (finding.under ?? []).map(
    ({ reading, value, result }) =>
      `${names.get(reading) ?? reading} = ${value}${say("colon")}${wordOf("results", result)}`,
  );
  const members = (finding.members ?? []).filter(
    (member) => typeof member === "object",
  );
  return [
    make("span", { class: "authored" }, finding.message),
    clausesOf(finding),
    make("span", { class: "strength" }, wordOf("strengths", finding.strength)),
    finding.reason
      ? make("p", { class: "hint authored" }, finding.reason)
      : null,
    needs.length > 0
      ? make("p", { class: "hint" }, say("needs") + needs.join(say("between")))
      : null,
    under.length > 0
      ? make("p", { class: "hint" }, say("readings") + under.join(say("apart")))
      : null,
    members.length > 0
      ? list(
          members.map((member) => [
            wordOf("results", member.result) + say("colon"),
            make("span", { class: "authored" }, member.message),
            clausesOf(member),
          ]),
          "members",
        )
      : null,
  ];
}

function group(heading, findings, names, isOpen = true) {
  if (findings.length === 0) return null;
  const items = list(findings.map((finding) => entry(finding, names)));
  return isOpen
    ? make("div", {}, make("h3", {}, heading), items)
    : make("details", {}, make("summary", {}, heading), items);
}

function valuesOf(values, names) {
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  const shown = ({ value, low, high, unit }) => {
    if (typeof value === "boolean") return value ? "✓" : "✗";
    const text =
      value ?? (low != null || high != null ? say("between", low, high) : "—");
    return unit && value !== null ? `${text} ${unit}` : String(text);
  };
  const rows = entries.map(([key, one]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row", class: "authored" }, names.get(key) ?? key),
      make("td", {}, shown(one)),
      make("td", {}, (one.clauses ?? []).join(say("between"))),
    ),
  );
  const head = make(
    "tr",
    {},
    ...["item", "value", "clause"].map((word) =>
      make("th", { scope: "col" }, say(word)),
    ),
  );
  return make(
    "table",
    { class: "values" },
    make("caption", {}, say("values")),
    make("thead", {}, head),
    make("tbody", {}, ...rows),
  );
}

/** Shows a report in a section. */
export function showReport(section, report) {
  const names = namesOf(report.track, language());
  const found = (result, test = () => true) =>
    report.findings.filter((one) => one.result === result && test(one));
  const outcome =
    report.outcome === null
      ? null
      : typeof report.outcome === "string"
        ? (names.get(report.outcome) ?? report.outcome)
        : say("between", report.outcome.best, report.outcome.worst);
  const tags = report.tags.map((key) => names.get(key) ?? key);
  const notes = report.notes.map(({ message, clauses }) => ({
    message,
    clauses,
    strength: "note",
  }));
  section.replaceChildren(
    ...[
      make("h2", { id: "result-heading", tabindex: "-1" }, say("result")),
      make(
        "p",
        { class: "verdict", "data-verdict": report.verdict },
        wordOf("verdicts", report.verdict),
      ),
      outcome && make("p", {}, say("outcome") + say("colon") + outcome),
      group(
        say("notMet"),
        found("unmet", ({ strength }) => strength !== "note"),
        names,
      ),
      group(say("pending"), found("pending"), names),
      group(say("unknown"), found("unknown"), names),
      tags.length > 0
        ? make("p", {}, say("tags") + say("colon") + tags.join(say("between")))
        : null,
      group(say("notes"), notes, names),
      group(say("met", found("met").length), found("met"), names, false),
      group(say("later", report.later.length), report.later, names, false),
      valuesOf(report.values, names),
    ].filter(Boolean),
  );
  section.hidden = false;
}

/** Asks for a written reason where the report awaits or has one, and nowhere else. */
export function askReasons(form, report) {
  for (const control of form.element.querySelectorAll(
    '[data-at^="/reasons/"]',
  )) {
    const rule = control.dataset.at
      .slice("/reasons/".length)
      .replaceAll("~1", "/")
      .replaceAll("~0", "~");
    const isAsked = [...report.findings, ...report.later].some(
      (one) =>
        one.rule === rule &&
        one.kind === "rule" &&
        (one.result === "unmet" || one.exception === true),
    );
    control.closest("tr").hidden = !isAsked;
    control.disabled = !isAsked;
  }
  for (const part of form.element.querySelectorAll(".part")) {
    const rows = [...part.querySelectorAll("tbody > tr")];
    if (part.querySelector('[data-at^="/reasons/"]') !== null)
      part.hidden = rows.every((row) => row.hidden);
  }
}
