// A page comes to life: everything below is wired to the buttons and controls that stand in it.

import { addCounters, count, countAll } from "./count.mjs";
import { dropDraft, keepDraft, readDraft, restoreDraft } from "./draft.mjs";
import { judge, reportToText, stagesOf, trackNames } from "./engine.mjs";
import { clearErrors, showErrors } from "./errors.mjs";
import { Form } from "./form.mjs";
import { refresh } from "./live.mjs";
import { inOrder, nameOf, wordsFor } from "./naming.mjs";
import { toPaper } from "./paper.mjs";
import { askReasons, showReport } from "./result.mjs";
import { addRowTools, turnRows } from "./rows.mjs";
import { Summary } from "./summary.mjs";
import { save, takeCase, wordsOf } from "./transfer.mjs";
import { language, make, say, turnTo } from "./words.mjs";

const element = document.getElementById("form");
const form = new Form(element);
const byId = (id) => document.getElementById(id);
const said = byId("said");
const result = byId("result");
const table = element.querySelector(".keyed");
const summary = table === null ? null : new Summary(form, table, tell, later);

/** Says what happened, perhaps in several lines. */
function tell(words, ...more) {
  said.replaceChildren(words);
  if (more.length > 0)
    said.append(make("ul", {}, ...more.map((one) => make("li", {}, one))));
}

const time = (date) =>
  new Date(date).toLocaleString(language() === "en" ? "en" : "zh-CN", {
    dateStyle: "medium",
    timeStyle: "short",
  });

/** Work that waits until nobody types: the draft, reasons, quotas. */
const quiet = { timer: 0 };
function later() {
  clearTimeout(quiet.timer);
  quiet.timer = setTimeout(settle, 400);
}

function settle() {
  clearTimeout(quiet.timer);
  quiet.timer = 0;
  const saved = keepDraft(form);
  byId("kept").textContent = saved ? say("saved", time(saved)) : say("noStore");
  summary?.refresh();
  if (element.querySelector('[data-at^="/reasons/"]') !== null) reasons();
}

function reasons() {
  const report = reportOf(form.collect().root, undefined);
  if (report !== null) askReasons(form, report);
}

function reportOf(root, at) {
  if (root.track === undefined) return null;
  try {
    return judge(root, {
      lang: language(),
      at,
      alternatives: at !== undefined,
    });
  } catch {
    return null;
  }
}

function changed(target) {
  if (target?.dataset?.computed !== undefined) delete target.dataset.computed;
  if (target?.dataset?.at !== undefined) count(target);
  if (summary === null && !frame.asked) {
    frame.asked = true;
    requestAnimationFrame(() => {
      frame.asked = false;
      refresh(form);
    });
  }
  later();
}

/** Once a frame is often enough. */
const frame = { asked: false };

/** What stands in the way of the data being complete: one entry a control, in the order of the page. */
function errorsIn(root, faults) {
  const errors = new Map(
    faults.map((control) => [control, say("whole", nameOf(control))]),
  );
  const choice = byId("track");
  if (choice !== null && form.track === undefined)
    errors.set(choice, say("track"));
  for (const found of reportOf(root, stage())?.findings ?? []) {
    if (found.kind !== "field" || found.result !== "unmet") continue;
    if (found.strength !== "complete") continue;
    const control = form.at(found.path).find((one) => !one.disabled);
    if (control !== undefined && !errors.has(control))
      errors.set(control, wordsFor(control, found.message));
  }
  return inOrder(errors);
}

/** The stage up to which is checked: the one chosen, at first the one that this page is filled in at. */
const stage = () =>
  (byId("stage")?.value ?? element.dataset.stage) || undefined;

function submit(event) {
  event.preventDefault();
  const { root, faults } = form.collect();
  const errors = summary === null ? errorsIn(root, faults) : summary.errors();
  showErrors(errors);
  if (summary === null) report(root);
  if (errors.length > 0) return;
  tell(say("checked"));
  byId("result-heading")?.focus();
}

/** Shows the report, up to the stage chosen. */
function report(root) {
  const at = stage();
  if (root.track === undefined) return;
  try {
    const judged = judge(root, { lang: language(), at });
    showReport(result, judged);
    stageChoice(root.track, at);
    reportFile(judged);
  } catch (refusal) {
    result.hidden = false;
    result.replaceChildren(
      make("h2", { id: "result-heading", tabindex: "-1" }, say("result")),
      make("p", {}, say("refused") + wordsOf(refusal)),
    );
  }
}

