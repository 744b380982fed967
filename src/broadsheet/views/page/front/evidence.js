/** @file Which characters of the open article gave which cell. */

/** @typedef {Map<string, Map<string, Array<[number, number]>>>} Evidence Key of a row, column, spans. */

const EVIDENCE = ["row_id", "column_name", "char_start", "char_end"];

/** @param {PackedTable} packed @returns {Evidence} */
function evidenceOf(packed) {
  const columns = EVIDENCE.map((name) => new Column(packed.columns[name], packed.n));
  const found = new Map();
  for (let row = 0; row < packed.n; row += 1) {
    const [key, column, start, end] = columns.map((one) => one.get(row));
    if (!found.has(key)) found.set(key, new Map());
    const of = found.get(key);
    if (!of.has(column)) of.set(column, []);
    of.get(column).push([Number(start), Number(end)]);
  }
  return found;
}

/** @param {Evidence} evidence @returns {number[]} Where evidence begins and ends. */
function evidenceCuts(evidence) {
  return [...evidence.values()].flatMap((columns) => [...columns.values()].flat(2));
}
