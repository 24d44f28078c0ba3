// The pages as printed, every figure outlined on them. Boxes are in points of the page, and so is the overlay's own
// coordinate system: it scales with the picture.
"use strict";

(function (J) {
  const data = JIXIAO_DOCUMENT;
  const MARGIN = 1; // points around a figure, so that the outline does not touch its digits
  const MARK_WIDTH = 595; // points across an A4 page, for which marks are drawn
  const MARK_RADIUS = 5.2;
  const WIDEST = 860; // pixels of a page fitted to a wide window
  const NARROW = 560; // pixels below which print fitted to the width would be too small to read
  const ZOOM_STEPS = [0.5, 0.75, 1, 1.25, 1.6, 2, 2.5, 3.2];
  const STATUSES = ["verified", "contradicted", "unchecked"];

  J.figures = new Map(data.figures.map((figure) => [figure.id, figure]));
  const sheets = document.getElementById("sheets");
  const tools = document.getElementById("reader-tools");
  const placesByPage = new Map(data.pages.map((page) => [page.number, []]));
  const drawn = new Set();
  const hidden = new Set();
  let zoom = 1;
  let current = data.pages.length ? data.pages[0].number : 0;
  let lit = [];

  for (const figure of data.figures) {
    for (const place of figure.places) placesByPage.get(place.page)?.push({ figure, box: place.box });
  }

  function drawSheets() {
    drawn.clear();
    sheets.replaceChildren(...data.pages.map(sheet));
    if (!data.pages.length) sheets.append(J.el("p", { class: "nothing", text: J.t("noPages") }));
    for (const element of sheets.querySelectorAll(".sheet")) nearby.observe(element);
    relight();
  }

  function sheet(page) {
    const paper = J.el("div", { class: "paper" });
    paper.style.aspectRatio = `${page.width} / ${page.height}`;
    if (page.image) {
      const address = `../pages/${data.id}/${page.number}.webp`;
      paper.append(J.el("img", { src: address, alt: J.t("pageImage", { page: page.number }), loading: "lazy", decoding: "async" }));
    }
    paper.append(
      J.svg("svg", { class: "overlay", viewBox: `0 0 ${page.width} ${page.height}`, role: "group", "aria-label": J.t("pageNumber", { page: page.number }) }),
    );
    const scanned = page.scanned ? ` · ${J.t("scannedPage", { percent: Math.round(page.confidence * 100) })}` : "";
    return J.el(
      "figure",
      { class: "sheet", id: `page-${page.number}`, "data-page": page.number },
      paper,
      J.el("figcaption", { text: J.t("pageOf", { page: page.number, pages: data.pageCount }) + scanned }),
      J.el("details", { class: "page-text", open: !page.image }, J.el("summary", { text: J.t("pageText") }), J.said("pre", page.text)),
    );
  }

  // Outlines are drawn when their page comes near: a report can have ten thousand figures.
  const nearby = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => drawOverlay(Number(entry.target.dataset.page))),
    { root: sheets, rootMargin: "1200px 0px" },
  );

  function drawOverlay(number) {
    if (drawn.has(number)) return;
    drawn.add(number);
    const page = data.pages.find((candidate) => candidate.number === number);
    const places = placesByPage.get(number);
    const overlay = overlayOf(number);
    overlay.append(
      ...(page.image ? [] : [...page.cells.map((each) => cell(each, places)), ...places.map(printed)]),
      J.svg("g", { class: "figures" }, places.map(outline)),
      J.svg("g", { class: "marks" }),
    );
    relight();
  }

  function overlayOf(number) {
    return document.querySelector(`#page-${number} .overlay`);
  }

  function outline({ figure, box }, at) {
    const [x, y, width, height] = box;
    return J.svg("rect", {
      class: `figure ${figure.status}`,
      "data-figure": figure.id,
      x: x - MARGIN,
      y: y - MARGIN,
      width: width + 2 * MARGIN,
      height: height + 2 * MARGIN,
      rx: 1.5,
      role: "button",
      tabindex: at === 0 ? "0" : "-1",
      "aria-label": [figure.label, figure.printed, J.t(figure.status)].filter(Boolean).join(" · "),
    });
  }

  // Where there is no picture, table cells and figures are set where they stand; a cell that holds nothing but a figure
  // leaves the setting to it.
  function cell({ box: [x, y, width, height], text }, places) {
    const within = ({ box: [left, top, wide, tall] }) => left + wide / 2 > x && left + wide / 2 < x + width && top + tall / 2 > y && top + tall / 2 < y + height;
    const isFigure = places.some((place) => within(place) && place.figure.printed === text.trim());
    return J.svg(
      "g",
      { class: "cell" },
      J.svg("rect", { x, y, width, height }),
      J.svg("foreignObject", { x: x + 1, y: y + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2) }, J.said("div", isFigure ? "" : text, "cell-text")),
    );
  }

  // A figure that a line end cuts is set whole at its first part.
  function printed({ figure, box }) {
    const [x, y, width, height] = box;
    const whole = figure.places.length === 1;
    if (!whole && figure.places[0].box !== box) return J.svg("g", { class: "printed" });
    const length = whole ? { textLength: width, lengthAdjust: "spacingAndGlyphs" } : {};
    return J.svg(
      "g",
      { class: "printed" },
      J.svg("rect", { x, y, width, height }),
      J.svg("text", { x, y: y + height * 0.8, "font-size": Math.min(height * 0.8, 11), text: figure.printed, ...length }),
    );
  }

  // Lighting up -------------------------------------------------------------------------------------------------

  // Light up figures, each given as its id, its mark and whether it is the stated one. Returns whether any is on a page.
  J.light = function (marked) {
    lit = marked.filter(([id]) => J.figures.get(id)?.places.length);
    for (const [id] of lit) {
      for (const place of J.figures.get(id).places) drawOverlay(place.page);
    }
    relight();
    return lit.length > 0;
  };

  function relight() {
    sheets.classList.toggle("lighting", lit.length > 0);
    for (const element of sheets.querySelectorAll(".lit")) element.classList.remove("lit", "stated");
    for (const marks of sheets.querySelectorAll(".marks")) marks.replaceChildren();
    // The stated figure last, so that its mark lies on top.
    [...lit].reverse().forEach(([id, mark, stated]) => {
      for (const element of rectsOf(id)) {
        element.classList.add("lit");
        element.classList.toggle("stated", stated);
      }
      const figure = J.figures.get(id);
      // One mark is enough, also where a line end cuts the figure.
      const marks = document.querySelector(`#page-${figure.places[0].page} .marks`);
      if (marks) {
        const kind = stated ? `stated ${figure.status}` : "";
        marks.append(markAt(figure, figure.places[0], stated ? J.t("statedMark") : mark, kind));
      }
    });
  }

  // A mark beside a figure, of one size on the screen whatever the size of the page, and never over a digit: before the
  // figure in the blank of a table's cell, at its upper corner between the lines of prose.
  function markAt(figure, { page, box: [x, y, , height] }, mark, kind) {
    const scale = data.pages.find((candidate) => candidate.number === page).width / MARK_WIDTH;
    const size = figure.inTable ? Math.min(scale, height / (2 * MARK_RADIUS)) : scale;
    const [left, top] = figure.inTable ? [x - (MARK_RADIUS + 2) * size, y + height / 2] : [x - 2 * size, y - 2.5 * size];
    return J.svg(
      "g",
      { class: `mark ${kind}`, "aria-hidden": "true", transform: `translate(${left} ${top}) scale(${size})` },
      J.svg("circle", { r: MARK_RADIUS }),
      J.svg("text", { y: 2.4, "font-size": mark.length > 1 ? 5.4 : 6.6, text: mark }),
    );
  }

  function rectsOf(id) {
    return sheets.querySelectorAll(`[data-figure="${CSS.escape(id)}"]`);
  }

  // Moving about ------------------------------------------------------------------------------------------------

  // Bring a figure into view.
  J.showFigure = function (id, focus) {
    const figure = J.figures.get(id);
    if (!figure || !figure.places.length) return;
    drawOverlay(figure.places[0].page);
    const element = rectsOf(id)[0];
    const [view, box] = [sheets.getBoundingClientRect(), element.getBoundingClientRect()];
    const left = box.left >= view.left + 8 && box.right <= view.right - 8 ? sheets.scrollLeft : sheets.scrollLeft + box.left - view.left - (view.width - box.width) / 2;
    scrollTo(sheets.scrollTop + box.top - view.top - (view.height - box.height) / 2, left);
    if (focus) element.focus({ preventScroll: true });
  };

  J.showPage = function (number) {
    const element = document.getElementById(`page-${number}`);
    if (element) scrollTo(element.offsetTop - sheets.offsetTop - 8, sheets.scrollLeft);
  };

  function scrollTo(top, left) {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Over many pages a glide shows nothing but blur.
    const far = Math.abs(top - sheets.scrollTop) > 3 * sheets.clientHeight;
    sheets.scrollTo({ top, left, behavior: still || far ? "instant" : "smooth" });
  }

  J.zoomBy = function (steps) {
    const at = ZOOM_STEPS.reduce((best, step, i) => (Math.abs(step - zoom) < Math.abs(ZOOM_STEPS[best] - zoom) ? i : best), 0);
    setZoom(ZOOM_STEPS[Math.min(ZOOM_STEPS.length - 1, Math.max(0, at + steps))]);
  };

  function setZoom(value) {
    const [middle, across] = [sheets.scrollTop + sheets.clientHeight / 2, sheets.scrollLeft + sheets.clientWidth / 2];
    const [tall, wide] = [sheets.scrollHeight, sheets.scrollWidth];
    zoom = value;
    fit();
    sheets.scrollTop = (middle / tall) * sheets.scrollHeight - sheets.clientHeight / 2;
    sheets.scrollLeft = (across / wide) * sheets.scrollWidth - sheets.clientWidth / 2;
  }

  function fit() {
    const room = Math.min(sheets.clientWidth - 32, WIDEST);
    sheets.style.setProperty("--sheet-width", `${Math.round(room * zoom)}px`);
  }

  J.turnPage = function (by) {
    const at = data.pages.findIndex((page) => page.number === current);
    const page = data.pages[Math.min(data.pages.length - 1, Math.max(0, at + by))];
    if (page) J.showPage(page.number);
  };

  function noteCurrentPage() {
    const line = sheets.getBoundingClientRect().top + sheets.clientHeight / 3;
    for (const element of sheets.querySelectorAll(".sheet")) {
      if (element.getBoundingClientRect().bottom > line) {
        current = Number(element.dataset.page);
        break;
      }
    }
    const input = tools.querySelector("input");
    if (input && input !== document.activeElement) input.value = String(current);
  }

  // Tools -------------------------------------------------------------------------------------------------------

  function drawTools() {
    const button = (name, sign, act) => J.el("button", { type: "button", class: "tool", text: sign, "aria-label": J.t(name), title: J.t(name), on: { click: act } });
    tools.replaceChildren(
      J.el(
        "div",
        { class: "page-of" },
        J.el("input", {
          type: "number",
          min: 1,
          max: data.pageCount,
          value: current,
          "aria-label": J.t("goToPage"),
          on: { change: (event) => J.showPage(event.target.value) },
        }),
        J.el("span", { text: `/ ${data.pageCount ?? 0}` }),
      ),
      J.el("div", { class: "zoom" }, button("zoomOut", "−", () => J.zoomBy(-1)), button("fitWidth", "↔", () => setZoom(1)), button("zoomIn", "+", () => J.zoomBy(1))),
      J.el(
        "div",
        { class: "chips legend-chips", role: "group", "aria-label": J.t("showHide") },
        STATUSES.map((status) => {
          const count = data.figures.filter((figure) => figure.status === status).length;
          return J.el(
            "button",
            { type: "button", class: `chip ${status}`, value: status, "aria-pressed": String(!hidden.has(status)), on: { click: () => toggle(status) } },
            J.shape(status),
            J.el("span", { text: J.t(status) }),
            J.el("b", { text: J.number(count) }),
          );
        }),
      ),
    );
  }

  function toggle(status) {
    if (!hidden.delete(status)) hidden.add(status);
    for (const each of STATUSES) sheets.classList.toggle(`without-${each}`, hidden.has(each));
    tools.querySelector(`[value=${status}]`).setAttribute("aria-pressed", String(!hidden.has(status)));
  }

  // Arrows go from figure to figure within the one tab stop that a page has.
  sheets.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const from = event.target.closest("[data-figure]");
    if (!step || !from) return;
    event.preventDefault();
    const all = [...from.parentNode.children];
    const to = all[(all.indexOf(from) + step + all.length) % all.length];
    from.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  let waiting = false;
  sheets.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(() => {
      waiting = false;
      noteCurrentPage();
    });
  });
  new ResizeObserver(fit).observe(sheets);

  if (sheets.clientWidth < NARROW) zoom = 1.6;
  J.inEveryLanguage(() => {
    const top = sheets.scrollTop;
    drawTools();
    drawSheets();
    fit();
    sheets.scrollTop = top;
  });
})(Jixiao);
