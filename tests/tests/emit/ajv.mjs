// In: lines of {"schema": TEXT} or {"use": INDEX, "instance": TEXT}. Out: one line for each: "ok", true or false.
// Always: strict mode, no configuration beyond it; a schema that strict mode does not take ends the run.
import Ajv from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";

const validators = [];
const answers = [];
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const request = JSON.parse(line);
  if (request.schema !== undefined) {
    const schema = JSON.parse(request.schema);
    const ajv = new Ajv({ strict: true });
    if (!ajv.validateSchema(schema)) throw new Error(`${schema.$id}: ${ajv.errorsText()}`);
    validators.push(ajv.compile(schema));
    answers.push("ok");
  } else answers.push(String(validators[request.use](JSON.parse(request.instance))));
}
process.stdout.write(answers.join("\n"));
