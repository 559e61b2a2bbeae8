// The filter over the catalogue's table and the findings.
"use strict";

function cellFits(cell, show) {
  if (show === "all") return true;
  if (show === "unexpected") return cell.classList.contains("unexpected");
  return cell.dataset.verdict === show;
}

function filterRows(words, show) {
  let shown = 0;
  for (const group of document.querySelectorAll("#rows tbody")) {
    const scenario = group.querySelector(".scenario").textContent.toLowerCase();
    let any = false;
    for (const row of group.querySelectorAll(".row")) {
      const text = scenario + " " + row.textContent.toLowerCase();
      const cells = [...row.querySelectorAll(".cell")];
      const fits = words.every((word) => text.includes(word)) && cells.some((cell) => cellFits(cell, show));
      for (const cell of cells) cell.classList.toggle("aside", !cellFits(cell, show));
      row.hidden = !fits;
      shown += fits ? cells.filter((cell) => cellFits(cell, show)).length : 0;
      any = any || fits;
    }
    group.hidden = !any;
  }
  return shown;
}

function filterFindings(words, show) {
  const findings = [...document.querySelectorAll(".finding:not(.other)")];
  for (const finding of findings) {
    const text = finding.querySelector("summary").textContent.toLowerCase();
    const fits = show === "all" || show === "broken" ||
      (show === "unexpected" && "unexpected" in finding.dataset);
    finding.hidden = !(fits && words.every((word) => text.includes(word)));
  }
  if (findings.length > 0) sayHowMany(findings.filter((finding) => !finding.hidden).length, findings.length);
}

function sayHowMany(shown, all) {
  const of = shown === all ? "" : `${grouped(shown)} of `;
  document.getElementById("findings").textContent = `${of}${grouped(all)} finding${all === 1 ? "" : "s"}`;
  document.getElementById("no-finding").hidden = shown !== 0;
}

function startFilter() {
  const form = document.getElementById("filter");
  if (!form) return;
  form.hidden = false;
  const text = document.getElementById("filter-text");
  const total = document.querySelectorAll("#rows .cell").length;
  const apply = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const show = new FormData(form).get("show");
    const shown = filterRows(words, show);
    filterFindings(words, show);
    document.getElementById("filter-count").textContent = `${grouped(shown)} of ${grouped(total)} rows`;
    document.getElementById("nothing").hidden = shown !== 0;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

// A link to a finding that the filter hides takes the filter back.
function clearFilter() {
  const form = document.getElementById("filter");
  form.reset();
  form.dispatchEvent(new Event("input"));
}
