// Two plots: executions against threads, and how far the longest searches had come.
"use strict";

const PLOT = {width: 760, height: 400, left: 70, right: 250, top: 16, bottom: 48};

function plotFrame(xLabel, yLabel) {
  const frame = shape("svg", {class: "plot", viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, tabindex: "0"});
  const [x, y] = [(PLOT.left + PLOT.width - PLOT.right) / 2, (PLOT.top + PLOT.height - PLOT.bottom) / 2];
  frame.append(
    shape("text", {class: "axis-label", x, y: PLOT.height - 8, "text-anchor": "middle"}, xLabel),
    shape("text", {class: "axis-label", x: 16, y, "text-anchor": "middle",
                   transform: `rotate(-90 16 ${y})`}, yLabel));
  return frame;
}

// From values to places on an axis; `log` for what grows by factors.
function axis(from, to, start, end, log) {
  const of = log ? Math.log10 : (value) => value;
  const span = of(to) - of(from) || 1;
  return (value) => start + ((of(value) - of(from)) / span) * (end - start);
}
const across = (from, to, log) => axis(from, to, PLOT.left, PLOT.width - PLOT.right, log);
const upwards = (from, to, log) => axis(from, to, PLOT.height - PLOT.bottom, PLOT.top, log);

function xTick(frame, x, words) {
  const y = PLOT.height - PLOT.bottom;
  frame.append(shape("line", {class: "grid", x1: x, x2: x, y1: PLOT.top, y2: y}),
               shape("text", {class: "tick", x, y: y + 18, "text-anchor": "middle"}, words));
}

function yTick(frame, y, words) {
  frame.append(shape("line", {class: "grid", x1: PLOT.left, x2: PLOT.width - PLOT.right, y1: y, y2: y}),
               shape("text", {class: "tick", x: PLOT.left - 8, y: y + 4, "text-anchor": "end"}, words));
}

function powersOfTen(from, to) {
  const list = [];
  for (let value = from; value <= to; value *= 10) list.push(value);
  return list;
}
const floorPower = (value) => 10 ** Math.floor(Math.log10(value) + 1e-9);
const ceilPower = (value) => Math.max(10, 10 ** Math.ceil(Math.log10(value) - 1e-9));

