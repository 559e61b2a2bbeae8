// For page_test.mjs: the browser, what it complains of, and the count of checks.
import {chromium} from "playwright-core";

const count = {passed: 0, failed: 0};

export function check(fact, holds, seen = "") {
  if (holds) {
    ++count.passed;
  } else {
    ++count.failed;
    console.log(`FAILED: ${fact}${seen === "" ? "" : ` (seen: ${String(seen).slice(0, 300)})`}`);
  }
}

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const messages = [];
const requests = [];
export async function openPage(url, options = {}, hash = "") {
  const context = await browser.newContext(
    {viewport: {width: 1400, height: 1000}, reducedMotion: "reduce", ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(180000);  // against what never comes; a machine at work may take a minute
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) messages.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => messages.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:")) requests.push(request.url());
  });
  await page.goto(url + hash);
  return page;
}

// The count of checks; what no check has looked at, the console and the network, comes in at the end.
export async function finish() {
  check("the console stays quiet", messages.length === 0, messages.join(" | "));
  check("nothing is asked of the network", requests.length === 0, requests.join(" "));
  await browser.close();
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed === 0 ? 0 : 1);
}
