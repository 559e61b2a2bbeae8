// picture.mjs PAGE OUT: the timeline of the page's first finding, as a PNG in light colours.
import path from "node:path";
import {pathToFileURL} from "node:url";
import {browser, openPage} from "./page_browser.mjs";

const [file, out] = process.argv.slice(2);
if (!file || !out) {
  console.error("usage: node picture.mjs PAGE.html OUT.png");
  process.exit(2);
}
// Narrow, so that its words are large in a README; twice the points, so that they are sharp.
const screen = {viewport: {width: 720, height: 1400}, colorScheme: "light", deviceScaleFactor: 2};
const page = await openPage(pathToFileURL(path.resolve(file)).href, screen);
await page.locator(".finding details").first().evaluate((details) => (details.open = true));
const timeline = page.locator(".finding .scroller").first();
await timeline.locator("svg .dot.failing").waitFor({state: "attached"});
await timeline.screenshot({path: out, animations: "disabled"});
await browser.close();
