// For page_test.mjs: where links lead, and that the keys work there.
import {check, openPage} from "./page_browser.mjs";

const slider = (finding) => finding.locator("> details > .viewer input[type=range]");
const words = (finding) => slider(finding).getAttribute("aria-valuetext");
const isInView = (finding) => finding.locator("summary").first().evaluate((node) => {
  const box = node.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
});

async function follow(page, id) {
  await page.locator(`#rows a[href="#${id}"]`).click();
  await page.waitForFunction(() => document.activeElement.matches(".scroller"));
}

// A click in the catalogue, and then the arrow keys; also on the link that was followed last.
export async function catalogueLeadsToKeys(url, id) {
  const page = await openPage(url);
  const finding = page.locator(`[id="${id}"]`);
  for (const time of ["a click", "a second click"]) {
    await page.evaluate(() => {
      document.activeElement.blur();
      scrollTo(0, 0);
    });
    await follow(page, id);
    check(`${time} in the catalogue shows its finding`, await isInView(finding));
    const before = await words(finding);
    await page.keyboard.press("ArrowLeft");
    check(`the arrow keys work after ${time} in the catalogue`, (await words(finding)) !== before);
  }
  await finding.locator("summary").first().focus();
  const before = await words(finding);
  await page.keyboard.press("ArrowLeft");
  check("the arrow keys step from a finding's heading", (await words(finding)) !== before);
  await page.context().close();
}

// What is found with more threads alike lies within the finding, shut, and has a link all the same.
export async function groupsOpen(url) {
  const page = await openPage(url);
  const other = page.locator(".finding:has(> details:not([open])) .finding.other").first();
  check("the same with more threads is not listed beside it", !(await other.isVisible()));
  const id = await other.getAttribute("id");
  const outer = page.locator(`.finding:has([id="${id}"])`);
  const inner = page.locator(`[id="${id}"]`);
  await follow(page, id);
  check("a link to it opens both", (await inner.isVisible()) && (await slider(inner).isVisible()));
  check("its heading is on the screen", await isInView(inner));
  const before = [await words(outer), await words(inner)];
  await page.keyboard.press("ArrowLeft");
  const after = [await words(outer), await words(inner)];
  check("the keys move it alone", after[0] === before[0] && after[1] !== before[1], after.join(" | "));
  await page.context().close();
}

// `finish` sees the exception that it must not throw.
export async function badHashIsNothing(url) {
  const page = await openPage(url, {}, "#%E0%A4%A");
  await page.evaluate(() => (location.hash = "#%"));
  await page.locator("#filter-text").fill("no such implementation");
  check("a fragment that is no text does no harm", await page.locator("#nothing").isVisible());
  await page.context().close();
}
