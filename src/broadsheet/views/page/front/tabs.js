/** @file The tabs of tables and pictures, after the pattern of ARIA: arrows move between them. */

/** @type {Map<string, Grid>} */
const grids = new Map();
const stale = new Set();

/** @returns {HTMLElement[]} The strip and the panels; pictures first. */
function tabNodes() {
  const names = [...(PAYLOAD.pictures.length ? ["pictures"] : []), ...TABLES.keys()];
  const list = h("div", { id: "bs-tabs", role: "tablist", "aria-label": "Tables and pictures" });
  const panels = names.map((name) => {
    list.append(tabNode(name));
    const said = { id: `panel-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}` };
    return h("div", { ...said, class: "panel", hidden: true });
  });
  list.addEventListener("keydown", (event) => tabKey(event, names));
  return [list, h("div", { id: "bs-panels" }, ...panels)];
}

/** @param {string} name @returns {HTMLElement} */
function tabNode(name) {
  const title = name === "pictures" ? "Pictures" : briefTitle(name);
  const inside = name === "pictures" ? [title] : [swatch(name), title, " ", h("small", {})];
  return h(
    "button",
    {
      type: "button",
      id: `tab-${name}`,
      role: "tab",
      "aria-controls": `panel-${name}`,
      "aria-selected": "false",
      tabindex: "-1",
      on: { click: () => change({ tab: name, from: "tab" }) },
    },
    ...inside,
  );
}

/** @param {KeyboardEvent} event @param {string[]} names */
function tabKey(event, names) {
  const at = names.indexOf(event.target.closest("[role=tab]")?.id.slice("tab-".length));
  const goes = { ArrowRight: at + 1, ArrowLeft: at - 1 + names.length, Home: 0, End: names.length - 1 };
  if (!(event.key in goes)) return;
  event.preventDefault();
  const name = names[goes[event.key] % names.length];
  change({ tab: name, from: "tab" });
  document.getElementById(`tab-${name}`).focus();
}

/** Shows the chosen tab; a table is made when it is first looked at, and drawn again when its rows have changed. */
function showTab() {
  for (const tab of document.querySelectorAll("#bs-tabs [role=tab]")) {
    const chosen = tab.id === `tab-${state.tab}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) keepInStrip(tab);
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (state.tab === "pictures") return drawPictures();
  const table = TABLES.get(state.tab);
  if (!table) return;
  if (!grids.has(table.name)) {
    grids.set(table.name, new Grid(table, document.getElementById(`panel-${table.name}`)));
    stale.delete(table.name);
  } else if (stale.delete(table.name)) grids.get(table.name).data.draw();
}

/** @param {HTMLElement} tab Brings it into the strip of tabs without moving the page. */
function keepInStrip(tab) {
  const strip = tab.parentElement;
  const [from, to] = [tab.offsetLeft - strip.offsetLeft, tab.offsetLeft - strip.offsetLeft + tab.offsetWidth];
  if (from < strip.scrollLeft) strip.scrollLeft = from - 24;
  else if (to > strip.scrollLeft + strip.clientWidth) strip.scrollLeft = to - strip.clientWidth + 24;
}

/** Marks all tables as to be drawn again, and tells in each tab how many rows it has. */
function refreshTables() {
  const article = scopeArticle();
  for (const table of TABLES.values()) {
    stale.add(table.name);
    const count = inScope(table, article).length;
    document.querySelector(`#tab-${table.name} small`)?.replaceChildren(count.toLocaleString("en"));
  }
}

/** Turns the chosen row's table to it. */
function revealRow() {
  if (state.row && state.tab === state.row.table) grids.get(state.tab)?.reveal(state.row.row);
}
