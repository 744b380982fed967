/**
 * @file A table as DataTables shows it. The library asks for a page of rows and is answered from the columns in memory,
 * so that a table of a thousand articles is sorted, searched and filtered without a node for each row.
 */

const PAGE_ROWS = 25;

class Grid {
  /** @param {Table} table @param {HTMLElement} panel */
  constructor(table, panel) {
    this.table = table;
    this.names = columnOrder(table);
    this.rows = [];
    /** @type {Filter[]} */
    this.filters = [];
    this.panel = panel;
    this.chips = h("div", { class: "chips" });
    this.element = h("table", { class: "grid", "aria-label": table.schema.title }, this.#head());
    panel.append(h("p", { class: "about" }, prose(table.schema.description)), this.element);
    this.#start();
  }

  #head() {
    const cells = this.names.map((name) => {
      const { title, description } = columnSchema(this.table, name);
      return h("th", { scope: "col", title: description, "data-name": name, text: title });
    });
    const go = h("th", { scope: "col", class: "go" }, h("span", { class: "out-of-sight" }, "Show"));
    return h("thead", {}, h("tr", {}, go, ...cells));
  }

  #start() {
    const fillGo = (td, _, data) => this.#fillGo(td, data.row);
    const go = { data: null, orderable: false, className: "go", createdCell: fillGo };
    const columns = this.names.map((name) => ({
      data: null,
      className: columnClass(this.table, name),
      visible: isShown(this.table, name),
      orderSequence: ["asc", "desc", ""],
      createdCell: (td, _, data) => this.#fill(td, data.row, name),
    }));
    for (const column of [go, ...columns]) column.render = () => "";
    this.data = window.jQuery(this.element).DataTable({
      serverSide: true,
      ajax: (request, answer) => answer(this.#answer(request)),
      columns: [go, ...columns],
      order: [],
      pageLength: PAGE_ROWS,
      lengthMenu: [10, 25, 50, 100, 500],
      searchDelay: 150,
      autoWidth: false,
      createdRow: (tr, data) => this.#dress(tr, data.row),
      drawCallback: () => this.#drawn(),
      layout: {
        topStart: () => h("div", { class: "tools" }, filterSheet(this), columnSheet(this), saveSheet(this), this.chips),
        topEnd: { search: { placeholder: "Search this table" } },
        bottomStart: { info: {}, pageLength: {} },
        bottomEnd: { paging: { buttons: 5 } },
      },
      language: {
        search: '<span class="out-of-sight">Search this table</span>',
        info: "_START_–_END_ of _TOTAL_",
        infoEmpty: "No rows",
        infoFiltered: "(of _MAX_)",
        lengthMenu: "_MENU_ rows a page",
        zeroRecords: "No rows",
        emptyTable: "No rows",
        paginate: { first: "First", previous: "Previous", next: "Next", last: "Last" },
      },
    });
    const frame = this.element.closest(".dt-layout-cell") ?? this.element.parentElement;
    frame.classList.add("frame");
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", visible(`${this.table.schema.title}, rows`));
    this.frame = frame;
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    for (const kind of ["pointerover", "focusin"]) this.element.addEventListener(kind, (event) => this.#cite(event));
    for (const kind of ["pointerleave", "focusout"]) this.element.addEventListener(kind, () => markSpans([], "cited"));
  }

  /** @param {any} request What DataTables asks. @returns {object} A page of rows. */
  #answer(request) {
    const only = state.only?.table === this.table.name ? state.only.rows : null;
    const order = request.order.filter(({ column, dir }) => column > 0 && dir);
    const query = {
      search: request.search.value,
      filters: this.filters,
      order: order.map(({ column, dir }) => [this.names[column - 1], dir]),
      only,
    };
    const within = inScope(this.table, scopeArticle());
    this.rows = matching(this.table, within, query);
    const until = request.length < 0 ? undefined : request.start + request.length;
    return {
      draw: request.draw,
      recordsTotal: within.length,
      recordsFiltered: this.rows.length,
      data: this.rows.slice(request.start, until).map((row) => ({ row })),
    };
  }

