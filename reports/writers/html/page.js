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
    details.addEventListener("toggle", () => {
      if (details.open) openViewer(page, article);
    });
    if (details.open) openViewer(page, article);
  }
}

function followHash(page) {
  const id = decodeURIComponent(location.hash.slice(1));
  const article = document.getElementById(id);
  if (!article || !article.classList.contains("finding")) return;
  if (article.hidden) clearFilter();
  article.querySelector("details").open = true;
  openViewer(page, article);
  article.scrollIntoView({block: "start"});
  article.querySelector("summary").focus({preventScroll: true});
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
  startPrinting();
  startPlots(page);
  window.addEventListener("hashchange", () => followHash(page));
  // Not before the browser has gone to the hash itself, which takes the focus away.
  window.addEventListener("load", () => setTimeout(() => followHash(page)));
}

start();
