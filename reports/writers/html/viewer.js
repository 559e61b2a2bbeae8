// A finding to step through: the timeline, the slider, the keys, and the panel that tells of the step.
"use strict";

class Viewer {
  constructor(page, finding, place) {
    this.page = page;
    this.finding = finding;
    this.withSetup = false;
    this.selected = finding.failing >= 0 ? finding.failing : finding.steps.length - 1;
    this.scroller = element("div", {class: "scroller", tabindex: "0", role: "region",
                                    "aria-label": "Timeline; the arrow keys step through it"});
    this.panel = element("section", {class: "panel", "aria-label": "The selected step"});
    this.live = element("p", {class: "heard", "aria-live": "polite"});
    this.prints = element("div", {class: "print-timeline"});
    this.slider = element("input", {type: "range", min: 0, step: 1, "aria-label": "Step"});
    this.overview = shape("svg", {class: "overview", preserveAspectRatio: "none", "aria-hidden": "true"});
    this.position = element("output", {class: "position"});
    this.slider.addEventListener("input", () => this.select(this.layout.rows[Number(this.slider.value)]));
    this.scroller.addEventListener("click", (event) => this.clicked(event));
    this.stage = element("div", {class: "stage"}, this.scroller, this.panel);
    place.append(...storyOf(finding), this.controls(), legend(finding), this.prints, this.stage, this.live);
    this.article = place.closest(".finding");
    this.article.addEventListener("keydown", (event) => this.key(event));
    this.draw();
    let waiting = 0;
    window.addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.resized(), 150);
    });
  }

  controls() {
    const setup = element("input", {type: "checkbox"});
    setup.addEventListener("change", () => {
      this.withSetup = setup.checked;
      this.draw();
    });
    const move = (words, label, to) => button(words, label, () => this.select(to()));
    const buttons = element("div", {class: "buttons", role: "group", "aria-label": "Step"},
      move("|◂", "First step (Home)", () => this.first()),
      move("◂ switch", "Previous switch of thread (p)", () => this.nextSwitch(-1)),
      move("◂", "Previous step (← or k)", () => this.next(-1)),
      move("▸", "Next step (→ or j)", () => this.next(1)),
      move("switch ▸", "Next switch of thread (n)", () => this.nextSwitch(1)),
      move("▸|", "Last step (End)", () => this.last()));
    if (this.finding.failing >= 0) {
      buttons.append(move("✗ failing step", "Failing step (f)", () => this.finding.failing));
    }
    const hasSetup = this.finding.steps.some((step) => step.thread === SETUP);
    return element("div", {class: "steps-controls"},
      buttons, this.position,
      hasSetup ? element("label", {}, setup, " setup steps") : null,
      element("div", {class: "slide"}, this.overview, this.slider));
  }

  draw() {
    // The timeline takes what it can use; the rest is the panel's.
    const needed = layoutOf(this.finding, this.withSetup, Infinity).needed;
    this.stage.style.setProperty("--timeline", `${needed + SCROLLBAR}px`);
    this.layout = layoutOf(this.finding, this.withSetup, this.scroller.clientWidth - 4);
    if (this.layout.rows.length === 0) {
      this.withSetup = true;  // there is nothing else
      return this.draw();
    }
    this.drawing = drawTimeline(this.finding, this.layout);
    const heads = shape("svg", {class: "timeline sticky", width: this.layout.width, height: HEAD,
                                "aria-hidden": "true"}, drawHeads(this.finding, this.layout));
    this.scroller.replaceChildren(heads, this.drawing.svg);
    this.slider.max = String(this.layout.rows.length - 1);
    this.switches = switchesOf(this.finding, this.layout.rows);
    this.drawOverview();
    if (!this.layout.rowOf.has(this.selected)) this.selected = this.first();
    this.mark();
    this.showPair();
  }

  // Shut, or on paper, it has no width.
  resized() {
    if (this.scroller.clientWidth > 0) this.draw();
  }

  drawOverview() {
    const {rows, lanes} = this.layout;
    this.overview.setAttribute("viewBox", `0 0 ${rows.length} ${lanes.length * 5}`);
    this.overview.style.height = lanes.length * 5 + 4 + "px";
    this.overview.replaceChildren();
    rows.forEach((index, row) => {
      if (index < 0) return;
      if (index === this.finding.failing || index === this.finding.partner) {
        this.overview.append(
          shape("rect", {class: "racing", x: row, y: 0, width: 1, height: lanes.length * 5}));
      }
      const thread = this.finding.steps[index].thread;
      this.overview.append(shape("rect", {class: threadClass(thread), x: row, width: 1.02, height: 4,
                                          y: lanes.indexOf(thread) * 5 + 0.5}));
    });
  }

  first() {
    return this.layout.rows.find((index) => index >= 0);
  }
  last() {
    return this.layout.rows[this.layout.rows.length - 1];
  }
  next(by) {
    const {rows, rowOf} = this.layout;
    let row = rowOf.get(this.selected) + by;
    if (rows[row] === -1) row += by;
    return row in rows ? rows[row] : this.selected;
  }
  nextSwitch(by) {
    const there = by > 0 ? this.switches.find((index) => index > this.selected)
                         : [...this.switches].reverse().find((index) => index < this.selected);
    return there === undefined ? this.selected : there;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(".finding") !== this.article) return;  // of a finding within this one
    const onSlider = event.target === this.slider;
    const onHeading = event.target.parentElement.parentElement === this.article;
    const others = event.target.closest("pre, code, input[type=checkbox]") ||
      !event.target.closest(".viewer");
    const moves = {j: () => this.next(1), k: () => this.next(-1), n: () => this.nextSwitch(1),
                   p: () => this.nextSwitch(-1),
                   f: () => (this.finding.failing >= 0 ? this.finding.failing : this.selected)};
    // Up and down scroll from the heading, as they do elsewhere.
    if (onHeading) Object.assign(moves, {ArrowRight: moves.j, ArrowLeft: moves.k});
    // The slider knows these keys itself; elsewhere they scroll.
    if (!onSlider && !others) {
      Object.assign(moves, {ArrowRight: moves.j, ArrowDown: moves.j, ArrowLeft: moves.k, ArrowUp: moves.k,
                            Home: () => this.first(), End: () => this.last()});
    }
    if (!(event.key in moves)) return;
    event.preventDefault();
    this.select(moves[event.key]());
  }

  clicked(event) {
    const y = event.clientY - this.drawing.svg.getBoundingClientRect().top;
    const index = this.layout.rows[Math.floor(y / ROW)];
    if (y >= 0 && index >= 0) this.select(index);
  }

  select(index) {
    if (!(index >= 0)) index = this.next(1);
    // A step that is not drawn: setup's are drawn when they are asked for.
    if (!this.layout.rowOf.has(index)) return;
    this.selected = index;
    this.mark();
    this.reveal();
  }

  mark() {
    const {finding, selected} = this;
    for (const [index, band] of this.drawing.bands) {
      const state = index === selected ? "selected" : index > selected ? "future"
                    : isKnown(finding, index, selected) ? "known" : "unknown";
      band.setAttribute("data-state", state);
      this.drawing.dots.get(index).setAttribute("data-state", state);
    }
    for (const {from, to, node} of this.drawing.arrows) {
      node.classList.toggle("lit", from === selected || to === selected);
    }
    const words = announcement(finding, selected);
    this.slider.value = String(this.layout.rowOf.get(selected));
    this.slider.setAttribute("aria-valuetext", words);
    this.live.textContent = words;
    const row = this.layout.rowOf.get(selected) + 1;
    this.position.textContent = `${row} of ${this.layout.rows.length}`;
    this.panel.replaceChildren(...detailsOf(this.page, finding, selected, (index) => this.select(index)));
  }

  reveal() {
    const box = this.scroller;
    const top = this.layout.rowOf.get(this.selected) * ROW;
    const room = box.clientHeight - HEAD;
    const margin = Math.min(3 * ROW, room / 4);
    let to = box.scrollTop;
    if (top < to + margin) to = top - margin;
    if (top + ROW > to + room - margin) to = top + ROW - room + margin;
    if (Math.abs(to - box.scrollTop) < 1) return;
    box.scrollTo({top: to, behavior: motionIsWelcome() ? "smooth" : "auto"});
  }

  // Both racing steps if the box has room for them, else the one that fails.
  showPair() {
    const {failing, partner} = this.finding;
    const ends = [failing, partner].filter((index) => this.layout.rowOf.has(index));
    if (ends.length === 0) ends.push(this.selected);
    const room = this.scroller.clientHeight - HEAD;
    const rows = ends.map((index) => this.layout.rowOf.get(index));
    let [top, bottom] = [Math.min(...rows) * ROW, (Math.max(...rows) + 1) * ROW];
    if (bottom - top > room) [top, bottom] = [rows[0] * ROW, (rows[0] + 1) * ROW];
    this.scroller.scrollTop = (top + bottom - room) / 2;
  }

  // For paper the timeline is cut into pieces, between rows, each under the lanes' names.
  layOutForPrint() {
    const rowsEach = 26;
    const {width, rows} = this.layout;
    this.prints.replaceChildren();
    for (let from = 0; from < rows.length; from += rowsEach) {
      const height = Math.min(rowsEach, rows.length - from) * ROW;
      const piece = shape("svg", {y: HEAD, width, height, viewBox: `0 ${from * ROW} ${width} ${height}`},
                          shape("use", {href: "#" + this.drawing.id}));
      this.prints.append(shape("svg", {class: "timeline", viewBox: `0 0 ${width} ${HEAD + height}`,
                                       style: `max-width: ${width}px`},
                               drawHeads(this.finding, this.layout), piece));
    }
  }
}
