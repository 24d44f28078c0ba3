// The start page: the corpus at a glance, its documents and its findings.
"use strict";

(function (J) {
  const byName = (fields, row) => Object.fromEntries(fields.map((field, i) => [field, row[i]]));
  const codes = JIXIAO_CORPUS.codes;
  const documents = JIXIAO_CORPUS.documents.map((row) => {
    const document = byName(JIXIAO_CORPUS.fields, row);
    document.searched = [document.department, document.source, document.year, document.id].filter(Boolean).join(" ").toLowerCase();
    return document;
  });
  const unique = documents.filter((document) => !document.duplicateOf);
  let findings = null;
  let state = J.readState();

  const distinct = (values) => [...new Set(values.filter((value) => value !== null && value !== undefined))].sort();
  const choices = {
    statuses: distinct(documents.map((document) => document.status)),
    codes: [...codes].sort(),
    genres: distinct(documents.map((document) => document.genre)),
    reviews: [],
    years: distinct(documents.map((document) => document.year)).reverse(),
  };

  function change(changes, typing) {
    state = { ...state, page: "1", ...changes };
    J.writeState(state);
    if (typing) drawResults();
    else draw();
    if (changes.sort) {
      const button = document.querySelector(`[data-sort="${changes.sort.split(" ")[0]}"]`);
      if (button) button.focus();
    }
    if (changes.page) document.getElementById("results").scrollIntoView();
  }

  function draw() {
    drawSummary();
    document.getElementById("charts").replaceChildren(
      document.getElementById("charts-title"),
      J.codesChart(unique, codes, state.code, (code) => change({ code })),
      J.coverageChart(unique),
      J.totalsChart(unique),
    );
    J.drawFilters(document.getElementById("filters"), state, choices, change);
    drawResults();
    document.getElementById("foot").replaceChildren(J.t("madeWith", { version: JIXIAO_CORPUS.version, rules: JIXIAO_CORPUS.rulesVersion }));
  }

  function drawSummary() {
    const sum = (name) => unique.reduce((total, document) => total + (document[name] || 0), 0);
    const count = (status) => unique.filter((document) => document.status === status).length;
    const duplicates = documents.length - unique.length;
    const pages = sum("pageCount");
    const read = unique.filter((document) => document.quantities !== null).length;
    const tile = (number, label, ...more) =>
      J.el("div", { class: "tile" }, J.el("span", { class: "tile-label", text: label }), J.el("span", { class: "tile-number", text: J.number(number) }), J.el("span", { class: "tile-more" }, more));
    document.getElementById("summary").replaceChildren(
      document.getElementById("summary-title"),
      tile(unique.length, J.t("documents"), J.t("summaryDocuments", { ok: count("ok"), partial: count("partial"), failed: count("failed") }), duplicates ? ` · ${J.t("duplicatesLeftOut", { count: duplicates })}` : ""),
      tile(pages, J.t("pagesRead"), J.t("summaryPages", { scanned: J.number(sum("scanned")) })),
      tile(sum("quantities"), J.t("figures"), J.t("summaryPerDocument", { count: J.number(Math.round(sum("quantities") / Math.max(1, read))) })),
      tile(
        JIXIAO_CORPUS.findings,
        J.t("findings"),
        ["error", "warning", "note"].map((word) => J.badge(word, sum(`${word}s`))),
      ),
    );
  }

  function drawResults() {
    J.tabs(
      document.getElementById("views"),
      [
        { name: "documents", label: J.t("documents"), count: documents.length },
        { name: "findings", label: J.t("findings"), count: JIXIAO_CORPUS.findings },
      ],
      state.view,
      (view) => change({ view }),
    );
    document.getElementById("filters").elements.clear.hidden = !J.isFiltered(state);
    const view = document.getElementById("view");
    view.setAttribute("aria-labelledby", `tab-${state.view}`);
    if (state.view === "findings") drawFindings(view);
    else {
      const shown = documents.filter((row) => J.documentMatches(row, state, codes));
      tell("shownOf", shown.length, documents.length);
      J.drawDocuments(view, shown, state, change);
    }
  }

  function drawFindings(view) {
    if (findings === null) {
      view.replaceChildren(J.el("p", { class: "nothing", text: J.t("loading") }));
      loadFindings(() => state.view === "findings" && draw());
      return;
    }
    const shown = findings.filter((finding) => J.findingMatches(finding, finding.document, state));
    tell("findingsShownOf", shown.length, findings.length);
    J.drawFindings(view, shown, state, change);
  }

  // The findings of a large corpus are some megabytes: loaded when first asked for.
  function loadFindings(then) {
    const script = J.el("script", { src: "data/findings.js" });
    script.onload = () => {
      findings = JIXIAO_FINDINGS.findings.map((row) => {
        const finding = byName(JIXIAO_FINDINGS.fields, row);
        finding.document = documents[finding.document];
        finding.code = codes[finding.code];
        finding.title = JIXIAO_FINDINGS.titles[finding.title];
        finding.searched = `${finding.title} ${finding.message} ${finding.code} ${finding.document.searched}`.toLowerCase();
        return finding;
      });
      choices.reviews = distinct(findings.map((finding) => finding.review || "unreviewed"));
      then();
    };
    document.body.append(script);
  }

  function tell(name, shown, all) {
    document.getElementById("count").textContent = J.t(name, { shown: J.number(shown), all: J.number(all) });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      document.querySelector("[name=text]").focus();
    }
  });

  J.inEveryLanguage(draw);
})(Jixiao);
