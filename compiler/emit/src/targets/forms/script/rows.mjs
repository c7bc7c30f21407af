// Rows of lists: added and taken away.
//
// Always: rows are numbered without a gap; the ids and names of a row hold its number, and what names them follows.

import { addCounters } from "./count.mjs";
import { controlsIn, show } from "./controls.mjs";
import { make, say } from "./words.mjs";

const NAMING = [
  "id",
  "name",
  "data-at",
  "for",
  "aria-labelledby",
  "aria-describedby",
];

/** Gives a row another number, in every name that it holds. */
function number(row, list, from, to) {
  if (from === to) return;
  const step = list.dataset.list;
  const id = step.slice(1).replaceAll("/", "-");
  const at = list.dataset.rows;
  const forms = [
    [`${step}/${from}`, `${step}/${to}`],
    [`${id}-${from}`, `${id}-${to}`],
    [`${at}${from}`, `${at}${to}`],
  ];
  const renamed = (word) => {
    for (const [old, fresh] of forms) {
      const rest = word.slice(old.length);
      if (word.startsWith(old) && !/^\d/.test(rest)) return fresh + rest;
    }
    return word;
  };
  for (const element of [row, ...row.querySelectorAll("*")])
    for (const name of NAMING) {
      const value = element.getAttribute(name);
      if (value !== null)
        element.setAttribute(name, value.split(" ").map(renamed).join(" "));
    }
  name(row, to);
}

/** The words of a numbered row's head. */
function name(row, index) {
  const head = row.querySelector("th");
  const quiet = head.querySelector(".quiet");
  const { firstChild } = quiet ?? head;
  if (firstChild)
    firstChild.data =
      quiet === null ? String(index + 1) : say("row", index + 1);
}

const numberOf = (row, list) => {
  const [first] = controlsIn(row);
  return Number(
    first.dataset.at.slice(list.dataset.list.length + 1).split("/")[0],
  );
};

/** A new row at the end, blank. */
export function addRow(list) {
  const body = list.tBodies[0];
  const last = body.rows[body.rows.length - 1];
  const row = last.cloneNode(true);
  row.querySelectorAll(".error, .copy, .count").forEach((one) => one.remove());
  number(row, list, numberOf(last, list), body.rows.length);
  for (const control of controlsIn(row)) {
    control.removeAttribute("aria-invalid");
    show(control, undefined);
  }
  body.append(row);
  wire(list, row);
  addCounters(row);
  return row;
}

/** Takes a row away, or empties the last one that is left. */
export function removeRow(list, row) {
  const body = list.tBodies[0];
  if (body.rows.length === 1)
    controlsIn(row).forEach((control) => show(control, undefined));
  else row.remove();
  [...body.rows].forEach((one, i) => {
    number(one, list, numberOf(one, list), i);
    wire(list, one);
  });
}

/** At least so many rows. */
export function ensureRows(list, count) {
  while (list.tBodies[0].rows.length < count) addRow(list);
}

const isLocked = (list) =>
  controlsIn(list.tBodies[0]).every((control) => control.disabled);

function wire(list, row) {
  const index = row.sectionRowIndex + 1;
  let remove = row.querySelector(".remove");
  if (remove === null) {
    remove = make("button", { type: "button", class: "remove" }, "×");
    row.cells[0].append(" ", remove);
  }
  remove.setAttribute("aria-label", say("removeRow", index));
  remove.title = say("removeRow", index);
}

/** Gives every list of the form its buttons; `changed` is told of what they did. */
export function addRowTools(root, changed) {
  for (const list of root.querySelectorAll("table[data-list]")) {
    if (isLocked(list)) continue;
    [...list.tBodies[0].rows].forEach((row) => wire(list, row));
    const add = make("button", { type: "button", class: "add" }, say("addRow"));
    add.addEventListener("click", () => {
      const [first] = controlsIn(addRow(list));
      first.focus();
      changed();
    });
    list.after(make("p", { class: "row-tools" }, add));
    list.addEventListener("click", ({ target }) => {
      if (!target.classList.contains("remove")) return;
      removeRow(list, target.closest("tr"));
      add.focus();
      changed();
    });
  }
}

/** The same in the language in use. */
export function turnRows(root) {
  for (const button of root.querySelectorAll(".add"))
    button.textContent = say("addRow");
  for (const list of root.querySelectorAll("table[data-list]"))
    [...list.tBodies[0].rows].forEach((row, i) => {
      name(row, i);
      if (!isLocked(list)) wire(list, row);
    });
}
