// For page_test.mjs: the plots can be read, each line of them.
import {join} from "node:path";

import {check, openPage} from "./page_browser.mjs";

// Runs within the page: lines of the same course that are not dashed in turn, and names that are cut.
function hiddenLines() {
  const bad = [];
  for (const plot of document.querySelectorAll(".plot")) {
    const phases = new Map();
    for (const series of plot.querySelectorAll(".series")) {
      const course = series.querySelector(".reach").getAttribute("d");
      const phase = [...series.querySelectorAll(".stroke")]
        .map((stroke) => [stroke.getAttribute("stroke-dasharray"), stroke.getAttribute("stroke-dashoffset")]);
      const seen = phases.get(course) || [];
      if (seen.includes(String(phase)) && !series.matches(".median")) bad.push(`two lines as one: ${course}`);
      phases.set(course, [...seen, String(phase)]);
    }
  }
  for (const list of document.querySelectorAll(".series-names")) {
    const names = [...list.children].map((item) => item.textContent);
    if (names.some((name) => name.includes("…"))) bad.push("a name is cut");
    if (new Set(names).size !== names.length) bad.push("two names are the same");
    if (names.length === 0) bad.push("no name");
  }
  return bad;
}

export async function plotsExplain(url, outFolder) {
  const page = await openPage(url);
  const plots = page.locator(".plot");
  check("there are two plots", (await plots.count()) === 2, await plots.count());
  for (let i = 0; i < (await plots.count()); ++i) {
    const plot = plots.nth(i);
    const caption = page.locator("figcaption").nth(i);
    const before = await caption.textContent();
    await plot.focus();
    await page.keyboard.press("ArrowDown");
    check("the arrow keys name a line of a plot", (await caption.textContent()) !== before);
    check("a plot's text stays within it", await plot.evaluate((node) => {
      const box = node.getBoundingClientRect();
      return [...node.querySelectorAll("text")].every((text) => {
        const at = text.getBoundingClientRect();
        return at.left >= box.left - 1 && at.right <= box.right + 1 &&
          at.top >= box.top - 1 && at.bottom <= box.bottom + 1;
      });
    }));
    await plot.blur();
  }
  const bad = await page.evaluate(hiddenLines);
  check("no line of a plot hides another, and each name is whole", bad.length === 0, bad.join("; "));
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({colorScheme: scheme});
    await page.evaluate(() => document.getElementById("plots").scrollIntoView());
    await page.screenshot({path: join(outFolder, `plots-${scheme}.png`)});
  }
  await page.context().close();
}
