"""Compressed gradients without feedback diverge on three functions at every step size; EF and EF21 do not."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.compressors import TopK
from eftheory.methods import DCGD, EF, EF21
from eftheory.simulate.experiments.experiment import Experiment, Figure, Request
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.side_by_side import Entry, Plan, run_methods

ROUNDS, STEP = 300, Fraction(1, 40)


def three_functions() -> Quadratic:
    """f_i(x) = <a_i, x>^2 + ||x||^2/4 with a = (-3, 2, 2), (2, -3, 2), (2, 2, -3): curvatures 1/2 and 34.5."""
    a = np.array([[-3.0, 2, 2], [2, -3, 2], [2, 2, -3]])
    hessians = 2 * a[:, :, None] * a[:, None, :] + np.eye(3) / 2
    return Quadratic(hessians, np.zeros((3, 3)), (AgentType(Fraction(69, 2), Fraction(1, 2)),) * 3)


def run(request: Request) -> list[Figure]:
    """One figure, from (1, 1, 1)."""
    plan = Plan(rounds=request.rounds or ROUNDS, unit=STEP, start=np.ones(3))
    entries = [Entry(DCGD), Entry(EF), Entry(EF21)]
    provenance = {"data": {"three functions": ""}, "agents": 3, "dimension": 3}
    runs = run_methods(entries, three_functions(), TopK(1), plan, show=request.show, provenance=provenance)
    grew = float((runs["grad2"][-1, 0] / runs["grad2"][0, 0]) ** (1 / (2 * runs.rounds[-1])))
    notes = [
        f"DCGD: in a round the gradient grew by the factor {grew:.6f} on average; the theorem says "
        f"1 + 11/6 step size = {1 + 11 / 6 * float(STEP):.6f}.",
        *(f"{column.method}: {word}." for column, word in zip(runs.columns, runs.says())),
    ]
    title = f"three quadratics, Top-1 of 3, step size {STEP}"
    return [Figure("dcgd-diverges", runs, title, notes, against="round")]


EXPERIMENT = Experiment(
    "dcgd-diverges",
    "DCGD with Top-1 runs away on three functions; EF and EF21 converge at the same step size",
    "[BeznosikovEtAl2020], Example 1",
    run,
)
