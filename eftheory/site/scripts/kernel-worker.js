// Python in a worker: it unpacks the sources of the checker and the kernel, unchanged, and answers one question.
// Each question gets a worker of its own, so that nothing that a text did is there when the next one is asked.
"use strict";

async function load() {
  const { loadPyodide } = await import("./pyodide/pyodide.mjs");
  const python = await loadPyodide({ indexURL: new URL("pyodide/", self.location.href).href });
  const response = await fetch("eftheory-kernel.zip");
  if (!response.ok) throw new Error("eftheory-kernel.zip is missing");
  python.unpackArchive(await response.arrayBuffer(), "zip", { extractDir: "/kernel" });
  python.runPython("import sys; sys.path.insert(0, '/kernel')");
  return python.pyimport("eftheory.site.in_browser");
}

const loading = load();
loading.then(() => self.postMessage({ state: "ready" }), (error) => self.postMessage({ state: "missing", said: String(error) }));

self.addEventListener("message", async ({ data }) => {
  let kernel;
  try {
    kernel = await loading;
  } catch {
    return; // told above
  }
  self.postMessage({ state: "running" });
  try {
    const answer = data.kind === "check" ? kernel.check(data.text) : kernel.prove(data.name, data.text, data.expected);
    const [good, said] = answer.toJs();
    self.postMessage({ state: "done", good, said });
  } catch (error) {
    const last = String(error.message ?? error).trim().split("\n").at(-1);
    self.postMessage({ state: "done", good: false, said: last });
  }
});
