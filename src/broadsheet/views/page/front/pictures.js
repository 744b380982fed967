/** @file The pictures: drawn when they come into view, in the colours of the page; a click on a mark shows its rows. */

const SVG_AT_MOST = 4000;
const WALK = "arrows move between marks, Enter shows the rows";
let pictureData = null;
const drawnFor = new Map();
const pictureViews = new Map();

/** @param {PackedTable} packed @returns {object[]} One object a row, numbers as numbers. */
function records(packed) {
  const columns = Object.entries(packed.columns).map(([name, column]) => {
    return [name, Array.isArray(column) ? (row) => column[row] : (row) => column.values[column.at[row]]];
  });
  const record = (row) => Object.fromEntries(columns.map(([name, get]) => [name, get(row)]));
  return Array.from({ length: packed.n }, (_, row) => record(row));
}

/** Makes the frames of the pictures once; each is drawn when it is near. */
function drawPictures() {
  const panel = document.getElementById("panel-pictures");
  if (!panel.firstChild) {
    for (const picture of PAYLOAD.pictures) panel.append(pictureFrame(picture));
    const near = new IntersectionObserver(
      (entries) => entries.forEach((entry) => entry.isIntersecting && drawPicture(entry.target.dataset.name)),
      { root: panel, rootMargin: "300px" },
    );
    for (const frame of panel.children) near.observe(frame);
  }
  for (const frame of panel.children) {
    const [box, view] = [frame.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (box.top < view.bottom + 300 && box.bottom > view.top - 300) drawPicture(frame.dataset.name);
  }
}

/** @param {object} picture @returns {HTMLElement} */
function pictureFrame(picture) {
  const title = TABLES.get(picture.table)?.schema.title ?? picture.table;
  const showAll = () => change({ tab: picture.table, only: null, from: "link" });
  return h(
    "figure",
    { "data-name": picture.name, id: `picture-${picture.name}` },
    h("figcaption", {}, h("h2", { text: picture.title }), h("p", { text: picture.about })),
    h("div", { class: "drawing", tabindex: "0", role: "group", "aria-label": `${picture.title}: ${WALK}` }),
    h("p", { class: "picture-acts" }, button(`All rows in ${title}`, showAll)),
  );
}

/** @param {string} name Draws the picture, unless it stands as it should. */
async function drawPicture(name) {
  const key = `${scopeArticle() ?? "all"} ${isDark()}`;
  if (drawnFor.get(name) === key) return;
  drawnFor.set(name, key);
  pictureData ??= unpack("pictures");
  const sets = (await pictureData)?.[name] ?? {};
  if (drawnFor.get(name) !== key) return;
  const picture = PAYLOAD.pictures.find((one) => one.name === name);
  const article = scopeArticle();
  let data = {};
  for (const [set, packed] of Object.entries(sets)) {
    const rows = records(packed);
    data[set] = article && "article_id" in packed.columns ? rows.filter((row) => row.article_id === article) : rows;
  }
  const all = data;
  if (picture.placing) data = await placed(picture.placing, data);
  if (drawnFor.get(name) !== key) return;
  const element = document.querySelector(`#picture-${CSS.escape(name)} .drawing`);
  pictureViews.get(name)?.finalize();
  const count = Object.values(data).reduce((sum, rows) => sum + rows.length, 0);
  if (!count) return element.replaceChildren(h("p", { class: "soft nothing" }, "Nothing to draw here."));
  const spec = structuredClone(isDark() ? picture.dark : picture.spec);
  spec.datasets = data;
  spec.background = "transparent";
  const result = await window.vegaEmbed(element, spec, {
    mode: "vega-lite",
    ast: true,
    actions: false,
    renderer: count > SVG_AT_MOST ? "canvas" : "svg",
    tooltip: { theme: isDark() ? "dark" : "light" },
    logLevel: 1,
  });
  pictureViews.set(name, result);
  result.view.addEventListener("click", (_, item) => item && answer(picture, item.datum, all));
  walkMarks(element, picture, all);
  const unnamed = 'g[role="graphics-symbol"]:not([aria-label])';
  for (const group of element.querySelectorAll(unnamed)) group.removeAttribute("role");
}

/**
 * @param {object} picture
 * @param {object | undefined} datum Of the clicked mark.
 * @param {object} data Shows its rows.
 */
function answer(picture, datum, data) {
  if (!datum) return;
  const found = picture.placing && "source" in datum ? linkRows(datum, data.links) : markRows(picture, datum);
  if (!found || !found.rows.size) return;
  const only = { picture: picture.title, table: found.table, rows: found.rows };
  if (found.rows.size === 1) change({ only });
  else change({ only, row: null, place: [] });
  change({ tab: found.table, pane: "tables", from: "picture" });
  const first = [...found.rows][0];
  if (found.rows.size === 1) choose({ table: found.table, row: first }, { from: "picture" });
  say(`${counted(found.rows.size, "row")} from the picture ${picture.title}`);
}

/** @param {object} picture @param {object} datum @returns {{table: string, rows: Set<number>} | null} */
function markRows(picture, datum) {
  const table = TABLES.get(picture.table);
  const asked = Object.entries(picture.answers).filter(([field]) => datum[field] !== undefined);
  if (!table || !asked.length) return null;
  const tests = asked.map(([field, column]) => {
    const wanted = asText(datum[field]);
    const { values, at } = table.columns.get(column).codes();
    const passes = values.map((value) => value === wanted || sameNumber(table, column, value, wanted));
    return (row) => passes[at[row]];
  });
  const rows = Array.from(inScope(table, scopeArticle())).filter((row) => tests.every((one) => one(row)));
  return { table: table.name, rows: new Set(rows) };
}

/** @param {Table} table @param {string} column @param {string} value @param {string} wanted @returns {boolean} */
function sameNumber(table, column, value, wanted) {
  return value !== "" && wanted !== "" && isNumeric(table, column) && Number(value) === Number(wanted);
}

/**
 * @param {object} datum A line of the network.
 * @param {object[]} links
 * @returns {{table: string, rows: Set<number>} | null}
 */
function linkRows(datum, links) {
  const fields = ["source", "target", "kind", "mutual"].filter((field) => datum[field] !== undefined);
  const own = links.filter((link) => fields.every((field) => link[field] === datum[field]));
  const table = TABLES.get(own[0]?.table);
  if (!table) return null;
  return { table: table.name, rows: new Set(own.map((link) => table.find(link.key)).filter((row) => row >= 0)) };
}

/** Lets the arrows walk over the marks of a drawing and Enter ask for their rows. */
function walkMarks(element, picture, data) {
  let current = null;
  const marks = () => [...element.querySelectorAll("svg *")].filter((node) => {
    const datum = node.__data__?.datum;
    return datum && node.getAttribute("aria-roledescription") && datumAnswers(picture, datum);
  });
  const light = (node) => {
    current?.classList.remove("walked");
    current = node;
    current?.classList.add("walked");
    if (node) say(node.getAttribute("aria-label") ?? "");
  };
  element.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = marks();
      if (all.length) light(all[(all.indexOf(current) + step + all.length) % all.length]);
    } else if (event.key === "Enter" && current) answer(picture, current.__data__.datum, data);
    else return;
    event.preventDefault();
  };
  element.onblur = () => light(null);
}

/** @param {object} picture @param {object} datum @returns {boolean} Whether a mark stands for rows. */
function datumAnswers(picture, datum) {
  if (picture.placing && "source" in datum) return true;
  return Object.keys(picture.answers).some((field) => datum[field] !== undefined);
}

/** Draws again what is in view, after the article or the colours have changed. */
function refreshPictures() {
  if (state.tab === "pictures") drawPictures();
}
