// The charts of the start page: coverage, findings by rule, total scores.
"use strict";

(function (J) {
  const SEVERITIES = ["error", "warning", "note"];
  const WIDTH = 320;

  function panel(title, hint, ...content) {
    return J.el(
      "section",
      { class: "chart" },
      J.el("h3", { text: title }),
      hint ? J.el("p", { class: "hint", text: hint }) : null,
      ...content,
    );
  }

  J.coverageChart = function (documents) {
    const all = { quantities: 0, verified: 0, contradicted: 0 };
    for (const document of documents) {
      for (const name of Object.keys(all)) all[name] += document[name] || 0;
    }
    const counts = { ...all, unchecked: all.quantities - all.verified - all.contradicted };
    const legend = ["verified", "contradicted", "unchecked"].map((word) =>
      J.el(
        "li",
        {},
        J.shape(word),
        J.el("span", { text: J.t(word) }),
        J.el("b", { text: J.percent(counts[word], all.quantities, 1) }),
        J.el("span", { class: "muted", text: J.number(counts[word]) }),
      ),
    );
    return panel(
      J.t("coverage"),
      J.t("coverageHint"),
      J.coverageBar(all),
      J.el("ul", { class: "legend" }, legend),
      J.el("h4", { text: J.t("coveragePerDocument") }),
      shareColumns(documents.filter((document) => document.quantities)),
    );
  };

  // How many documents have how large a share of their figures verified, in tenths.
  function shareColumns(documents) {
    const tenths = new Array(10).fill(0);
    for (const document of documents) {
      tenths[Math.min(9, Math.floor((10 * document.verified) / document.quantities))] += 1;
    }
    const labels = tenths.map((_, i) => `${i * 10}–${i * 10 + 10}%`);
    return columns(tenths, labels, [[0, "0"], [5, "50%"], [10, "100%"]], "verified", 64);
  }

  function columns(counts, labels, ticks, className, height) {
    const width = WIDTH / counts.length;
    const most = Math.max(1, ...counts);
    const chart = J.svg("svg", {
      class: `columns ${className}`,
      viewBox: `0 0 ${WIDTH} ${height + 16}`,
      role: "img",
      "aria-label": labels.map((label, i) => `${label}: ${counts[i]}`).filter((_, i) => counts[i]).join("; "),
    });
    counts.forEach((count, i) => {
      const tall = count ? Math.max(2, (count / most) * (height - 12)) : 0;
      chart.append(
        J.svg(
          "rect",
          { class: "column", x: i * width + 1.5, y: height - tall, width: width - 3, height: tall, rx: 1.5 },
          J.svg("title", { text: `${labels[i]}: ${J.t("documentsCounted", { count })}` }),
        ),
      );
      if (count) chart.append(J.svg("text", { class: "value", x: (i + 0.5) * width, y: height - tall - 3, text: J.number(count) }));
    });
    chart.append(axis(ticks, counts.length, height));
    return chart;
  }

  function axis(ticks, parts, height) {
    const group = J.svg("g", { class: "axis" }, J.svg("line", { x1: 0, x2: WIDTH, y1: height + 0.5, y2: height + 0.5 }));
    for (const [at, label] of ticks) {
      const anchor = at === 0 ? "start" : at === parts ? "end" : "middle";
      group.append(J.svg("text", { x: (at / parts) * WIDTH, y: height + 13, "text-anchor": anchor, text: label }));
    }
    return group;
  }

  // Findings by rule, each a button that filters; `chosen` is the rule filtered by.
  J.codesChart = function (documents, codes, chosen, choose) {
    const counts = new Map();
    for (const document of documents) {
      for (const [code, ...severities] of document.codes) {
        const sums = counts.get(code) || [0, 0, 0];
        counts.set(code, sums.map((sum, i) => sum + severities[i]));
      }
    }
    const sum = (severities) => severities.reduce((a, b) => a + b, 0);
    const sorted = [...counts].sort((a, b) => sum(b[1]) - sum(a[1]) || a[0] - b[0]);
    if (!sorted.length) return panel(J.t("findingsByCode"), null, J.el("p", { class: "nothing", text: J.t("noFindings") }));
    const most = sum(sorted[0][1]);
    return panel(
      J.t("findingsByCode"),
      J.t("findingsByCodeHint"),
      J.el(
        "ul",
        { class: "codes" },
        sorted.map(([code, severities]) => J.el("li", {}, codeButton(codes[code], severities, sum(severities), most, chosen, choose))),
      ),
    );
  };

  function codeButton(code, severities, count, most, chosen, choose) {
    const bar = J.svg("svg", { class: "codes-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
    let x = 0;
    SEVERITIES.forEach((severity, i) => {
      const width = (severities[i] / most) * 100;
      if (width) bar.append(J.svg("rect", { class: severity, x, y: 0, width, height: 10 }));
      x += width;
    });
    const told = SEVERITIES.filter((_, i) => severities[i]).map((severity) => `${J.t(severity)} ${severities[SEVERITIES.indexOf(severity)]}`);
    return J.el(
      "button",
      { type: "button", "aria-pressed": String(code === chosen), title: told.join("，"), on: { click: () => choose(code === chosen ? "" : code) } },
      J.el("span", { class: "code", text: code }),
      J.el("span", { class: "code-title", text: J.ruleTitle(code) }),
      bar,
      J.el("b", { text: J.number(count) }),
    );
  }

  // Total scores as stated (columns) and as re-computed (outline).
  J.totalsChart = function (documents) {
    const stated = documents.map((document) => Number(document.stated)).filter((_, i) => documents[i].stated !== null);
    const recomputed = documents.map((document) => Number(document.recomputed)).filter((_, i) => documents[i].recomputed !== null);
    const within = [...stated, ...recomputed].filter((total) => total >= 0 && total <= 100);
    if (!within.length) return panel(J.t("totals"), null, J.el("p", { class: "nothing", text: J.t("noTotals") }));
    const step = Math.min(...within) >= 80 ? 2 : 5;
    const from = Math.min(80, Math.floor(Math.min(...within) / step) * step);
    const parts = (100 - from) / step;
    const count = (totals) => {
      const bins = new Array(parts).fill(0);
      for (const total of totals) {
        if (total >= from && total <= 100) bins[Math.min(parts - 1, Math.floor((total - from) / step))] += 1;
      }
      return bins;
    };
    const [bars, lines] = [count(stated), count(recomputed)];
    const labels = bars.map((_, i) => `${from + i * step}–${from + (i + 1) * step}`);
    const ticks = bars.map((_, i) => [i, String(from + i * step)]).filter(([i]) => i % Math.ceil(parts / 5) === 0 && i < parts - 1);
    const height = 150;
    const chart = columns(bars, labels, [...ticks, [parts, "100"]], "totals", height);
    const most = Math.max(1, ...bars);
    const width = WIDTH / parts;
    lines.forEach((number, i) => {
      if (!number) return;
      const y = height - Math.min(1, number / most) * (height - 12);
      chart.append(
        J.svg("line", { class: "recomputed", x1: i * width + 1, x2: (i + 1) * width - 1, y1: y, y2: y }, J.svg("title", { text: `${J.t("recomputed")} ${labels[i]}: ${number}` })),
      );
    });
    return panel(J.t("totals"), J.t("totalsHint"), chart);
  };
})(Jixiao);
