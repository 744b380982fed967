/** @file How a cell looks: names instead of keys, links along foreign keys, numbers to be read. */

/** What is said first, where it is not what the schema has first. */
const EARLY = {
  actors: ["name"],
  articles: ["title"],
  countries: ["name"],
  event_participants: ["actor_id", "role"],
  events: ["type", "summary", "date_start", "status"],
  financial_figures: ["amount_text", "kind", "payer_id", "payee_id"],
  quotes: ["speaker_id", "text", "cue"],
  tariffs: ["imposer_code", "target_code", "product", "rate_percent", "action", "status", "effective_on"],
};
const GROUPED = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** @param {Table} table @param {number} row @param {string} column @returns {Node | string} */
function cellNode(table, row, column) {
  const value = table.cell(row, column);
  if (value === "") return "";
  const link = table.schema.links[column];
  if (link && column !== "article_id") return linkNode(link[0], value);
  if (column === "article_id" && link) return linkNode("articles", value, 36);
  if (isNumeric(table, column) && !column.startsWith("char_")) return numberNode(value);
  return shown(value);
}

/**
 * @param {string} target
 * @param {string} key
 * @param {number} [most]
 * @returns {Node} A link to the row of another table.
 */
function linkNode(target, key, most = 48) {
  const ref = findRow(key, target);
  if (!ref) return h("span", { class: "broken", title: `No row ${key} in ${target}`, text: key });
  return h("a", { href: addressOf(ref), title: key, text: short(label(ref), most) });
}

/** @param {string} value @returns {Node | string} */
function numberNode(value) {
  const number = Number(value);
  if (!Number.isFinite(number) || Math.abs(number) < 10000 || Math.abs(number) > 2 ** 53) return shown(value);
  return h("span", { title: value }, GROUPED.format(number));
}

/** @param {Table} table @returns {string[]} Columns as they are shown: what is said first, keys and offsets last. */
function columnOrder(table) {
  const late = ["article_id", "origin", "char_start", "char_end", ...table.schema.key];
  const names = table.schema.columns.map((column) => column.name);
  const early = (EARLY[table.name] ?? []).filter((name) => names.includes(name));
  const middle = names.filter((name) => !early.includes(name) && !late.includes(name));
  const end = late.filter((name) => names.includes(name) && !early.includes(name));
  return [...early, ...middle, ...new Set(end)];
}

/**
 * @param {Table} table
 * @param {string} column
 * @returns {boolean} Whether it is shown unless a reader asks otherwise.
 */
function isShown(table, column) {
  if (column === "article_id") return PAYLOAD.articles.length > 1;
  if (column === "text_sha256") return false;
  return table.n === 0 || table.columns.get(column).codes().values.some((value) => value !== "");
}

/** @param {Table} table @param {string} column @returns {string} The class of the column's cells. */
function columnClass(table, column) {
  if (isNumeric(table, column)) return "num";
  if (table.schema.key.includes(column) && !table.schema.links[column]) return "key";
  const longest = table.columns.get(column).codes().values.slice(0, 500).reduce((most, value) => {
    return Math.max(most, table.schema.links[column] ? 12 : value.length);
  }, 0);
  return longest > 60 ? "text wide" : longest > 22 ? "text" : "text brief";
}
