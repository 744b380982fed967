/** @file The tables, column by column, with the look-ups that the page needs: by key, by article, along a link. */

/** The order in which tables are offered, by what readers ask for first. */
const ORDER = ["quotes", "events", "tariffs", "financial_figures", "actors", "actor_roles", "event_participants"];
const LAST = ["mentions", "articles", "countries"];

/** Titles of tabs, where the table's own is long. */
const BRIEF = {
  actor_roles: "Roles",
  event_participants: "Participants",
  financial_figures: "Figures",
  tariffs: "Tariffs",
};

/** @param {string} name @returns {string} */
function briefTitle(name) {
  return BRIEF[name] ?? TABLES.get(name)?.schema.title ?? name;
}

class Column {
  /** @param {unknown[] | {values: unknown[], at: number[]} | undefined} packed @param {number} n */
  constructor(packed, n) {
    this.coded = packed && !Array.isArray(packed);
    this.plain = this.coded ? [] : (packed ?? new Array(n).fill(""));
    this.words = this.coded ? packed.values.map(asText) : null;
    this.at = this.coded ? packed.at : null;
    this.sorted = null;
  }

  /** @param {number} row @returns {string} The cell as the CSV has it. */
  get(row) {
    return this.words && this.at ? (this.words[this.at[row]] ?? "") : asText(this.plain[row]);
  }

  /** @returns {{values: string[], at: ArrayLike<number>}} Each value once, and which of them each row has. */
  codes() {
    if (!this.words) {
      const known = new Map();
      const at = new Uint32Array(this.plain.length);
      for (let row = 0; row < at.length; row += 1) {
        const text = asText(this.plain[row]);
        let code = known.get(text);
        if (code === undefined) known.set(text, (code = known.size));
        at[row] = code;
      }
      this.words = [...known.keys()];
      this.at = at;
    }
    return { values: this.words, at: this.at };
  }
}

/** @param {unknown} value @returns {string} */
function asText(value) {
  return value === null || value === undefined ? "" : String(value);
}

class Table {
  /** @param {TableSchema} schema @param {PackedTable | undefined} packed */
  constructor(schema, packed) {
    this.schema = schema;
    this.name = schema.name;
    this.n = packed?.n ?? 0;
    this.columns = new Map(
      schema.columns.map((column) => [column.name, new Column(packed?.columns?.[column.name], this.n)]),
    );
    this.indexes = new Map();
  }

  /** @param {number} row @param {string} column @returns {string} Empty where the table has no such column. */
  cell(row, column) {
    return this.columns.get(column)?.get(row) ?? "";
  }

  /** @param {number} row @returns {string} */
  key(row) {
    return this.schema.key.map((column) => this.cell(row, column)).join("/");
  }

  /** @param {string} column @returns {Map<string, number[]>} Rows by what they have in a column; `""` is the key. */
  index(column) {
    let index = this.indexes.get(column);
    if (!index) {
      index = new Map();
      for (let row = 0; row < this.n; row += 1) {
        const value = column ? this.cell(row, column) : this.key(row);
        const rows = index.get(value);
        if (rows) rows.push(row);
        else index.set(value, [row]);
      }
      this.indexes.set(column, index);
    }
    return index;
  }

  /** @param {string} key @returns {number} The first row of the key; -1 where there is none. */
  find(key) {
    return this.index("").get(key)?.[0] ?? -1;
  }

  /** @param {number} row @returns {string} The article of the row; "" where the table is of all articles. */
  article(row) {
    return this.cell(row, "article_id");
  }

  /** @param {number} row @returns {[number, number] | null} Where the row stands, where that can be. */
  span(row) {
    if (!this.schema.spans) return null;
    const start = wholeNumber(this.cell(row, "char_start"));
    const end = wholeNumber(this.cell(row, "char_end"));
    const article = articleHead(this.article(row));
    const fits = start !== null && end !== null && start < end && (!article || end <= article.n_characters);
    return fits ? [start, end] : null;
  }
}

