"""EF, EF21, EF21+ and GD, each at the step size and the k of Top-k that take the fewest bits to a small gradient."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eftheory.compressors import TopK
from eftheory.methods import EF, EF21, GD
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.simulate.experiments.ef21_setting import MULTIPLES, sources
from eftheory.simulate.experiments.experiment import Experiment, Figure, Request
from eftheory.simulate.runs import Runs, join
from eftheory.simulate.side_by_side import Entry, Plan, run_methods

ROUNDS, GOAL = 1500, 1e-4
"""Tuned is for the bits until ||grad f||^2 stays at most the goal."""


def bits_to(runs: Runs, goal: float) -> np.ndarray:
    """Bits that an agent has sent when ||grad f||^2 falls below the goal for good; inf if it does not.

    >>> grad2, bits = np.array([[1.0], [0.1], [0.1]]), np.array([[0], [32], [64]])
    >>> runs = Runs(np.arange(3), (), {"grad2": grad2, "bits_up": bits})
    >>> bits_to(runs, 0.5).tolist(), bits_to(runs, 0.01).tolist()
    ([32.0], [inf])
    """
    above = ~(runs["grad2"] <= goal)
    first = np.where(above.any(axis=0), len(above) - np.argmax(above[::-1], axis=0), 0)
    bits = np.vstack([runs["bits_up"], np.full(above.shape[1], np.inf)])
    found: np.ndarray = bits[first, np.arange(above.shape[1])].astype(float)
    return found


def run(request: Request) -> list[Figure]:
    """A figure for each set of data."""
    figures = []
    for each in sources(request.data):
        problem, rounds = each.problem, request.rounds or ROUNDS
        ks = [2**power for power in range(problem.dimension.bit_length()) if 2**power <= problem.dimension]
        plan = Plan(rounds=rounds, multiples=MULTIPLES, bits="32k")
        best: list[Runs] = []
        for kind in (EF, EF21, EF21Plus):
            entries = [Entry(kind, compressor=TopK(k), name=f"{kind.name}, Top-{k}") for k in ks]
            runs = run_methods(
                entries,
                problem,
                None,
                plan,
                show=lambda text, name=each.name: request.show(f"{name}, {text}"),  # type: ignore[misc]
            )
            best.append(_only(runs, int(np.argmin(bits_to(runs, GOAL)))))
        gd = run_methods([Entry(GD)], problem, None, replace(plan, multiples=MULTIPLES[:4]))
        best.append(_only(gd, int(np.argmin(bits_to(gd, GOAL)))))
        provenance = {"data": {each.name: ""}, "agents": problem.n_agents, "dimension": problem.dimension}
        chosen = join(best, provenance | {"compressor": "Top-k, k tuned"})
        title = f"{each.name}: 20 agents, step size and k tuned for each method"
        figures.append(Figure(f"ef21-tuned-{each.name}", chosen, title, _notes(chosen)))
    return figures


def _only(runs: Runs, column: int) -> Runs:
    """One column, named after its step size."""
    kept = runs.columns[column]
    named = replace(kept, method=f"{kept.method}, {kept.multiple} x", multiple="")
    return Runs(runs.rounds, (named,), {name: v[:, [column]] for name, v in runs.data.items()}, runs.provenance)


def _notes(runs: Runs) -> list[str]:
    told = []
    for column, bits in zip(runs.columns, bits_to(runs, GOAL)):
        reached = f"takes {bits:.3g} bits of an agent" if np.isfinite(bits) else "does not get there"
        told.append(f"{column.method}: to ||grad f||^2 <= {GOAL:g} it {reached}.")
    return told


EXPERIMENT = Experiment(
    "ef21-tuned",
    "EF, EF21, EF21+ and GD, each at its best step size and k, against bits",
    "[RichtarikSokolovFatkhullin2021], Figure 2",
    run,
    takes_data=True,
)
