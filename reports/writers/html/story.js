// The words above a timeline: what was there at the start, and how the marked steps stand to each other.
"use strict";

function storyOf(finding) {
  const parts = [];
  if (finding.start.length > 0) {
    parts.push(element("p", {}, element("b", {}, "At the start: "), finding.start.join(", "), "."));
  }
  if (finding.failing >= 0 && finding.partner >= 0) parts.push(element("p", {}, ...pairWords(finding)));
  if (finding.critical) parts.push(element("p", {}, ...criticalWords(finding)));
  return parts;
}

function pairWords(finding) {
  const order = isOneThread(finding) ? ""
    : finding.ordered ? "The first one happens before the second one: synchronisation orders them here."
                      : "Neither happens before the other: nothing in this execution synchronises them.";
  const [first, second] = [[finding.partner, "*"], [finding.failing, "✗"]].sort((a, b) => a[0] - b[0])
    .map(([index, mark]) => `${stepName(finding, index)} (${mark})`);
  const ordered = isOneThread(finding) || finding.ordered;
  return [element("b", {class: "red"}, ordered ? "The two steps: " : "The racing pair: "),
          `${first} and ${second}. ${order}`];
}

function criticalWords(finding) {
  const [first, second] = finding.critical;
  return [element("b", {class: "amber"}, "The critical pair: "),
          `${stepName(finding, first)} and ${stepName(finding, second)} (⇄). Swap these two and it passes: ` +
          "with the first held back until the second is done, the execution ends well."];
}

function legendLine(name, words) {
  const line = shape("svg", {width: 34, height: 12, "aria-hidden": "true", class: "timeline"},
    shape("g", {class: "arrow lit " + name}, shape("path", {class: "shaft", d: "M1 6H27"}),
          shape("path", {class: "tip", d: "M33 6l-7 -4v8z"})));
  return element("li", {}, line, " ", words);
}

function legendBand(state, words) {
  return element("li", {}, shape("svg", {width: 24, height: 14, "aria-hidden": "true", class: "timeline"},
    shape("rect", {class: "band", "data-state": state, width: 24, height: 14}),
    shape("g", {class: "dot t0", "data-state": state}, shape("circle", {cx: 12, cy: 7, r: 4}))), " ", words);
}

function legend(finding) {
  const list = element("ul", {class: "legend", "aria-label": "Legend"},
    legendLine("synchronises", "reads from and synchronises: what was released is known"),
    legendLine("reads-from", "reads from, and no more"));
  if (finding.mutexes.length > 0) list.append(legendLine("hands-over", "hands a mutex over"));
  list.append(legendBand("known", "happens before the selected step"),
              legendBand("unknown", "taken, but not known to its thread"),
              legendBand("future", "still to come"),
              element("li", {}, element("span", {class: "switch-mark"}, "▸"), " another thread goes on"));
  const keys = element("p", {class: "keys"}, "Keys: ");
  for (const [key, words] of [["←", "back"], ["→", "on"], ["p", "previous switch"], ["n", "next switch"],
                              ["f", "failing step"], ["Home", "first"], ["End", "last"]]) {
    keys.append(element("kbd", {}, key), ` ${words}  `);
  }
  return element("details", {class: "help"}, element("summary", {}, "Legend and keys"), list, keys);
}
