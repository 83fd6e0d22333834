"""MARINA, MARINA with PermK, DASHA, DIANA and EF21 on tridiagonal quadratics, of agents that are like or unlike."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from eftheory.compressors import PermK, RandK, TopK
from eftheory.methods import EF21, Diana, Marina
from eftheory.methods.dasha import Dasha
from eftheory.methods.marina_perm_k import MarinaPermK
from eftheory.simulate.experiments.experiment import Experiment, Figure, Request
from eftheory.simulate.problems import Tridiagonal
from eftheory.simulate.runs import Runs, join
from eftheory.simulate.side_by_side import Entry, Plan, run_methods

ROUNDS, AGENTS, SIZE, SPREADS = 2000, 10, 300, (0.0, 0.3, 3.0)
MULTIPLES = tuple((str(2**power), Fraction(2**power)) for power in range(8))


def run(request: Request) -> list[Figure]:
    """A figure for each spread of the agents' Hessians; every method at the best multiple of its own theory's step."""
    return [_figure(spread, request) for spread in SPREADS]


def _figure(spread: float, request: Request) -> Figure:
    f = Tridiagonal.random(AGENTS, SIZE, spread=spread, rng=np.random.default_rng(0))
    k = SIZE // AGENTS
    unbiased, share = RandK(k, scaled=True), Fraction(1, AGENTS)
    omega = Fraction(AGENTS - 1)
    entries = [
        Entry(EF21, compressor=TopK(k), name=f"EF21, Top-{k}"),
        Entry(Marina, {"full": share}, unbiased, f"MARINA, Rand-{k}"),
        Entry(MarinaPermK, {"full": share}, PermK(AGENTS), "MARINA, PermK"),
        Entry(Dasha, {"momentum": 1 / (1 + 2 * omega)}, unbiased, f"DASHA, Rand-{k}"),
        Entry(Diana, {"beta": 1 / (1 + omega)}, unbiased, f"DIANA, Rand-{k}"),
    ]
    plan = Plan(rounds=request.rounds or ROUNDS, multiples=MULTIPLES, bits="32k", start=SIZE**0.5 * np.eye(SIZE)[0])
    best = [_best(run_methods([entry], f, None, plan, show=request.show)) for entry in entries]
    provenance = {"data": {"tridiagonal": ""}, "agents": AGENTS, "dimension": SIZE, "compressor": "their own"}
    runs = join(best, provenance)
    notes = [f"L_pm = {f.hessian_spread:.3g}, L = {float(f.L):.3g}."]
    notes += [f"{column.method}: f = {value:.6g} in the end." for column, value in zip(runs.columns, runs["f"][-1])]
    title = f"tridiagonal quadratics, {AGENTS} agents, d = {SIZE}, spread {spread:g}"
    return Figure(f"tridiagonal-{spread:g}", runs, title, notes)


def _best(runs: Runs) -> Runs:
    """The step size that ends with the least gradient, by the mean over the last tenth of the rounds."""
    late = runs.last_tenth()
    r = int(np.argmin(np.where(np.isfinite(late), late, np.inf)))
    named = replace(runs.columns[r], method=f"{runs.columns[r].method}, {runs.columns[r].multiple} x", multiple="")
    return Runs(runs.rounds, (named,), {name: v[:, [r]] for name, v in runs.data.items()}, runs.provenance)


EXPERIMENT = Experiment(
    "tridiagonal",
    "MARINA, MARINA with PermK, DASHA, DIANA and EF21 on tridiagonal quadratics, the less alike agents are",
    "[SzlendakTyurinRichtarik2022], the experiments on quadratic functions",
    run,
)
