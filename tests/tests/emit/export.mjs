// In: {"page": HTML, "fill": {POINTER: TEXT | [TEXT] | true}}. Out: the JSON that the page's button writes, or what the page says.
// Always: the page's own script runs, unchanged; what browsers have and jsdom has not is node's own.
import { JSDOM } from "jsdom";
import { readFileSync } from "node:fs";

const { page, fill } = JSON.parse(readFileSync(0, "utf8"));
const dom = new JSDOM(page, { runScripts: "dangerously", beforeParse: prepare });
let written = null;

function prepare(window) {
  Object.assign(window, { Blob, Response, DecompressionStream, Uint8Array, structuredClone });
  window.CSS = { escape: (text) => text.replace(/[^\w-]/gu, (c) => `\\${c}`) };
  window.URL.createObjectURL = (blob) => {
    written = blob;
    return "blob:here";
  };
  window.URL.revokeObjectURL = () => {};
  window.HTMLAnchorElement.prototype.click = () => {};
}

const { document } = dom.window;
for (let i = 0; document.documentElement.dataset.ready === undefined; i += 1) {
  if (i > 500) throw new Error("the page's script did not start");
  await new Promise((done) => setTimeout(done, 10));
}
for (const [pointer, value] of Object.entries(fill)) {
  const controls = [...document.querySelectorAll("[data-at]")].filter((c) => c.dataset.at === pointer);
  if (controls.length === 0) throw new Error(`no control for ${pointer}`);
  for (const control of controls) {
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = value === true || [value].flat().includes(control.value);
    } else control.value = value;
  }
}
document.getElementById("export").click();
const text = written === null ? document.getElementById("said").textContent : await written.text();
process.stdout.write(text);
process.exit(0);
