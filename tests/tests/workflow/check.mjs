// In: paths of BPMN files on standard input. Out: what bpmn-moddle and bpmnlint say against them, a line each; nothing if all is well.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { BpmnModdle } = await import("bpmn-moddle");
const { Linter } = require("bpmnlint");
const NodeResolver = require("bpmnlint/lib/resolver/node-resolver");

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(readFileSync(path, "utf8"));
  for (const { message } of warnings) console.log(`${path}: ${message}`);
  // A rule remembers what it has seen: a linter a file.
  const linter = new Linter({ config: { extends: "bpmnlint:recommended" }, resolver: new NodeResolver() });
  for (const [rule, reports] of Object.entries(await linter.lint(rootElement)))
    for (const { id, message, category } of reports) console.log(`${path}: ${category} ${rule}: ${id} ${message}`);
}
