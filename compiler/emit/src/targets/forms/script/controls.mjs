// Controls and their values.
//
// In: a control, or a value for one. Out: the value as a case holds it, or what stands in the way. Always: what was typed stays as it is.

/** Full-width digits, thousands separators and a typed unit are accepted. */
export function numeral(text, unit) {
  const plain = text.normalize("NFKC").replace(/[\s,]/g, "");
  const named = (unit ?? "").normalize("NFKC").replace(/\s/g, "");
  return named !== "" && plain.endsWith(named)
    ? plain.slice(0, -named.length)
    : plain;
}

/** All controls of a form that hold entries. */
export const controlsIn = (root) => [...root.querySelectorAll("[data-at]")];

export const isBox = ({ type }) => type === "radio" || type === "checkbox";

const unitOf = (control) =>
  document.getElementById(`${control.id}-unit`)?.textContent;

/** What a text that should be a whole number is instead. */
export const NOT_WHOLE = Symbol("not a whole number");

/** The entry: undefined if there is none, NOT_WHOLE if it cannot stand in a case. */
export function valueOf(control) {
  const kind = control.dataset.as;
  if (isBox(control)) return control.checked ? boxValue(control) : undefined;
  if (kind === "file") return fileOf(control);
  const text = control.value;
  if (text.trim() === "" || control.dataset.computed !== undefined)
    return undefined;
  if (kind === "decimal") return numeral(text, unitOf(control));
  if (kind !== "number") return text;
  const plain = numeral(text, unitOf(control));
  const number = Number(plain);
  return /^[-+]?\d+$/.test(plain) && Number.isSafeInteger(number)
    ? number
    : NOT_WHOLE;
}

function boxValue(control) {
  const kind = control.dataset.as;
  if (kind === "none") return [];
  if (kind === "copy") {
    const copy = control.hasAttribute("value") ? { format: control.value } : {};
    return control.dataset.sealed ? { ...copy, sealed: true } : copy;
  }
  return kind === "yes_no"
    ? control.type === "checkbox" || control.value === "true"
    : control.value;
}

function fileOf(control) {
  const [file] = control.files;
  const { kept } = control.dataset;
  const value =
    file !== undefined
      ? { name: file.name, size: file.size }
      : kept && JSON.parse(kept);
  const seal = document.getElementById(`${control.id}-sealed`);
  if (!value || seal === null) return value || undefined;
  return { ...value, sealed: seal.checked };
}

/** Whether several controls stand at one pointer, their values a list. */
export const isMany = ({ dataset }) =>
  dataset.as === "list" || dataset.as === "copy";

/** Shows a value; false if the control cannot show it. */
export function show(control, value) {
  const kind = control.dataset.as;
  delete control.dataset.computed;
  if (isBox(control)) return showBox(control, value);
  if (kind === "file") return showFile(control, value);
  if (value === undefined || value === null) control.value = "";
  else if (typeof value === "object" || typeof value === "boolean")
    return false;
  else control.value = String(value);
  return value === undefined || control.value === String(value);
}

function showBox(control, value) {
  const kind = control.dataset.as;
  if (kind === "none") control.checked = Array.isArray(value) && !value.length;
  else if (kind === "copy")
    control.checked =
      Array.isArray(value) &&
      value.some(
        (copy) =>
          (copy?.format ?? "") === (control.getAttribute("value") ?? ""),
      );
  else if (kind === "list")
    control.checked = Array.isArray(value) && value.includes(control.value);
  else if (control.type === "checkbox") control.checked = value === true;
  else control.checked = String(value) === control.value;
  return true;
}

function showFile(control, value) {
  const isFile = typeof value?.name === "string";
  control.dataset.kept = isFile ? JSON.stringify(value) : "";
  const note = document.getElementById(`${control.id}-kept`);
  if (note !== null) note.textContent = isFile ? value.name : "";
  const seal = document.getElementById(`${control.id}-sealed`);
  if (seal !== null) seal.checked = value?.sealed === true;
  if (!isFile) control.value = "";
  return isFile || value === undefined || value === null;
}
