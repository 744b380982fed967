/**
 * @file The head of the page: verdict, citation, files, what the page is made with; and what is wrong, first of
 * all.
 */

const LISTED_AT_MOST = 400;
const KEYS = [
  ["/", "search the table"],
  ["Tab", "to the next part"],
  ["← → ↑ ↓", "passages, rows, tabs, marks of a picture"],
  ["Enter", "open"],
  ["Esc", "close"],
];

/** Puts the tools into the head that is there already. */
function dressHead() {
  const head = document.getElementById("bs-head");
  const said = PAYLOAD.head;
  const checksum = head.querySelector(".bs-checksum");
  const take = (event) => copy(said.checksum, event.currentTarget);
  checksum?.append(" ", button("Copy", take, { "aria-label": "Copy the checksum" }));
  head.append(
    h(
      "nav",
      { class: "bs-tools", "aria-label": "About this dataset" },
      sheet("Checks", ringsSheet),
      said.citation ? sheet("Cite", citeSheet) : null,
      sheet("Save", filesSheet),
      sheet("About", aboutSheet),
      themeButton(),
    ),
  );
}

/** @param {string[]} names @param {Array<Array<string | number | Node>>} rows @returns {HTMLElement} */
function plainTable(names, rows) {
  return h(
    "table",
    { class: "plain" },
    h("thead", {}, h("tr", {}, ...names.map((name) => h("th", { scope: "col", text: name })))),
    h("tbody", {}, ...rows.map((cells) => h("tr", {}, ...cells.map((cell) => {
      const inside = cell instanceof Node ? cell : shown(String(cell));
      return h("td", { class: typeof cell === "number" ? "num" : "" }, inside);
    })))),
  );
}

/** @param {HTMLElement} body */
function ringsSheet(body) {
  body.append(h("p", { class: { valid: "good", invalid: "bad" }[PAYLOAD.head.tone] ?? "odd", text: PAYLOAD.head.verdict }));
  const rows = PAYLOAD.head.levels.map(({ level, name, checks, failed, remark }) => [level, name, checks, failed, remark]);
  body.append(plainTable(["Level", "What is checked", "Checks", "Failed", "Remark"], rows));
  if (PAYLOAD.failures.length) body.append(h("h2", {}, "What failed"), failureList(PAYLOAD.failures));
}

/** @param {HTMLElement} body */
function citeSheet(body) {
  for (const [title, text] of [["Citation", PAYLOAD.head.citation], ["BibTeX", PAYLOAD.head.bibtex]]) {
    if (!text) continue;
    body.append(
      h("h2", {}, title),
      h("pre", { tabindex: "0", text }),
      button(`Copy ${title}`, (event) => copy(text, event.currentTarget)),
    );
  }
}

/** @param {HTMLElement} body */
function filesSheet(body) {
  body.append(h("p", {}, "Each table as CSV, byte for byte the package’s own file."));
  const item = (name, count, text) => {
    const words = count === null ? `${name}.csv` : `${name}.csv, ${counted(count, "row")}`;
    return h("li", {}, button(words, async () => saveFile(`${name}.csv`, await text())));
  };
  const tables = [...TABLES.values()].map((table) => item(table.name, table.n, () => tableCsv(table)));
  body.append(h("ul", { class: "files" }, ...tables, item("evidence", null, evidenceCsv)));
}

