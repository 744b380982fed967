/**
 * @file The underlines: a lane for each table, told apart by place, colour and pattern. Each combination of lanes that
 * occurs is a class; turning a table off moves the others up without touching the text.
 */

const PITCH = 3;
const laneSheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, laneSheet];
const laneClasses = new Map();

/** @param {Segment} segment @returns {string} The class that draws its lines; "" where there are none. */
function laneClass(segment) {
  if (!segment.spans.length) return "";
  let [lines, starts] = [0, 0];
  for (const span of segment.spans) {
    lines |= 1 << span.lane;
    if (span.start === segment.start) starts |= 1 << span.lane;
  }
  const name = `k${lines}-${starts}`;
  if (!laneClasses.has(name)) {
    laneClasses.set(name, true);
    laneSheet.insertRule(`#bs-text .${name} { ${drawing(lines, starts)} }`, laneSheet.cssRules.length);
  }
  return name;
}

/** @param {number} lines @param {number} starts Lanes as bits. @returns {string} Declarations of CSS. */
function drawing(lines, starts) {
  const [images, sizes, places, repeats] = [[], [], [], []];
  LANES.forEach((lane, at) => {
    if (starts & (1 << at)) {
      images.push(`var(--tick-${lane.name})`);
      sizes.push("2px 5px");
      places.push(`0 calc(100% - var(--y-${lane.name}) + 1.5px)`);
      repeats.push("no-repeat");
    }
    if (lines & (1 << at)) {
      images.push(`var(--line-${lane.name})`);
      sizes.push(`var(--size-${lane.name})`);
      places.push(`0 calc(100% - var(--y-${lane.name}))`);
      repeats.push("repeat-x");
    }
  });
  return [
    `background-image: ${images.join(", ")}`,
    `background-size: ${sizes.join(", ")}`,
    `background-position: ${places.join(", ")}`,
    `background-repeat: ${repeats.join(", ")}`,
  ].join("; ");
}

/**
 * Gives each lane that is used and switched on its place.
 * @param {HTMLElement} element The article.
 * @param {Set<number>} used
 * @param {Set<number>} off
 */
function placeLanes(element, used, off) {
  const live = LANES.map((_, at) => at).filter((at) => used.has(at) && !off.has(at));
  LANES.forEach((lane, at) => {
    const place = live.indexOf(at);
    element.style.setProperty(`--y-${lane.name}`, `${(live.length - 1 - Math.max(place, 0)) * PITCH + 0.5}px`);
    for (const part of ["line", "tick"]) {
      const name = `--${part}-${lane.name}`;
      if (place < 0) element.style.setProperty(name, "none");
      else element.style.removeProperty(name);
    }
  });
  element.style.setProperty("--depth", `${live.length * PITCH + 1}px`);
}

/** @param {string} table @returns {HTMLElement} A piece of the table's underline, for legends and lists. */
function swatch(table) {
  const lane = LANES[LANE_OF.get(table) ?? -1];
  return h("span", { class: lane ? `swatch swatch-${lane.name}` : "swatch", "aria-hidden": "true" });
}

/** @param {() => void} changed @param {Set<number>} off @returns {HTMLElement} The legend; its boxes switch lanes. */
function legend(changed, off) {
  const boxes = LANES.map((lane, at) => {
    const box = h("input", { type: "checkbox" });
    box.checked = !off.has(at);
    box.addEventListener("change", () => {
      if (box.checked) off.delete(at);
      else off.add(at);
      changed();
    });
    const inside = [box, swatch(lane.tables[0]), lane.title, h("small", {})];
    return h("label", { class: "lane", "data-lane": lane.name }, ...inside);
  });
  const title = h("legend", { class: "out-of-sight" }, "Underlined in the article");
  return h("fieldset", { id: "bs-legend" }, title, ...boxes);
}
