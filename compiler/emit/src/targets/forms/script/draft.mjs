// The draft: kept in this browser while one types, tied to the version of the programme.
//
// In: the form. Out: entries in the browser's store, under the page's own name. Always: as typed, not as read; where the browser keeps
// nothing, the page works without.

import { controlsIn, isBox } from "./controls.mjs";
import { version } from "./engine.mjs";
import { ensureRows } from "./rows.mjs";

const nameOf = (form) => `prog:${form.element.dataset.draft}`;

/** What stands in the controls now. */
function taken(form) {
  const entries = new Map();
  for (const control of form.controls) {
    const { at } = control.dataset;
    if (control.type === "file" || control.dataset.computed !== undefined)
      continue;
    if (!isBox(control)) {
      if (control.value !== "") entries.set(at, control.value);
    } else if (control.checked)
      entries.set(at, [...(entries.get(at) ?? []), control.value]);
  }
  return {
    version,
    saved: new Date().toISOString(),
    carried: form.carried,
    entries: [...entries],
  };
}

/** Keeps the draft; the time, or null where the browser does not keep it. */
export function keepDraft(form) {
  try {
    const draft = taken(form);
    localStorage.setItem(nameOf(form), JSON.stringify(draft));
    return new Date(draft.saved);
  } catch {
    return null;
  }
}

/** The draft kept; null if there is none. */
export function readDraft(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(nameOf(form)));
    return Array.isArray(draft?.entries) ? draft : null;
  } catch {
    return null;
  }
}

/** Forgets the draft. */
export function dropDraft(form) {
  try {
    localStorage.removeItem(nameOf(form));
  } catch {
    // Nothing was kept.
  }
}

/** Makes room for an entry of a list. */
export function makeRoom(form, at) {
  for (const list of form.element.querySelectorAll("[data-list]")) {
    if (!at.startsWith(`${list.dataset.list}/`)) continue;
    const index = Number(at.slice(list.dataset.list.length + 1).split("/")[0]);
    if (Number.isInteger(index) && index < MOST) ensureRows(list, index + 1);
  }
}

/** More rows than anybody fills in. */
const MOST = 5000;

/** Puts a draft into the form; how many entries have a place, and how many have none any more. */
export function restoreDraft(form, draft) {
  form.carried = draft.carried ?? {};
  const places = new Map();
  for (const [at] of draft.entries) makeRoom(form, String(at));
  for (const control of controlsIn(form.element))
    places.set(control.dataset.at, [
      ...(places.get(control.dataset.at) ?? []),
      control,
    ]);
  let [kept, lost] = [0, 0];
  for (const [at, value] of draft.entries) {
    const fits = (places.get(at) ?? []).map((one) => restore(one, value));
    if (fits.includes(true)) kept += 1;
    else lost += 1;
  }
  return { kept, lost, isSame: draft.version === version };
}

function restore(control, value) {
  if (isBox(control)) {
    control.checked = Array.isArray(value) && value.includes(control.value);
    return control.checked;
  }
  if (typeof value !== "string" || control.type === "file") return false;
  control.value = value;
  return control.value === value;
}