/** @param {string} text @returns {number | null} */
function wholeNumber(text) {
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** @type {Map<string, Table>} */
const TABLES = new Map();
const ARTICLES = new Map(PAYLOAD.articles.map((article) => [article.id, article]));

/** @param {string} id @returns {ArticleHead | undefined} */
function articleHead(id) {
  return ARTICLES.get(id);
}

/** Reads the pack of tables. */
async function loadTables() {
  const packed = (await unpack("tables")) ?? {};
  const place = (name) => {
    const first = ORDER.indexOf(name);
    return first >= 0 ? first : LAST.includes(name) ? 100 + LAST.indexOf(name) : 50;
  };
  const schemas = PAYLOAD.schema.filter((schema) => schema.name !== "evidence");
  for (const schema of schemas.sort((one, other) => place(one.name) - place(other.name))) {
    TABLES.set(schema.name, new Table(schema, packed[schema.name]));
  }
}

/** @typedef {{table: string, row: number}} Ref A row of a table. */

/** @param {Ref | null} one @param {Ref | null} other @returns {boolean} */
function same(one, other) {
  return one === other || (!!one && !!other && one.table === other.table && one.row === other.row);
}

/** @param {string} key @param {string} [table] @returns {Ref | null} The row of a key, in any table or in this one. */
function findRow(key, table) {
  for (const candidate of table ? [TABLES.get(table)] : TABLES.values()) {
    const row = candidate?.find(key) ?? -1;
    if (row >= 0) return { table: candidate.name, row };
  }
  return null;
}

/** @param {string} table @param {string} key @returns {string} What to call the row of a key that a cell refers to. */
function nameOf(table, key) {
  const ref = key ? findRow(key, table) : null;
  return ref ? label(ref) : key;
}

/** @param {Ref} ref @returns {string} A few words that tell the row from others. */
function label({ table, row }) {
  const of = TABLES.get(table);
  const cell = (column) => of.cell(row, column);
  const actor = () => nameOf("actors", cell("actor_id"));
  const words = {
    actors: () => cell("name"),
    mentions: () => `${actor()} (${cell("form")})`,
    actor_roles: () => `${cell("title")}: ${actor()}`,
    quotes: () => `“${short(cell("text"), 80)}”`,
    events: () => `${cell("type")}: ${short(cell("trigger"), 60)}`,
    event_participants: () => `${actor()} (${cell("role")})`,
    tariffs: () => tariffLabel(cell),
    financial_figures: () => [cell("amount_text"), cell("kind")].filter(Boolean).join(", "),
    articles: () => short(cell("title"), 90),
    countries: () => cell("name"),
  }[table];
  return (words && words().trim()) || of.key(row);
}

/** @param {(column: string) => string} cell @returns {string} */
function tariffLabel(cell) {
  const target = nameOf("countries", cell("target_code")) || "all origins";
  const rate = cell("rate_percent") ? `${Number(cell("rate_percent"))}%` : cell("rate_text");
  const what = [cell("product") || "goods", rate].filter(Boolean).join(", ");
  return `${nameOf("countries", cell("imposer_code"))} → ${target}: ${what}`;
}

/**
 * @param {Ref} ref
 * @returns {Array<{title: string, table: string, column: string, rows: number[]}>} Rows that refer here.
 */
function referring(ref) {
  const key = TABLES.get(ref.table).key(ref.row);
  const found = [];
  for (const table of TABLES.values()) {
    for (const [column, [target]] of Object.entries(table.schema.links)) {
      if (target !== ref.table) continue;
      const rows = (table.index(column).get(key) ?? []).filter((row) => !same({ table: table.name, row }, ref));
      const title = table.schema.columns.find((one) => one.name === column)?.title ?? column;
      if (rows.length) found.push({ title, table: table.name, column, rows });
    }
  }
  return found;
}
