// The page while it is filled in: what does not matter is off, totals are worked out, parts say how far they are.
//
// Always: asked of the validator, so that page, schema and report agree; a total that was typed stays.

import { controlsIn, isBox, valueOf } from "./controls.mjs";
import { look } from "./engine.mjs";
import { say } from "./words.mjs";

/** Works out again what hangs on other entries. */
export function refresh(form) {
  const { track } = form;
  if (track !== undefined)
    // What is off may turn off others: twice is enough for what a form can say, three is sure.
    for (let i = 0; i < 3 && settle(form, track); i += 1);
  progress(form);
}

/** One round; whether anything changed. */
function settle(form, track) {
  const { root } = form.collect();
  let inputs;
  try {
    inputs = look({ ...root, track });
  } catch {
    return false;
  }
  let changed = false;
  const places = form.places();
  for (const { at, relevant, computed } of inputs) {
    const controls = places.get(at) ?? [];
    for (const control of controls) if (turn(control, relevant)) changed = true;
    if (computed !== null) controls.forEach((one) => fill(one, computed));
  }
  return changed;
}

/** Turns a control off or on; whether that changed it. */
function turn(control, relevant) {
  const isOff = control.dataset.idle !== undefined;
  if (isOff === !relevant) return false;
  if (relevant) {
    delete control.dataset.idle;
    control.disabled = false;
  } else if (!control.disabled) {
    control.dataset.idle = "";
    control.disabled = true;
  } else return false;
  control.closest("td, fieldset.opinion")?.classList.toggle("idle", !relevant);
  return true;
}

/** Shows a total, unless another was typed. */
function fill(control, total) {
  if (control.value.trim() !== "" && control.dataset.computed === undefined)
    return;
  control.value = total;
  if (total === "") delete control.dataset.computed;
  else control.dataset.computed = "";
}

/** Marks parts that do not matter, and says in the list of parts how much is filled in. */
function progress(form) {
  for (const part of form.element.querySelectorAll(".part")) {
    const all = controlsIn(part);
    const idle = all.filter((one) => one.dataset.idle !== undefined);
    part.classList.toggle("idle", all.length > 0 && idle.length === all.length);
    const said = document.querySelector(`[data-part="${part.id}"]`);
    if (said === null) continue;
    const names = new Map();
    for (const control of all.filter((one) => !one.disabled && one.required))
      names.set(control.name, names.get(control.name) || isFilled(control));
    const filled = [...names.values()].filter(Boolean).length;
    const isIdle = part.classList.contains("idle");
    said.textContent = isIdle
      ? say("idle")
      : names.size === 0
        ? ""
        : say("filled", filled, names.size);
    said.classList.toggle("done", names.size > 0 && filled === names.size);
  }
}

const isFilled = (control) =>
  isBox(control) ? control.checked : valueOf(control) !== undefined;
