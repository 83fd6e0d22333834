"""EF, EF21, EF21+ and GD at 1, 2, 4, ..., 4096 times the step size of theory, with Top-1."""

from __future__ import annotations

from eftheory.compressors import TopK
from eftheory.methods import EF, EF21, GD
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.simulate.experiments.ef21_setting import MULTIPLES, sources
from eftheory.simulate.experiments.experiment import Experiment, Figure, Request
from eftheory.simulate.runs import Runs, join
from eftheory.simulate.side_by_side import Entry, Plan, run_methods

ROUNDS = 2000


def run(request: Request) -> list[Figure]:
    """A figure for each set of data."""
    figures = []
    for each in sources(request.data):
        provenance = {"data": {each.name: ""}, "agents": each.problem.n_agents, "dimension": each.problem.dimension}
        plan = Plan(rounds=request.rounds or ROUNDS, multiples=MULTIPLES, bits="32k")
        runs = run_methods(
            [Entry(EF), Entry(EF21), Entry(EF21Plus)],
            each.problem,
            TopK(1),
            plan,
            show=lambda text, name=each.name: request.show(f"{name}, {text}"),  # type: ignore[misc]
            provenance=provenance,
        )
        plain = Plan(rounds=plan.rounds, bits="32k")
        runs = join([runs, run_methods([Entry(GD)], each.problem, TopK(1), plain)], runs.provenance)
        title = f"{each.name}: 20 agents, Top-1, multiples of the step size of theory"
        figures.append(Figure(f"ef21-stepsizes-{each.name}", runs, title, _notes(runs)))
    return figures


def _notes(runs: Runs) -> list[str]:
    """What the runs show."""
    told = []
    for method in dict.fromkeys(column.method for column in runs.columns):
        best = runs.largest_stable(method)
        where = "at none of these step sizes" if best is None else f"up to {best.multiple} times that of theory"
        told.append(f"{method} is stable {where}.")
    return told


EXPERIMENT = Experiment(
    "ef21-stepsizes",
    "EF, EF21 and EF21+ with Top-1 at 1 to 4096 times the step size of theory, and GD",
    "[RichtarikSokolovFatkhullin2021], Figure 1",
    run,
    takes_data=True,
)
