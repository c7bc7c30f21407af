// Cases as plain data, by JSON pointer.
//
// In: objects and pointers. Out: values. Always: only own members are read or written, so that no name reaches a prototype.

/** The steps of a pointer. */
export const stepsOf = (pointer) =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

const holds = (at, step) =>
  at !== null && typeof at === "object" && Object.hasOwn(at, step);

const set = (at, step, value) =>
  Object.defineProperty(at, step, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });

/** What stands at a pointer; undefined where nothing does. */
export const read = (root, pointer) =>
  stepsOf(pointer).reduce(
    (at, step) => (holds(at, step) ? at[step] : undefined),
    root,
  );

/** Puts a value where the pointer says, or adds it to the list there. */
export function put(root, pointer, value, many = false) {
  const steps = stepsOf(pointer);
  let at = root;
  steps.forEach((step, i) => {
    if (i < steps.length - 1) {
      const next = /^\d+$/.test(steps[i + 1]) ? [] : {};
      if (!holds(at, step)) set(at, step, next);
      at = at[step];
    } else if (many && holds(at, step)) at[step].push(value);
    else set(at, step, many ? [value] : value);
  });
}

/** Takes away what stands at a pointer. */
export function drop(root, pointer) {
  const steps = stepsOf(pointer);
  const last = steps.pop();
  const at = steps.reduce(
    (inner, step) => (holds(inner, step) ? inner[step] : undefined),
    root,
  );
  if (!holds(at, last)) return;
  if (Array.isArray(at)) at.splice(Number(last), 1);
  else delete at[last];
}

/** Rows that were left blank close up; objects that hold nothing go. */
export function close(value) {
  if (Array.isArray(value))
    return value.filter((item) => item !== undefined).map(close);
  if (value === null || typeof value !== "object") return value;
  const kept = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = close(item);
    const empty =
      inner !== null &&
      typeof inner === "object" &&
      !Array.isArray(inner) &&
      Object.keys(inner).length === 0;
    if (!empty) set(kept, key, inner);
  }
  return kept;
}

/** Pointers of everything that is no object, lists of objects gone into, with the values. */
export function leaves(value, pointer = "") {
  const below = (key) =>
    `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const isObject = (one) => one !== null && typeof one === "object";
  if (Array.isArray(value))
    return value.some(isObject)
      ? value.flatMap((item, i) => leaves(item, below(i)))
      : [[pointer, value]];
  if (!isObject(value)) return [[pointer, value]];
  return Object.entries(value).flatMap(([key, item]) =>
    leaves(item, below(key)),
  );
}
