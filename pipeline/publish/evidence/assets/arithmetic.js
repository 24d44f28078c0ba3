// The arithmetic of a check, so that it can be followed on paper: every operand as printed, with its page and its mark.
"use strict";

(function (J) {
  const SHORT = 18; // characters that stay on one line

  // The figures of a check with their marks: the stated one first, then the operands from 1.
  J.marksOf = function (check) {
    const operands = check.operands.filter((id, at) => check.operands.indexOf(id) === at && id !== check.stated);
    return [[check.stated, J.t("statedMark"), true], ...operands.map((id, at) => [id, String(at + 1), false])];
  };

  J.arithmetic = function (check, finding) {
    return J.el(
      "div",
      { class: "arithmetic" },
      comparison(check, finding),
      finding && finding.diagnosis ? J.el("p", { class: "diagnosis" }, J.el("b", { text: J.t("diagnosis") }), J.said("span", finding.diagnosis)) : null,
      check.reason ? J.el("p", { class: "diagnosis reason" }, J.el("b", { text: J.t("reason") }), J.said("span", check.reason)) : null,
      J.el("p", { class: "formula-line" }, J.el("b", { text: J.t("formula") }), J.said("span", check.formula, "formula")),
      operandTable(check),
      finding ? consequences(finding) : null,
      check.quote ? J.el("blockquote", {}, J.el("b", { text: J.t("quote") }), J.said("span", check.quote)) : null,
      finding && finding.confidence < 1 ? J.el("p", { class: "muted", text: `${J.t("confidence")} ${Math.round(finding.confidence * 100)}%` }) : null,
      ruleHelp(check.code),
    );
  };

  // A finding whose check is not among the datasets still shows what it says itself.
  J.bareArithmetic = function (finding) {
    return J.el("div", { class: "arithmetic" }, comparison(null, finding), J.el("p", { class: "formula-line" }, J.el("b", { text: J.t("formula") }), J.said("span", finding.formula, "formula")), ruleHelp(finding.code));
  };

  function comparison(check, finding) {
    const stated = finding ? finding.stated : J.figures.get(check.stated)?.printed;
    const expected = finding ? finding.expected : withUnit(check.expected, check.unit);
    const range = check && check.range ? `${J.number(check.range[0])} – ${withUnit(check.range[1], check.unit)}` : null;
    const recomputed = expected || range;
    return J.el(
      "dl",
      { class: "comparison" },
      pair("stated", stated, "stated"),
      recomputed ? pair(check && check.atMost ? "upperLimit" : "recomputed", recomputed, "expected", expected ? range : null) : null,
      finding && finding.gap ? pair("gap", finding.gap, "gap") : null,
    );
  }

  function withUnit(number, unit) {
    if (number === null || number === undefined) return null;
    return unit === "%" ? `${J.number(number)}%` : `${J.number(number)}${unit}`;
  }

  function pair(name, value, className, range) {
    return J.el(
      "div",
      { class: className },
      J.el("dt", { text: J.t(name) }),
      J.el("dd", {}, J.said("span", value, value.length <= SHORT ? "short" : null), range ? J.el("span", { class: "range", text: `${J.t("roundingRange")} ${range}` }) : null),
    );
  }

  function operandTable(check) {
    const head = ["", "operand", "asPrinted", "whereIs"].map((name, at) => J.el("th", { scope: "col", class: at > 1 ? "number" : null, text: name ? J.t(name) : "" }));
    return J.el(
      "table",
      { class: "operands" },
      J.el("thead", {}, J.el("tr", {}, head)),
      J.el("tbody", {}, J.marksOf(check).map(([id, mark, stated]) => operandRow(J.figures.get(id), mark, stated))),
    );
  }

  function operandRow(figure, mark, stated) {
    if (!figure) return null;
    const show = J.el("button", {
      type: "button",
      class: "plain",
      text: String(figure.page),
      "aria-label": J.t("showOnPage", { page: figure.page }),
      title: J.t("showOnPage", { page: figure.page }),
      on: { click: () => J.showFigure(figure.id) },
    });
    return J.el(
      "tr",
      { class: stated ? "stated" : null },
      J.el("td", {}, J.el("span", { class: `mark-chip ${stated ? "stated" : ""}`, text: mark })),
      J.el("td", { class: "label", title: figure.label }, J.said("span", figure.label || (stated ? J.t("stated") : ""))),
      J.said("td", figure.printed, "number"),
      J.el("td", { class: "number" }, show),
    );
  }

  // What else the same wrong figure breaks: told here once, and not as findings of their own.
  function consequences(finding) {
    if (!finding.consequences.length) return null;
    return J.el(
      "div",
      { class: "consequences" },
      J.el("b", { text: J.t("consequences") }),
      J.el(
        "ul",
        {},
        finding.consequences.map(({ formula, check }) =>
          J.el("li", {}, check ? J.el("button", { type: "button", class: "plain", on: { click: () => J.openCheck(check) } }, J.said("span", formula, "formula")) : J.said("span", formula, "formula")),
        ),
      ),
    );
  }

  // What an auditor has decided on a finding.
  J.review = function (finding) {
    if (!finding.review) return null;
    const told = [finding.reviewReason, finding.reviewer, finding.reviewed].filter(Boolean).join(" · ");
    return J.el("span", { class: `review ${finding.review}` }, J.el("b", { text: J.t(finding.review) }), told ? J.said("span", told) : null);
  };

  function ruleHelp(code) {
    const rule = JIXIAO_RULES[code];
    if (!rule) return null;
    return J.el("details", { class: "rule-help" }, J.el("summary", {}, J.el("span", { class: "code", text: code }), ` ${J.t("ruleHelp")}`), J.el("pre", { text: rule.help, lang: "en" }));
  }
})(Jixiao);
