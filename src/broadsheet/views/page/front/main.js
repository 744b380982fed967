/** @file Puts the page together and lets its parts follow what is looked at. */

/** From where a choice turns a narrow screen to the article. */
const TO_ARTICLE = ["table", "link", "problem", "address"];

/** Builds around the article, which is there before any script runs. */
function build() {
  const main = document.getElementById("bs-main");
  const article = document.getElementById("bs-article");
  const app = document.getElementById("bs-app");
  article.prepend(legend(refreshLanes, lanesOff));
  const scroll = h("div", { id: "bs-scroll" });
  article.append(scroll);
  scroll.append(textElement());
  app.append(...tabNodes(), detailsPanel());
  const picker = PAYLOAD.articles.length > 1 ? pickerNode() : null;
  main.before(h("nav", { id: "bs-bar", "aria-label": "Article and panes" }, paneSwitch(), picker));
  main.after(h("div", { id: "bs-print" }));
  document.body.append(h("div", { id: "bs-live", class: "out-of-sight", role: "status", "aria-live": "polite" }));
  textElement().addEventListener("click", (event) => {
    const node = event.target.closest("[data-at]");
    if (node && !String(getSelection()).trim()) openPassage(Number(node.dataset.at));
  });
  textElement().addEventListener("keydown", articleKey);
  listenForHover(textElement());
  listenForPrint();
  addEventListener("keydown", pageKey);
}

/** @returns {HTMLElement} On narrow screens: which of the two panes is seen. */
function paneSwitch() {
  const made = h("div", { id: "bs-switch", class: "choice", role: "group", "aria-label": "Pane" });
  for (const [name, words] of [["article", "Article"], ["tables", "Tables"]]) {
    made.append(button(words, () => change({ pane: name, from: "switch" }), { "data-pane-button": name }));
  }
  return made;
}

/** @param {KeyboardEvent} event Keys that hold everywhere. */
function pageKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (event.key === "Escape") {
    const pop = document.querySelector("details.pop[open]");
    if (pop) {
      pop.open = false;
      pop.querySelector("summary").focus();
    } else if (state.row) closeDetails();
  } else if (event.key === "/" && !typing) {
    event.preventDefault();
    change({ pane: "tables", tab: TABLES.has(state.tab) ? state.tab : [...TABLES.keys()][0] });
    document.querySelector(`#panel-${state.tab} input[type=search]`)?.focus();
  }
}

/** @param {State} now @param {State} before */
async function update(now, before) {
  document.body.dataset.pane = now.pane;
  for (const one of document.querySelectorAll("[data-pane-button]")) {
    one.setAttribute("aria-pressed", String(one.dataset.paneButton === now.pane));
  }
  const scoped = now.scope !== before.scope || (now.scope === "article" && now.article !== before.article);
  if (scoped) refreshTables();
  if (scoped || now.article !== before.article) showPicked();
  if (now.only !== before.only) for (const only of [now.only, before.only]) if (only) stale.add(only.table);
  if (scoped || now.tab !== before.tab || now.only !== before.only) showTab();
  if (scoped) refreshPictures();
  const chosen = !same(now.row, before.row) || now.place !== before.place;
  if (chosen) {
    for (const grid of grids.values()) grid.mark();
    if (now.row && now.from !== "table") revealRow();
  } else if (now.tab !== before.tab) revealRow();
  if (now.article !== pane.id && !(await showArticle(now.article))) return;
  if (!same(now.row, state.row)) return;
  if (chosen || now.article !== before.article) {
    if (now.row && TO_ARTICLE.includes(now.from) && placesOf(now.row).length) showPane("article");
    showDetails();
    if (now.row && now.tab === now.row.table) grids.get(now.tab)?.keepInView();
    markRow(now.row, now.from !== "passage" && now.from !== "place");
  }
}

/** @param {string} name On a narrow screen, turns to the pane; a wide one shows both. */
function showPane(name) {
  if (state.pane !== name) change({ pane: name });
}

/** Starts the page. */
async function start() {
  await loadTables();
  build();
  dressHead();
  showProblems();
  watch((now, before) => void update(now, before));
  refreshTables();
  showPicked();
  await showArticle(state.article);
  const first = [...TABLES.values()].find((table) => table.n) ?? [...TABLES.values()][0];
  if (!follow(location.hash)) change({ tab: first?.name ?? "", from: "start" });
  else if (!state.tab) change({ tab: first?.name ?? "" });
  document.documentElement.dataset.ready = "true";
}

await start();
