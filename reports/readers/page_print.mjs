// For page_test.mjs: the page on paper.
import {join} from "node:path";

import {check, openPage} from "./page_browser.mjs";

export async function printsWell(url, id, outFolder) {
  const page = await openPage(url, {colorScheme: "dark"}, "#" + id);
  await page.emulateMedia({media: "print", colorScheme: "dark"});
  const finding = page.locator(`[id="${id}"]`);
  await finding.locator(".print-timeline > svg").first().waitFor({state: "attached"});
  for (const selector of ["#theme", "#filter", ".steps-controls", ".scroller", ".copy"]) {
    check(`${selector} is not printed`, (await page.locator(`${selector}:visible`).count()) === 0);
  }
  const seen = await finding.evaluate((node) => {
    const pieces = [...node.querySelectorAll(".print-timeline > svg")];
    const box = node.getBoundingClientRect();
    return {
      rows: pieces.reduce((sum, piece) => sum + (piece.viewBox.baseVal.height - 42) / 26, 0),
      wanted: node.querySelectorAll(".scroller .band, .scroller .gap").length,
      clipped: pieces.some((piece) => piece.getBoundingClientRect().right > box.right + 1),
      shown: pieces.every((piece) => piece.getBoundingClientRect().height > 40),
    };
  });
  check("all of the timeline's rows are printed",
        seen.wanted > 0 && seen.rows === seen.wanted && seen.shown, JSON.stringify(seen));
  await page.setViewportSize({width: 720, height: 1000});
  check("the printed page is not clipped",
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        await page.evaluate(() => document.documentElement.scrollWidth));
  check("the printed timeline is not clipped", !seen.clipped);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check("paper is light", paper === "rgb(255, 255, 255)", paper);
  const shut = page.locator(".finding:not(.other):has(> details:not([open]))").first();
  if (await shut.count()) {
    const schedule = shut.locator(".print-schedule").first();
    check("a finding that is shut prints its schedule", await schedule.isVisible());
  }
  await page.screenshot({path: join(outFolder, "finding-print.png")});
  await page.pdf({path: join(outFolder, "page.pdf"), format: "A4", printBackground: true});
  await page.context().close();
}
