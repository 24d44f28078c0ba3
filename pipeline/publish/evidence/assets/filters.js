// What is shown on the start page: the filters, kept in the address so that the way back from a document finds them.
"use strict";

(function (J) {
  const SEVERITIES = ["error", "warning", "note"];
  const DEFAULTS = { view: "documents", text: "", severity: "", status: "", code: "", genre: "", year: "", review: "", sort: "", page: "1" };

  J.readState = function () {
    const given = new URLSearchParams(window.location.hash.slice(1));
    return Object.fromEntries(Object.entries(DEFAULTS).map(([name, value]) => [name, given.get(name) ?? value]));
  };

  J.writeState = function (state) {
    const kept = Object.entries(state).filter(([name, value]) => value !== DEFAULTS[name]);
    const hash = new URLSearchParams(kept).toString();
    try {
      window.history.replaceState(null, "", hash ? `#${hash}` : window.location.pathname);
    } catch {
      // Without history the filters hold for this page only.
    }
  };

  J.isFiltered = function (state) {
    return ["text", "severity", "status", "code", "genre", "year", "review"].some((name) => state[name] !== "");
  };

  J.severitiesOf = function (state) {
    return state.severity ? state.severity.split(" ") : [];
  };

  // Whether a document is among those looked for. Severity and rule must meet in one and the same finding.
  J.documentMatches = function (document, state, codes) {
    const wanted = J.severitiesOf(state);
    if (state.status && document.status !== state.status) return false;
    if (state.genre && document.genre !== state.genre) return false;
    if (state.year && String(document.year) !== state.year) return false;
    if (state.text && !everyWord(state.text, document.searched)) return false;
    if (!wanted.length && !state.code) return true;
    if (wanted.includes("clean") && !state.code && document.quantities !== null && !document.codes.length) return true;
    const severities = wanted.length ? wanted.map((word) => SEVERITIES.indexOf(word)) : [0, 1, 2];
    return document.codes.some(
      ([code, ...counts]) => (!state.code || codes[code] === state.code) && severities.some((i) => counts[i]),
    );
  };

  J.findingMatches = function (finding, document, state) {
    const wanted = J.severitiesOf(state);
    return (
      (!wanted.length || wanted.includes(finding.severity)) &&
      (!state.code || finding.code === state.code) &&
      (!state.review || (finding.review || "unreviewed") === state.review) &&
      (!state.status || document.status === state.status) &&
      (!state.genre || document.genre === state.genre) &&
      (!state.year || String(document.year) === state.year) &&
      (!state.text || everyWord(state.text, finding.searched))
    );
  };

  function everyWord(text, searched) {
    return text.toLowerCase().split(/\s+/).every((word) => searched.includes(word));
  }

  // Draw the filters into `form`; `change` is called with what changes.
  J.drawFilters = function (form, state, choices, change) {
    const focused = document.activeElement && form.contains(document.activeElement) ? document.activeElement.name || document.activeElement.value : null;
    const search = J.el("input", {
      type: "search",
      name: "text",
      value: state.text,
      placeholder: J.t(state.view === "findings" ? "searchFindings" : "search"),
      "aria-label": J.t(state.view === "findings" ? "searchFindings" : "search"),
      autocomplete: "off",
      on: { input: (event) => change({ text: event.target.value.trim() }, true) },
    });
    const parts = [
      search,
      severityButtons(state, change),
      select("status", state, J.t("allStatuses"), choices.statuses.map((word) => [word, J.t(word)]), change),
      select("code", state, J.t("allCodes"), choices.codes.map((code) => [code, `${code} ${J.ruleTitle(code)}`]), change),
      select("genre", state, J.t("allGenres"), choices.genres.map((word) => [word, J.t(word)]), change),
      select("year", state, J.t("allYears"), choices.years.map((year) => [String(year), String(year)]), change),
      state.view === "findings" ? select("review", state, J.t("allReviews"), choices.reviews.map((word) => [word, J.t(word)]), change) : null,
      J.el("button", {
        type: "button",
        class: "plain",
        name: "clear",
        text: J.t("clear"),
        on: { click: () => change({ text: "", severity: "", status: "", code: "", genre: "", year: "", review: "" }) },
      }),
    ];
    form.replaceChildren(...parts.filter((part) => part !== null));
    form.onsubmit = (event) => event.preventDefault();
    if (focused) {
      const again = [...form.elements].find((element) => (element.name || element.value) === focused);
      if (again) again.focus();
    }
  };

  function severityButtons(state, change) {
    const wanted = J.severitiesOf(state);
    const words = state.view === "findings" ? SEVERITIES : [...SEVERITIES, "clean"];
    return J.el(
      "div",
      { class: "chips", role: "group", "aria-label": J.t("severity") },
      words.map((word) =>
        J.el(
          "button",
          {
            type: "button",
            class: `chip ${word}`,
            value: word,
            "aria-pressed": String(wanted.includes(word)),
            on: {
              click: () => {
                const others = wanted.filter((other) => other !== word);
                change({ severity: (wanted.includes(word) ? others : [...others, word]).join(" ") });
              },
            },
          },
          J.shape(word),
          J.el("span", { text: J.t(word) }),
        ),
      ),
    );
  }

  function select(name, state, all, choices, change) {
    if (choices.length < 2 && !state[name]) return null;
    const element = J.el(
      "select",
      { name, "aria-label": J.t(name === "code" ? "rule" : name), on: { change: (event) => change({ [name]: event.target.value }) } },
      J.el("option", { value: "", text: all }),
      choices.map(([value, label]) => J.el("option", { value, text: label })),
    );
    element.value = state[name];
    element.classList.toggle("set", Boolean(state[name]));
    return element;
  }
})(Jixiao);
