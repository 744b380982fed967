/** @file Which rows and cells a curator has set, and why; which rows have no valid span. */

/**
 * @typedef {{table: string, key: string, action: string, reason: string, columns: string[],
 *   was: Record<string, unknown>, span: number[], article: string}} Correction
 */

/** @type {Map<string, Correction[]>} */
const CORRECTIONS = new Map();
for (const correction of PAYLOAD.curated ?? []) {
  const name = `${correction.table}/${correction.key}`;
  CORRECTIONS.set(name, [...(CORRECTIONS.get(name) ?? []), correction]);
}

const PROBLEMS = new Map();
for (const problem of PAYLOAD.problems ?? []) {
  const name = `${problem.table}/${problem.key}`;
  PROBLEMS.set(name, [...(PROBLEMS.get(name) ?? []), problem.why]);
}

/** @param {Table} table @param {number} row @returns {Correction[]} */
function correctionsOf(table, row) {
  return CORRECTIONS.size ? (CORRECTIONS.get(`${table.name}/${table.key(row)}`) ?? []) : [];
}

/** @param {Table} table @param {number} row @returns {boolean} Whether a curator had a hand in the row. */
function isCurated(table, row) {
  return ["corrected", "added"].includes(table.cell(row, "origin")) || correctionsOf(table, row).length > 0;
}

/** @param {Table} table @param {number} row @returns {string[]} Why the row's span is not valid. */
function problemsOf(table, row) {
  return PROBLEMS.size ? (PROBLEMS.get(`${table.name}/${table.key(row)}`) ?? []) : [];
}

/**
 * @param {Correction[]} corrections
 * @param {string} column
 * @returns {string} What was done to the cell; "" if nothing.
 */
function curatedCell(corrections, column) {
  const own = corrections.filter((one) => one.action === "change" && one.columns.includes(column));
  return own.map((one) => `Curated: ${one.reason} Was ${asText(one.was[column]) || "empty"}.`).join(" ");
}
