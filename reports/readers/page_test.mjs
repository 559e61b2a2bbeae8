// Drives a page that `revenant check --html` or made_page wrote, in a headless Chromium, as a reader would:
//   node page_test.mjs PAGE.html OUTDIR
// One line for each check that fails, a count at the end, screenshots in OUTDIR. The page must have a
// finding.
import {mkdirSync} from "node:fs";
import {join, resolve} from "node:path";
import {pathToFileURL} from "node:url";

import {browser, check, finish, openPage as open} from "./page_browser.mjs";
import {filterWorks, surprisesStandOut} from "./page_catalogue.mjs";
import {contrasts} from "./page_contrast.mjs";
import {everyFindingOpens, fitsEveryScreen} from "./page_layout.mjs";
import {badHashIsNothing, catalogueLeadsToKeys, groupsOpen} from "./page_links.mjs";
import {plotsExplain} from "./page_plots.mjs";
import {printsWell} from "./page_print.mjs";

const [pagePath, outFolder] = process.argv.slice(2);
if (!pagePath || !outFolder) {
  console.error("usage: node page_test.mjs PAGE.html OUTDIR");
  process.exit(2);
}
const url = pathToFileURL(resolve(pagePath)).href;
mkdirSync(outFolder, {recursive: true});
const openPage = (options, hash) => open(url, options, hash);

// What to look at: of the findings of several threads the one with most steps.
async function chooseFinding(page) {
  return page.evaluate(() => {
    const {findings} = JSON.parse(document.getElementById("data").textContent);
    const listed = Object.entries(findings).filter(([id]) => !document.getElementById(id).matches(".other"));
    const pairs = listed.filter(([, f]) => f.failing >= 0 && f.partner >= 0);
    const of = pairs.length > 0 ? pairs : listed;
    of.sort((a, b) => b[1].threads - a[1].threads || b[1].steps.length - a[1].steps.length);
    return of.length === 0 ? null : of[0][0];
  });
}

const inFinding = (page, id) => page.locator(`[id="${id}"]`);
const panelText = (finding) => finding.locator(".panel").innerText();
const valueText = (finding) => finding.locator("input[type=range]").getAttribute("aria-valuetext");
const sliderValue = (finding) => finding.locator("input[type=range]").evaluate((node) => Number(node.value));

async function loads() {
  const page = await openPage();
  check("the page has a heading and a catalogue", (await page.locator("h1, #rows").count()) === 2);
  check("a finding is open from the start",
        (await page.locator(".finding details[open] .timeline").count()) > 0);
  for (const what of ["made", "command", "commit", "build", "machine"]) {
    const named = await page.locator(`.provenance dt:text-is("${what}")`).count();
    check(`the page names its ${what}`, named === 1, named);
  }
  const id = await chooseFinding(page);
  check("the page has a finding to look at", id !== null);
  await page.screenshot({path: join(outFolder, "top-light.png")});
  await page.context().close();
  return id;
}

async function hashOpens(id) {
  const page = await openPage({}, "#" + id);
  const finding = inFinding(page, id);
  await finding.locator(".timeline").first().waitFor({state: "attached"});
  check("a link with a finding's id opens it",
        await finding.locator("> details").evaluate((node) => node.open));
  check("its heading is in view", await finding.locator("summary").first().evaluate((node) => {
    const box = node.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  }));
  const before = await valueText(finding);
  await page.keyboard.press("k");
  check("its keys work at once", (await valueText(finding)) !== before);
  await page.keyboard.press("f");
  return [page, finding];
}

