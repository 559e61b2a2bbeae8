// The curves between two steps, and the labels of the two that matter: where no label covers a dot.
"use strict";

const LABEL = 14;  // the height of a label: it fits between the dots of two rows
const PAIR_RADIUS = 7;
const DOT_RADIUS = 4.5;

function isPaired(finding, index) {
  return index === finding.failing || index === finding.partner;
}

// A curve that leaves one lane and enters the other sideways; `at(t)` is a point of it.
function sideways(from, to) {
  const sign = to.x >= from.x ? 1 : -1;
  const reach = Math.min(46, Math.abs(to.x - from.x) / 2 + 8) * sign;
  const [x1, x2] = [from.x + 6 * sign, to.x - 9 * sign];
  const at = (t) => {
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    return {x: a * x1 + b * (x1 + reach) + c * (x2 - reach) + d * x2, y: (a + b) * from.y + (c + d) * to.y};
  };
  return {d: `M${x1} ${from.y}C${x1 + reach} ${from.y} ${x2 - reach} ${to.y} ${x2} ${to.y}`, sign, x2, at};
}

// The parameter at which a curve that goes down, or up, all the way has this height.
function atHeight(curve, y) {
  let [low, high] = [0, 1];
  const down = curve.at(1).y >= curve.at(0).y;
  for (let i = 0; i < 24; ++i) {
    const middle = (low + high) / 2;
    if ((curve.at(middle).y < y) === down) low = middle;
    else high = middle;
  }
  return curve.at((low + high) / 2);
}

function coversDot(layout, finding, box) {
  const line = Math.round(box.y / ROW);
  return [layout.rows[line - 1], layout.rows[line]].some((index) => {
    if (!(index >= 0)) return false;
    const dot = pointOf(layout, finding, index);
    const reach = (isPaired(finding, index) ? PAIR_RADIUS : DOT_RADIUS) + 1.3;  // with half of its stroke
    return Math.abs(dot.x - box.x) < box.width / 2 + reach && Math.abs(dot.y - box.y) < LABEL / 2 + reach;
  });
}

// On the line between two rows, as near to `share` of the curve as there is room. Null: there is none, and
// the words above the timeline must do.
function placeOfLabel(layout, finding, curve, rows, share, width, taken) {
  const wanted = curve.at(share);
  const [least, most] = [GUTTER - 8 + width / 2, layout.wordsAt - 4 - width / 2];
  let best = null;
  for (let line = Math.min(...rows) + 1; line <= Math.max(...rows); ++line) {
    const y = line * ROW;
    const on = atHeight(curve, y);
    for (let aside = -width; aside <= width; aside += 4) {
      const box = {x: Math.min(most, Math.max(least, on.x + aside)), y, width};
      const far = Math.abs(y - wanted.y) + 2 * Math.abs(box.x - on.x);
      if (best !== null && far >= best.far) continue;
      const meets = taken.some((other) => other.y === y &&
        Math.abs(other.x - box.x) < (other.width + width) / 2);
      if (!meets && !coversDot(layout, finding, box)) best = {...box, far};
    }
  }
  return best;
}

function drawJoin(finding, layout, [first, second], name, words, share, taken) {
  if (!layout.rowOf.has(first) || !layout.rowOf.has(second)) return null;
  const curve = sideways(pointOf(layout, finding, first), pointOf(layout, finding, second));
  const width = words.length * 6.2 + 10;
  const rows = [first, second].map((index) => layout.rowOf.get(index));
  const group = shape("g", {class: "join " + name}, shape("path", {d: curve.d}));
  const place = placeOfLabel(layout, finding, curve, rows, share, width, taken);
  if (place === null) return group;
  taken.push(place);
  group.append(shape("rect", {x: place.x - width / 2, y: place.y - LABEL / 2, width, height: LABEL, rx: 7}),
               shape("text", {x: place.x, y: place.y + 3.5, "text-anchor": "middle"}, words));
  return group;
}

function drawPair(finding, layout) {
  const group = shape("g");
  const {partner, failing, critical} = finding;
  const taken = [];
  const same = critical && [partner, failing].every((i) => critical.includes(i));
  const words = finding.ordered ? "ordered" : "unordered";
  const pair = partner >= 0 && failing >= 0 && !isOneThread(finding) &&
    drawJoin(finding, layout, [partner, failing], "pair", words, 0.5, taken);
  const swap = critical && !same && drawJoin(finding, layout, critical, "critical", "⇄ swap", 0.35, taken);
  if (swap) group.append(swap);
  if (pair) group.append(pair);
  return group;
}
