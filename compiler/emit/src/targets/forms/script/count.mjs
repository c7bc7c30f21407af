// 字数 beside each text that has a limit: the validator's own count; what is beside a soft band is said, never refused.

import { controlsIn } from "./controls.mjs";
import { countOf, limits as limitsOfTexts, listed } from "./engine.mjs";
import { make, say } from "./words.mjs";

const known = limitsOfTexts();

/** Puts a counter at each text with a limit. */
export function addCounters(root) {
  for (const control of controlsIn(root)) {
    const id = `${control.id}-count`;
    if (
      !known.has(listed(control.dataset.at)) ||
      document.getElementById(id) !== null
    )
      continue;
    (control.closest(".box") ?? control).after(
      make("span", { class: "count", id }),
    );
    const hint = control.getAttribute("aria-describedby");
    control.setAttribute("aria-describedby", hint ? `${hint} ${id}` : id);
    count(control);
  }
}

/** Counts again. */
export function count(control) {
  const counter = document.getElementById(`${control.id}-count`);
  if (counter === null) return;
  const { characters, limits } = known.get(listed(control.dataset.at));
  const length = countOf(control.value, characters);
  const unit = say(characters ? "characters" : "words");
  const words = [say("count", length, unit)];
  let beside = null;
  for (const { kind, value, low, high } of limits) {
    if (kind === "about") words.push(say("about", value, unit, low, high));
    else
      words.push(say(kind === "at most" ? "atMost" : "atLeast", value, unit));
    if (length === 0) continue;
    if (kind === "at least" ? length < value : kind === "about" && length < low)
      beside = "short";
    if (kind === "at most" ? length > value : kind === "about" && length > high)
      beside = "long";
  }
  if (beside !== null) words.push(say(beside));
  counter.textContent = words.join(say("comma"));
  counter.classList.toggle("beside", beside !== null);
}

/** Counts everything again, in the language in use. */
export const countAll = (root) => controlsIn(root).forEach(count);
