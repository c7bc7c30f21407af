// Answers requests on generated validators, one a line, so that node starts once for thousands of cases.
//
// In: JSON lines `{ "module", "text", "kind", "options" }` on standard input, the module being the path of an index.mjs.
// Out: one JSON string a line: the report's text, or `refused CODE POINTER LINE:COLUMN WORDS`.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

function answer(validator, { text, kind, options: { at, ...options } }) {
  try {
    if (kind === "targets")
      return validator.reportToText(
        validator.checkTargets(text, options.on, options),
      );
    if (kind === "case")
      return validator.reportToText(
        validator.validateText(text, { at, ...options }),
      );
    if (kind === "select")
      return validator.reportToText(validator.select(text, at, options));
    const judged = validator.judgeBatch(text, at, options);
    return [...judged.reports, judged.batch]
      .map(validator.reportToText)
      .join("\n");
  } catch (fault) {
    if (!(fault instanceof validator.Refusal)) return `fault ${fault.stack}`;
    const { code, pointer, line, column, message, zh, help } = fault;
    const words = [zh, message, help?.zh ?? "", help?.en ?? ""].join(" / ");
    return `refused ${code} ${pointer} ${line}:${column} ${words}`;
  }
}

for await (const line of createInterface({
  input: process.stdin,
  crlfDelay: Infinity,
})) {
  const request = JSON.parse(line);
  const validator = await import(pathToFileURL(request.module).href);
  process.stdout.write(`${JSON.stringify(answer(validator, request))}\n`);
}
