/**
 * @file What is looked at: the open article, whether tables and pictures show it alone, the tab, the row. The address
 * holds the row (`#row=quo_…`), so that a row can be linked to and the way back leads through the rows seen.
 */

/**
 * @typedef {{article: string, scope: "article" | "all", tab: string, row: Ref | null, place: Ref[], pane: string,
 *   only: {picture: string, table: string, rows: Set<number>} | null, from: string}} State `place`: all rows where the
 *   reader clicked; `only`: rows that a picture was asked for; `from`: where the last choice was made.
 */

/** @type {State} */
const state = {
  article: PAYLOAD.articles[0]?.id ?? "",
  scope: PAYLOAD.articles.length > 1 ? "all" : "article",
  tab: "",
  row: null,
  place: [],
  pane: "article",
  only: null,
  from: "",
};

/** @type {Array<(now: State, before: State) => void>} */
const watchers = [];

/** @param {(now: State, before: State) => void} watcher Called after each change. */
function watch(watcher) {
  watchers.push(watcher);
}

/** @param {Partial<State>} changes */
function change(changes) {
  const before = { ...state };
  Object.assign(state, changes);
  for (const watcher of watchers) watcher(state, before);
}

/** @returns {string | null} The article that tables and pictures show; null: all. */
function scopeArticle() {
  return state.scope === "article" ? state.article : null;
}

/**
 * Chooses a row: its article opens, its passage and its table come into view.
 * @param {Ref | null} ref
 * @param {{place?: Ref[], from?: string, push?: boolean, tab?: string}} [how]
 */
function choose(ref, how = {}) {
  if (!ref) {
    change({ row: null, place: [], from: how.from ?? "" });
    if (how.push !== false) remember("");
    return;
  }
  const table = TABLES.get(ref.table);
  const own = ref.table === "articles" ? table.key(ref.row) : table.article(ref.row);
  const article = articleHead(own) ? own : state.article;
  const only = state.only && state.only.table === ref.table && !state.only.rows.has(ref.row) ? null : state.only;
  change({ row: ref, place: how.place ?? [ref], article, only, tab: how.tab ?? ref.table, from: how.from ?? "link" });
  if (how.push !== false) remember(addressOf(ref));
}

/** @param {Ref} ref @returns {string} The part of the address that leads to the row. */
function addressOf(ref) {
  const key = TABLES.get(ref.table).key(ref.row);
  const first = findRow(key);
  const table = same(first, ref) ? "" : `&table=${encodeURIComponent(ref.table)}`;
  return `#row=${encodeURIComponent(key)}${table}`;
}

/** @param {string} address */
function remember(address) {
  if (address !== location.hash) history.pushState(null, "", address || location.pathname + location.search);
}

/** @param {string} id Opens an article and shows it alone. @param {boolean} [push] */
function openArticle(id, push = true) {
  if (!articleHead(id)) return;
  change({ article: id, scope: "article", row: null, place: [], only: null, from: "picker" });
  if (push) remember(`#article=${encodeURIComponent(id)}`);
}

/** @param {string | null} name @returns {boolean} */
function isTab(name) {
  return TABLES.has(name) || (name === "pictures" && PAYLOAD.pictures.length > 0);
}

/** @param {string} address Does what the address says. @returns {boolean} Whether it said anything. */
function follow(address) {
  const said = new URLSearchParams(address.replace(/^#/, "").replaceAll("+", "%2B"));
  const ref = said.has("row") ? findRow(said.get("row"), said.get("table") ?? undefined) : null;
  if (ref) choose(ref, { push: false, from: "address" });
  else if (said.has("article")) openArticle(said.get("article"), false);
  else if (isTab(said.get("tab"))) change({ tab: said.get("tab"), from: "address" });
  else return false;
  return true;
}

addEventListener("popstate", () => {
  if (!follow(location.hash)) choose(null, { push: false });
});
