// For page_test.mjs: what is cut, covered or hangs over, on wide and narrow screens.
import {join} from "node:path";

import {check, openPage} from "./page_browser.mjs";

// Runs within the page: of the table on a narrow screen, before and after it is scrolled to its right end.
function narrowTable() {
  const wide = document.querySelector(".wide");
  const box = wide.getBoundingClientRect();
  const [name, cell] = [".row th", ".row td"].map((part) => document.querySelector(part));
  const shown = Math.min(box.right, cell.getBoundingClientRect().right) - cell.getBoundingClientRect().left;
  wide.scrollLeft = wide.scrollWidth;
  const stays = [...document.querySelectorAll(".row th, .scenario div, thead th:first-child")].filter(
    (node) => node.offsetParent !== null).every((node) => {
    const at = node.getBoundingClientRect();
    return at.left >= box.left - 1 && at.right <= box.right + 1;
  });
  const ground = getComputedStyle(name).backgroundColor;
  const cut = [...document.querySelectorAll(".row th, .scenario div, .cell b")].filter(
    (node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== "inline").length;
  wide.scrollLeft = 0;
  return {shown, room: box.width - name.getBoundingClientRect().width, stays, cut,
          opaque: !/rgba|transparent/.test(ground)};
}

// Runs within the page: results that are wider than their cell.
function overflowing() {
  const right = (node) => node.getBoundingClientRect().right;
  return [...document.querySelectorAll("#rows .cell")].filter(
    (cell) => [...cell.querySelectorAll("b a, strong")].some((text) => right(text) > right(cell) + 1)).length;
}

// Runs within the page: an outline that leaves its finding, or that an ancestor cuts.
function badRings(id) {
  const article = document.getElementById(id);
  const bad = [];
  for (const node of article.querySelectorAll("a, button, input, summary, [tabindex='0']")) {
    if (node.checkVisibility && !node.checkVisibility()) continue;
    node.focus();
    const style = getComputedStyle(node);
    if (style.outlineStyle === "none") continue;
    const by = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    const ring = node.getBoundingClientRect();
    for (let at = node.parentElement; at && at !== article.parentElement; at = at.parentElement) {
      if (at !== article && getComputedStyle(at).overflowX === "visible") continue;
      const box = at.getBoundingClientRect();
      if (ring.left - by < box.left - 0.5 || ring.right + by > box.right + 0.5 ||
          (at === article && (ring.top - by < box.top - 0.5 || ring.bottom + by > box.bottom + 0.5))) {
        bad.push(`${node.tagName} ${node.className} in ${at.className}`);
      }
    }
  }
  return bad;
}

// Runs within the page: of an opened finding, the source beside its timeline.
function sourceSeen(id) {
  const article = document.getElementById(id);
  const source = article.querySelector(".source");
  const svg = article.querySelector(".scroller .timeline:not(.sticky)");
  const ends = [...svg.querySelectorAll(".word, .value, .freed, .zero-line")]
    .map((node) => node.getBoundingClientRect().right);
  const [box, panel] = [svg.getBoundingClientRect(), article.querySelector(".panel").getBoundingClientRect()];
  return {cut: source ? source.scrollWidth - source.clientWidth : 0,
          beside: panel.left > box.right, empty: box.right - Math.max(...ends), panel: panel.width};
}

// Runs within the page: until what waits for the end of a change of size has been drawn anew. This timer is
// set later and for longer than the page's own, so that it comes later, however slow the machine is.
function redrawn() {
  const later = (done) => requestAnimationFrame(() => setTimeout(done, 200));
  return new Promise((done) => requestAnimationFrame(() => later(done)));
}

// One page, as wide as each of the screens; a picture of each.
export async function fitsEveryScreen(url, id, outFolder) {
  const page = await openPage(url, {}, "#" + id);
  const opened = page.locator(`[id="${id}"] .scroller .timeline`).first();
  await opened.waitFor({state: "attached"});
  // Another one too, whose timeline is small: beside it there is room to lose.
  const first = await page.evaluate(() => {
    const article = document.querySelector(".finding");
    article.querySelector("details").open = true;
    return article.id;
  });
  await page.locator(`[id="${first}"] .scroller .timeline`).first().waitFor({state: "attached"});
  for (const [width, name] of [[1600, "wide"], [1400, "usual"], [900, "narrow"], [420, "phone"]]) {
    await page.setViewportSize({width, height: 1000});
    await page.evaluate(redrawn);
    check(`at ${width} pixels the page does not scroll sideways`,
          await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    for (const each of [id, first]) {
      const seen = await page.evaluate(sourceSeen, each);
      check(`at ${width} pixels the source is whole`, seen.cut <= 0, JSON.stringify(seen));
      check(`at ${width} pixels no room is lost between timeline and source`,
            !seen.beside || seen.empty < 100, JSON.stringify(seen));
    }
    const over = await page.evaluate(overflowing);
    check(`at ${width} pixels no result runs over its cell`, over === 0, over);
    await page.keyboard.press("Tab");  // from now on the focus is seen
    const rings = await page.evaluate(badRings, id);
    check(`at ${width} pixels each focus ring lies within its frame`, rings.length === 0, rings.join("; "));
    await page.evaluate((at) => document.getElementById(at).scrollIntoView(), id);
    await page.screenshot({path: join(outFolder, `finding-${name}.png`)});
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({path: join(outFolder, `top-${name}.png`)});
  }
  const table = await page.evaluate(narrowTable);
  check("on a phone a result is seen whole beside its name", table.shown >= 115, JSON.stringify(table));
  check("a name stays when the table is scrolled", table.stays && table.opaque, JSON.stringify(table));
  check("no name of the table is cut", table.cut === 0,
        JSON.stringify(table));
  await page.context().close();
}

// Runs within the page: the labels that cover a dot or each other, and the heads that do.
function coveredThings() {
  const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 &&
    a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
  const boxes = (node, selector) =>
    [...node.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
  const found = [];
  for (const scroller of document.querySelectorAll(".scroller")) {
    const id = scroller.closest(".finding").id;
    const [labels, dots] = [boxes(scroller, ".join rect, .call-name"), boxes(scroller, ".dot circle")];
    if (labels.some((label) => dots.some((dot) => meet(label, dot)))) found.push(`label on dot in ${id}`);
    const joins = boxes(scroller, ".join rect");
    if (joins.some((a, i) => joins.some((b, j) => i < j && meet(a, b)))) found.push(`two labels in ${id}`);
    const heads = boxes(scroller, ".heads text");
    if (heads.some((a, i) => heads.some((b, j) => i < j && meet(a, b)))) found.push(`two heads in ${id}`);
  }
  return found;
}

// At the width at which the lanes are narrowest.
export async function everyFindingOpens(url) {
  const page = await openPage(url, {viewport: {width: 420, height: 1000}});
  await page.evaluate(() => {
    for (const details of document.querySelectorAll(".finding > details")) details.open = true;
  });
  const missing = () => [...document.querySelectorAll(".finding")].filter(
    (article) => !article.querySelector(":scope > details > .viewer").hasChildNodes());
  await page.waitForFunction(`(${missing})().length === 0`);
  const broken = await page.evaluate(() => [...document.querySelectorAll(".finding")].filter(
    (article) => !article.querySelector(":scope > details > .viewer .band")).map((article) => article.id));
  check("every finding opens to a timeline", broken.length === 0, broken.join(" "));
  await page.locator(".finding input[type=checkbox]").evaluateAll(
    (boxes) => boxes.forEach((box) => box.click()));  // setup's steps too: the most lanes
  const covered = await page.evaluate(coveredThings);
  check("no label covers a dot, and no head another", covered.length === 0, covered.join("; "));
  await page.context().close();
}
