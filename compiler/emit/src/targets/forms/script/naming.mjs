// What a control is called where something is said of it, and the order in which that is read.

import { say } from "./words.mjs";

const byId = (id) => document.getElementById(id);

/** The words that name a control. */
export function nameOf(control) {
  const ids = control.getAttribute("aria-labelledby");
  const named = ids
    ? ids.split(" ").map((id) => byId(id))
    : [...(control.labels ?? [])];
  const own = (one) => one?.firstChild?.textContent.trim() ?? "";
  return named.map(own).filter(Boolean).join(" ");
}

/** What is wrong, with the heads above the control's own label, so that two rows of the same name can be told apart. */
export function wordsFor(control, message) {
  const ids = control.getAttribute("aria-labelledby")?.split(" ") ?? [];
  const heads = ids.filter((id) => /-(group|grid|r\d+)$/.test(id));
  const words = heads.map((id) => headWords(byId(id)));
  const above = words.filter((word) => !message.includes(word)).join(" ");
  return above === "" ? message : above + say("colon") + message;
}

/** The words of a head without its buttons; those of a row that is only numbered. */
function headWords(head) {
  const words = head?.firstChild?.textContent.trim() ?? "";
  return /^\d+$/.test(words) ? say("row", Number(words)) : words;
}

/** Controls with what is said of them, in the order of the page. */
export const inOrder = (errors) =>
  [...errors]
    .map(([control, words]) => ({ control, words }))
    .sort((a, b) =>
      a.control.compareDocumentPosition(b.control) &
      Node.DOCUMENT_POSITION_FOLLOWING
        ? -1
        : 1,
    );
