/* The laws of eftheory.laws in floating point, and the page that draws them. tests/site/test_explorer.py compares both. */
"use strict";

globalThis.eftheory = (() => {
  const root = (alpha) => Math.sqrt(1 - alpha);
  const theta = (alpha) => alpha / (1 + root(alpha)); // 1 - sqrt(1 - alpha) cancels for small alpha
  const square = (tau, s) => s + tau * (tau + Math.sqrt(tau * tau + 4 * s)) / 2;

  const stepSize = {
    gd: (L, mu) => 2 / (L + mu),
    cgd: (L, mu, alpha) => 2 / ((1 + root(alpha)) * L + theta(alpha) * mu),
    ef21: (L, mu, alpha) => 2 / (L + mu) * theta(alpha) / (1 + root(alpha)),
  };
  const limit = {
    gd: (L) => 2 / L,
    cgd: (L, alpha) => 2 / ((1 + root(alpha)) * L),
    ef21: (L, alpha) => 2 * theta(alpha) / ((1 + root(alpha)) * L),
  };
  const rate = {
    gd: (L, mu, alpha, step = stepSize.gd(L, mu)) => Math.max(1 - step * mu, step * L - 1) ** 2,
    cgd: (L, mu, alpha, step = stepSize.cgd(L, mu, alpha)) =>
      Math.max(1 - step * theta(alpha) * mu, step * (1 + root(alpha)) * L - 1) ** 2,
    ef21: (L, mu, alpha, step) => {
      const s = root(alpha), t = theta(alpha);
      if (step === undefined) return square(t * (L - mu) / (L + mu), s);
      return square(Math.max(t - (1 + s) * step * mu, (1 + s) * step * L - t), s);
    },
  };
  for (const law of [stepSize, limit, rate]) law.ef = law.ef21;

  /* EF21's PL theorem, one agent or equal ones. */
  const plStepSize = (L, mu, alpha) =>
    Math.min(1 / (L + L * (root(alpha) / theta(alpha)) * Math.SQRT2), theta(alpha) / (2 * mu));
  const plRate = (L, mu, alpha, step = plStepSize(L, mu, alpha)) =>
    step <= plStepSize(L, mu, alpha) ? 1 - step * mu : NaN;

  /* Agents are lists of [L, mu]. */
  const mean = (agents, k) => agents.reduce((sum, agent) => sum + agent[k], 0) / agents.length;
  const lawStep = (agents, alpha) => stepSize.ef21(mean(agents, 0), mean(agents, 1), alpha);
  const averaged = (agents, alpha, step) => rate.ef21(mean(agents, 0), mean(agents, 1), alpha, step);

  function heterogeneous(agents, alpha, step) {
    const s = root(alpha), t = theta(alpha);
    if (step !== undefined) {
      const target = 2 * t / ((1 + s) * step), L = mean(agents, 0), mu = mean(agents, 1);
      if (target >= L + mu) agents = agents.map(([a, b]) => [a * (target - mu) / L, b]);
      else if (target <= L) return NaN; // at or beyond the stability limit
      else agents = agents.map(([a, b]) => [a, b * (target - L) / mu]);
    }
    const total = agents.reduce((sum, [L, mu]) => sum + L + mu, 0);
    const m = agents.reduce((sum, [L, mu]) => sum + L - mu, 0) / total;
    const v = agents.reduce((sum, [L, mu]) => sum + (L + mu) * ((L - mu) / (L + mu) - m) ** 2, 0) / total;
    if (v < 1e-30) return square(t * m, s);
    const m2 = m * m, w = s / (1 + s) * v;
    for (let z = 1; ;) { // Newton's steps from 1, which decrease to the root, until rounding stops them
      const rho = s + t * z;
      const value = (s + z) * (z * z - m2 * rho) - w * rho * z;
      const slope = z * z - m2 * rho + (s + z) * (2 * z - m2 * t) - w * (rho + t * z);
      const change = slope > 0 ? value / slope : 0;
      if (z - change >= z) return s + t * z;
      z -= change;
    }
  }

  /* The worst case known of two agents: curvatures L_i in one coordinate, mu_i in the other. */
  function worstCase(agents, alpha, step) {
    const eps = 1 - alpha, n = agents.length, L = mean(agents, 0), mu = mean(agents, 1);
    const one = averaged(agents, alpha, step);
    if (eps === 0 || !(one < 1)) return one;
    const room = (growth) => {
      const inverse = 1 / (growth * growth - eps);
      const gap1 = 1 / step - L / (1 + growth) - eps * L * inverse;
      const gap2 = 1 / step - mu / (1 - growth) - eps * mu * inverse;
      const at = (power) => {
        const x = 10 ** power;
        const reach = agents.reduce((sum, [a, b]) => sum + Math.hypot(a, b * x), 0) / n;
        return (Math.sqrt(eps) * growth * inverse * reach - Math.hypot(gap1, gap2 * x)) / (1 + x);
      };
      let best = -6;
      for (let power = -6; power <= 6; power += 0.25) if (at(power) > at(best)) best = power;
      let low = best - 0.25, high = best + 0.25;
      for (let i = 0; i < 40; i++) {
        const a = low + 0.382 * (high - low), b = low + 0.618 * (high - low);
        if (at(a) < at(b)) low = a; else high = b;
      }
      return at(low);
    };
    let low = Math.sqrt(eps) * (1 + 1e-9), high = 1 - 1e-15;
    for (let i = 0; i < 52; i++) {
      const middle = (low + high) / 2;
      if (room(middle) >= 0) low = middle; else high = middle;
    }
    return Math.max(low * low, one);
  }

  /* EF21 on h x^2 / 2 with C(v) = (1 + s) v, in (error u = g - d, gradient g); V = u^2 + s g^2. */
  function worstCurvature(L, mu, alpha, step) {
    const s = root(alpha), t = theta(alpha);
    return t - (1 + s) * step * mu >= (1 + s) * step * L - t ? mu : L;
  }
  function worstStart(L, mu, alpha, step) { // of the mode that shrinks least
    const s = root(alpha), a = step * worstCurvature(L, mu, alpha, step);
    const trace = 1 - s - (1 + s) * a;
    const growth = (trace + (trace < 0 ? -1 : 1) * Math.sqrt(trace * trace + 4 * s)) / 2;
    const u = s * a, g = growth + s * (1 + a); // the second row: growth u = s a g - s (1 + a) u
    const size = Math.sqrt(u * u + s * g * g) || 1;
    return [u / size, g / size];
  }
  function trajectory(L, mu, alpha, step, start, count) {
    const s = root(alpha), a = step * worstCurvature(L, mu, alpha, step), found = [start];
    for (let i = 0; i < count; i++) {
      const [u, g] = found[i], next = g - a * (g - u);
      found.push([-s * (u + next - g), next]);
    }
    return found;
  }
  const lyapunov = ([u, g], alpha) => u * u + root(alpha) * g * g;

  return { rate, stepSize, limit, plStepSize, plRate, lawStep, averaged, heterogeneous, worstCase, worstCurvature,
    worstStart, trajectory, lyapunov };
})();

