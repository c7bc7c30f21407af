// What was typed as it is printed: boxes of a screen cut long texts off, so paper gets a block with all of them.

import { isBox, numeral } from "./controls.mjs";
import { make } from "./words.mjs";

const isTyped = (control) =>
  !isBox(control) && control.type !== "file" && control.type !== "hidden";

/** Words for paper: of a choice its label, of a day its Chinese form. */
function printed(control) {
  if (control.localName === "select")
    return control.selectedOptions[0]?.textContent.trim() ?? "";
  const unit = document.getElementById(`${control.id}-unit`)?.textContent;
  if (unit !== undefined) return withoutUnit(control.value, unit);
  const [, year, month, , day] =
    /^(\d{4})-(\d\d)(-(\d\d))?$/.exec(control.value) ?? [];
  if (control.type === "date" && year === undefined) return "　　年　月　日";
  return year === undefined || control.type === "text"
    ? control.value
    : `${year}年${Number(month)}月${day ? `${Number(day)}日` : ""}`;
}

/** As typed, but for the unit: that is printed behind the number, whether it was typed or not. */
function withoutUnit(text, unit) {
  const plain = numeral(text, unit);
  for (let end = 1; end < text.length; end += 1)
    if (numeral(text.slice(0, end), unit) === plain) return text.slice(0, end);
  return text;
}

/** Brings the block beside each control up to date. */
export function toPaper(root) {
  const kinds = "input[data-at], select[data-at], textarea[data-at]";
  for (const control of [...root.querySelectorAll(kinds)].filter(isTyped)) {
    let copy = control.nextElementSibling;
    if (!copy?.classList.contains("copy")) {
      copy = make("span", { class: "copy", "aria-hidden": "true" });
      control.after(copy);
    }
    const text = printed(control);
    if (copy.textContent !== text) copy.textContent = text;
  }
}
