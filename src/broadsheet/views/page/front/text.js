/** @file The article with every span marked; passages lead to rows, and rows to passages. */

const lanesOff = new Set();

/**
 * What is in the article's pane.
 * @type {{id: string, segments: Segment[], nodes: Map<number, HTMLElement>, evidence: Evidence, spans: Span[],
 *   source: boolean, passages: number[], current: number}}
 */
let pane = emptyPane("");
let paneTurn = 0;

/** @param {string} id @returns {typeof pane} */
function emptyPane(id) {
  const [nodes, evidence] = [new Map(), new Map()];
  return { id, segments: [], nodes, evidence, spans: [], source: false, passages: [], current: -1 };
}

/** @returns {HTMLElement} */
function textElement() {
  return document.getElementById("bs-text");
}

/** @param {string} id Shows an article in its pane. @returns {Promise<boolean>} Whether it is still the one wanted. */
async function showArticle(id) {
  const turn = (paneTurn += 1);
  const pack = await articlePack(id);
  if (turn !== paneTurn) return false;
  const evidence = evidenceOf(pack.evidence);
  const spans = spansOf(id);
  pane = { ...emptyPane(id), evidence, spans, source: pack.text !== null };
  const element = textElement();
  element.classList.toggle("offsets", !pane.source);
  if (pane.source) element.replaceChildren(articleNodes(pack.text, evidence, articleHead(id)));
  else element.replaceChildren(offsetNodes(id, spans));
  refreshLanes();
  setCurrent(pane.passages[0] ?? -1, false);
  document.getElementById("bs-scroll").scrollTop = 0;
  return true;
}

/** Places the lanes anew and tells in the legend how many rows each table has here. */
function refreshLanes() {
  placeLanes(textElement(), new Set(pane.spans.map((span) => span.lane)), lanesOff);
  textElement().dataset.off = [...lanesOff].map((at) => LANES[at].name).join(" ");
  for (const lane of LANES) {
    const rows = pane.spans.filter((span) => span.ref.table === lane.tables[0]).length;
    document.querySelector(`#bs-legend [data-lane="${lane.name}"] small`)?.replaceChildren(rows.toLocaleString("en"));
  }
}

/** @param {string} text @param {Evidence} evidence @param {ArticleHead} head @returns {DocumentFragment} */
function articleNodes(text, evidence, head) {
  const units = unitsOf(text);
  const cuts = evidenceCuts(evidence);
  let points = 0;
  let unit = 0;
  const lines = text.split("\n").map((line) => {
    const start = points;
    points += /[\ud800-\udbff]/.test(line) ? [...line].length : line.length;
    const end = points++;
    cuts.push(start, end);
    unit += line.length + 1;
    return { start, end };
  });
  pane.segments = segmentsOf(pane.spans, cuts, points - 1);
  const fragment = document.createDocumentFragment();
  let at = 0;
  lines.forEach(({ start, end }, number) => {
    if (start === end) return;
    const titled = number === 0 && head?.title && text.slice(0, units(end)) === head.title;
    const block = document.createElement(titled ? "h2" : "p");
    while (at < pane.segments.length && pane.segments[at].end <= start) at += 1;
    for (; at < pane.segments.length && pane.segments[at].end <= end; at += 1) {
      block.append(segmentNode(at, text, units));
    }
    fragment.append(block);
  });
  return fragment;
}

/** @param {number} at @param {string} text @param {(point: number) => number} units @returns {Node} */
function segmentNode(at, text, units) {
  const segment = pane.segments[at];
  const words = shown(text.slice(units(segment.start), units(segment.end)));
  const node = document.createElement("span");
  node.append(words);
  pane.nodes.set(at, node);
  if (!segment.spans.length) return node;
  node.className = `seg ${laneClass(segment)}`;
  node.dataset.at = String(at);
  if (!node.textContent.trim()) return node; // a blank between two passages is no stop of its own
  node.setAttribute("role", "button");
  node.tabIndex = -1;
  pane.passages.push(at);
  return node;
}

