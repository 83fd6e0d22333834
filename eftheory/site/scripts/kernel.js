// Checks certificates and marks exercises with the Python of kernel-worker.js. Where that is not there, the page keeps
// what it says without scripts.
"use strict";
(() => {
  const LONGEST = 60; // seconds that an answer may take once Python is loaded
  const assets = new URL(`${document.documentElement.dataset.root}assets/`, location.href);

  async function isThere() {
    if (!/^https?:$/.test(location.protocol) || !("Worker" in window) || !("WebAssembly" in window)) return false;
    try {
      return (await fetch(new URL("pyodide/pyodide-lock.json", assets), { method: "HEAD" })).ok;
    } catch {
      return false;
    }
  }

  function start(place) {
    const { kernel: kind, name, expected } = place.dataset;
    const form = place.querySelector("form");
    const [text, said, state, stop] = ["textarea", ".said", ".state", ".stop"].map((each) => form.querySelector(each));
    const go = form.querySelector("button:not([type])");
    let worker, clock, waiting = false;

    function hire() {
      worker = new Worker(new URL("kernel-worker.js", assets), { type: "module" });
      worker.addEventListener("message", ({ data }) => heard(data));
      worker.addEventListener("error", () => heard({ state: "missing", said: "the worker does not start" }));
    }
    function dismiss() {
      worker?.terminate();
      worker = undefined;
    }
    function show(words, good) {
      state.textContent = words;
      state.className = `state${good === undefined ? "" : good ? " right" : " wrong"}`;
    }
    function end(words, good, output = "") {
      clearTimeout(clock);
      waiting = false;
      go.disabled = false;
      if (document.activeElement === stop) go.focus();
      stop.disabled = true;
      said.hidden = output === "";
      said.textContent = output;
      show(words, good);
      dismiss();
    }
    function heard(data) {
      if (!waiting) {
        if (data.state === "missing") dismiss(); // the next question tries again, and tells
      } else if (data.state === "running") {
        show(kind === "check" ? "Checking …" : "Proving …");
        clock = setTimeout(() => end(`Stopped: it took longer than ${LONGEST} seconds.`, false), LONGEST * 1000);
      } else if (data.state === "missing") {
        end(`Python does not start here: ${data.said}`, false);
      } else if (data.state === "done") {
        const words = kind === "check" ? ["Accepted.", "Not accepted."] : ["Solved.", "Not solved."];
        end(words[data.good ? 0 : 1], data.good, data.said);
        hire(); // the next one loads while the answer is read
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (waiting) return;
      if (!text.value.trim()) return end("There is no text yet.", false);
      if (!worker) hire();
      waiting = true;
      go.disabled = true;
      stop.disabled = false;
      said.hidden = true;
      show("Loading Python …");
      stop.focus();
      worker.postMessage({ kind, name, expected, text: text.value });
    });
    stop.addEventListener("click", () => waiting && end("Stopped."));
    form.addEventListener("reset", () => !waiting && end("As given."));
    form.querySelector("[type=file]")?.addEventListener("change", async ({ target }) => {
      if (!target.files.length) return;
      text.value = await target.files[0].text();
      show(`${target.files[0].name} is read: ${text.value.length} characters.`);
    });
    for (const each of place.querySelectorAll(".instead")) each.hidden = true;
    form.hidden = false;
  }

  isThere().then((there) => {
    if (there) document.querySelectorAll("[data-kernel]").forEach(start);
  });
})();
