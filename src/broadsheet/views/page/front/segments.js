/**
 * @file Cuts an article at all ends of spans. Spans count code points of the text, strings of JavaScript count UTF-16
 * units; all that is here counts code points until a text is sliced.
 */

/** The lanes of underlines below the text, from the nearest to the farthest. */
const LANES = [
  { name: "mentions", title: "Actors", tables: ["mentions"] },
  { name: "actor_roles", title: "Roles", tables: ["actor_roles"] },
  { name: "quotes", title: "Quotes", tables: ["quotes"] },
  { name: "events", title: "Events", tables: ["events", "event_participants"] },
  { name: "tariffs", title: "Tariffs", tables: ["tariffs"] },
  { name: "financial_figures", title: "Figures", tables: ["financial_figures"] },
];
const LANE_OF = new Map(LANES.flatMap((lane, at) => lane.tables.map((table) => [table, at])));

/**
 * @typedef {{start: number, end: number, ref: Ref, lane: number}} Span A row where it stands in the article.
 * @typedef {{start: number, end: number, spans: Span[]}} Segment Characters that belong to the same rows.
 */

/** @param {string} text @returns {(point: number) => number} From a number of code points to one of UTF-16 units. */
function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => Math.min(point, text.length);
  const units = new Uint32Array(text.length + 1);
  let points = 0;
  for (let at = 0; at < text.length; points += 1) {
    units[points] = at;
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  units[points] = text.length;
  return (point) => units[Math.min(point, points)];
}

/** @param {string} article @returns {Span[]} Every row of every table that stands in the article, in reading order. */
function spansOf(article) {
  const spans = [];
  for (const table of TABLES.values()) {
    const lane = LANE_OF.get(table.name);
    if (!table.schema.spans || lane === undefined) continue;
    for (const row of table.index("article_id").get(article) ?? []) {
      const span = table.span(row);
      if (span) spans.push({ start: span[0], end: span[1], ref: { table: table.name, row }, lane });
    }
  }
  return spans.sort((one, other) => one.start - other.start || other.end - one.end || one.lane - other.lane);
}

/**
 * @param {Span[]} spans In reading order.
 * @param {number[]} cuts More places to cut at: paragraphs, and where evidence begins and ends.
 * @param {number} length Of the text.
 * @returns {Segment[]} The whole text, in order and without gaps.
 */
function segmentsOf(spans, cuts, length) {
  const edges = new Set([0, length]);
  for (const span of spans) edges.add(Math.min(span.start, length)).add(Math.min(span.end, length));
  for (const cut of cuts) if (cut >= 0 && cut <= length) edges.add(cut);
  const places = [...edges].sort((one, other) => one - other);
  const segments = [];
  let active = [];
  let next = 0;
  for (let at = 0; at + 1 < places.length; at += 1) {
    const [start, end] = [places[at], places[at + 1]];
    if (active.length) active = active.filter((span) => span.end > start);
    while (next < spans.length && spans[next].start <= start) active.push(spans[next++]);
    segments.push({ start, end, spans: active.slice() });
  }
  return segments;
}

/**
 * @param {Segment[]} segments
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]} Segments in between.
 */
function segmentsIn(segments, start, end) {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle].end <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < segments.length && segments[last].start < end) last += 1;
  return [low, last];
}
