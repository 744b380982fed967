/** @file Why the cells of the chosen row have their values: the rules, opened with one click. */

/** Whether the reader has opened the reasons; they then stay open from row to row. */
let whyIsOpen = false;

/** @type {{id: string, rows: Promise<Map<string, Array<[string, string]>>>}} The reasons of the open article. */
let whys = { id: "", rows: Promise.resolve(new Map()) };

/** @param {string} id @returns {Promise<Map<string, Array<[string, string]>>>} Table and key to column and sentences. */
function reasonsOf(id) {
  if (whys.id !== id) whys = { id, rows: readReasons(id) };
  return whys.rows;
}

async function readReasons(id) {
  const packed = await unpack(`why-${PAYLOAD.articles.findIndex((article) => article.id === id)}`);
  const found = new Map();
  if (!packed) return found;
  const columns = ["table", "row", "column", "says"].map((name) => new Column(packed.columns[name], packed.n));
  for (let at = 0; at < packed.n; at += 1) {
    const [table, key, column, says] = columns.map((one) => one.get(at));
    const name = `${table} ${key}`;
    if (!found.has(name)) found.set(name, []);
    found.get(name).push([column, says]);
  }
  return found;
}

/** @param {Ref} ref @returns {HTMLElement} The reasons, which are read when they are opened. */
function whyNode(ref) {
  const table = TABLES.get(ref.table);
  const body = h("div", { class: "reasons" });
  const made = h("details", { class: "why" }, h("summary", {}, "Why this row?"), body);
  const fill = async () => {
    const rows = await reasonsOf(table.article(ref.row) || pane.id);
    body.replaceChildren(reasonList(table, ref.row, rows.get(`${ref.table} ${table.key(ref.row)}`) ?? []));
  };
  made.addEventListener("toggle", () => {
    whyIsOpen = made.open;
    if (made.open && !body.firstChild) void fill();
  });
  made.open = whyIsOpen;
  return made;
}

/** @param {Table} table @param {number} row @param {Array<[string, string]>} found @returns {HTMLElement} */
function reasonList(table, row, found) {
  if (!found.length) {
    const command = `broadsheet explain ${table.key(row)} --package PACKAGE --source ARTICLE`;
    return h("p", {}, "The rules are not part of this page. This command shows them: ", h("code", { text: command }));
  }
  const items = found.map(([column, says]) => {
    const lines = says.split("\n").map((line) => {
      const depth = line.length - line.trimStart().length;
      return h("p", { class: depth ? "under" : "", text: line.trimStart() });
    });
    return h("div", {}, h("dt", { text: columnSchema(table, column).title }), h("dd", {}, ...lines));
  });
  return h("dl", {}, ...items);
}
