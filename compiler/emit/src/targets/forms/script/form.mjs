// The form as a case: what was typed, at its place; and the way back from a place to its control.
//
// In: the form element and what was read from a file. Out: a case or a package as plain data. Always: what is off (another's part, not
// relevant) is not in it, but for what was read from a file and belongs to others.

import { close, drop, put, read } from "./case.mjs";
import { NOT_WHOLE, controlsIn, isMany, valueOf } from "./controls.mjs";

export class Form {
  constructor(element) {
    this.element = element;
    /** What was read and has no control that is open here. */
    this.carried = {};
  }

  get controls() {
    return controlsIn(this.element);
  }

  get base() {
    return JSON.parse(this.element.dataset.base);
  }

  /** The track chosen, or the only one; undefined while none is. */
  get track() {
    const choice = this.element.querySelector("#track");
    return this.base.track ?? (choice?.value || undefined);
  }

  /** Everything typed: `root`, and the controls whose text is no whole number. */
  collect() {
    const root = structuredClone(this.carried);
    const { base } = this;
    const open = this.controls.filter((control) => !control.disabled);
    for (const list of this.element.querySelectorAll("[data-list]"))
      if (open.some((control) => list.contains(control)))
        drop(root, list.dataset.list);
    for (const control of open) drop(root, control.dataset.at);
    for (const [name, value] of Object.entries(base))
      root[name] = name === "package" ? { ...root[name], ...value } : value;
    const [faults, empty] = [[], []];
    for (const control of open) {
      const value = valueOf(control);
      const { at, as } = control.dataset;
      if (value === NOT_WHOLE) faults.push(control);
      // A list said to be empty that has rows is not empty.
      else if (as === "none" && value !== undefined) empty.push(at);
      else if (value !== undefined) put(root, at, value, isMany(control));
    }
    for (const at of empty)
      if (read(root, at) === undefined) put(root, at, [], false);
    return { root: close(root), faults };
  }

  /** The controls at each pointer, and at each pointer above. */
  places() {
    const places = new Map();
    for (const control of this.controls) {
      const { at } = control.dataset;
      for (let end = at.length; end > 0; end = at.lastIndexOf("/", end - 1)) {
        const place = at.slice(0, end);
        if (places.has(place)) places.get(place).push(control);
        else places.set(place, [control]);
      }
    }
    return places;
  }

  /** The controls of an entry, by its place in the case that `collect` gave: rows left blank had closed up. */
  at(path) {
    const place = this.placed(path);
    const { controls } = this;
    const exact = controls.filter(({ dataset }) => dataset.at === place);
    return exact.length > 0
      ? exact
      : controls.filter(({ dataset }) => dataset.at.startsWith(`${place}/`));
  }

  placed(path) {
    const list = [...this.element.querySelectorAll("[data-list]")].find((one) =>
      path.startsWith(`${one.dataset.list}/`),
    );
    const found =
      list && /^(\d+)(.*)$/s.exec(path.slice(list.dataset.list.length + 1));
    if (!found) return path;
    const used = [...list.tBodies[0].rows].filter((row) =>
      controlsIn(row).some((control) => valueOf(control) !== undefined),
    );
    const row = used[Number(found[1])];
    const [first] = row ? controlsIn(row) : [];
    if (first === undefined) return path;
    const index = first.dataset.at
      .slice(list.dataset.list.length + 1)
      .split("/")[0];
    return `${list.dataset.list}/${index}${found[2]}`;
  }
}
