/** @file Tables as files: CSV as RFC 4180 has it, byte for byte as in the package. */

/** @param {string} value @returns {string} */
function csvCell(value) {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** @param {string[]} names @param {Iterable<string[]>} rows @returns {string} */
function csv(names, rows) {
  const lines = [names.map(csvCell).join(",")];
  for (const row of rows) lines.push(row.map(csvCell).join(","));
  return lines.join("\n") + "\n";
}

/** @param {Table} table @param {ArrayLike<number>} [rows] All where there are none. @returns {string} */
function tableCsv(table, rows) {
  const columns = [...table.columns.values()];
  const wanted = rows ?? Array.from({ length: table.n }, (_, row) => row);
  return csv([...table.columns.keys()], Array.from(wanted, (row) => columns.map((column) => column.get(row))));
}

/** @param {string} name @param {string} text */
function saveFile(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param {Grid} grid @returns {HTMLElement} The button that saves a table. */
function saveSheet(grid) {
  return sheet("Save", (body) => {
    const { table } = grid;
    body.append(
      button(`All ${counted(table.n, "row")} as ${table.name}.csv`, () => {
        saveFile(`${table.name}.csv`, tableCsv(table));
      }),
      button(`The ${counted(grid.rows.length, "row")} shown, as filtered and sorted`, () => {
        saveFile(`${table.name}-filtered.csv`, tableCsv(table, grid.rows));
      }),
      h("p", { class: "soft" }, "All rows are the bytes of the package’s own file."),
    );
    body.querySelector("button").focus();
  });
}

/** @returns {Promise<string>} All evidence, in the order of the package's own file. */
async function evidenceCsv() {
  const rows = [];
  for (const [number, { id }] of PAYLOAD.articles.entries()) {
    const packed = (await unpack(`article-${number}`))?.evidence;
    if (!packed) continue;
    const columns = EVIDENCE.map((name) => new Column(packed.columns[name], packed.n));
    for (let row = 0; row < packed.n; row += 1) {
      const [key, column, start, end] = columns.map((one) => one.get(row));
      rows.push([key, column, id, start, end]);
    }
  }
  return csv(["row_id", "column_name", "article_id", "char_start", "char_end"], rows);
}
