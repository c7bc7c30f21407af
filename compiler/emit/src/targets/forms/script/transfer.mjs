// Files in and out: the case that a page writes, and the case that it reads.
//
// In: a file's text. Out: entries in the controls. Always: what is read is only ever shown as text; what the validator refuses is left out
// and told, place by place; what belongs to other pages goes along unchanged.

import { drop, leaves, read } from "./case.mjs";
import { show } from "./controls.mjs";
import { makeRoom } from "./draft.mjs";
import { check, parse, trackNames } from "./engine.mjs";
import { language, say } from "./words.mjs";

/** So many things that do not belong are told one by one; with more it is another kind of file. */
const MOST = 200;

/** Gives a text to the browser as a file. */
export function save(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What a Refusal says, with its place. */
export function wordsOf(refusal) {
  const words = refusal[language()] ?? refusal.message;
  const { line, column } = refusal;
  return line ? `${words}（${say("place", line, column)}）` : words;
}

/** A case without what the validator refuses, and what was left out. Throws what refuses it as a whole. */
export function accepted(value) {
  const leftOut = [];
  for (let i = 0; i <= MOST; i += 1)
    try {
      check(value);
      return { value, leftOut };
    } catch (refusal) {
      const { pointer } = refusal;
      const isWhole =
        !pointer || pointer === "/programme" || pointer === "/track";
      if (isWhole || i === MOST || read(value, pointer) === undefined)
        throw refusal;
      leftOut.push(pointer + say("colon") + refusal[language()]);
      drop(value, pointer);
    }
  return { value, leftOut };
}

/** Puts the case of a file into the form; what was read and what was left out. Throws what refuses it. */
export function takeCase(form, text) {
  const { value, leftOut } = accepted(parse(text));
  const { track } = form.base;
  if (track !== undefined && value.track !== track)
    throw new Error(trackNames(language()).get(value.track) ?? value.track);
  const choice = form.element.querySelector("#track");
  if (choice !== null) choice.value = value.track;
  form.carried = value;
  const entries = leaves(value);
  entries.forEach(([at]) => makeRoom(form, at));
  let count = 0;
  const shown = new Set();
  for (const control of form.controls) {
    const { at } = control.dataset;
    const entry = read(value, at);
    const fits = show(control, entry);
    if (entry !== undefined && !shown.has(at)) {
      shown.add(at);
      count += 1;
    }
    if (!fits) leftOut.push(at + say("colon") + say("notShown"));
  }
  return { count, leftOut };
}
