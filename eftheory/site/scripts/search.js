// Search in the index of all pages. The index is a script that sets a global, so that it loads from a file, too.
"use strict";
(() => {
  const box = document.querySelector(".search");
  const query = document.getElementById("query");
  const results = document.getElementById("results");
  const found = document.getElementById("found");
  const root = document.documentElement.dataset.root;
  const SHOWN = 12;
  let asked = false;

  function loadIndex() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = root + "assets/search-index.js";
    script.onload = show;
    document.head.append(script);
  }

  // Letters and digits, without accents: "Richtárik" is found by "richtarik".
  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function score(entry, words) {
    const title = plain(entry[0]);
    const all = title + " " + plain(entry[2] + " " + entry[3]);
    let points = 0;
    for (const word of words) {
      if (!all.includes(word)) return 0;
      const start = title.split(/[^\p{L}\p{N}]+/u);
      points += start.includes(word) ? 8 : start.some((each) => each.startsWith(word)) ? 4 : title.includes(word) ? 2 : 1;
    }
    const asked = words.join(" ");
    const isTerm = entry[1].includes("#") && plain(entry[3]).split(" ").includes(asked.replace(/ /g, "_"));
    return points + (title === asked || isTerm ? 20 : 0);
  }

  function show() {
    const words = plain(query.value).split(/\s+/).filter(Boolean);
    results.replaceChildren();
    results.hidden = true;
    found.textContent = "";
    if (!words.length || !window.eftheoryPages) return;
    const scored = window.eftheoryPages.map((entry) => [score(entry, words), entry]).filter((pair) => pair[0]);
    scored.sort((one, other) => other[0] - one[0] || one[1][0].length - other[1][0].length);
    for (const [, entry] of scored.slice(0, SHOWN)) {
      const link = document.createElement("a");
      link.href = root + entry[1];
      link.textContent = entry[0];
      const where = document.createElement("span");
      where.textContent = entry[2];
      const item = document.createElement("li");
      link.append(" ", where);
      item.append(link);
      results.append(item);
    }
    results.hidden = !scored.length;
    found.textContent = scored.length === 1 ? "1 page" : `${scored.length} pages`;
  }

  function close() {
    results.hidden = true;
    found.textContent = "";
  }

  query.addEventListener("focus", loadIndex);
  query.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      query.focus();
    } else if (event.key === "Enter" && document.activeElement === query && links.length && !results.hidden) {
      links[0].click();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && links.length && !results.hidden) {
      event.preventDefault();
      const next = here + (event.key === "ArrowDown" ? 1 : -1);
      (links[Math.min(next, links.length - 1)] || query).focus();
    }
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
    }
  });
  box.hidden = false;
})();
