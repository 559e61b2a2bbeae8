// Two plots: executions against threads, and how far the longest searches had come.
"use strict";

// The lines of a plot can be pointed at, there or in the list, and gone through with the arrow keys; the
// caption names the one.
function makeExplorable(frame, lines, caption) {
  const rest = caption.textContent;
  let current = -1;
  const pick = (index) => {
    current = index;
    lines.forEach(({node, item}, i) => {
      node.classList.toggle("lit", i === index);
      if (item) item.classList.toggle("lit", i === index);
    });
    caption.textContent = index < 0 ? rest : lines[index].words;
    if (index >= 0) lines[index].node.parentNode.append(lines[index].node);
  };
  lines.forEach(({node, item}, i) => {
    for (const each of item ? [node, item] : [node]) {
      each.addEventListener("pointerenter", () => pick(i));
      each.addEventListener("pointerleave", () => pick(-1));
    }
  });
  frame.addEventListener("keydown", (event) => {
    const by = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
    if (!by) return;
    event.preventDefault();
    pick((current + by + lines.length + (current < 0 && by < 0 ? 1 : 0)) % lines.length);
  });
  frame.addEventListener("blur", () => pick(-1));
}

// A line of the list beneath a plot, with its whole name.
function listItem(name, words) {
  const swatch = shape("svg", {class: "plot-swatch", width: 26, height: 10, "aria-hidden": "true"},
                       shape("g", {class: "series " + name}, shape("path", {class: "stroke", d: "M0 5H26"})));
  return element("li", {class: "series-name " + name}, swatch, element("span", {}, words));
}

function figure(title, frame, about, lines) {
  const caption = element("figcaption", {"aria-live": "polite"}, about);
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", `${title}. The arrow keys go through its ${lines.length} lines.`);
  makeExplorable(frame, lines, caption);
  const items = lines.map(({item}) => item).filter(Boolean);
  return element("figure", {}, element("h3", {}, title), frame,
                 element("ul", {class: "series-names"}, ...items), caption);
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

// Lines of the same numbers are one line with several names.
function joined(lines) {
  const byPoints = new Map();
  for (const {name, points} of lines) {
    const key = JSON.stringify(points);
    if (!byPoints.has(key)) byPoints.set(key, {names: [], points});
    byPoints.get(key).names.push(name);
  }
  return [...byPoints.values()];
}

function growthPlot(all) {
  const lines = joined(all);
  const xs = lines.flatMap(({points}) => points.map(([x]) => x));
  const ys = lines.flatMap(({points}) => points.map(([, y]) => y));
  const [low, high] = [floorPower(Math.min(...ys)), ceilPower(Math.max(...ys))];
  const xOf = across(Math.min(...xs), Math.max(...xs), false);
  const yOf = upwards(low, high, true);
  const frame = plotFrame("threads", "executions (log scale)");
  for (let x = Math.min(...xs); x <= Math.max(...xs); ++x) xTick(frame, xOf(x), String(x));
  for (const value of powersOfTen(low, high)) yTick(frame, yOf(value), grouped(value));

  const last = ({points}) => points[points.length - 1][1];
  lines.sort((a, b) => last(b) - last(a));
  // The largest have colours and stand in the list; the others are grey, and beneath them.
  const drawn = lines.map(({names, points}, i) => (
    {points, name: i < 3 ? "t" + i : "", words: names.join(", "), listed: i < 3 ? names.join(", ") : ""}));
  if (all.length > 4) {
    drawn.push({points: medianLine(all), name: "median", words: "median of all", listed: "median of all"});
  }
  const nodes = drawLines(drawn.map(({points}) => points.map(([x, y]) => [xOf(x), yOf(y)])),
                          drawn.map(({name}) => name));
  frame.append(shape("g", {}, ...[...nodes].sort((a, b) => a.matches("[class*=' t'], .median") -
                                                          b.matches("[class*=' t'], .median"))));
  const explored = drawn.map(({points, name, words, listed}, i) => (
    {node: nodes[i], item: listed && listItem(name, listed), words: `${words}: ${pointWords(points)}`}));
  const about = `Exhaustive searches, one line for each implementation under a scenario (${all.length}); ` +
                "the largest are named. Point at a line, or use the arrow keys, for its name and numbers.";
  return figure("Executions against threads", frame, about, explored);
}

function progressPlot(lines) {
  const xs = lines.flatMap(({points}) => points.map(([x]) => x));
  const [low, high] = [floorPower(Math.min(...xs)), ceilPower(Math.max(...xs))];
  const [xOf, yOf] = [across(low, high, true), upwards(0, 100, false)];
  const frame = plotFrame("executions (log scale)", "explored, % of the tree known by then");
  for (const value of powersOfTen(low, high)) xTick(frame, xOf(value), grouped(value));
  for (let percent = 0; percent <= 100; percent += 25) yTick(frame, yOf(percent), `${percent} %`);
  const places = lines.map(({points}) => points.map(([x, share]) => [xOf(x), yOf(100 * share)]));
  const nodes = drawLines(places, lines.map((line, i) => "t" + (i % 6)));
  nodes.forEach((node, i) => {
    for (const [cx, cy] of places[i]) node.append(shape("circle", {cx, cy, r: 2.5}));
  });
  frame.append(shape("g", {}, ...nodes));
  const explored = lines.map(({name, points}, i) => {
    const [executions, share] = points[points.length - 1];
    return {node: nodes[i], item: listItem("t" + (i % 6), name),
            words: `${name}: ${(100 * share).toFixed(1)} % after ${grouped(executions)} executions`};
  });
  return figure("Search progress", frame,
                "The longest searches. The tree is known only as far as races have been met: a share may " +
                "fall when more of it comes to light.", explored);
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
