// One document: its facts above, the address, the keyboard and the printer.
"use strict";

(function (J) {
  const data = JIXIAO_DOCUMENT;

  function drawFacts() {
    const unchecked = data.quantities - data.verified - data.contradicted;
    document.getElementById("facts").replaceChildren(
      J.el(
        "div",
        { class: "facts-line" },
        J.el("span", { class: `status ${data.status}` }, J.shape(data.status), J.t(data.status)),
        data.year ? J.el("span", { text: `${data.year}${J.language === "zh" ? " 年度" : ""}` }) : null,
        data.genre ? J.el("span", { text: J.t(data.genre) }) : null,
        J.said("span", data.source, "source"),
        total(),
        data.quantities
          ? J.el(
              "span",
              { class: "coverage-fact" },
              J.coverageBar(data),
              J.el("span", { text: `${J.t("verified")} ${J.percent(data.verified, data.quantities)} · ${J.t("contradicted")} ${J.number(data.contradicted)} · ${J.t("unchecked")} ${J.number(unchecked)}` }),
            )
          : null,
      ),
      ...notices(),
    );
  }

  function total() {
    if (data.stated === null && data.recomputed === null) return null;
    return J.el(
      "span",
      { class: "total" },
      data.stated === null ? null : [J.el("span", { class: "muted", text: J.t("statedTotal") }), J.el("b", { text: J.number(data.stated) }), data.grade ? J.said("span", data.grade) : null],
      data.recomputed === null ? null : [J.el("span", { class: "muted", text: J.t("recomputedTotal") }), J.el("b", { class: data.recomputed === data.stated ? null : "differs", text: J.number(data.recomputed) })],
    );
  }

  function notices() {
    const found = [];
    if (data.problems.length) {
      found.push(
        J.el(
          "div",
          { class: "notice problem" },
          J.shape(data.status),
          J.el("div", {}, J.el("b", { text: J.t(data.status === "failed" ? "notRead" : "someLost") }), J.el("ul", {}, data.problems.map((problem) => J.el("li", { text: (problem.page ? `${J.t("pageNumber", { page: problem.page })}: ` : "") + problem.message })))),
        ),
      );
    }
    if (data.noImage) {
      const known = { "not-found": J.t("imageNotFound"), "not-asked-for": J.t("imageNotAsked") };
      found.push(J.el("p", { class: "notice", text: known[data.noImage] || J.t("imageFailed") + data.noImage }));
    }
    return found;
  }

  // The address names what is open, so that it can be sent to a colleague.
  J.remember = function (id) {
    try {
      window.history.replaceState(null, "", id ? `#${encodeURIComponent(id)}` : window.location.pathname);
    } catch {
      // Without history the address stays as it was opened.
    }
  };

  function follow() {
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (id && !J.open(id, { focus: true }) && /^page-\d+$/.test(id)) J.showPage(id.slice("page-".length));
  }

  const KEYS = {
    j: () => J.step(1),
    k: () => J.step(-1),
    "+": () => J.zoomBy(1),
    "=": () => J.zoomBy(1),
    "-": () => J.zoomBy(-1),
    "[": () => J.turnPage(-1),
    "]": () => J.turnPage(1),
    Escape: () => J.hideFigureCard() || (J.hasOpen() ? J.letGo() : J.light([])),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const inList = event.target.closest(".item-head");
    const act = inList && event.key === "ArrowDown" ? KEYS.j : inList && event.key === "ArrowUp" ? KEYS.k : KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // On paper: every finding with its arithmetic, the indicators, and the pages that hold a contradicted figure.
  window.addEventListener("beforeprint", () => {
    const wanted = new Set(data.findings.flatMap((finding) => finding.places.map((place) => place.page)));
    for (const sheet of document.querySelectorAll(".sheet")) {
      const kept = wanted.has(Number(sheet.dataset.page));
      sheet.classList.toggle("not-printed", !kept);
      const image = sheet.querySelector("img");
      if (kept && image) image.loading = "eager";
    }
    J.light([]);
    J.expandAll(true);
  });
  window.addEventListener("afterprint", () => J.expandAll(false));

  J.inEveryLanguage(drawFacts);
  window.addEventListener("hashchange", follow);
  follow();
})(Jixiao);
