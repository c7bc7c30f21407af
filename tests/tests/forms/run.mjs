// In: a folder of built programmes, as argument or on standard input; names of concerns, all if none. Out: a line a concern; exit 1 with the faults if there are any.
import { readFileSync } from "node:fs";
import { Browser, start } from "./browser.mjs";

const ALL = ["units", "errors", "draft", "hostile", "paper", "plain", "review", "summary", "language", "inventory", "access", "speed"];
const [given, ...asked] = process.argv.slice(2);
const folder = given ?? readFileSync(0, "utf8").trim();
const browser = await start();
const b = new Browser(browser, folder);
for (const name of asked.length > 0 ? asked : ALL) {
  const began = Date.now();
  b.name = name;
  const said = await (await import(`./${name}.mjs`)).default(b).catch((error) => b.expect(false, error.stack));
  console.log(`${name}: ${Date.now() - began} ms${said ? `, ${said}` : ""}`);
}
await browser.close();
b.faults.forEach((fault) => console.error(fault));
process.exit(b.faults.length > 0 ? 1 : 0);