/** @param {HTMLElement} body */
function aboutSheet(body) {
  const said = PAYLOAD.head;
  const withText = PAYLOAD.articles.filter((article) => article.source).length;
  const facts = [
    ["Version", said.version],
    ["Created", said.created],
    ["Licence of the data", said.licence],
    ["Extractor", said.extractor],
    ["Language model", said.model],
    ["Articles", `${PAYLOAD.articles.length} (${withText} with text)`],
  ];
  const libraries = PAYLOAD.libraries.map((one) => [one.name, one.version, one.licence, one.holder]);
  const list = facts.filter(([, text]) => text).flatMap(([name, text]) => [h("dt", {}, name), h("dd", { text })]);
  body.append(
    h("h2", {}, "The data"),
    h("dl", { class: "facts" }, ...list),
    h("h2", {}, "Keys"),
    h("dl", { class: "facts" }, ...KEYS.flatMap(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)])),
    h("h2", {}, "Made with"),
    plainTable(["Library", "Version", "Licence", "Holder"], libraries),
  );
  for (const [name, text] of Object.entries(PAYLOAD.licences ?? {})) {
    body.append(h("details", {}, h("summary", { text: `Text of ${name}` }), h("pre", { tabindex: "0", text })));
  }
}

/** @param {object[]} failures @returns {HTMLElement} */
function failureList(failures) {
  const items = failures.slice(0, LISTED_AT_MOST).map((one) => {
    const place = [one.table, one.column].filter(Boolean).join(".");
    const code = place ? h("code", { text: place }) : null;
    const row = rowLink(one.table, one.key, one.row);
    return h("li", { class: one.severity }, row, " ", code, " ", h("span", { text: one.message }));
  });
  return listed(items, failures.length + (PAYLOAD.more_failures ?? 0));
}

/**
 * @param {string} table
 * @param {string} key
 * @param {number | undefined} row
 * @returns {Node} A link to a row, where it is there.
 */
function rowLink(table, key, row) {
  const of = TABLES.get(table);
  const at = of && (Number.isInteger(row) && row < of.n ? row : key ? of.find(key) : -1);
  const words = key || of?.schema.title || "The package";
  if (!of || at < 0) return h("b", { text: words });
  const ref = { table, row: at };
  const act = (event) => {
    event.preventDefault();
    choose(ref, { from: "problem" });
  };
  return h("a", { href: addressOf(ref), text: words, on: { click: act } });
}

/** @param {HTMLElement[]} items @param {number} total @returns {HTMLElement} */
function listed(items, total) {
  const rest = total - items.length;
  const more = rest > 0 ? h("li", { class: "soft" }, `and ${rest.toLocaleString("en")} more`) : null;
  return h("ul", { class: "listed" }, ...items, more);
}

/** @param {object} one A row without a valid span. @returns {HTMLElement} */
function problemItem(one) {
  const where = (one.span ?? []).map((end) => asText(end) || "?").join("–");
  const words = h("span", { text: `${where ? `(${where}) ` : ""}${one.why}` });
  const title = h("b", { text: briefTitle(one.table) });
  return h("li", {}, swatch(one.table), title, " ", rowLink(one.table, one.key, one.row), " ", words);
}

/** Shows first, and loudly, the rows without a valid span and what failed. */
function showProblems() {
  const problems = PAYLOAD.problems ?? [];
  const failures = (PAYLOAD.failures ?? []).filter((one) => one.severity === "error");
  if (!problems.length && !failures.length && PAYLOAD.head.valid) return;
  const section = h("section", { id: "bs-problems", "aria-label": "What is wrong with this dataset" });
  if (problems.length) {
    const list = listed(problems.slice(0, LISTED_AT_MOST).map(problemItem), problems.length);
    const title = `${counted(problems.length, "row")} without a valid span`;
    section.append(h("h2", {}, title), scrolled(list, "Rows without a valid span"));
  }
  if (failures.length) {
    const count = failures.length + (PAYLOAD.more_failures ?? 0);
    const title = `${counted(count, "failure")} of validation`;
    section.append(h("h2", {}, title), scrolled(failureList(failures), "Failures of validation"));
  }
  if (!section.firstChild) section.append(h("h2", { text: PAYLOAD.head.verdict }));
  document.getElementById("bs-head").after(section);
}

/** @param {HTMLElement} list @param {string} title @returns {HTMLElement} A list that scrolls, by keys too. */
function scrolled(list, title) {
  return h("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": title }, list);
}