// Both steps of the pair within the scroll box's window, below its sticky heads; the failing one if it is
// far off.
async function pairInView(finding) {
  const seen = await finding.evaluate((node) => {
    const box = node.querySelector(".scroller").getBoundingClientRect();
    const top = box.top + node.querySelector(".sticky").getBoundingClientRect().height - 1;
    const inside = [...node.querySelectorAll(".band.racing")].map((band) => {
      const row = band.getBoundingClientRect();
      return {top: row.top, bottom: row.bottom, fits: row.top >= top && row.bottom <= box.bottom + 1};
    });
    const span = Math.max(...inside.map((row) => row.bottom)) - Math.min(...inside.map((row) => row.top));
    return {inside, far: span > box.bottom - top, onScreen: box.top >= 0 && box.bottom <= innerHeight,
            failing: node.querySelectorAll(".dot.failing").length};
  });
  const fits = seen.inside.filter((row) => row.fits).length;
  check("the racing pair is in view when a finding is opened",
        seen.far ? fits >= 1 : fits === seen.inside.length,
        JSON.stringify(seen));
  check("the timeline's window is on the screen", seen.onScreen, JSON.stringify(seen));
  check("one step is marked as the failing one", seen.failing === 1, seen.failing);
}

async function sliderMoves(finding) {
  const slider = finding.locator("input[type=range]");
  const before = {panel: await panelText(finding), words: await valueText(finding)};
  check("the slider tells the step in words",
        /^step \d+, (T\d|setup|teardown): /.test(before.words), before.words);
  await slider.evaluate((node) => {
    node.value = "1";
    node.dispatchEvent(new Event("input", {bubbles: true}));
  });
  check("the slider moves the panel", (await panelText(finding)) !== before.panel);
  check("the slider moves its words", (await valueText(finding)) !== before.words);
  check("the selected row follows the slider",
        (await finding.locator('.band[data-state="selected"]').count()) === 1);
  check("the step is announced",
        (await finding.locator(".heard").textContent()) === (await valueText(finding)));
  check("the selected row is in view", await finding.evaluate((node) => {
    const box = node.querySelector(".scroller").getBoundingClientRect();
    const row = node.querySelector('.band[data-state="selected"]').getBoundingClientRect();
    return row.top >= box.top && row.bottom <= box.bottom;
  }));
}

async function keysWork(page, finding) {
  await finding.locator(".scroller").focus();
  await page.keyboard.press("Home");
  const first = await sliderValue(finding);
  check("Home goes to the first step", first === 0, first);
  for (const [key, value] of [["ArrowRight", 1], ["j", 2], ["k", 1], ["ArrowLeft", 0]]) {
    await page.keyboard.press(key);
    const now = await sliderValue(finding);
    check(`${key} goes a step`, now === value, now);
  }
  await page.keyboard.press("n");
  const atSwitch = await sliderValue(finding);
  check("n goes to a switch of thread", atSwitch > 0, atSwitch);
  const threads = await finding.locator(".scroller .dot").evaluateAll(
    (dots, at) => [dots[at - 1], dots[at]].map((dot) => dot.getAttribute("class").split(" ")[1]), atSwitch);
  check("a switch is where another thread goes on", threads[0] !== threads[1], threads);
  await page.keyboard.press("End");
  const last = await sliderValue(finding);
  check("End goes to the last step",
        last === Number(await finding.locator("input[type=range]").getAttribute("max")), last);
  await page.keyboard.press("p");
  check("p goes back to a switch", (await sliderValue(finding)) < last || last === atSwitch);
  await page.keyboard.press("f");
  check("f goes to the failing step",
        /the failing step/.test(await valueText(finding)), await valueText(finding));
  check("the panel says that the step fails", (await panelText(finding)).includes("fails here"));
}

async function selectedStepExplains(page, finding) {
  const panel = await panelText(finding);
  check("the panel shows the source's place", /[\w/.]+:\d+/.test(panel), panel);
  const arrows = await finding.locator(".scroller .arrow").count();
  if (arrows > 0) {
    let lit = 0;
    await page.keyboard.press("Home");
    const steps = Number(await finding.locator("input[type=range]").getAttribute("max"));
    for (let i = 0; i <= steps && lit === 0; ++i) {
      lit = await finding.locator(".scroller .arrow.lit").count();
      await page.keyboard.press("j");
    }
    check("the arrows of a selected step are lit", lit > 0);
  }
  await page.keyboard.press("f");
  const setup = finding.locator("input[type=checkbox]");
  if (await setup.count()) {
    const rows = await finding.locator(".band").count();
    await setup.check();
    check("setup's steps are shown when asked for",
          (await finding.locator(".timeline .band").count()) > rows);
    await setup.uncheck();
  }
}