/** Up to which stage the report goes. */
function stageChoice(track, chosen = "") {
  const stages = stagesOf(track, language());
  if (stages.length === 0) return;
  const select = make(
    "select",
    { id: "stage" },
    make("option", { value: "" }, say("allStages")),
  );
  for (const { key, label } of stages)
    select.append(make("option", { value: key }, label));
  select.value = chosen;
  select.addEventListener("change", () => {
    report(form.collect().root);
    byId("stage").focus();
  });
  const label = make("label", { for: "stage" }, say("stage"));
  byId("result-heading").after(
    make("p", { class: "stage" }, label, " ", select),
  );
}

/** The report itself, as `prog evaluate` prints it. */
function reportFile(judged) {
  const button = make(
    "button",
    { type: "button", class: "second", id: "report-file" },
    say("reportFile"),
  );
  button.addEventListener("click", () => {
    const name = element.dataset.file.replace(/\.\w+$/, ".report.json");
    save(reportToText(judged), name, "application/json");
    tell(say("exported", name));
  });
  result.append(make("p", {}, button));
}

function exportCase() {
  const { root, faults } = form.collect();
  if (faults.length > 0) {
    showErrors(errorsIn({}, faults));
    tell(say("notExported", faults.length));
    return;
  }
  const { file } = element.dataset;
  if (summary !== null) save(summary.lines(), file, "application/x-ndjson");
  else save(JSON.stringify(root, null, 2) + "\n", file, "application/json");
  tell(say("exported", file));
}

async function importFiles({ target }) {
  for (const file of target.files) {
    try {
      const text = await file.text();
      if (summary !== null) summary.take(text, file.name);
      else {
        const { count: entries, leftOut } = takeCase(form, text);
        const more = leftOut.length > 0 ? [say("leftOut"), ...leftOut] : [];
        tell(say("read", entries, file.name), ...more);
      }
    } catch (refusal) {
      tell(say("notRead", file.name) + wordsOf(refusal));
    }
  }
  target.value = "";
  if (summary === null) report(form.collect().root);
  clearErrors();
  countAll(element);
  changed();
}

function clear() {
  const draft = { ...readDraft(form) };
  keepDraft(form);
  const whole = readDraft(form) ?? draft;
  element.reset();
  form.carried = {};
  element
    .querySelectorAll("[data-kept]")
    .forEach((one) => (one.dataset.kept = ""));
  clearErrors();
  result.hidden = true;
  refresh(form);
  countAll(element);
  dropDraft(form);
  clearTimeout(quiet.timer);
  const undo = make("button", { type: "button", class: "plain" }, say("undo"));
  undo.addEventListener("click", () => {
    restoreDraft(form, whole);
    countAll(element);
    changed();
    tell(say("restored", time(whole.saved)));
    byId("clear").focus();
  });
  tell(say("cleared"));
  said.append(" ", undo);
  byId("kept").textContent = "";
}

function turn() {
  turnTo(language() === "zh" ? "en" : "zh");
  byId("lang").textContent = say("other");
  byId("lang").lang = language() === "zh" ? "en" : "zh-CN";
  turnRows(element);
  countAll(element);
  const choice = byId("track");
  for (const option of choice?.options ?? [])
    option.textContent =
      trackNames(language()).get(option.value) ?? option.textContent;
  if (summary === null) refresh(form);
  if (!result.hidden) report(form.collect().root);
  summary?.refresh();
}

addRowTools(element, changed);
addCounters(element);
const draft = readDraft(form);
if (draft !== null && draft.entries.length > 0) {
  const { kept, lost, isSame } = restoreDraft(form, draft);
  tell(
    isSame ? say("restored", time(draft.saved)) : say("changed", kept, lost),
  );
  countAll(element);
}
if (summary === null) refresh(form);
else summary.refresh();
if (element.querySelector('[data-at^="/reasons/"]') !== null) reasons();

element.addEventListener("input", ({ target }) => changed(target));
element.addEventListener("submit", submit);
byId("export").addEventListener("click", exportCase);
byId("import").addEventListener("change", importFiles);
byId("clear").addEventListener("click", clear);
byId("lang").addEventListener("click", turn);
byId("print").addEventListener("click", () => window.print());
window.addEventListener("beforeprint", () => toPaper(element));
window.addEventListener("pagehide", () => quiet.timer !== 0 && settle());
document.querySelectorAll(".tools").forEach((tools) => (tools.hidden = false));
document.documentElement.classList.add("live");
document.documentElement.dataset.ready = "";
