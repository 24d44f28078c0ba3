// The right-hand side: findings, indicators and all checks of the document.
"use strict";

(function (J) {
  const data = JIXIAO_DOCUMENT;
  const RANK = { error: 0, warning: 1, note: 2 };
  const VERDICTS = ["inconsistent", "within_rounding", "exact", "unverifiable"];
  const body = document.getElementById("panel-body");
  const checks = new Map(data.checks.map((check) => [check.id, check]));
  const findings = new Map(data.findings.map((finding) => [finding.id, finding]));
  const findingsByCheck = new Map(data.findings.map((finding) => [finding.check, finding]));
  const sortedFindings = [...data.findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  let tab = "findings";
  let open = null; // the id of the open finding, check or indicator
  let verdict = "";

  function draw() {
    J.tabs(
      document.getElementById("tabs"),
      [
        { name: "findings", label: J.t("findings"), count: data.findings.length },
        { name: "indicators", label: J.t("indicators"), count: data.indicators.length },
        { name: "checks", label: J.t("checks"), count: data.checks.length },
      ],
      tab,
      (name) => {
        tab = name;
        J.letGo();
        draw();
      },
    );
    body.setAttribute("aria-labelledby", `tab-${tab}`);
    body.replaceChildren(...{ findings: findingsView, indicators: indicatorsView, checks: checksView }[tab]());
  }

  // Findings and checks -----------------------------------------------------------------------------------------

  function findingsView() {
    if (data.status === "failed") return [];
    if (!data.findings.length) {
      const unchecked = data.quantities - data.verified - data.contradicted;
      return [J.el("p", { class: "nothing", text: J.t("noFindingsHere", { unchecked: J.number(unchecked) }) })];
    }
    return [J.el("ol", { class: "items" }, sortedFindings.map((finding) => item(finding.id, findingHead(finding), () => findingBody(finding), finding.severity))), J.el("p", { class: "keys", text: J.t("keys") })];
  }

  function findingHead(finding) {
    return [
      J.el("span", { class: "item-line" }, J.badge(finding.severity), J.el("span", { class: "code", text: finding.code }), J.el("span", { class: "item-page", text: J.t("pageNumber", { page: finding.page }) })),
      J.el("span", { class: "item-title", text: J.ruleTitle(finding.code, finding.title), lang: J.language === "zh" ? null : "en" }),
      J.said("span", finding.message, "item-message"),
      J.review(finding),
    ];
  }

  function findingBody(finding) {
    const check = checks.get(finding.check);
    return check ? J.arithmetic(check, finding) : J.bareArithmetic(finding);
  }

  function checksView() {
    if (!data.checks.length) return [J.el("p", { class: "nothing", text: J.t("noChecks") })];
    const shown = data.checks.filter((check) => !verdict || check.verdict === verdict);
    const choice = J.el(
      "select",
      {
        "aria-label": J.t("verdict"),
        on: {
          change: (event) => {
            verdict = event.target.value;
            draw();
            body.querySelector("select").focus();
          },
        },
      },
      J.el("option", { value: "", text: `${J.t("allVerdicts")} (${data.checks.length})` }),
      VERDICTS.map((word) => {
        const count = data.checks.filter((check) => check.verdict === word).length;
        return count ? J.el("option", { value: word, text: `${J.t(word)} (${count})` }) : null;
      }),
    );
    choice.value = verdict;
    return [
      J.el("div", { class: "panel-tools" }, choice),
      J.el("ol", { class: "items compact" }, shown.map((check) => item(check.id, checkHead(check), () => J.arithmetic(check, findingsByCheck.get(check.id)), check.verdict))),
    ];
  }

  function checkHead(check) {
    return [
      J.el("span", { class: "item-line" }, J.badge(check.verdict), J.el("span", { class: "code", text: check.code }), J.el("span", { class: "item-page", text: J.t("pageNumber", { page: check.page }) })),
      J.said("span", check.subject, "item-title"),
      J.said("span", check.formula, "formula"),
    ];
  }

  function item(id, head, makeBody, className) {
    const isOpen = id === open;
    return J.el(
      "li",
      { class: `item ${className} ${isOpen ? "open" : ""}`, "data-item": id },
      J.el("button", { type: "button", class: "item-head", "aria-expanded": String(isOpen), on: { click: () => (id === open ? J.letGo() : J.open(id)) } }, head),
      isOpen ? makeBody() : null,
    );
  }

  // Indicators --------------------------------------------------------------------------------------------------

  function indicatorsView() {
    if (!data.indicators.length) return [J.el("p", { class: "nothing", text: J.t("noIndicators") })];
    return [
      ["table", "scoreTable"],
      ["prose", "scoreProse"],
    ].flatMap(([origin, title]) => {
      const tree = data.indicators.filter((indicator) => indicator.origin === origin);
      if (!tree.length) return [];
      return [J.el("h3", { class: "tree-title", text: J.t(title) }), indicatorTable(tree)];
    });
  }

  function indicatorTable(tree) {
    const shallowest = Math.min(...tree.map((indicator) => indicator.level));
    const columns = ["indicator", "fullMark", "score", "recomputed", "verdict"];
    return J.el(
      "table",
      { class: "tree" },
      J.el("thead", {}, J.el("tr", {}, columns.map((name, at) => J.el("th", { scope: "col", class: at > 0 && at < 4 ? "number" : null, text: J.t(name) })))),
      J.el("tbody", {}, tree.map((indicator) => indicatorRow(indicator, indicator.level - shallowest))),
    );
  }

  function indicatorRow(indicator, depth) {
    const name = J.el(
      "button",
      { type: "button", class: "indicator-name item-head", title: J.t("showOnPage", { page: indicator.page }), on: { click: () => J.open(indicator.id) } },
      J.said("span", indicator.name),
    );
    const cell = J.el("th", { scope: "row" }, name, scoreBar(indicator));
    cell.style.setProperty("--depth", String(depth));
    const differs = indicator.verdict === "inconsistent";
    return J.el(
      "tr",
      { class: `level-${depth} ${indicator.id === open ? "open" : ""}`, "data-item": indicator.id },
      cell,
      J.el("td", { class: "number", text: J.number(indicator.fullMark) }),
      J.el("td", { class: "number", text: J.number(indicator.score) }),
      J.el("td", { class: `number ${differs ? "differs" : ""}`, text: J.number(indicator.recomputed) }),
      J.el("td", { class: "verdict" }, indicator.verdict ? J.el("span", { class: `verdict-word ${indicator.verdict}`, title: J.t(indicator.verdict) }, J.shape(indicator.verdict), J.el("span", { class: "unseen", text: J.t(indicator.verdict) })) : null),
    );
  }

  // The score as part of the full mark, a tick where the re-computed score lies.
  function scoreBar(indicator) {
    const full = Number(indicator.fullMark);
    if (indicator.score === null || !(full > 0)) return null;
    const at = (score) => Math.min(100, Math.max(0, (100 * Number(score)) / full));
    const label = J.t("scoreOf", { score: indicator.score, full: indicator.fullMark }) + (indicator.recomputed === null ? "" : `，${J.t("recomputedIs", { score: indicator.recomputed })}`);
    return J.svg(
      "svg",
      { class: `score-bar ${indicator.verdict || ""}`, viewBox: "0 0 100 6", preserveAspectRatio: "none", role: "img", "aria-label": label },
      J.svg("rect", { class: "track", width: 100, height: 6 }),
      J.svg("rect", { class: "fill", width: at(indicator.score), height: 6 }),
      indicator.recomputed !== null && indicator.recomputed !== indicator.score ? J.svg("rect", { class: "tick", x: Math.min(98.6, at(indicator.recomputed) - 0.7), width: 1.4, height: 6 }) : null,
    );
  }

  // Opening -----------------------------------------------------------------------------------------------------

  // Open what is called `id`: a finding, a check, an indicator or a figure. Returns whether there is such a thing.
  J.open = function (id, { focus = false } = {}) {
    const check = checks.get(findings.get(id)?.check ?? id);
    const indicator = data.indicators.find((candidate) => candidate.id === id);
    if (findings.has(id)) tab = "findings";
    else if (check) tab = "checks";
    else if (indicator) tab = "indicators";
    else if (J.figures.has(id)) {
      J.light([[id, J.t("statedMark"), true]]);
      J.showFigure(id, true);
      return true;
    } else return false;
    if (tab === "checks" && verdict && check.verdict !== verdict) verdict = "";
    open = id;
    draw();
    J.remember(id);
    const marks = check ? J.marksOf(check) : indicatorMarks(indicator);
    if (marks.length && J.light(marks)) J.showFigure(marks[0][0]);
    else J.showPage((findings.get(id) || check || indicator).page);
    const element = body.querySelector(`[data-item="${CSS.escape(id)}"]`);
    element.scrollIntoView({ block: "nearest" });
    if (focus || body.contains(document.activeElement) || document.activeElement === document.body) {
      element.querySelector(".item-head").focus({ preventScroll: true });
    }
    return true;
  };

  // A check that led to a finding is shown as the finding.
  J.openCheck = function (id) {
    J.open(findingsByCheck.get(id)?.id ?? id, { focus: true });
  };

  function indicatorMarks(indicator) {
    return [...indicator.figures].reverse().map((id, at) => [id, String(at), at === 0]);
  }

  J.letGo = function () {
    const closed = open;
    open = null;
    J.light([]);
    J.remember("");
    draw();
    if (closed) body.querySelector(`[data-item="${CSS.escape(closed)}"] .item-head`)?.focus({ preventScroll: true });
  };

  J.hasOpen = () => open !== null;

  // Focus goes to the next or previous item of the list.
  J.step = function (by) {
    const heads = [...body.querySelectorAll(".item-head")];
    if (!heads.length) return;
    const opened = body.querySelector(".open .item-head");
    const at = heads.indexOf(document.activeElement.closest?.(".item-head") || document.activeElement.closest?.("[data-item]")?.querySelector(".item-head") || opened);
    const next = at < 0 ? (by > 0 ? 0 : heads.length - 1) : Math.min(heads.length - 1, Math.max(0, at + by));
    heads[next].focus();
    heads[next].scrollIntoView({ block: "nearest" });
  };

  J.expandAll = function (expand) {
    if (!expand) return draw();
    tab = "findings";
    draw();
    for (const element of body.querySelectorAll(".item:not(.open)")) {
      element.classList.add("open");
      element.append(findingBody(findings.get(element.dataset.item)));
    }
    body.append(...indicatorsView());
    return undefined;
  };

  J.inEveryLanguage(draw);
})(Jixiao);