  #fillGo(td, row) {
    const words = `Show ${label({ table: this.table.name, row })}`;
    const marks = [];
    if (isCurated(this.table, row)) marks.push("✎");
    if (problemsOf(this.table, row).length) marks.push("!");
    const said = { type: "button", class: "go", tabindex: "-1", "aria-label": short(words, 120) };
    td.append(h("button", said, marks.join("") || "¶"));
  }

  #fill(td, row, name) {
    const node = cellNode(this.table, row, name);
    if (node === "") td.classList.add("null");
    else td.append(node);
    const curated = curatedCell(correctionsOf(this.table, row), name);
    if (curated) {
      td.classList.add("curated");
      td.title = visible(curated);
    }
    td.dataset.column = name;
  }

  #dress(tr, row) {
    tr.dataset.row = String(row);
    if (problemsOf(this.table, row).length) tr.classList.add("problem");
  }

  #drawn() {
    this.chips.replaceChildren(...chips(this));
    this.panel.classList.toggle("filtered", this.filters.length > 0 || state.only?.table === this.table.name);
    this.mark();
    const buttons = this.#buttons();
    if (buttons.length && !buttons.some((one) => one.tabIndex === 0)) buttons[0].tabIndex = 0;
  }

  #buttons() {
    return [...this.element.querySelectorAll("tbody button.go")];
  }

  #clicked(event) {
    const tr = event.target.closest("tbody tr[data-row]");
    if (!tr || event.target.closest("a") || String(getSelection()).trim()) return;
    this.#hold(tr.querySelector("button.go"), false);
    choose({ table: this.table.name, row: Number(tr.dataset.row) }, { from: "table" });
  }

  #hold(button, focus) {
    for (const other of this.#buttons()) other.tabIndex = other === button ? 0 : -1;
    if (focus) button.focus();
  }

  #key(event) {
    if (!event.target.matches("button.go")) return;
    const buttons = this.#buttons();
    const at = buttons.indexOf(event.target);
    const goes = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    if (event.key in goes) {
      const next = buttons[goes[event.key]];
      if (next) this.#hold(next, true);
    } else if (event.key === "PageDown" || event.key === "PageUp") {
      this.data.page(event.key === "PageDown" ? "next" : "previous").draw("page");
      const first = this.#buttons()[0];
      if (first) this.#hold(first, true);
    } else return;
    event.preventDefault();
  }

  /** Marks in the article what gave the cell under the pointer. */
  #cite(event) {
    const td = event.target.closest("tbody td[data-column]");
    const tr = td?.closest("tr[data-row]");
    const ref = tr ? { table: this.table.name, row: Number(tr.dataset.row) } : null;
    markSpans((ref && evidenceFor(ref)[td.dataset.column]) || [], "cited");
  }

  /** @param {Filter} filter Takes the place of the column's last one; one without a condition takes it away. */
  setFilter(filter) {
    const others = this.filters.filter((one) => one.column !== filter.column);
    const empty = filter.is === undefined && filter.has === undefined && !filter.from && !filter.to;
    this.filters = empty ? others : [...others, filter];
    this.data.draw();
    say(`${counted(this.rows.length, "row")}`);
  }

  /** @param {string} name @returns {boolean} */
  isVisible(name) {
    return this.data.column(this.names.indexOf(name) + 1).visible();
  }

  /** @param {string} name @param {boolean} visible */
  setVisible(name, visible) {
    this.data.column(this.names.indexOf(name) + 1).visible(visible);
  }

  /** Marks the chosen row where it is on the page. */
  mark() {
    const ref = state.row?.table === this.table.name ? state.row : null;
    for (const tr of this.element.querySelectorAll("tbody tr[data-row]")) {
      if (ref && tr.dataset.row === String(ref.row)) tr.setAttribute("aria-current", "true");
      else tr.removeAttribute("aria-current");
    }
  }

  /** @param {number} row Turns to the page of the row; what hides it is taken away. */
  reveal(row) {
    let at = this.rows.indexOf(row);
    if (at < 0) {
      this.filters = [];
      this.data.search("").draw();
      at = this.rows.indexOf(row);
      if (at < 0) return;
      say("Filters were taken away to show the row");
    }
    const page = Math.floor(at / this.data.page.len());
    if (page !== this.data.page()) this.data.page(page).draw("page");
    this.mark();
    this.keepInView();
  }

  /** Keeps the chosen row in view, and lets Tab lead to it. */
  keepInView() {
    const tr = this.element.querySelector('tr[aria-current="true"]');
    if (!tr) return;
    this.#hold(tr.querySelector("button.go"), false);
    intoView(tr, this.frame);
  }
}
