"""EF21-W against EF21 where agents differ: the ratio of steps by theory, and the largest steps that are stable."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.compressors import TopK
from eftheory.methods import EF21
from eftheory.methods.ef21_w import EF21W
from eftheory.simulate.experiments.ef21_setting import source
from eftheory.simulate.experiments.experiment import Experiment, Figure, Request
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.side_by_side import Entry, Plan, run_methods
from eftheory.simulate.step_sizes import unit_step_size

ROUNDS = 1500
MULTIPLES = tuple((str(2**power), Fraction(2**power)) for power in range(11))


def run(request: Request) -> list[Figure]:
    """A figure for quadratics with L = (1, 1, 1, 100), and one for each set of data, sorted by label."""
    agents = [AgentType(L, 1) for L in (1, 1, 1, 100)]
    quadratics = Quadratic.random(agents, 20, rng=np.random.default_rng(0))
    named: list[tuple[str, Any]] = [("quadratics", quadratics)]
    for place in request.data or ["breast_cancer"]:
        sorted_by_label = source(place, split="label")
        named.append((sorted_by_label.name, sorted_by_label.problem))
    return [_figure(name, problem, request) for name, problem in named]


def _figure(name: str, problem: Any, request: Request) -> Figure:
    constants = [agent.L for agent in problem.agents]
    weights = tuple(L / sum(constants, Fraction(0)) for L in constants)
    entries, compressor = [Entry(EF21), Entry(EF21W, {"weights": weights}, name="EF21-W")], TopK(1)
    plan = Plan(rounds=request.rounds or ROUNDS, multiples=MULTIPLES, bits="32k")
    provenance = {"data": {name: ""}, "agents": problem.n_agents, "dimension": problem.dimension}
    runs = run_methods(entries, problem, compressor, plan, show=request.show, provenance=provenance)
    predicted = unit_step_size(EF21W, problem, compressor) / unit_step_size(EF21, problem, compressor)
    best = [runs.largest_stable(entry.title) for entry in entries]
    notes = [
        f"Theory grants EF21-W steps {float(predicted):.4g} times as long as EF21's.",
        *(
            f"{entry.title}: largest stable step found {column.step_size:.4g}, {column.multiple} times that of theory."
            for entry, column in zip(entries, best)
            if column is not None
        ),
        "Top-1 is positively homogeneous, so that both are one method at one step size: only the guarantee differs.",
    ]
    title = f"{name}: EF21 and EF21-W, {problem.n_agents} agents, Top-1"
    return Figure(f"ef21-w-{name}", runs, title, notes)


EXPERIMENT = Experiment(
    "ef21-w",
    "EF21-W against EF21 where agents differ in smoothness, each in units of its own theory",
    "[RichtarikGasanovBurlachenko2024], the experiments on linear and logistic regression",
    run,
    takes_data=True,
)
