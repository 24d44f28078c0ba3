// The language of the interface: Chinese unless the reader has chosen English. What reports say is never translated.
"use strict";

var Jixiao = {};

(function (J) {
  const KEY = "jixiao-language";
  const LANGUAGES = { zh: "zh-CN", en: "en" };

  J.words = { zh: {}, en: {} };
  J.language = remembered();

  // The word or sentence called `name`, with {members} of `values` put in.
  J.t = function (name, values) {
    const text = J.words[J.language][name] ?? J.words.zh[name] ?? name;
    return text.replace(/\{(\w+)\}/g, (whole, member) => (values && member in values ? String(values[member]) : whole));
  };

  J.setLanguage = function (language) {
    J.language = language;
    try {
      window.localStorage.setItem(KEY, language);
    } catch {
      // Some browsers keep no storage for files; the choice then holds for this page.
    }
    J.applyLanguage();
    document.dispatchEvent(new CustomEvent("jixiao:language"));
  };

  // Put the words of the language into the page's own markup: data-word is text, data-label an accessible name.
  J.applyLanguage = function () {
    document.documentElement.lang = LANGUAGES[J.language];
    for (const element of document.querySelectorAll("[data-word]")) {
      element.textContent = J.t(element.dataset.word);
    }
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", J.t(element.dataset.label));
    }
  };

  // Calls `draw` now and whenever the language changes.
  J.inEveryLanguage = function (draw) {
    draw();
    document.addEventListener("jixiao:language", draw);
  };

  function remembered() {
    try {
      const language = window.localStorage.getItem(KEY);
      return language in LANGUAGES ? language : "zh";
    } catch {
      return "zh";
    }
  }
})(Jixiao);
