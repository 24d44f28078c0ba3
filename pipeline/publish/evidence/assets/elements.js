// Elements, made from text and never from markup, so that nothing a report says can become part of the page.
"use strict";

(function (J) {
  const SVG = "http://www.w3.org/2000/svg";

  // Shapes say what colours say, for whoever cannot tell these apart or prints without colour.
  const SHAPES = {
    error: ["M8 1 15 8 8 15 1 8Z", "M8 4.6v4.2M8 10.9v.6"],
    warning: ["M8 1.8 15.2 14.4H.8Z", "M8 6.4v3.8M8 12v.5"],
    note: ["M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1Z", "M8 7.2v4M8 4.6v.5"],
    verified: ["M2 2h12v12H2Z", "M4.6 8.3 7 10.7l4.4-5"],
    contradicted: ["M2 2h12v12H2Z", "M5 5l6 6M11 5l-6 6"],
    unchecked: ["M2 2h12v12H2Z", "M5 8h6"],
  };
  const LIKE = {
    exact: "verified",
    within_rounding: "verified",
    inconsistent: "contradicted",
    unverifiable: "unchecked",
    ok: "verified",
    partial: "warning",
    failed: "contradicted",
    clean: "verified",
  };

  // An element: attributes by name ("text" is its text, "on" its listeners), then children, nulls left out.
  J.el = function (tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes, children);
  };

  J.svg = function (tag, attributes, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  };

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") element.textContent = value;
      else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      else element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined && child !== false) element.append(child);
    }
    return element;
  }

  // The shape of a severity, status or verdict; decoration, so its word must stand beside it or label it.
  J.shape = function (word) {
    const kind = SHAPES[word] ? word : LIKE[word];
    const [outline, sign] = SHAPES[kind];
    return J.svg(
      "svg",
      { class: `shape ${kind}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
      J.svg("path", { class: "outline", d: outline }),
      J.svg("path", { class: "sign", d: sign }),
    );
  };

  J.badge = function (word, count) {
    return J.el("span", { class: `badge ${word}` }, J.shape(word), J.el("span", { text: J.t(word) }), count === undefined ? null : J.el("b", { text: J.number(count) }));
  };

  // Text from a report: always Chinese, whatever the interface speaks.
  J.said = function (tag, text, className) {
    return J.el(tag, { class: className, text, lang: J.language === "zh" ? null : "zh-CN" });
  };

  // Thousands parted, without going through a float: the digits stay the report's own.
  J.number = function (value) {
    if (value === null || value === undefined) return "";
    const [whole, decimals] = String(value).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
    return decimals === undefined ? grouped : `${grouped}.${decimals}`;
  };

  J.percent = function (part, whole, places) {
    return whole ? `${((100 * part) / whole).toFixed(places ?? 0)}%` : "";
  };

  // A bar of the shares verified, contradicted and unchecked, said in words too.
  J.coverageBar = function (counts) {
    const all = counts.quantities || 0;
    const parts = [
      ["verified", counts.verified || 0],
      ["contradicted", counts.contradicted || 0],
      ["unchecked", all - (counts.verified || 0) - (counts.contradicted || 0)],
    ];
    const label = parts.map(([word, count]) => `${J.t(word)} ${J.number(count)}`).join(J.language === "zh" ? "，" : ", ");
    const bar = J.el("span", { class: "coverage-bar", role: "img", "aria-label": label, title: label });
    for (const [word, count] of parts) {
      if (!count) continue;
      const part = J.el("span", { class: `part ${word}` });
      part.style.flexGrow = String(count);
      bar.append(part);
    }
    return bar;
  };

  J.ruleTitle = function (code, title) {
    const rule = JIXIAO_RULES[code];
    if (J.language === "zh" || !rule) return title || (rule ? rule.title : code);
    return rule.name.charAt(0).toUpperCase() + rule.name.slice(1);
  };

  // Tabs after the pattern of the ARIA practices: one stop, arrows between them.
  J.tabs = function (place, tabs, chosen, choose) {
    place.replaceChildren(
      ...tabs.map(({ name, label, count }) =>
        J.el(
          "button",
          {
            type: "button",
            role: "tab",
            id: `tab-${name}`,
            "aria-selected": String(name === chosen),
            tabindex: name === chosen ? "0" : "-1",
            on: { click: () => choose(name) },
          },
          J.el("span", { text: label }),
          J.el("span", { class: "tab-count", text: J.number(count) }),
        ),
      ),
    );
    place.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = tabs.findIndex(({ name }) => name === chosen);
      const next = tabs[(at + step + tabs.length) % tabs.length].name;
      choose(next);
      document.getElementById(`tab-${next}`).focus();
    };
  };

  J.languageSwitch = function () {
    const place = document.getElementById("language");
    J.inEveryLanguage(() => {
      place.replaceChildren(
        J.el(
          "div",
          { class: "switch", role: "group", "aria-label": J.t("language") },
          [["zh", "中文"], ["en", "English"]].map(([language, name]) =>
            J.el("button", {
              type: "button",
              text: name,
              lang: language === "zh" ? "zh-CN" : "en",
              "aria-pressed": String(J.language === language),
              on: {
                click: () => {
                  J.setLanguage(language);
                  place.querySelector(`[lang^=${language}]`).focus();
                },
              },
            }),
          ),
        ),
      );
    });
  };

  J.applyLanguage();
  J.languageSwitch();
})(Jixiao);