/** @param {number} at @returns {Ref[]} The rows at a passage whose tables are switched on, the shortest span first. */
function rowsAt(at) {
  const spans = (pane.segments[at]?.spans ?? []).filter((span) => !lanesOff.has(span.lane));
  const own = spans.toSorted((one, other) => one.end - one.start - (other.end - other.start) || other.lane - one.lane);
  return own.map((span) => span.ref);
}

/** @param {number} at The passage that Tab leads to. @param {boolean} focus */
function setCurrent(at, focus) {
  const before = pane.nodes.get(pane.current);
  if (before) before.tabIndex = -1;
  pane.current = at;
  const node = pane.nodes.get(at);
  if (!node) return;
  node.tabIndex = 0;
  if (focus) node.focus({ preventScroll: false });
}

/** @param {number} step Goes to the next passage whose tables are switched on. */
function moveCurrent(step) {
  let place = pane.passages.indexOf(pane.current);
  do place += Math.sign(step);
  while (pane.passages[place] !== undefined && !rowsAt(pane.passages[place]).length);
  if (pane.passages[place] !== undefined) setCurrent(pane.passages[place], true);
}

/** @param {KeyboardEvent} event */
function articleKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const at = Number(event.target.closest?.("[data-at]")?.dataset.at ?? -1);
  if (at < 0) return;
  const ends = { Home: pane.passages[0], End: pane.passages.at(-1) };
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (event.key === "Enter" || event.key === " ") openPassage(at);
  else if (event.key in steps) moveCurrent(steps[event.key]);
  else if (event.key in ends) setCurrent(ends[event.key], true);
  else return;
  event.preventDefault();
}

/** @param {number} at Shows the rows at a passage, the first of them chosen. */
function openPassage(at) {
  const refs = rowsAt(at);
  if (!refs.length) return;
  setCurrent(at, false);
  choose(refs[0], { place: refs, from: "passage" });
}

/** @param {Array<[number, number]>} spans @param {string} name Marks these characters, and no others, with a class. */
function markSpans(spans, name) {
  for (const node of textElement().querySelectorAll(`.${name}`)) node.classList.remove(name);
  for (const [start, end] of spans) {
    const [from, to] = segmentsIn(pane.segments, start, end);
    for (let at = from; at < to; at += 1) pane.nodes.get(at)?.classList.add(name);
  }
}

/**
 * @param {Ref} ref
 * @returns {Array<[number, number]>} Where the row stands in the open article; of an actor, its mentions.
 */
function placesOf(ref) {
  const table = TABLES.get(ref.table);
  const span = table.span(ref.row);
  if (span) return table.article(ref.row) === pane.id ? [span] : [];
  if (ref.table !== "actors") return [];
  const key = table.key(ref.row);
  const mentions = TABLES.get("mentions");
  const rows = mentions?.index("actor_id").get(key) ?? [];
  return rows.filter((row) => mentions.article(row) === pane.id).map((row) => mentions.span(row)).filter(Boolean);
}

/**
 * @param {Ref | null} ref Marks a row's passage and what gave its cells.
 * @param {boolean} scroll Brings it into view.
 */
function markRow(ref, scroll) {
  if (pane.source) {
    markSpans(ref ? placesOf(ref) : [], "picked");
    const backed = ref ? Object.values(evidenceFor(ref)).flat() : [];
    markSpans(backed, "backed");
    textElement().classList.toggle("unbacked", !backed.length);
  } else markOffsets(ref);
  const target = textElement().querySelector(".picked");
  if (!target) return;
  if (target.dataset.at) setCurrent(Number(target.dataset.at), false);
  if (scroll) intoView(target, document.getElementById("bs-scroll"));
}

/** @param {Ref} ref @returns {Record<string, Array<[number, number]>>} Column to the characters that gave its cell. */
function evidenceFor(ref) {
  const key = TABLES.get(ref.table).key(ref.row);
  return Object.fromEntries(pane.evidence.get(key) ?? []);
}

/** @param {HTMLElement} element @param {HTMLElement} within Scrolls what scrolls, and the page where that is needed. */
function intoView(element, within) {
  const [own, frame] = [element.getBoundingClientRect(), within.getBoundingClientRect()];
  const bottom = Math.min(frame.bottom, innerHeight) - 24;
  if (own.top >= Math.max(frame.top, 0) + 24 && own.bottom <= bottom) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "instant" : "auto" });
}
