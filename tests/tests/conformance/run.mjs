// Answers requests on a generated validator, one a line, so that node starts once for thousands of cases.
//
// In: the path of an index.mjs; requests as JSON lines `{ "text", "stage", "options" }` on standard input (with a stage: a batch).
// Out: one JSON string a line: the report's text, or `refused CODE POINTER LINE:COLUMN`.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const validator = await import(pathToFileURL(process.argv[2]).href);

function answer({ text, stage, options }) {
  try {
    if (stage === undefined) return validator.reportToText(validator.validateText(text, options));
    const { reports, batch } = validator.judgeBatch(text, stage, options);
    return [...reports, batch].map(validator.reportToText).join("\n");
  } catch (fault) {
    if (!(fault instanceof validator.Refusal)) return `fault ${fault.stack}`;
    return `refused ${fault.code} ${fault.pointer} ${fault.line}:${fault.column}`;
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
