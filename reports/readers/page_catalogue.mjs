// For page_test.mjs: the filter, and how the catalogue's claims and their surprises look.
import {check, openPage} from "./page_browser.mjs";

export async function filterWorks(url) {
  const page = await openPage(url);
  const visible = () => page.locator("#rows .row:visible").count();
  const all = await visible();
  await page.locator("#filter-text").fill("no such implementation");
  check("a filter that fits nothing shows nothing",
        (await visible()) === 0 && (await page.locator("#nothing").isVisible()));
  const heading = page.locator("#findings");
  check("it counts no finding either", /^0 of \d+ findings?$/.test(await heading.textContent()) &&
        (await page.locator("#no-finding").isVisible()), await heading.textContent());
  const name = await page.locator("#rows .row th").last().textContent();
  await page.locator("#filter-text").fill(name);
  const some = await visible();
  check("the filter finds an implementation by its name", some > 0 && some <= all, some);
  await page.locator("#filter-text").fill("");
  await page.locator("input[value=broken]").check();
  check("`broken` leaves rows with a finding", await page.locator("#rows .row:visible").evaluateAll(
    (rows) => rows.length > 0 && rows.every((row) => row.querySelector("[data-verdict=broken]"))));
  await page.locator("input[value=undecided]").check();
  check("`undecided` hides all findings", (await page.locator(".finding:visible").count()) === 0);
  check("and counts none", (await heading.textContent()).startsWith("0 of "), await heading.textContent());
  await page.locator("#rows a").first().evaluate((link) => (location.hash = link.hash));
  await page.locator(".finding .scroller:focus").waitFor();
  check("a link to a hidden finding takes the filter back", (await visible()) === all);
  check("all findings are counted again", /^\d+ findings?$/.test(await heading.textContent()));
  await page.context().close();
}

// What the catalogue claims to be broken, and is, must not look like what nobody expected.
export async function surprisesStandOut(url) {
  const page = await openPage(url);
  const seen = await page.evaluate(() => {
    const colour = (selector) => {
      const node = document.querySelector(selector);
      return node && getComputedStyle(node).color;
    };
    const red = colour(".key .swatch-unexpected");
    const [expected, unexpected] = [
      [".cell.expected.broken .mark", ".cell.expected a", ".finding:not([data-unexpected]) .kind",
       ".chip:not(.loud)"],
      [".cell.unexpected .mark", ".cell.unexpected a", ".finding[data-unexpected] .kind", ".chip.loud"],
    ].map((selectors) => selectors.map(colour).filter(Boolean));
    return {red, expected, unexpected};
  });
  check("what is as expected is not red", seen.expected.length > 0 && !seen.expected.includes(seen.red),
        JSON.stringify(seen));
  check("what is not as expected is red", seen.unexpected.every((colour) => colour === seen.red),
        JSON.stringify(seen));
  await page.context().close();
}
