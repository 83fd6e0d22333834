// What a finger scrolls sideways, a keyboard scrolls, too: it can be focused, but only where it does not fit.
"use strict";
(() => {
  function update() {
    for (const each of document.querySelectorAll("main pre, main div, main li, main math, main table")) {
      const scrolls = each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX);
      if (scrolls && !each.hasAttribute("tabindex")) {
        each.tabIndex = 0;
        each.dataset.scrolls = "";
      } else if (!scrolls && "scrolls" in each.dataset) {
        each.removeAttribute("tabindex");
        delete each.dataset.scrolls;
      }
    }
  }
  update();
  addEventListener("resize", update);
  addEventListener("toggle", update, true);

  // What is folded is printed, too.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
})();
