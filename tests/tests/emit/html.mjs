// In: [[NAME, HTML], …]. Out: one line a fault against the HTML standard.
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { readFileSync } from "node:fs";

const validator = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:standard"] }));
for (const [name, page] of JSON.parse(readFileSync(0, "utf8"))) {
  for (const result of validator.validateStringSync(page, name).results) {
    for (const said of result.messages) console.log(`${name}:${said.line}: ${said.ruleId}: ${said.message}`);
  }
}
