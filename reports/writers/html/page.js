// Starts the page: theme, filter, findings as they are opened, plots as they come into view.
"use strict";

const viewers = new Map();

function openViewer(page, article) {
  if (viewers.has(article.id)) return;
  const [finding, place] = [page.findings[article.id], article.querySelector(".viewer")];
  if (finding.steps.length === 0) {
    if (!place.hasChildNodes()) place.append(element("p", {}, "No steps were recorded."));
    return;
  }
  viewers.set(article.id, new Viewer(page, finding, place));
}

function startFindings(page) {
  for (const article of document.querySelectorAll(".finding")) {
    const details = article.querySelector("details");
    const isShown = () => details.open && !details.parentElement.closest("details:not([open])");
    details.addEventListener("toggle", () => {
      if (isShown()) openViewer(page, article);
    });
    if (isShown()) openViewer(page, article);
  }
}

// What a link's fragment names. A person may have typed it: what is no escape names nothing.
function namedBy(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}

function followHash(page) {
  const article = namedBy(location.hash);
  if (!article || !article.classList.contains("finding")) return;
  const outer = article.parentElement.closest(".finding") || article;
  if (outer.hidden) clearFilter();
  for (const each of new Set([outer, article])) {
    each.querySelector("details").open = true;
    openViewer(page, each);
  }
  article.scrollIntoView({block: "start"});
  // The timeline, so that the arrow keys step through it at once.
  const place = article.querySelector(".scroller") || article.querySelector("summary");
  place.focus({preventScroll: true});
}

// A link that the address already names leads there as well, although the address does not change.
function startLinks(page) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) setTimeout(() => followHash(page));
  });
}

function startTheme() {
  const root = document.documentElement;
  const toggle = document.getElementById("theme");
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme || (system.matches ? "dark" : "light");
  const other = () => (current() === "dark" ? "light" : "dark");
  const say = () => {
    toggle.textContent = other();
    toggle.setAttribute("aria-label", `Change to ${other()} colours`);
  };
  toggle.addEventListener("click", () => {
    root.dataset.theme = other();
    say();
  });
  system.addEventListener("change", say);
  toggle.hidden = false;
  say();
}

async function copySchedule(node, code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    node.textContent = "copied";
  } catch {
    // A browser may keep the clipboard to itself; the text is selected then, for the keyboard.
    getSelection().selectAllChildren(code);
    node.textContent = "selected";
  }
  setTimeout(() => (node.textContent = "copy"), 2000);
}

function startCopying() {
  for (const node of document.querySelectorAll(".copy")) {
    const code = node.parentElement.querySelector(":scope > code");
    node.hidden = false;
    node.setAttribute("aria-label", "Copy the schedule");
    node.addEventListener("click", () => copySchedule(node, code));
  }
}

function startPrinting() {
  const prepare = () => viewers.forEach((viewer) => viewer.layOutForPrint());
  window.addEventListener("beforeprint", prepare);
  window.matchMedia("print").addEventListener("change", (event) => event.matches && prepare());
}

function start() {
  const page = JSON.parse(document.getElementById("data").textContent);
  startTheme();
  startFilter();
  startFindings(page);
  startCopying();
  startLinks(page);
  startPrinting();
  startPlots(page);
  window.addEventListener("hashchange", () => followHash(page));
  // Not before the browser has gone to the hash itself, which takes the focus away.
  window.addEventListener("load", () => setTimeout(() => followHash(page)));
}

start();