if (typeof document !== "undefined") (() => {
  const laws = globalThis.eftheory, certified = globalThis.eftheoryCertified || [];
  const place = (id) => document.getElementById(id);
  const form = place("explorer");
  if (!form) return;

  /* Sliders go over the logarithm where that is the natural scale; the number beside takes any number. */
  const NUMBERS = {
    L: { start: 1, low: 0.1, high: 10, log: true }, mu: { start: 0.1, low: 0.001, high: 10, log: true },
    alpha: { start: 0.5, low: 0.01, high: 1 }, step: { start: 0.3, low: 0.001, high: 4, log: true },
    L1: { start: 1, low: 0.1, high: 10, log: true }, mu1: { start: 0.99, low: 0.001, high: 10, log: true },
    L2: { start: 1, low: 0.1, high: 10, log: true }, mu2: { start: 0.01, low: 0.001, high: 10, log: true },
    alpha2: { start: 8 / 9, low: 0.01, high: 1 }, shown: { start: 12, low: 1, high: 40, whole: true },
  };
  const CHOICES = ["limits", "published", "start", "close"];
  const state = Object.fromEntries(Object.entries(NUMBERS).map(([name, each]) => [name, each.start]));
  const STOPS = 1000;
  const toSlider = ({ low, high, log }, x) =>
    Math.round(STOPS * (log ? Math.log(x / low) / Math.log(high / low) : (x - low) / (high - low)));
  const fromSlider = ({ low, high, log, whole }, k) => {
    const x = log ? low * (high / low) ** (k / STOPS) : low + (high - low) * k / STOPS;
    return whole ? Math.round(x) : Number(x.toPrecision(3));
  };
  const about = (x, figures = 6) => Number.isFinite(x) ? String(Number(x.toPrecision(figures))).replace("-", "−") : "none";

  function complaint(name, x) {
    if (!Number.isFinite(x) || x <= 0) return "a positive number";
    if (name.startsWith("alpha") && x > 1) return "a number in (0, 1]";
    const partner = { mu: "L", mu1: "L1", mu2: "L2" }[name];
    if (partner && x > state[partner]) return `at most L = ${about(state[partner])}`;
    if (name === "shown" && (x > 1000 || x % 1)) return "a whole number, at most 1000";
    return "";
  }
  function set(name, x) {
    const says = complaint(name, x), field = place(name);
    field.setCustomValidity(says);
    field.setAttribute("aria-invalid", String(Boolean(says)));
    place("wrong").textContent = says ? `${field.labels[0].textContent}: ${says}. The pictures keep the last good number.` : "";
    if (says) return false;
    state[name] = x;
    const partner = { L: "mu", L1: "mu1", L2: "mu2" }[name];
    if (partner && state[partner] > x) { state[partner] = x; show(partner); }
    return true;
  }
  function show(name) {
    place(name).value = String(state[name]);
    place(`${name}-slider`).value = String(Math.max(0, Math.min(STOPS, toSlider(NUMBERS[name], state[name]))));
  }

  const make = (tag, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    if (text !== undefined) made.textContent = text;
    return made;
  };
  function ticks(low, high, most) {
    const rough = (high - low) / most, unit = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((k) => k * unit).find((each) => each >= rough);
    const found = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high * (1 + 1e-12) + 1e-12; k++) found.push(Number((k * step).toPrecision(12)));
    return found;
  }
  /* A frame with axes; gives the functions that place points. The height is that of a phone held upright at most. */
  function frame(id, across, up, [x0, x1], [y0, y1], height = 300) {
    const box = place(id), width = Math.max(280, box.clientWidth || 520);
    const left = 58, right = 14, top = 12, bottom = 44;
    box.replaceChildren();
    box.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const x = (at) => left + (width - left - right) * (at - x0) / (x1 - x0);
    const y = (at) => height - bottom - (height - top - bottom) * (at - y0) / (y1 - y0);
    for (const at of ticks(y0, y1, 6)) {
      box.append(make("path", { class: "grid", d: `M${left} ${y(at)}H${width - right}` }));
      box.append(make("text", { class: "end", x: left - 7, y: y(at) + 4 }, about(at)));
    }
    for (const at of ticks(x0, x1, width / 90)) box.append(make("text", { class: "middle", x: x(at), y: height - bottom + 18 }, about(at)));
    box.append(make("path", { class: "axis", d: `M${left} ${top}V${height - bottom}H${width - right}` }));
    box.append(make("text", { class: "middle", x: (left + width - right) / 2, y: height - 6 }, across));
    box.append(make("text", { class: "middle", transform: `translate(14 ${(top + height - bottom) / 2}) rotate(-90)` }, up));
    const clip = make("clipPath", { id: `${id}-clip` });
    clip.append(make("rect", { x: left, y: top, width: width - left - right, height: height - top - bottom }));
    const inner = make("g", { "clip-path": `url(#${id}-clip)` });
    box.append(clip, inner);
    return { inner, x, y, curve: (points, kind) => inner.append(make("path", { class: kind, d: path(points, x, y) })),
      upright: (at, kind) => inner.append(make("path", { class: kind, d: `M${x(at)} ${top}V${height - bottom}` })) };
  }
  function path(points, x, y) {
    let d = "", pen = "M";
    for (const [a, b] of points) {
      if (!Number.isFinite(b)) { pen = "M"; continue; }
      d += `${pen}${x(a).toFixed(2)} ${Math.max(-1e5, Math.min(1e5, y(b))).toFixed(2)}`;
      pen = "L";
    }
    return d;
  }
  const grid = (low, high, count = 240) => Array.from({ length: count + 1 }, (_, i) => low + (high - low) * i / count);
  const least = (curves) => {
    const values = curves.flat().map((point) => point[1]).filter((value) => Number.isFinite(value) && value <= 1);
    return values.length ? Math.min(...values) : 0;
  };
  const heights = (low) => [Math.max(0, low - (1.02 - low) * 0.06), 1 + (1 - low) * 0.1 + 1e-9];

  function drawSteps() {
    const { L, mu, alpha, step } = state, { rate, limit } = laws;
    const top = 1.05 * Math.max(limit.cgd(L, alpha), Math.min(step, 4 * limit.cgd(L, alpha)));
    const at = [...grid(top / 500, top), laws.stepSize.cgd(L, mu, alpha), laws.stepSize.ef21(L, mu, alpha)].sort((a, b) => a - b);
    const [cgd, ef21] = ["cgd", "ef21"].map((name) => at.map((each) => [each, rate[name](L, mu, alpha, each)]));
    const theorem = at.map((each) => [each, laws.plRate(L, mu, alpha, each)]);
    const { curve, upright } = frame("steps", "step size", "rate", [0, top], heights(least([cgd, ef21])));
    if (place("limits").checked) for (const name of ["cgd", "ef21"]) upright(limit[name](L, alpha), `limit ${name}`);
    curve([[0, 1], [top, 1]], "one");
    curve(cgd, "cgd");
    curve(ef21, "ef21");
    if (place("published").checked) curve(theorem, "theorem");
    upright(step, "now");
  }
  function drawAlphas() {
    const { L, mu, alpha } = state, at = grid(0.002, 1, 500);
    const [cgd, ef21] = ["cgd", "ef21"].map((name) => at.map((each) => [each, laws.rate[name](L, mu, each)]));
    const { curve, upright } = frame("alphas", "alpha", "rate at the best step", [0, 1], heights(least([cgd, ef21])));
    curve(cgd, "cgd");
    curve(ef21, "ef21");
    if (place("published").checked) curve(at.map((each) => [each, laws.plRate(L, mu, each)]), "theorem");
    upright(alpha, "now");
  }
  function drawPlane() {
    const { L, mu, alpha, step, shown } = state, s = Math.sqrt(1 - alpha);
    const worst = place("start").value === "worst";
    const first = worst ? laws.worstStart(L, mu, alpha, step) : [0, 1 / Math.sqrt(Math.max(s, 1e-9))];
    const begin = s > 0 ? first : [0, 1];
    const points = laws.trajectory(L, mu, alpha, step, begin, shown);
    const rate = laws.rate.ef21(L, mu, alpha, step), V0 = laws.lyapunov(begin, alpha);
    const tall = s > 0 ? Math.sqrt(V0 / s) : 1, wide = s > 0 ? Math.sqrt(V0) : 1;
    const most = rate < 1 ? 1 : Math.min(1e6, Math.max(...points.map((each) => Math.max(Math.abs(each[0]) / wide, Math.abs(each[1]) / tall))));
    const { inner, x, y, curve } = frame("plane", "error g − d", "gradient g", [-1.1 * wide * most, 1.1 * wide * most], [-1.1 * tall * most, 1.1 * tall * most], 360);
    if (s > 0) for (let t = 0; t <= Math.min(shown, 40); t++) {
      const size = rate ** (t / 2), a = wide * size, b = tall * size;
      if (size > 1e-3) inner.append(make("ellipse", { class: t ? "level" : "level first", cx: x(0), cy: y(0), rx: x(a) - x(0), ry: y(0) - y(b) }));
    }
    curve(points, "path");
    points.forEach(([u, g], t) => inner.append(make("circle", { class: "dot", cx: x(u), cy: y(g), r: t ? 3 : 5 })));
    const V = laws.lyapunov(points[shown], alpha), kind = laws.worstCurvature(L, mu, alpha, step) === mu ? "mu" : "L";
    place("plane-says").textContent = s === 0
      ? `Without compression (alpha = 1) the error is 0: this is gradient descent on the line, with a factor of ${about(rate)} per step for the squared gradient.`
      : `f(x) = h x²/2 with h = ${kind}, and the compressor C(v) = (1 + s) v with s = √(1 − alpha) = ${about(s, 4)}. `
        + `V = (g − d)² + s g². After ${shown} steps V/V₀ is about ${about(V / V0)}; the law allows rate^${shown}, about ${about(rate ** shown)}`
        + (rate < 1 ? "." : ": at this step size the worst case does not converge.");
  }
  function drawPair() {
    const agents = [[state.L1, state.mu1], [state.L2, state.mu2]], alpha = state.alpha2;
    const unit = laws.lawStep(agents, alpha), end = laws.limit.ef21((state.L1 + state.L2) / 2, alpha) / unit;
    const close = place("close").checked;
    const [low, high] = close ? [0.94, Math.min(1.06, end)] : [0.05, 1.03 * end];
    const at = [...grid(low, high, 90), 1].sort((a, b) => a - b);
    const law = at.map((each) => [each, laws.heterogeneous(agents, alpha, each * unit)]);
    const worst = at.map((each) => [each, laws.worstCase(agents, alpha, each * unit)]);
    const mean = at.map((each) => [each, laws.averaged(agents, alpha, each * unit)]);
    const all = [law, worst, mean].flat().map((point) => point[1]).filter((value) => value <= 1);
    const known = certified.filter((each) => Math.abs(each.alpha - alpha) < 1e-9
      && each.agents.every((constants, i) => constants.every((value, k) => Math.abs(value - agents[i][k]) < 1e-9)));
    const bottom = Math.min(...all, ...known.map((each) => Number(each.upper))), top = close ? Math.max(...all) : 1;
    const span = Math.max(top - bottom, 1e-9);
    const { inner, x, y, curve, upright } = frame("pair", "step size, as a multiple of the law's", "rate", [low, high], [Math.max(0, bottom - 0.08 * span), top + 0.08 * span]);
    curve(mean, "mean");
    curve(worst, "worst");
    curve(law, "law");
    upright(1, "now");
    for (const each of known) inner.append(make("circle", { class: each.memory ? "proved memory" : "proved", cx: x(each.step / unit), cy: y(Number(each.upper)), r: 4.5 }));
    const [here, below, averaged] = [laws.heterogeneous, laws.worstCase, laws.averaged].map((each) => each(agents, alpha, unit));
    place("pair-says").textContent = `At the law's step size, about ${about(unit)}: the law proves a rate of about ${about(here, 9)}; `
      + `the worst case known has about ${about(below, 9)}, and that of the mean constants ${about(averaged, 9)}. `
      + (known.length ? `Certificates of EF21 for this pair: ${known.map((each) => `rate ≤ ${each.upper} at ${about(each.step / unit)} times the law's step${each.memory ? ", with memory" : ""}`).join("; ")}.`
        : "For this pair no certificate is kept here: eftheory certify searches for one.");
    place("pair-command").textContent = `eftheory certify ef21 --agents L=${state.L1},mu=${state.mu1} --agents L=${state.L2},mu=${state.mu2} --alpha ${known.length ? known[0].alpha_text : alpha} --memory 1`;
  }
  function tell() {
    const { L, mu, alpha, step } = state;
    const rows = [["CGD, one agent", "cgd"], ["EF", "ef"], ["EF21", "ef21"]].map(([title, name]) => {
      const rate = laws.rate[name](L, mu, alpha, step);
      const here = step < laws.limit[name](L, alpha) ? about(rate) : `${about(rate)}: does not converge`;
      return [title, here, about(laws.stepSize[name](L, mu, alpha)), about(laws.rate[name](L, mu, alpha)), about(laws.limit[name](L, alpha))];
    });
    const theorem = laws.plRate(L, mu, alpha, step);
    rows.push(["EF21, published PL theorem", Number.isFinite(theorem) ? about(theorem) : "not covered", about(laws.plStepSize(L, mu, alpha)), about(laws.plRate(L, mu, alpha)), "–"]);
    place("values").replaceChildren(...rows.map((row) => {
      const line = document.createElement("tr");
      row.forEach((text, i) => {
        const cell = document.createElement(i ? "td" : "th");
        if (!i) cell.scope = "row";
        cell.textContent = text;
        line.append(cell);
      });
      return line;
    }));
    place("command").textContent = `eftheory rate ef21 --agents L=${L},mu=${mu} --alpha ${alpha} --step-size ${step}`;
    place("told").textContent = `At step size ${about(step)}, EF and EF21 have rate ${rows[1][1]}, CGD ${rows[0][1]}.`;
  }

  let waiting = 0;
  function draw() {
    drawSteps(); drawAlphas(); drawPlane(); drawPair();
    clearTimeout(waiting); // a slider that is dragged is neither spoken nor kept at each of its places
    waiting = setTimeout(() => { tell(); keep(); }, 150);
  }
  function keep() {
    const words = Object.keys(NUMBERS).filter((name) => state[name] !== NUMBERS[name].start).map((name) => `${name}=${state[name]}`);
    for (const name of CHOICES) {
      const field = place(name), said = field.type === "checkbox" ? Number(field.checked) : field.value;
      if (String(said) !== field.dataset.start) words.push(`${name}=${said}`);
    }
    try { history.replaceState(null, "", words.length ? `#${words.join("&")}` : location.pathname + location.search); } catch { /* some browsers keep none of a file */ }
  }
  function recall() {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const name of Object.keys(NUMBERS)) if (said.has(name) && !complaint(name, Number(said.get(name)))) set(name, Number(said.get(name)));
    for (const name of CHOICES) if (said.has(name)) {
      const field = place(name);
      if (field.type === "checkbox") field.checked = said.get(name) === "1";
      else if ([...field.options].some((option) => option.value === said.get(name))) field.value = said.get(name);
    }
    Object.keys(NUMBERS).forEach(show);
  }

  for (const [name, each] of Object.entries(NUMBERS)) {
    place(`${name}-slider`).addEventListener("input", (event) => {
      const x = fromSlider(each, Number(event.target.value));
      const most = { mu: "L", mu1: "L1", mu2: "L2" }[name];
      if (set(name, most ? Math.min(x, state[most]) : x)) { show(name); draw(); }
    });
    place(name).addEventListener("input", (event) => {
      if (set(name, Number(event.target.value))) { place(`${name}-slider`).value = String(Math.max(0, Math.min(STOPS, toSlider(each, state[name])))); draw(); }
    });
  }
  for (const name of CHOICES) place(name).addEventListener("change", draw);
  for (const button of document.querySelectorAll("[data-step]")) button.addEventListener("click", () => {
    if (set("step", Number(laws.stepSize[button.dataset.step](state.L, state.mu, state.alpha).toPrecision(6)))) { show("step"); draw(); }
  });
  place("known").addEventListener("change", (event) => {
    const chosen = certified[Number(event.target.value)];
    if (!chosen) return;
    [["L1", "mu1"], ["L2", "mu2"]].forEach((names, i) => names.forEach((name, k) => { state[name] = chosen.agents[i][k]; }));
    state.alpha2 = chosen.alpha;
    Object.keys(NUMBERS).forEach(show);
    draw();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => { recall(); draw(); });
  addEventListener("resize", draw);
  form.hidden = false;
  recall();
  draw();
  tell();
})();
