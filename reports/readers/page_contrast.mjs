// For page_test.mjs; runs within the page.

// Of what can be read: its colour against the first ground behind it that is not transparent.
export function contrasts() {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => c / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const groundOf = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const ground = rgb(getComputedStyle(at).backgroundColor);
      if (ground[3] > 250) return ground;
    }
    return rgb("white");
  };
  const selectors = ["body", ".quiet", ".run", "td small", "td a", ".loud", ".kind", ".panel dt", ".chip",
                     ".panel code", ".badge", ".source .line-number", ".source .here", "figcaption",
                     ".series-name", ".position", "h5", "button", "footer", ".key", ".swatch-unexpected",
                     ".provenance dt", ".cell.unexpected a", ".broken .mark", ".chip.loud"];
  const list = selectors.flatMap((selector) => {
    const node = document.querySelector(selector);
    return node ? [[selector, ratio(rgb(getComputedStyle(node).color), groundOf(node))]] : [];
  });
  const fill = (node) => rgb(getComputedStyle(node).fill);
  const page = rgb(getComputedStyle(document.body).backgroundColor);
  const bands = ["known", "selected"].map(
    (state) => document.querySelector(`.scroller .band[data-state=${state}]:not(.racing)`));
  const grounds = [page, ...bands.filter(Boolean).map(fill)];
  for (const selector of [".word:not(.racing)", ".words .number", ".lane-head.t0", ".lane-head.t1",
                          ".plot .tick"]) {
    const node = document.querySelector(selector);
    const on = selector.startsWith(".word") ? grounds : [page];
    if (node) for (const ground of on) list.push([selector, ratio(fill(node), ground)]);
  }
  return list;
}
