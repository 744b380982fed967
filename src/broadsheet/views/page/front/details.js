/**
 * @file The chosen row with every cell: what the cell means, what gave it, what a curator changed, who refers to
 * it.
 */

/** @returns {HTMLElement} */
function detailsPanel() {
  return h("aside", { id: "bs-details", "aria-label": "The chosen row", tabindex: "-1", hidden: true });
}

/** Shows the chosen row, or nothing. */
function showDetails() {
  const panel = document.getElementById("bs-details");
  panel.hidden = !state.row;
  document.body.classList.toggle("with-details", !panel.hidden);
  if (!state.row) return panel.replaceChildren();
  const ref = state.row;
  const table = TABLES.get(ref.table);
  const key = h("code", { text: table.key(ref.row) });
  const kicker = h("p", { class: "kicker" }, swatch(ref.table), shown(table.schema.title), key);
  const close = button("×", closeDetails, { class: "close", "aria-label": "Close the row (Escape)" });
  panel.replaceChildren(
    ...(state.place.length > 1 ? [placeList(ref)] : []),
    h(
      "header",
      {},
      h("div", {}, kicker, h("h2", { text: label(ref) })),
      h("div", { class: "acts" }, ...rowActs(ref), close),
    ),
    ...notices(table, ref.row),
    whyNode(ref),
    cellList(ref),
    ...links(ref),
  );
  panel.scrollTop = 0;
}

/** Lets go of the row; the focus goes back to where it came from. */
function closeDetails() {
  const [from, ref] = [state.from, state.row];
  choose(null);
  if (from === "passage") setCurrent(pane.current, true);
  else if (ref) {
    const row = document.querySelector(`#panel-${ref.table} tr[data-row="${ref.row}"] button.go`);
    (row ?? document.getElementById(`tab-${state.tab}`))?.focus();
  }
}

/** @param {Ref} chosen @returns {HTMLElement} All rows where the reader clicked. */
function placeList(chosen) {
  const chips_ = state.place.map((ref) => {
    return button("", () => choose(ref, { place: state.place, from: "place" }), {
      class: "here",
      "aria-pressed": String(same(ref, chosen)),
    });
  });
  chips_.forEach((one, at) => {
    const ref = state.place[at];
    one.append(swatch(ref.table), h("b", {}, briefTitle(ref.table)), " ", h("span", { text: short(label(ref), 44) }));
  });
  const title = `${counted(state.place.length, "row")} at this place`;
  const named = { class: "places-here", "aria-label": title };
  return h("nav", named, h("p", { class: "kicker" }, title), h("div", {}, ...chips_));
}

/** @param {Ref} ref @returns {HTMLElement[]} */
function rowActs(ref) {
  const acts = [];
  if (placesOf(ref).length) acts.push(button("In the article", () => toPassage(ref), { class: "to-article" }));
  acts.push(button("In the table", () => toTable(ref), { class: "to-table" }));
  return acts;
}

/** @param {Ref} ref */
function toPassage(ref) {
  change({ pane: "article" });
  markRow(ref, true);
  setCurrent(pane.current, true);
}

/** @param {Ref} ref */
function toTable(ref) {
  change({ pane: "tables", tab: ref.table, from: "link" });
  revealRow();
}

/**
 * @param {Table} table
 * @param {number} row
 * @returns {HTMLElement[]} What is wrong with the row, and what was done to it.
 */
function notices(table, row) {
  const made = problemsOf(table, row).map((why) => {
    return h("p", { class: "notice bad" }, h("b", {}, "No valid span: "), h("span", { text: why }));
  });
  for (const one of correctionsOf(table, row)) {
    const done = one.action === "add" ? "Added by a curator" : "Curated";
    const changed = Object.entries(one.was ?? {}).map(([column, value]) => `${column} was ${asText(value) || "empty"}`);
    const was = changed.length ? h("i", { text: ` ${changed.join("; ")}.` }) : null;
    made.push(
      h("p", { class: "notice curation" }, h("b", {}, `✎ ${done}: `), h("span", { text: one.reason }), was),
    );
  }
  if (!made.some((one) => one.matches(".curation")) && ["corrected", "added"].includes(table.cell(row, "origin"))) {
    const words = table.cell(row, "origin") === "added" ? "A curator added this row." : "A curator corrected this row.";
    made.push(h("p", { class: "notice curation" }, "✎ ", words));
  }
  return made;
}

/** @param {Ref} ref @returns {HTMLElement} */
function cellList(ref) {
  const table = TABLES.get(ref.table);
  const evidence = evidenceFor(ref);
  const corrections = correctionsOf(table, ref.row);
  const cells = columnOrder(table).map((name) => {
    const schema = columnSchema(table, name);
    const node = cellNode(table, ref.row, name);
    const value = h("dd", { class: node === "" ? "null" : "", "data-column": name }, node);
    const spans = evidence[name] ?? [];
    if (spans.length) value.append(" ", citeButton(schema.title, spans));
    const curated = curatedCell(corrections, name);
    if (curated) value.append(h("p", { class: "curated-note", text: curated }));
    const term = h("dt", {}, h("span", { text: schema.title }));
    return h("div", {}, term, value, h("dd", { class: "meaning" }, prose(schema.description)));
  });
  return h("dl", { class: "cells" }, ...cells);
}

/** @param {string} title @param {Array<[number, number]>} spans @returns {HTMLElement} Shows what gave a cell. */
function citeButton(title, spans) {
  const show = () => {
    change({ pane: "article" });
    markSpans(spans, "cited");
    const first = textElement().querySelector(".cited");
    if (first) intoView(first, document.getElementById("bs-scroll"));
  };
  const words = spans.length === 1 ? "evidence" : `evidence (${spans.length})`;
  const made = button(words, show, { class: "cite", "aria-label": `Show in the article what gave ${title}` });
  for (const kind of ["pointerenter", "focus"]) made.addEventListener(kind, () => markSpans(spans, "cited"));
  for (const kind of ["pointerleave", "blur"]) made.addEventListener(kind, () => markSpans([], "cited"));
  return made;
}

/** @param {Ref} ref @returns {HTMLElement[]} Rows of other tables that refer to this one. */
function links(ref) {
  const found = referring(ref).filter(({ column }) => column !== "article_id");
  if (!found.length) return [];
  const items = found.map(({ title, table, column, rows }) => {
    const show = () => {
      const key = TABLES.get(ref.table).key(ref.row);
      change({ tab: table, only: null, pane: "tables", from: "link" });
      grids.get(table).setFilter({ column, is: key });
    };
    if (rows.length === 1) {
      const one = { table, row: rows[0] };
      const words = [swatch(table), h("b", {}, briefTitle(table)), " ", h("span", { text: label(one) })];
      return h("li", {}, h("a", { href: addressOf(one) }, ...words));
    }
    return h("li", {}, button(`${counted(rows.length, "row")} of ${briefTitle(table)}, by ${title}`, show));
  });
  return [h("h3", {}, "Referred to by"), h("ul", { class: "referring" }, ...items)];
}
