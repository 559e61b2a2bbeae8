// Where things stand in a timeline: a row a step, time downwards; a lane a thread; then words and counters.
"use strict";

const ROW = 26;
const HEAD = 42;
const GUTTER = 76;
const LETTER = 7.3;  // the width of a letter of the words
const COUNTER = 94;
const LANE_MIN = 44;
const LANE_LAST = 30;  // and so much more after the last lane, for its calls' names
const WORDS_MAX = 58;
const SETUP = -1;
const TEARDOWN = -2;
const SCROLLBAR = 22;  // beside a timeline, and its borders

function threadName(thread) {
  if (thread === SETUP) return "setup";
  return thread === TEARDOWN ? "teardown" : "T" + (thread + 1);
}

function threadClass(thread) {
  return thread < 0 ? "t-none" : "t" + (thread % 6);
}

function clipped(text, letters) {
  return text.length <= letters ? text : text.slice(0, letters - 1) + "…";
}

// Setup has many steps that say little, and so has teardown when nothing went wrong there.
function isShown(finding, index, withSetup) {
  const thread = finding.steps[index].thread;
  if (thread >= 0 || withSetup) return true;
  if (index === finding.failing || index === finding.partner) return true;
  const ends = [finding.failing, finding.partner].filter((i) => i >= 0);
  return thread === TEARDOWN && ends.some((i) => finding.steps[i].thread === TEARDOWN);
}

// Two steps of one thread do not race; a leak has them, where the object was made and where it was lost.
function isOneThread(finding) {
  return finding.steps[finding.failing].thread === finding.steps[finding.partner].thread;
}

// `room` is the width there is.
function layoutOf(finding, withSetup, room) {
  const layout = {rows: [], rowOf: new Map(), gapRow: -1, lanes: [], columns: []};
  finding.steps.forEach((step, index) => {
    if (finding.left_out && index === finding.left_out.before) {
      layout.gapRow = layout.rows.length;
      layout.rows.push(-1);
    }
    if (!isShown(finding, index, withSetup)) return;
    layout.rowOf.set(index, layout.rows.length);
    layout.rows.push(index);
  });
  const has = (thread) => layout.rows.some((i) => i >= 0 && finding.steps[i].thread === thread);
  if (has(SETUP)) layout.lanes.push(SETUP);
  for (let t = 0; t < finding.threads; ++t) layout.lanes.push(t);
  if (has(TEARDOWN)) layout.lanes.push(TEARDOWN);

  const longest = Math.max(14, ...layout.rows.map((i) => (i < 0 ? 0 : finding.steps[i].words.length)));
  const words = Math.min(longest, WORDS_MAX) * LETTER + 18;
  const plotted = finding.counters.filter((counter) => counter.plotted);
  const left = (room - GUTTER - LANE_LAST - words - plotted.length * COUNTER) / layout.lanes.length;
  layout.laneWidth = Math.max(LANE_MIN, Math.min(layout.lanes.length > 4 ? 72 : 88, left));
  layout.wordsAt = GUTTER + layout.lanes.length * layout.laneWidth + (layout.laneWidth < 72 ? LANE_LAST : 6);
  const countersAt = layout.wordsAt + words;
  layout.columns = plotted.map((counter, i) => ({counter, left: countersAt + i * COUNTER}));
  layout.needed = Math.ceil(countersAt + layout.columns.length * COUNTER);
  layout.width = Math.max(Math.floor(room), layout.needed);
  layout.height = layout.rows.length * ROW;
  return layout;
}

function middleOf(layout, index) {
  return layout.rowOf.get(index) * ROW + ROW / 2;
}

function laneMiddle(layout, thread) {
  return GUTTER + layout.lanes.indexOf(thread) * layout.laneWidth + 18;
}

function pointOf(layout, finding, index) {
  return {x: laneMiddle(layout, finding.steps[index].thread), y: middleOf(layout, index)};
}

// Whether step `other` is known to be past at step `index`, in the memory model: it happens before it.
function isKnown(finding, other, index) {
  if (other === index) return true;
  const step = finding.steps[index];
  const from = finding.steps[other].thread;
  if (other > index) return false;
  if (from === step.thread || from === SETUP || step.thread === TEARDOWN) return true;
  return step.thread >= 0 && from >= 0 && other <= step.knows[from];
}

// The steps at which another thread goes on than before.
function switchesOf(finding, rows) {
  const found = [];
  let previous = null;
  for (const index of rows) {
    if (index < 0 || finding.steps[index].thread < 0) continue;
    const thread = finding.steps[index].thread;
    if (previous !== null && thread !== previous) found.push(index);
    previous = thread;
  }
  return found;
}

// The value that a list of `[step, value]` has at a step.
function valueAt(changes, index) {
  let value = null;
  for (const [step, next] of changes) {
    if (step > index) break;
    value = next;
  }
  return value;
}

function isAlive(counter, index) {
  return index >= counter.from && (counter.until < 0 || index < counter.until);
}
