// Draws a timeline. What changes with the selected step is kept in arrays, by the step's index.
"use strict";

let timelinesDrawn = 0;

function drawTimeline(finding, layout) {
  const id = "timeline-" + ++timelinesDrawn;
  const all = shape("g", {id});
  const drawing = {id, bands: new Map(), dots: new Map(), arrows: []};
  all.append(drawBands(finding, layout, drawing), drawLanes(finding, layout), drawCalls(finding, layout),
             drawSwitches(finding, layout), drawArrows(finding, layout, drawing),
             drawPair(finding, layout), drawCallNames(finding, layout), drawDots(finding, layout, drawing),
             drawWords(finding, layout), drawCounters(finding, layout));
  drawing.svg = shape("svg", {
    class: "timeline", width: layout.width, height: layout.height, role: "img",
    viewBox: `0 0 ${layout.width} ${layout.height}`,
    "aria-label": `Timeline of ${layout.rowOf.size} steps of ${finding.threads} threads`,
  }, all);
  return drawing;
}

function drawHeads(finding, layout) {
  const heads = shape("g", {class: "heads"});
  heads.append(shape("rect", {class: "ground", width: layout.width, height: HEAD}));
  heads.append(shape("text", {class: "head", x: GUTTER - 12, y: 26, "text-anchor": "end"}, "step"));
  for (const thread of layout.lanes) {
    heads.append(shape("text", {class: "head lane-head " + threadClass(thread), y: 26,
                                x: laneMiddle(layout, thread), "text-anchor": "middle"},
                       threadName(thread)));
  }
  heads.append(shape("text", {class: "head", x: layout.wordsAt, y: 26}, "what it does"));
  for (const {counter, left} of layout.columns) {
    const dot = counter.name.lastIndexOf(".");
    heads.append(shape("text", {class: "head small", x: left + 8, y: 17},
                       clipped(counter.name.slice(0, Math.max(dot, 0)), 13)));
    heads.append(shape("text", {class: "head", x: left + 8, y: 33},
                       clipped(counter.name.slice(dot + 1), 11)));
  }
  heads.append(shape("line", {class: "rule", x1: 0, x2: layout.width, y1: HEAD - 0.5, y2: HEAD - 0.5}));
  return heads;
}

function drawBands(finding, layout, drawing) {
  const group = shape("g", {class: "bands"});
  layout.rows.forEach((index, row) => {
    if (index < 0) {
      group.append(shape("text", {class: "gap", x: GUTTER, y: row * ROW + 17},
                         `… ${grouped(finding.left_out.count)} steps are left out here …`));
      return;
    }
    const failing = index === finding.failing;
    const paired = failing || index === finding.partner;
    const band = shape("rect", {class: "band" + (paired ? " racing" : ""), x: 0, y: row * ROW,
                                width: layout.width, height: ROW, "data-step": index});
    drawing.bands.set(index, band);
    group.append(band);
  });
  return group;
}

function drawLanes(finding, layout) {
  const group = shape("g");
  for (const thread of layout.lanes) {
    const x = laneMiddle(layout, thread);
    group.append(shape("line", {class: "lane " + threadClass(thread),
                                x1: x, x2: x, y1: 0, y2: layout.height}));
  }
  return group;
}

// A call of a thread, from its first step to its last.
function callsOf(finding, layout) {
  const calls = [];
  const open = new Map();
  for (const index of layout.rows) {
    if (index < 0) {
      open.clear();
      continue;
    }
    const {thread, call} = finding.steps[index];
    const current = open.get(thread);
    if (current && current.call === (call || "")) {
      current.last = index;
    } else {
      const fresh = {thread, call: call || "", first: index, last: index};
      open.set(thread, fresh);
      if (fresh.call) calls.push(fresh);
    }
  }
  return calls;
}

function drawCalls(finding, layout) {
  const group = shape("g", {class: "calls"});
  for (const {thread, call, first, last} of callsOf(finding, layout)) {
    const x = laneMiddle(layout, thread);
    const y = middleOf(layout, first);
    group.append(shape("rect", {class: "call " + threadClass(thread), x: x - 11, y: y - 11, rx: 11, width: 22,
                                height: middleOf(layout, last) - y + 22}));
  }
  return group;
}

// Beside a call's first dot. No other dot stands in its row: a name may reach over the lanes to the right.
function drawCallNames(finding, layout) {
  const group = shape("g");
  for (const {thread, call, first} of callsOf(finding, layout)) {
    const x = laneMiddle(layout, thread) + 14;
    const letters = Math.min(16, Math.floor((layout.wordsAt - 2 - x) / 6.4));
    if (letters < 3) continue;
    group.append(shape("text", {class: "call-name " + threadClass(thread), x, y: middleOf(layout, first) + 4},
                       clipped(call, letters)));
  }
  return group;
}

function drawSwitches(finding, layout) {
  const group = shape("g", {class: "switches"});
  for (const index of switchesOf(finding, layout.rows)) {
    const y = middleOf(layout, index) - ROW / 2;
    group.append(shape("line", {class: "switch", x1: 0, x2: layout.wordsAt - 6, y1: y, y2: y}));
    group.append(shape("text", {class: "switch-mark", x: 5, y: y + 17}, "▸"));
  }
  return group;
}

function drawArrows(finding, layout, drawing) {
  const group = shape("g", {class: "arrows"});
  for (const [from, to, kind] of finding.arrows) {
    if (!layout.rowOf.has(from) || !layout.rowOf.has(to)) continue;
    const end = pointOf(layout, finding, to);
    const {d, sign, x2} = sideways(pointOf(layout, finding, from), end);
    const node = shape("g", {class: "arrow " + kind}, shape("path", {class: "shaft", d}),
                       shape("path", {class: "tip", d: `M${x2 + 3 * sign} ${end.y}l${-7 * sign} -4v8z`}));
    drawing.arrows.push({from, to, node});
    group.append(node);
  }
  return group;
}

function drawDots(finding, layout, drawing) {
  const group = shape("g", {class: "dots"});
  for (const index of layout.rowOf.keys()) {
    const {x, y} = pointOf(layout, finding, index);
    const failing = index === finding.failing;
    const node = shape("g", {class: "dot " + threadClass(finding.steps[index].thread) +
                                    (failing ? " failing" : index === finding.partner ? " partner" : ""),
                             "data-step": index});
    node.append(shape("circle", {cx: x, cy: y, r: isPaired(finding, index) ? PAIR_RADIUS : DOT_RADIUS}));
    if (failing) node.append(shape("path", {class: "cross", d: `M${x - 3} ${y - 3}l6 6m0 -6l-6 6`}));
    drawing.dots.set(index, node);
    group.append(node);
  }
  return group;
}

function marksOf(finding, index) {
  const critical = finding.critical && finding.critical.includes(index) ? "⇄" : "";
  return critical + (index === finding.failing ? "✗" : index === finding.partner ? "*" : "");
}

function drawWords(finding, layout) {
  const group = shape("g", {class: "words"});
  for (const [index] of layout.rowOf) {
    const y = middleOf(layout, index) + 4;
    const step = finding.steps[index];
    const paired = index === finding.failing || index === finding.partner;
    group.append(shape("text", {class: "number", x: GUTTER - 12, y, "text-anchor": "end"}, String(step.n)));
    const marks = marksOf(finding, index);
    if (marks) group.append(shape("text", {class: "marks", x: 15, y}, marks));
    group.append(shape("text", {class: "word" + (paired ? " racing" : ""), x: layout.wordsAt, y},
                       clipped(step.words, WORDS_MAX), shape("title", {}, step.words)));
  }
  return group;
}
