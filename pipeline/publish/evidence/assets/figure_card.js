// What a figure is and which checks it takes part in, shown beside it when it is pointed at, focused or tapped.
"use strict";

(function (J) {
  const data = JIXIAO_DOCUMENT;
  const MOST_CHECKS = 4;
  const LINGER = 160; // milliseconds in which the pointer can reach the card
  const WORST_FIRST = ["inconsistent", "within_rounding", "exact", "unverifiable"];
  const card = J.el("div", { class: "figure-card", id: "figure-card", role: "dialog", hidden: true });
  const sheets = document.getElementById("sheets");
  const checksByFigure = new Map();
  let shown = null;
  let pinned = false;
  let leaving = 0;

  for (const check of data.checks) {
    for (const id of new Set([check.stated, ...check.operands])) {
      checksByFigure.set(id, [...(checksByFigure.get(id) || []), check]);
    }
  }
  document.body.append(card);

  function show(element, pin) {
    window.clearTimeout(leaving);
    if (shown === element && pinned === pin) return;
    shown = element;
    pinned = pin;
    const figure = J.figures.get(element.dataset.figure);
    card.replaceChildren(...content(figure));
    card.setAttribute("aria-label", figure.printed);
    card.classList.toggle("pinned", pin);
    card.hidden = false;
    place(element.getBoundingClientRect());
  }

  function hide() {
    shown = null;
    pinned = false;
    card.hidden = true;
  }

  J.hideFigureCard = function () {
    const open = !card.hidden;
    hide();
    return open;
  };

  function content(figure) {
    const checks = [...(checksByFigure.get(figure.id) || [])].sort((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
    const more = checks.length - MOST_CHECKS;
    return [
      J.el("div", { class: "card-head" }, J.said("span", figure.printed, "card-printed"), J.badge(figure.status)),
      figure.label ? J.said("p", figure.label, "card-label") : null,
      J.el(
        "dl",
        { class: "card-facts" },
        fact("kind", J.t(figure.kind)),
        fact("value", valueText(figure)),
        fact("period", figure.period),
        fact("approximate", figure.approximate),
        figure.scanned ? fact("reading", J.t("readByOcr", { percent: Math.round(figure.confidence * 100) })) : null,
        fact("firstReading", figure.firstReading),
      ),
      checks.length ? J.el("h4", { text: J.t("takesPartIn") }) : J.el("p", { class: "muted", text: J.t("noCheckTouches") }),
      J.el("ul", { class: "card-checks" }, checks.slice(0, MOST_CHECKS).map((check) => J.el("li", {}, checkButton(check)))),
      more > 0 ? J.el("p", { class: "muted", text: J.t("moreChecks", { count: more }) }) : null,
    ].filter(Boolean);
  }

  function fact(name, value) {
    return value ? [J.el("dt", { text: J.t(name) }), J.el("dd", { text: value })] : null;
  }

  function valueText(figure) {
    if (figure.value === undefined) return "";
    const unit = figure.base ?? figure.unit;
    return `${J.number(figure.value)}${unit === "%" ? "%" : ` ${unit}`}`;
  }

  function checkButton(check) {
    return J.el(
      "button",
      {
        type: "button",
        on: {
          click: () => {
            hide();
            J.openCheck(check.id);
          },
        },
      },
      J.shape(check.verdict),
      J.el("span", { class: "code", text: check.code }),
      J.el("span", { class: "unseen", text: J.t(check.verdict) }),
      J.said("span", check.formula, "formula"),
    );
  }

  // Below the figure, or above where there is no room below, and never over the edge of the window.
  function place(box) {
    const gap = 6;
    const [width, height] = [card.offsetWidth, card.offsetHeight];
    const left = Math.min(Math.max(gap, box.left), window.innerWidth - width - gap);
    const below = box.bottom + gap;
    const top = below + height <= window.innerHeight - gap ? below : Math.max(gap, box.top - gap - height);
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
  }

  function leave() {
    window.clearTimeout(leaving);
    if (!pinned) leaving = window.setTimeout(hide, LINGER);
  }

  sheets.addEventListener("pointerover", (event) => {
    const element = event.target.closest("[data-figure]");
    if (element && event.pointerType === "mouse" && !pinned) show(element, false);
  });
  sheets.addEventListener("pointerout", (event) => event.target.closest("[data-figure]") && leave());
  sheets.addEventListener("focusin", (event) => {
    const element = event.target.closest("[data-figure]");
    if (element && element.matches(":focus-visible")) show(element, false);
  });
  sheets.addEventListener("focusout", (event) => event.target.closest("[data-figure]") && leave());
  sheets.addEventListener("click", (event) => {
    const element = event.target.closest("[data-figure]");
    if (element) show(element, true);
    else hide();
  });
  sheets.addEventListener("keydown", (event) => {
    const element = event.target.closest("[data-figure]");
    if (element && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      show(element, true);
      card.querySelector("button")?.focus();
    }
  });
  sheets.addEventListener("scroll", () => !pinned && !card.hidden && hide(), { passive: true });
  card.addEventListener("pointerenter", () => window.clearTimeout(leaving));
  card.addEventListener("pointerleave", leave);
  card.addEventListener("focusin", () => window.clearTimeout(leaving));
  document.addEventListener("jixiao:language", hide);
})(Jixiao);
