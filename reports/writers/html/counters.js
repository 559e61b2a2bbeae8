// Counters along the steps, as step functions: time runs downwards with the rows, the value to the right.
"use strict";

const COUNTER_PLOT = 32;
const COUNTER_ZERO = 20;
const SANE_MAX = 1000000;  // what is larger has wrapped round below 0

function drawCounters(finding, layout) {
  const group = shape("g", {class: "counters"});
  layout.columns.forEach(({counter, left}) => group.append(drawCounter(finding, layout, counter, left)));
  return group;
}

function scaleOf(counter, left) {
  const values = counter.changes.map(([, value]) => Number(value)).filter((value) => value < SANE_MAX);
  const top = Math.max(2, ...values);
  return (value) => left + COUNTER_ZERO + (Math.min(Number(value), top + 1) / (top + 1)) * COUNTER_PLOT;
}

function valueText(value) {
  return Number(value) < SANE_MAX ? String(value) : "<0";
}

function drawCounter(finding, layout, counter, left) {
  const xOf = scaleOf(counter, left);
  const group = shape("g", {class: "counter"});
  group.append(shape("line", {class: "zero-line", x1: xOf(0), x2: xOf(0), y1: 0, y2: layout.height}));
  const texts = [];
  let path = "";
  let before = null;
  layout.rows.forEach((index, row) => {
    if (index < 0 || !isAlive(counter, index)) {
      if (index >= 0 && before !== null && counter.until >= 0) {
        path += `V${row * ROW + ROW / 2}`;
        texts.push(shape("text", {class: "freed", x: xOf(before) - 4, y: row * ROW + 17}, "✕ freed"));
        before = null;
      }
      return;
    }
    const value = valueAt(counter.changes, index);
    const earlier = before === null ? valueAt(counter.changes, index - 1) : before;
    const middle = row * ROW + ROW / 2;
    if (before === null) path += `M${xOf(earlier === null ? value : earlier)} ${row * ROW}`;
    if (earlier !== null && value !== earlier) {
      path += `V${middle}H${xOf(value)}`;
      texts.push(...changeMarks(xOf(value), middle, earlier, value));
    } else if (before === null) {
      texts.push(shape("text", {class: "value", x: xOf(value) + 7, y: middle + 4}, valueText(value)));
    }
    path += `V${(row + 1) * ROW}`;
    before = value;
  });
  group.append(shape("path", {class: "track " + counter.role, d: path}), ...texts);
  return group;
}

// Reaching 0 is the end of a life; leaving it again is what must not be.
function changeMarks(x, y, earlier, value) {
  const wrapped = Number(value) >= SANE_MAX;
  const raised = Number(earlier) === 0 && !wrapped;
  const alarming = wrapped || raised;
  const words = alarming ? `${valueText(earlier)}→${valueText(value)}` : valueText(value);
  // To the side where the line is not.
  const falls = Number(value) < Number(earlier) && !alarming;
  const kind = alarming ? " alarming" : Number(value) === 0 ? " zero" : "";
  const marks = [shape("text", {class: "value" + kind, x: falls ? x - 7 : x + 7, y: y + 4,
                                "text-anchor": falls ? "end" : "start"}, words)];
  if (Number(value) === 0 || alarming) {
    marks.unshift(shape("circle", {class: "event" + (alarming ? " alarming" : ""), cx: x, cy: y, r: 4}));
  }
  return marks;
}
