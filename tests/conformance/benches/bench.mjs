// Cases a second: a generated validator, one written by hand, and ajv on the generated schema of the form.
//
// In: paths of the validator, the hand-written one, the schema, the cases. Out: a line each on standard output.

import Ajv from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, byHand, schema, cases] = process.argv.slice(2);
const ours = await import(pathToFileURL(module).href);
const hand = await import(pathToFileURL(byHand).href);
const texts = readFileSync(cases, "utf8").trimEnd().split("\n");
const values = texts.map((text) => JSON.parse(text));
const ajv = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(schema, "utf8")));

// Thousands of cases a second of the processor's time, best of ten: others may be busy beside it.
function rate(work) {
  let best = Infinity;
  for (let run = 0; run < 10; run += 1) {
    const start = process.cpuUsage();
    for (const [i, text] of texts.entries()) work(text, values[i]);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, user + system);
  }
  return (texts.length / best) * 1e3;
}

const settings = { alternatives: false };
const rows = [
  ["by hand, from text", rate((text) => hand.validate(JSON.parse(text)))],
  ["generated, from text, all reasons", rate((text) => ours.validateText(text, settings))],
  ["by hand, in memory", rate((_, value) => hand.validate(value))],
  ["generated, in memory, all reasons", rate((_, value) => ours.validate(value, settings))],
  ["ajv, in memory, schema of the form only", rate((_, value) => ajv(value.form.report))],
];
for (const [name, found] of rows) {
  const base = name.includes("memory") ? rows[2][1] : rows[0][1];
  console.log(`javascript  ${name.padEnd(44)} ${found.toFixed(1).padStart(9)}  ${(base / found).toFixed(2).padStart(8)} x the time by hand`);
}
