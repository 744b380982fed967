/** @file On paper: all rows of the tables in view, as plain tables, for the time of printing. */

const PRINTED_AT_MOST = 3000;

/** Writes what is printed: the tables of the article or of all of them, with the columns and filters on the screen. */
function writePrinted() {
  const place = document.getElementById("bs-print");
  if (place.firstChild) return;
  for (const table of TABLES.values()) {
    const grid = grids.get(table.name);
    const rows = grid && !stale.has(table.name) ? grid.rows : inScope(table, scopeArticle());
    if (rows.length) place.append(printedTable(table, Array.from(rows), grid));
  }
}

/** @param {Table} table @param {number[]} rows @param {Grid | undefined} grid @returns {HTMLElement} */
function printedTable(table, rows, grid) {
  const names = columnOrder(table).filter((name) => {
    if (name === "article_id" && scopeArticle()) return false;
    if (!(grid ? grid.isVisible(name) : isShown(table, name))) return false;
    return rows.some((row) => table.cell(row, name) !== "");
  });
  const titles = names.map((name) => columnSchema(table, name).title);
  const body = h("tbody", {});
  for (const row of rows.slice(0, PRINTED_AT_MOST)) {
    const cells = names.map((name) => {
      const curated = curatedCell(correctionsOf(table, row), name);
      const target = table.schema.links[name]?.[0];
      const value = table.cell(row, name);
      const words = target && value ? nameOf(target, value) : value;
      return h("td", { class: columnClass(table, name), text: curated ? `${words || "–"} ✎` : words || "–" });
    });
    body.append(h("tr", {}, ...cells));
  }
  const more = rows.length - PRINTED_AT_MOST;
  return h(
    "section",
    {},
    h("h2", { text: `${table.schema.title} (${rows.length.toLocaleString("en")})` }),
    h("table", {}, h("thead", {}, h("tr", {}, ...titles.map((title) => h("th", { scope: "col", text: title })))), body),
    more > 0 ? h("p", {}, `${counted(more, "more row")}: save the table to have them all.`) : null,
  );
}

/** Makes the page ready for paper when the browser asks for it, and takes the paper away after. */
function listenForPrint() {
  const paper = matchMedia("print");
  const clear = () => document.getElementById("bs-print").replaceChildren();
  addEventListener("beforeprint", writePrinted);
  addEventListener("afterprint", clear);
  paper.addEventListener("change", () => (paper.matches ? writePrinted() : clear()));
}
