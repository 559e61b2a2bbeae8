// What there is to say of one step: in the panel beside the timeline.
"use strict";

function stepName(finding, index) {
  const step = finding.steps[index];
  return `step ${step.n} of ${threadName(step.thread)}`;
}

// The state in one line, for the slider and for those who listen.
function announcement(finding, index) {
  const step = finding.steps[index];
  const part = index === finding.failing ? ", the failing step" :
    index === finding.partner ? ", its partner" : "";
  const counters = countersAt(finding, index).map(([name, value]) => `${name} ${value}`).join(", ");
  return `step ${step.n}, ${threadName(step.thread)}: ${step.words}${part}${counters ? "; " + counters : ""}`;
}

function countersAt(finding, index) {
  return finding.counters.filter((counter) => index >= counter.from).map((counter) => [
    counter.name,
    isAlive(counter, index) ? valueText(valueAt(counter.changes, index)) : "freed",
  ]);
}

function holdersAt(finding, index) {
  return finding.mutexes.map((mutex) => {
    const holder = valueAt(mutex.changes, index);
    return [mutex.name, holder > 0 ? "held by " + threadName(holder - 1) : "free"];
  });
}

function fact(name, ...words) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, ...words));
}

function factsOf(finding, index, go) {
  const step = finding.steps[index];
  const list = element("dl", {class: "facts"});
  if (step.order) list.append(fact("memory order", element("code", {}, step.order)));
  if ("read" in step) list.append(fact("value read", element("code", {}, String(step.read))));
  if ("wrote" in step) list.append(fact("value stored", element("code", {}, String(step.wrote))));
  if (step.note) list.append(fact("note", step.note));
  for (const arrow of finding.arrows) {
    if (arrow[1] === index) list.append(arrowIn(finding, arrow, go));
    if (arrow[0] === index) list.append(arrowOut(finding, arrow, go));
  }
  return list;
}

function arrowIn(finding, [from, to, kind], go) {
  const link = stepLink(finding, from, go);
  if (kind === "hands-over") return fact("gets mutex from", link);
  if (kind === "reads-from") return fact("reads from", link, ", and learns no more than the value");
  // A relaxed RMW in between passes on what was released before it, and is not known itself.
  const head = isKnown(finding, from, to) ? "" : " with the head of its release sequence";
  return fact("reads from", link, ", and synchronises" + head);
}

function arrowOut(finding, [, to, kind], go) {
  const link = stepLink(finding, to, go);
  if (kind === "hands-over") return fact("mutex goes to", link);
  return fact("read by", link, kind === "synchronises" ? ", which synchronises" : "");
}

function stepLink(finding, index, go) {
  const node = element("button", {type: "button", class: "link"}, stepName(finding, index));
  node.addEventListener("click", () => go(index));
  return node;
}

// What the thread can know of the others: the last step of each that happens before this one.
function knowledge(finding, index, go) {
  const step = finding.steps[index];
  if (step.thread < 0) return null;
  const list = element("dl", {class: "facts"});
  for (let t = 0; t < finding.threads; ++t) {
    if (t === step.thread) continue;
    const last = step.knows[t];
    const taken = finding.steps.reduce((n, s, i) => n + (i <= index && s.thread === t ? 1 : 0), 0);
    if (taken === 0) {
      list.append(fact(threadName(t), "has not begun"));
    } else if (last < 0) {
      list.append(fact(threadName(t), `nothing, of ${taken} step${taken === 1 ? "" : "s"} taken`));
    } else {
      const known = finding.steps.reduce((n, s, i) => n + (i <= last && s.thread === t ? 1 : 0), 0);
      list.append(fact(threadName(t), "up to ", stepLink(finding, last, go), `, ${known} of ${taken} taken`));
    }
  }
  return element("section", {}, element("h5", {}, `What ${threadName(step.thread)} knows of the others here`),
                 element("p", {class: "quiet"}, "Their last step that happens before this one:"), list);
}

function excerpt(page, step) {
  const [file, line] = step.at;
  const {name, lines} = page.files[file];
  const place = element("p", {class: "place"}, element("code", {}, `${name}:${line}`));
  if (!(line in lines)) return element("section", {}, element("h5", {}, "Source"), place);
  const code = element("pre", {class: "source", tabindex: "0", "aria-label": "source around the step"});
  const near = [-3, -2, -1, 0, 1, 2, 3].map((by) => line + by).filter((l) => l in lines);
  const indentOf = (l) => lines[l].search(/\S/);
  const indent = Math.min(...near.filter((l) => lines[l].trim()).map(indentOf));
  for (const l of near) {
    // A line that is too long goes on beneath itself, further in than it began.
    const deeper = Math.max(0, indentOf(l) - indent) + 4;
    code.append(element("span", {class: l === line ? "line here" : "line"},
                        element("span", {class: "line-number"}, String(l)),
                        element("span", {class: "line-text", style: `--deeper: ${deeper}ch`},
                                lines[l].slice(indent) + "\n")));
  }
  return element("section", {}, element("h5", {}, "Source"), place, code);
}

function stateOf(finding, index) {
  const list = element("dl", {class: "facts state"});
  for (const [name, value] of countersAt(finding, index)) {
    list.append(fact(name, element("code", {class: value === "0" ? "zero" : ""}, value)));
  }
  for (const [name, holder] of holdersAt(finding, index)) list.append(fact(name, holder));
  if (!list.hasChildNodes()) return null;
  return element("section", {}, element("h5", {}, "State after the step"), list);
}

function roleOf(finding, index) {
  if (index === finding.failing) return element("span", {class: "badge"}, "✗ fails here");
  if (index === finding.partner) return element("span", {class: "badge"}, "* its partner");
  return null;
}

function detailsOf(page, finding, index, go) {
  const step = finding.steps[index];
  const heading = element("h4", {}, `Step ${step.n}  `,
                          element("span", {class: threadClass(step.thread)}, threadName(step.thread)),
                          step.call ? `  in ${step.call}` : "", " ", roleOf(finding, index));
  return [heading, element("p", {class: "step-words"}, element("code", {}, step.words)),
          factsOf(finding, index, go), excerpt(page, step), stateOf(finding, index),
          knowledge(finding, index, go)].filter((part) => part !== null);
}
