// What both plots are drawn with: axes, ticks, and lines of which none hides another.
"use strict";

const PLOT = {width: 760, height: 400, left: 70, right: 34, top: 16, bottom: 48};
const DASH = 9;

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

function pathOf(points) {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

// Which of the lines go through the same stretch: by its ends, in whole pixels.
function ownersOfStretches(lines) {
  const owners = new Map();
  lines.forEach((points, line) => {
    for (let i = 1; i < points.length; ++i) {
      const key = stretchKey(points, i);
      owners.set(key, [...(owners.get(key) || []), line]);
    }
  });
  return owners;
}
const stretchKey = (points, i) => [...points[i - 1], ...points[i]].map(Math.round).join(" ");

// A line in pieces: where lines lie upon each other each is dashed in turn, so that all are seen.
function strokesOf(points, line, owners) {
  const pieces = [];
  for (let i = 1; i < points.length; ++i) {
    const sharers = owners.get(stretchKey(points, i));
    const before = pieces[pieces.length - 1];
    if (before && String(before.sharers) === String(sharers)) before.points.push(points[i]);
    else pieces.push({sharers, points: [points[i - 1], points[i]]});
  }
  return pieces.map((piece) => {
    const path = shape("path", {class: "stroke", d: pathOf(piece.points)});
    const count = piece.sharers.length;
    if (count > 1) {
      path.setAttribute("stroke-dasharray", `${DASH} ${DASH * (count - 1)}`);
      path.setAttribute("stroke-dashoffset", String(-DASH * piece.sharers.indexOf(line)));
    }
    return path;
  });
}

// A group for each line, in their order; `names` are classes.
function drawLines(lines, names) {
  const owners = ownersOfStretches(lines);
  return lines.map((points, i) => shape("g", {class: "series " + names[i]}, ...strokesOf(points, i, owners),
                                        shape("path", {class: "reach", d: pathOf(points)})));
}
