// An open page of the preview: shown, told of a fault when it is saved, shown again when that is mended.
//
// In: the address and the source file as arguments. Out: nothing. Always: ends with a fault where anything is not as it should be.
import fs from "node:fs";
import { start } from "../forms/browser.mjs";

const [url, file] = process.argv.slice(2);
const source = fs.readFileSync(file, "utf8");
const browser = await start();
const page = await browser.newPage();
const faults = [];
page.on("pageerror", (fault) => faults.push(String(fault)));
page.on("request", (request) => request.url().startsWith(url) || faults.push(`asked for ${request.url()}`));
await page.goto(`${url}view/demo/forms/sheet.html`);
const shown = page.frameLocator("iframe").locator("body");
await shown.getByText("校名").first().waitFor();
fs.writeFileSync(file, source.replace("by 学校", "by 学徒"));
await page.locator(".broken").getByText("学徒").first().waitFor();
fs.writeFileSync(file, source.replace("校名", "新校名"));
await shown.getByText("新校名").first().waitFor();
if (!(await page.locator("#ended").isHidden())) faults.push("it says that it has ended");
await browser.close();
if (faults.length > 0) throw new Error(faults.join("\n"));