async function keyboardAlone(id) {
  const page = await openPage();
  const summary = inFinding(page, id).locator("summary").first();
  await summary.focus();
  const isOpen = await inFinding(page, id).locator("> details").evaluate((node) => node.open);
  if (!isOpen) await page.keyboard.press("Enter");
  await inFinding(page, id).locator("input[type=range]").waitFor();
  let reached = false;
  for (let i = 0; i < 40 && !reached; ++i) {
    await page.keyboard.press("Tab");
    reached = await page.evaluate(() => document.activeElement.matches("input[type=range]"));
  }
  check("Tab reaches the slider", reached);
  const before = await valueText(inFinding(page, id));
  await page.keyboard.press("ArrowLeft");
  check("the arrow keys move the slider", (await valueText(inFinding(page, id))) !== before);
  check("the focus is seen",
        await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none"));
  const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, [tabindex='0']")]
    .filter((node) => node.offsetParent && !node.getAttribute("aria-label") && !node.textContent.trim() &&
                      !node.closest("label"))
    .map((node) => node.outerHTML.slice(0, 80)));
  check("all that takes the focus has a name", nameless.length === 0, nameless);
  await page.context().close();
}

async function coloursOf(id, scheme) {
  const page = await openPage({colorScheme: scheme}, "#" + id);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const pairs = await page.evaluate(contrasts);
  check(`contrasts are looked at in ${scheme}`, pairs.length > 10, pairs.length);
  for (const [what, ratio] of pairs)
    check(`${what} can be read in ${scheme}`, ratio >= 4.5, ratio.toFixed(2));
  await page.screenshot({path: join(outFolder, `finding-${scheme}.png`)});
  const toggled = await page.evaluate(() => {
    document.getElementById("theme").click();
    return getComputedStyle(document.body).backgroundColor;
  });
  check(`the button changes from ${scheme} to the other`, toggled !== ground, toggled);
  await page.context().close();
  return ground;
}

async function saysItWithoutScripts() {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(url);
  check("without scripts the verdicts are there", await page.locator("#rows").isVisible());
  await page.locator(".finding summary").first().waitFor();
  await page.locator(".as-text:visible summary").first().click();
  check("without scripts the steps are there as text",
        await page.locator(".as-text[open] pre").first().isVisible());
  check("without scripts no dead control is shown",
        (await page.locator("#filter:visible, .copy:visible, #theme:visible").count()) === 0);
  await context.close();
}

async function stepping(id) {
  const [page, finding] = await hashOpens(id);
  await pairInView(finding);
  await sliderMoves(finding);
  await keysWork(page, finding);
  await selectedStepExplains(page, finding);
  await page.context().close();
}

async function colours(id) {
  const grounds = [await coloursOf(id, "light"), await coloursOf(id, "dark")];
  check("light and dark differ", grounds[0] !== grounds[1], grounds);
}

// Each part has pages of its own: one that breaks off does not keep the others from being looked at.
async function run(parts) {
  for (const [name, part] of Object.entries(parts)) {
    const begun = Date.now();
    try {
      await part();
    } catch (error) {
      check(`the part "${name}" comes to its end`, false, error.message);
    }
    console.log(`${((Date.now() - begun) / 1000).toFixed(1)} s  ${name}`);
  }
}

const id = await loads();
if (id !== null) {
  await run({
    "steps": () => stepping(id),
    "keyboard": () => keyboardAlone(id),
    "filter": () => filterWorks(url),
    "colours": () => colours(id),
    "surprises": () => surprisesStandOut(url),
    "links": () => catalogueLeadsToKeys(url, id),
    "groups": () => groupsOpen(url),
    "bad links": () => badHashIsNothing(url),
    "plots": () => plotsExplain(url, outFolder),
    "print": () => printsWell(url, id, outFolder),
    "screens": () => fitsEveryScreen(url, id, outFolder),
    "every finding": () => everyFindingOpens(url),
    "without scripts": () => saysItWithoutScripts(),
  });
}
await finish();
