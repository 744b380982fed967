/** @file Which rows of a table are shown, and in what order: article, search, filters of columns, sorting. */

/**
 * @typedef {{column: string, is?: string, has?: string, from?: string, to?: string}} Filter One condition on a column:
 *   a value, a part of the text, or a range of numbers or dates.
 * @typedef {{search: string, filters: Filter[], order: Array<[string, "asc" | "desc"]>,
 *   only: Set<number> | null}} Query
 */

const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** @param {Table} table @param {string} column @returns {ColumnSchema | undefined} */
function columnSchema(table, column) {
  return table.schema.columns.find((one) => one.name === column);
}

/** @param {Table} table @param {string} column @returns {boolean} */
function isNumeric(table, column) {
  return ["integer", "number"].includes(columnSchema(table, column)?.type ?? "");
}

/**
 * @param {Table} table
 * @param {string} column
 * @param {string} value
 * @returns {string} The value as a reader sees it.
 */
function seen(table, column, value) {
  const link = table.schema.links[column];
  return value && link && ["actors", "countries"].includes(link[0]) ? nameOf(link[0], value) : value;
}

/**
 * @param {Table} table
 * @param {string} column
 * @returns {Float64Array} For each value its place in the order; Infinity: empty.
 */
function ranks(table, column) {
  const of = table.columns.get(column);
  if (!of.sorted) {
    const { values } = of.codes();
    const numeric = isNumeric(table, column);
    const words = numeric ? values.map(Number) : values.map((value) => seen(table, column, value));
    const places = [...values.keys()].filter((at) => values[at] !== "");
    places.sort((a, b) => (numeric ? words[a] - words[b] : COLLATOR.compare(words[a], words[b])));
    of.sorted = new Float64Array(values.length).fill(Infinity);
    places.forEach((value, place) => (of.sorted[value] = place));
  }
  return of.sorted;
}

/** @param {Table} table @param {Filter} filter @returns {(row: number) => boolean} */
function test(table, filter) {
  const { values, at } = table.columns.get(filter.column).codes();
  const numeric = isNumeric(table, filter.column);
  const has = filter.has?.toLocaleLowerCase("en");
  const passes = values.map((value) => {
    if (filter.is !== undefined) return value === filter.is;
    if (has !== undefined) {
      return `${value}\n${seen(table, filter.column, value)}`.toLocaleLowerCase("en").includes(has);
    }
    if (value === "") return false;
    const read = numeric ? Number : (text) => text;
    return (!filter.from || read(value) >= read(filter.from)) && (!filter.to || read(value) <= read(filter.to));
  });
  return (row) => passes[at[row]];
}

/** @param {Table} table @param {string} word @returns {(row: number) => boolean} Whether any cell has the word. */
function hasWord(table, word) {
  const sieves = [...table.columns].map(([name, column]) => {
    const { values, at } = column.codes();
    const passes = values.map((value) => {
      const name_ = seen(table, name, value);
      const text = name_ === value ? value : `${value}\n${name_}`;
      return text.toLocaleLowerCase("en").includes(word);
    });
    return passes.includes(true) ? { passes, at } : null;
  });
  const live = sieves.filter((sieve) => sieve !== null);
  return (row) => live.some(({ passes, at }) => passes[at[row]]);
}

/**
 * @param {Table} table
 * @param {ArrayLike<number>} within Rows to choose from.
 * @param {Query} query
 * @returns {number[]}
 */
function matching(table, within, query) {
  const tests = query.filters.map((filter) => test(table, filter));
  const words = query.search.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
  for (const word of words) tests.push(hasWord(table, word));
  if (query.only) tests.push((row) => query.only.has(row));
  const rows = tests.length ? Array.from(within).filter((row) => tests.every((one) => one(row))) : Array.from(within);
  return arranged(table, rows, query.order);
}

/** @param {Table} table @param {number[]} rows @param {Query["order"]} order @returns {number[]} */
function arranged(table, rows, order) {
  const keys = order.map(([column, way]) => {
    return { rank: ranks(table, column), at: table.columns.get(column).codes().at, sign: way === "desc" ? -1 : 1 };
  });
  if (!keys.length) return rows;
  return rows.sort((a, b) => {
    for (const { rank, at, sign } of keys) {
      const [one, other] = [rank[at[a]], rank[at[b]]];
      if (one === other) continue;
      if (one === Infinity) return 1; // what is empty comes last, both ways
      if (other === Infinity) return -1;
      return sign * (one - other);
    }
    return a - b;
  });
}

/**
 * @param {Table} table
 * @param {string | null} article Null: all.
 * @returns {ArrayLike<number>} Rows that belong to it.
 */
function inScope(table, article) {
  if (!article) return Array.from({ length: table.n }, (_, row) => row);
  if (table.columns.has("article_id")) return table.index("article_id").get(article) ?? [];
  return scopeOfShared(article).get(table.name) ?? [];
}

let lastShared = { article: "", rows: new Map() };

/**
 * @param {string} article
 * @returns {Map<string, number[]>} Rows of tables of all articles that one article refers to.
 */
function scopeOfShared(article) {
  if (lastShared.article === article) return lastShared.rows;
  const wanted = new Map();
  const follow = (table, rows) => {
    for (const [column, [target]] of Object.entries(table.schema.links)) {
      const of = TABLES.get(target);
      if (!of || of.columns.has("article_id")) continue;
      const keys = wanted.get(target) ?? new Set();
      for (const row of rows) keys.add(table.cell(row, column));
      wanted.set(target, keys);
    }
  };
  const rowsOf = (table) => {
    const rows = [...(wanted.get(table.name) ?? [])].map((key) => table.find(key)).filter((row) => row >= 0);
    return rows.sort((a, b) => a - b);
  };
  for (const table of TABLES.values()) {
    if (table.columns.has("article_id")) follow(table, table.index("article_id").get(article) ?? []);
  }
  const shared = [...TABLES.values()].filter((table) => !table.columns.has("article_id"));
  for (const table of shared) follow(table, rowsOf(table));
  lastShared = { article, rows: new Map(shared.map((table) => [table.name, rowsOf(table)])) };
  return lastShared.rows;
}
