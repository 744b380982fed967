/** @file Filters of columns, the chooser of columns, and the chips that tell what is filtered. */

const CHOICES_AT_MOST = 60;

/** @param {Grid} grid @returns {HTMLElement} The button that filters by a column. */
function filterSheet(grid) {
  return sheet("Filter", (body) => {
    const select = h("select", {}, ...grid.names.map((name) => {
      return h("option", { value: name, text: columnSchema(grid.table, name).title });
    }));
    const control = h("div", { class: "control" });
    const refill = () => control.replaceChildren(...controls(grid, select.value));
    select.addEventListener("change", refill);
    body.append(h("label", {}, "Column ", select), control);
    refill();
    select.focus();
  });
}

/** @param {Grid} grid @param {string} column @returns {HTMLElement[]} What a column of this kind is filtered by. */
function controls(grid, column) {
  const type = columnSchema(grid.table, column).type;
  const { values } = grid.table.columns.get(column).codes();
  const apply = (filter) => grid.setFilter({ column, ...filter });
  if (["integer", "number", "date"].includes(type)) return rangeControls(type, apply);
  if (values.length <= CHOICES_AT_MOST) return [choiceControl(grid, column, apply)];
  const field = h("input", { type: "search", autocomplete: "off" });
  field.addEventListener("input", () => apply(field.value ? { has: field.value } : null));
  return [h("label", {}, "contains ", field)];
}

/** @param {string} type @param {(filter: Partial<Filter> | null) => void} apply @returns {HTMLElement[]} */
function rangeControls(type, apply) {
  const [from, to] = ["from", "to"].map(() => {
    return h("input", { type: type === "date" ? "date" : "number", step: "any", autocomplete: "off" });
  });
  const read = () => apply(from.value || to.value ? { from: from.value, to: to.value } : null);
  from.addEventListener("input", read);
  to.addEventListener("input", read);
  return [h("label", {}, "from ", from), h("label", {}, "to ", to)];
}

/**
 * @param {Grid} grid
 * @param {string} column
 * @param {(filter: Partial<Filter> | null) => void} apply
 * @returns {HTMLElement}
 */
function choiceControl(grid, column, apply) {
  const { values, at } = grid.table.columns.get(column).codes();
  const counts = new Array(values.length).fill(0);
  const rows = inScope(grid.table, scopeArticle());
  for (let place = 0; place < rows.length; place += 1) counts[at[rows[place]]] += 1;
  const present = [...values.keys()].filter((value) => counts[value] > 0);
  present.sort((a, b) => counts[b] - counts[a] || COLLATOR.compare(values[a], values[b]));
  const select = h("select", {}, h("option", { value: "" }, "any"), ...present.map((value) => {
    const words = short(seen(grid.table, column, values[value]) || "(empty)", 40);
    return h("option", { value: `=${values[value]}`, text: `${words} (${counts[value]})` });
  }));
  const known = grid.filters.find((filter) => filter.column === column && filter.is !== undefined);
  if (known) select.value = `=${known.is}`;
  select.addEventListener("change", () => apply(select.value ? { is: select.value.slice(1) } : null));
  return h("label", {}, "is ", select);
}

/** @param {Table} table @param {Filter} filter @returns {string} */
function filterWords(table, filter) {
  const title = columnSchema(table, filter.column).title;
  if (filter.is !== undefined) return `${title}: ${short(seen(table, filter.column, filter.is) || "(empty)", 40)}`;
  if (filter.has !== undefined) return `${title} contains “${short(filter.has, 40)}”`;
  return `${title}: ${filter.from || "…"} to ${filter.to || "…"}`;
}

/** @param {Grid} grid @returns {HTMLElement[]} A chip for each filter, which takes it away. */
function chips(grid) {
  const made = grid.filters.map((filter) => {
    const words = filterWords(grid.table, filter);
    return chip(words, `Remove the filter ${words}`, () => grid.setFilter({ column: filter.column, ...null }, true));
  });
  const only = state.only?.table === grid.table.name ? state.only : null;
  if (only) {
    const words = `Showing ${counted(only.rows.size, "row")} from “${only.picture}”`;
    made.unshift(chip(words, `${words}: show all again`, () => change({ only: null, from: "chip" }), "from-picture"));
  }
  return made;
}

/** @param {string} words @param {string} title @param {() => void} act @param {string} [kind] @returns {HTMLElement} */
function chip(words, title, act, kind = "") {
  return h(
    "button",
    { type: "button", class: `chip ${kind}`, title, on: { click: act } },
    h("span", { text: words }),
    h("span", { class: "cross", "aria-hidden": "true" }, "×"),
    h("span", { class: "out-of-sight" }, " (remove)"),
  );
}

/** @param {Grid} grid @returns {HTMLElement} The button that shows and hides columns. */
function columnSheet(grid) {
  return sheet("Columns", (body) => {
    const boxes = grid.names.map((name) => {
      const schema = columnSchema(grid.table, name);
      const box = h("input", { type: "checkbox" });
      box.checked = grid.isVisible(name);
      box.addEventListener("change", () => grid.setVisible(name, box.checked));
      return h("label", { title: schema.description }, box, h("span", { text: schema.title }));
    });
    body.append(h("div", { class: "boxes", role: "group", "aria-label": "Columns shown" }, ...boxes));
    body.querySelector("input")?.focus();
  });
}
