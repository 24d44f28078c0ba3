// The two lists of the start page, documents and findings, a page of rows at a time.
"use strict";

(function (J) {
  const ROWS_PER_PAGE = 50;
  const RANK = { error: 0, warning: 1, note: 2 };

  // Columns of the documents: what they are called, how they sort (first direction first), and what they show.
  const COLUMNS = [
    { name: "document", label: "document", key: (row) => row.department || row.source, cell: documentCell },
    { name: "year", label: "year", className: "number", key: (row) => row.year ?? 0, cell: (row) => row.year },
    { name: "genre", label: "genre", key: (row) => row.genre || "", cell: (row) => (row.genre ? J.t(row.genre) : "") },
    { name: "status", label: "status", key: (row) => ["failed", "partial", "ok"].indexOf(row.status), cell: statusCell },
    { name: "pages", label: "pagesRead", className: "number", key: (row) => row.pageCount ?? 0, cell: (row) => J.number(row.pageCount) },
    { name: "stated", label: "statedTotal", className: "number", key: (row) => numeric(row.stated), cell: (row) => J.number(row.stated) },
    { name: "recomputed", label: "recomputedTotal", className: "number", key: (row) => numeric(row.recomputed), cell: recomputedCell },
    { name: "coverage", label: "coverage", key: (row) => (row.quantities ? row.verified / row.quantities : -1), cell: coverageCell, descending: true },
    { name: "findings", label: "findings", key: weight, cell: findingsCell, descending: true },
  ];

  // The severest first, whatever their number of lesser ones.
  function weight(row) {
    return (row.errors ?? -1) * 1e8 + (row.warnings ?? 0) * 1e4 + (row.notes ?? 0);
  }

  function numeric(text) {
    return text === null ? -Infinity : Number(text);
  }

  J.drawDocuments = function (place, rows, state, change) {
    const sort = sorting(state.sort);
    const page = paged(sorted(rows, sort), state);
    const table = J.el(
      "table",
      { class: "documents" },
      J.el("thead", {}, J.el("tr", {}, COLUMNS.map((column) => header(column, sort, change)))),
      J.el(
        "tbody",
        {},
        page.rows.map((row) =>
          J.el(
            "tr",
            { class: row.duplicateOf ? "duplicate" : null },
            COLUMNS.map((column) =>
              J.el("td", { class: `col-${column.name} ${column.className || ""}`, "data-header": J.t(column.label) }, column.cell(row)),
            ),
          ),
        ),
      ),
    );
    place.replaceChildren(rows.length ? table : J.el("p", { class: "nothing", text: J.t("nothingMatches") }));
    drawPager(page, change);
  };

  function sorting(text) {
    const [name, direction] = (text || "findings desc").split(" ");
    const column = COLUMNS.find((candidate) => candidate.name === name) || COLUMNS[COLUMNS.length - 1];
    return { column, descending: direction === "desc" };
  }

  function sorted(rows, { column, descending }) {
    const sign = descending ? -1 : 1;
    const keyed = rows.map((row, at) => ({ row, at, key: column.key(row) }));
    const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, "zh-CN") : a < b ? -1 : a > b ? 1 : 0);
    return keyed.sort((a, b) => sign * compare(a.key, b.key) || a.at - b.at).map(({ row }) => row);
  }

  function header(column, sort, change) {
    const current = column === sort.column;
    const descending = current ? !sort.descending : Boolean(column.descending);
    return J.el(
      "th",
      { scope: "col", class: `col-${column.name} ${column.className || ""}`, "aria-sort": current ? (sort.descending ? "descending" : "ascending") : null },
      J.el(
        "button",
        {
          type: "button",
          title: J.t("sortBy", { column: J.t(column.label) }),
          "data-sort": column.name,
          on: { click: () => change({ sort: `${column.name} ${descending ? "desc" : "asc"}` }) },
        },
        J.t(column.label),
      ),
    );
  }

  function documentCell(row) {
    const name = J.said(row.id ? "a" : "span", row.department || row.source, "name");
    if (row.id) name.setAttribute("href", `doc/${row.id}.html`);
    const source = row.duplicateOf ? J.t("duplicateOf", { source: row.duplicateOf }) : row.error || "";
    return [
      name,
      row.department ? J.el("span", { class: "source", text: row.source }) : null,
      source ? J.el("span", { class: row.duplicateOf ? "source" : "source problem", text: source }) : null,
    ];
  }

  function statusCell(row) {
    return J.el("span", { class: `status ${row.status}` }, J.shape(row.status), J.t(row.status));
  }

  function recomputedCell(row) {
    if (!row.totalDiffers) return J.number(row.recomputed);
    return J.el("span", { class: "differs", title: J.t("totalDiffers") }, "≠ ", J.number(row.recomputed), J.el("span", { class: "unseen", text: J.t("totalDiffers") }));
  }

  function coverageCell(row) {
    if (!row.quantities) return "";
    return J.el("span", { class: "coverage-cell" }, J.coverageBar(row), J.el("span", { class: "share", text: J.percent(row.verified, row.quantities) }));
  }

  function findingsCell(row) {
    if (row.quantities === null) return "";
    const counts = [["error", row.errors], ["warning", row.warnings], ["note", row.notes]].filter(([, count]) => count);
    if (!counts.length) return J.el("span", { class: "muted", text: J.t("clean") });
    return counts.map(([word, count]) =>
      J.el("span", { class: `tally ${word}`, title: J.t(word) }, J.shape(word), J.el("span", { class: "unseen", text: J.t(word) }), J.el("b", { text: J.number(count) })),
    );
  }

  J.drawFindings = function (place, rows, state, change) {
    const order = [...rows].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
    const page = paged(order, state);
    const list = J.el(
      "ol",
      { class: "finding-list" },
      page.rows.map((row) =>
        J.el(
          "li",
          { class: row.review === "dismissed" ? "dismissed" : null },
          J.el(
            "a",
            { class: "finding-row", href: `doc/${row.document.id}.html#${encodeURIComponent(row.id)}` },
            J.el("span", { class: "finding-head" }, J.badge(row.severity), J.el("span", { class: "code", text: row.code }), J.el("b", { text: J.ruleTitle(row.code, row.title) }), row.review ? J.el("span", { class: `review ${row.review}`, text: J.t(row.review) }) : null),
            J.said("span", row.message, "message"),
            J.el("span", { class: "source" }, J.said("span", row.document.department || row.document.source), " · ", row.document.year ? `${row.document.year} · ` : "", J.t("pageNumber", { page: row.page })),
          ),
        ),
      ),
    );
    place.replaceChildren(rows.length ? list : J.el("p", { class: "nothing", text: J.t("nothingMatches") }));
    drawPager(page, change);
  };

  function paged(rows, state) {
    const pages = Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE));
    const number = Math.min(Math.max(1, Number.parseInt(state.page, 10) || 1), pages);
    return { number, pages, rows: rows.slice((number - 1) * ROWS_PER_PAGE, number * ROWS_PER_PAGE) };
  }

  function drawPager(page, change) {
    const pager = document.getElementById("pager");
    pager.hidden = page.pages < 2;
    const turn = (label, by) =>
      J.el("button", { type: "button", class: "plain", text: label, disabled: page.number + by < 1 || page.number + by > page.pages, on: { click: () => change({ page: String(page.number + by) }) } });
    pager.replaceChildren(
      turn(J.t("previous"), -1),
      J.el("span", { text: J.t("pageOf", { page: J.number(page.number), pages: J.number(page.pages) }) }),
      turn(J.t("next"), 1),
    );
  }
})(Jixiao);