function pathOf(points, xOf, yOf) {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${xOf(x).toFixed(1)} ${yOf(y).toFixed(1)}`)
    .join("");
}

// Names at the lines' right ends, moved apart where they would cover each other.
function nameEnds(frame, ends) {
  const step = 15;
  ends.sort((a, b) => a.y - b.y);
  let least = PLOT.top + 4;
  ends.forEach((end) => {
    end.at = Math.max(end.y, least);
    least = end.at + step;
  });
  for (let i = ends.length - 1, most = PLOT.height - PLOT.bottom; i >= 0; --i, most -= step) {
    ends[i].at = Math.min(ends[i].at, most);
  }
  for (const {x, y, at, words, name} of ends) {
    frame.append(shape("path", {class: "leader", d: `M${x + 4} ${y}L${x + 14} ${at}`}),
                 shape("text", {class: "line-name " + name, x: x + 18, y: at + 4}, clipped(words, 34),
                       shape("title", {}, words)));
  }
}

// Names beside the plot, the one of the line furthest to the right first.
function nameList(frame, ends) {
  const x = PLOT.width - PLOT.right + 22;
  ends.sort((a, b) => b.x - a.x).forEach(({words, name}, i) => {
    const y = PLOT.top + 14 + i * 22;
    frame.append(shape("line", {class: "swatch " + name, x1: x, x2: x + 18, y1: y, y2: y}),
                 shape("text", {class: "line-name " + name, x: x + 24, y: y + 4}, clipped(words, 31),
                       shape("title", {}, words)));
  });
}

// The lines of a plot can be pointed at, and gone through with the arrow keys; the caption names the one.
function makeExplorable(frame, lines, caption) {
  const rest = caption.textContent;
  let current = -1;
  const pick = (index) => {
    current = index;
    lines.forEach(({node}, i) => node.classList.toggle("lit", i === index));
    caption.textContent = index < 0 ? rest : lines[index].words;
    if (index >= 0) lines[index].node.parentNode.append(lines[index].node);
  };
  lines.forEach(({node}, i) => {
    node.addEventListener("pointerenter", () => pick(i));
    node.addEventListener("pointerleave", () => pick(-1));
  });
  frame.addEventListener("keydown", (event) => {
    const by = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
    if (!by) return;
    event.preventDefault();
    pick((current + by + lines.length + (current < 0 && by < 0 ? 1 : 0)) % lines.length);
  });
  frame.addEventListener("blur", () => pick(-1));
}

function figure(title, frame, about, lines) {
  const caption = element("figcaption", {"aria-live": "polite"}, about);
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", `${title}. The arrow keys go through its ${lines.length} lines.`);
  makeExplorable(frame, lines, caption);
  return element("figure", {}, element("h3", {}, title), frame, caption);
}

function lineNode(d, name) {
  return shape("g", {class: "series " + name}, shape("path", {class: "stroke", d}),
               shape("path", {class: "reach", d}));
}

function pointWords(points) {
  return points.map(([threads, executions]) => `${threads} threads ${grouped(executions)}`).join(", ");
}

function medianLine(lines) {
  const by = new Map();
  for (const {points} of lines) {
    for (const [x, y] of points) by.set(x, [...(by.get(x) || []), y]);
  }
  return [...by].sort((a, b) => a[0] - b[0]).map(([x, ys]) => {
    ys.sort((a, b) => a - b);
    const half = ys.length >> 1;
    return [x, ys.length % 2 === 1 ? ys[half] : Math.round((ys[half - 1] + ys[half]) / 2)];
  });
}

function growthPlot(lines) {
  const xs = lines.flatMap(({points}) => points.map(([x]) => x));
  const ys = lines.flatMap(({points}) => points.map(([, y]) => y));
  const [low, high] = [floorPower(Math.min(...ys)), ceilPower(Math.max(...ys))];
  const xOf = across(Math.min(...xs), Math.max(...xs), false);
  const yOf = upwards(low, high, true);
  const frame = plotFrame("threads", "executions (log scale)");
  for (let x = Math.min(...xs); x <= Math.max(...xs); ++x) xTick(frame, xOf(x), String(x));
  for (const value of powersOfTen(low, high)) yTick(frame, yOf(value), grouped(value));

  const last = ({points}) => points[points.length - 1];
  const largest = [...lines].sort((a, b) => last(b)[1] - last(a)[1]).slice(0, 3);
  const place = shape("g");
  const nodes = lines.map((line) => {
    const node = lineNode(pathOf(line.points, xOf, yOf), largest.includes(line) ? "large" : "");
    place.append(node);
    return {node, words: `${line.name}: ${pointWords(line.points)}`};
  });
  frame.append(place);
  const ends = largest.map(
    (line) => ({x: xOf(last(line)[0]), y: yOf(last(line)[1]), words: line.name, name: ""}));
  if (lines.length > 4) {
    const median = medianLine(lines);
    const node = lineNode(pathOf(median, xOf, yOf), "median");
    place.append(node);
    nodes.push({node, words: `median of all: ${pointWords(median)}`});
    const [x, y] = median[median.length - 1];
    ends.push({x: xOf(x), y: yOf(y), words: "median", name: "median"});
  }
  nameEnds(frame, ends);
  const about = `Exhaustive searches, one line for each implementation under a scenario (${lines.length}). ` +
                "Point at a line, or use the arrow keys, for its name and numbers.";
  return figure("Executions against threads", frame, about, nodes);
}

function progressPlot(lines) {
  const xs = lines.flatMap(({points}) => points.map(([x]) => x));
  const [low, high] = [floorPower(Math.min(...xs)), ceilPower(Math.max(...xs))];
  const [xOf, yOf] = [across(low, high, true), upwards(0, 100, false)];
  const frame = plotFrame("executions (log scale)", "explored, % of the tree known by then");
  for (const value of powersOfTen(low, high)) xTick(frame, xOf(value), grouped(value));
  for (let percent = 0; percent <= 100; percent += 25) yTick(frame, yOf(percent), `${percent} %`);
  const place = shape("g");
  const ends = [];
  const nodes = lines.map(({name, points}, i) => {
    const percents = points.map(([x, share]) => [x, 100 * share]);
    const node = lineNode(pathOf(percents, xOf, yOf), "t" + (i % 6));
    for (const [x, y] of percents) node.append(shape("circle", {cx: xOf(x), cy: yOf(y), r: 2.5}));
    place.append(node);
    const [x, y] = percents[percents.length - 1];
    ends.push({x: xOf(x), words: name, name: "t" + (i % 6)});
    return {node, words: `${name}: ${y.toFixed(1)} % after ${grouped(x)} executions`};
  });
  frame.append(place);
  nameList(frame, ends);
  return figure("Search progress", frame,
                "The longest searches. The tree is known only as far as races have been met: a share may " +
                "fall when more of it comes to light.", nodes);
}

function startPlots(page) {
  const place = document.getElementById("plots");
  const plots = [];
  if (page.growth.length > 0) plots.push(growthPlot(page.growth));
  if (page.progress.length > 0) plots.push(progressPlot(page.progress));
  if (!place || plots.length === 0) return;
  place.append(element("h2", {}, "Plots"), element("div", {class: "plots"}, ...plots));
  place.hidden = false;
}
