/** @file The article's pane where the article is not at hand: where in it each row stands, without the words. */

/** @param {string} id @param {Span[]} spans @returns {DocumentFragment} */
function offsetNodes(id, spans) {
  const head = articleHead(id);
  const length = Math.max(head?.n_characters ?? 0, ...spans.slice(-1).map((span) => span.end), 1);
  const fragment = document.createDocumentFragment();
  if (!head) {
    fragment.append(h("p", { class: "no-source" }, "The package has no article."));
    return fragment;
  }
  if (head.title) fragment.append(h("h2", { text: head.title }));
  fragment.append(
    h(
      "p",
      { class: "no-source" },
      h("strong", {}, "The article’s text is not in this page."),
      ` It was made without the source, so that rows are shown by where they stand among the article’s ` +
        `${length.toLocaleString("en")} characters. Give the article with `,
      h("code", {}, "--source"),
      " to read it here.",
    ),
  );
  const list = h("ol", { class: "places" });
  spans.forEach((span, at) => {
    pane.segments.push({ start: span.start, end: span.end, spans: [span] });
    pane.passages.push(at);
    const node = placeNode(span, length);
    node.dataset.at = String(at);
    pane.nodes.set(at, node);
    list.append(h("li", { class: `in-${LANES[span.lane].name}` }, node));
  });
  fragment.append(list);
  return fragment;
}

/** @param {Span} span @param {number} length @returns {HTMLElement} */
function placeNode(span, length) {
  const bar = h("span", { class: `bar bar-${LANES[span.lane].name}`, "aria-hidden": "true" }, h("i", {}));
  bar.firstChild.style.marginInlineStart = `${Math.min((100 * span.start) / length, 99)}%`;
  bar.firstChild.style.width = `${Math.max((100 * (span.end - span.start)) / length, 0.6)}%`;
  const title = briefTitle(span.ref.table);
  const node = h(
    "button",
    { type: "button", class: "place", tabindex: "-1" },
    h("span", { class: "where" }, `${span.start}–${span.end}`),
    swatch(span.ref.table),
    h("span", { class: "what" }, h("b", {}, title), " ", h("span", { text: short(label(span.ref), 110) })),
    bar,
  );
  return node;
}

/** @param {Ref | null} ref Marks the row in the list. */
function markOffsets(ref) {
  for (const node of textElement().querySelectorAll(".picked, .backed")) node.classList.remove("picked", "backed");
  if (!ref) return;
  const wanted = placesOf(ref).map(String);
  for (const [at, node] of pane.nodes) {
    const span = pane.spans[at];
    const named = ref.table === "actors" && wanted.includes(String([span.start, span.end]));
    if (named || same(span.ref, ref)) node.classList.add("picked");
  }
}
