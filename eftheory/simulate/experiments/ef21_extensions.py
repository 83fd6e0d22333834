"""EF21-PP, -HB, -BC, -Prox and -SGD at the steps of their theorems: how far they fall, and the theorem's noise term."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.compressors import TopK
from eftheory.methods import EF21, EF21PP, EF21SGD, HeavyBallEF21, Method
from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.experiments.experiment import Experiment, Figure, Request
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.run_columns import run_columns
from eftheory.simulate.runs import Runs, join
from eftheory.theory.calculators import CALCULATORS

ROUNDS, AGENTS, SIZE, K, SEEDS, PSI = 3000, 10, 20, 5, (0, 1, 2), 0.05
HALF, ABOVE = Fraction(1, 2), Fraction(10**6 + 1, 10**6)
"""A share of agents, of momentum; what a start is above the infimum, in floats, is rounded up by ``ABOVE``."""


@dataclass(frozen=True, eq=False)
class Noisy(Quadratic):
    """Quadratics with Gaussian noise of E ||n_i||^2 = deviation^2, and psi = ``PSI`` times the 1-norm."""

    deviation: float = 0.0

    def noisy_gradients(self, x: Array, rng: np.random.Generator) -> Array:
        """Gradients with noise."""
        noisy: Array = self.gradients(x) + self.deviation / SIZE**0.5 * rng.standard_normal(self.centres.shape)
        return noisy

    def prox(self, v: Array, step_size: float) -> Array:
        """Of psi."""
        nearest: Array = np.sign(v) * np.maximum(np.abs(v) - step_size * PSI, 0)
        return nearest


@dataclass(frozen=True)
class Case:
    """A method beside its theorem.

    Attributes:
        title: what it is called.
        kind: the method.
        slug: of the theorem.
        given: what its calculator asks for, beside what the problem says.
        fields: the numbers of the method.
        deviation: of the noise.
    """

    title: str
    kind: type[Method]
    slug: str
    given: Mapping[str, Fraction] = field(default_factory=dict)
    fields: Mapping[str, Fraction] = field(default_factory=dict)
    deviation: Fraction = Fraction(0)


EXACT = (
    Case("EF21", EF21, "ef21_nonconvex"),
    Case("EF21-PP, p = 1/2", EF21PP, "ef21_partial", {"p": HALF}, {"chance": HALF}),
    Case("EF21-HB, momentum 1/2", HeavyBallEF21, "ef21_heavy_ball", {"momentum": HALF}, {"momentum": HALF}),
    Case("EF21-BC", EF21BC, "ef21_bidirectional", {"alpha_down": Fraction(K, SIZE)}),
    Case("EF21-Prox", EF21Prox, "ef21_prox"),
)
NOISY = tuple(
    case
    for sigma in (Fraction(1, 100), Fraction(1, 10))
    for case in (
        Case(f"EF21-SGD, sigma = {sigma}", EF21SGD, "stochastic_ef21", {"sigma": sigma}, {}, sigma),
        Case(
            f"EF21-SGDM, eta = 1/2, sigma = {sigma}",
            EF21SGDM,
            "ef21_sgdm",
            {"sigma": sigma, "eta": HALF, "n": Fraction(AGENTS)},
            {"eta": HALF},
            sigma,
        ),
    )
)


def run(request: Request) -> list[Figure]:
    """A figure for exact gradients, of which no theorem has a noise term, and one for noise."""
    about = f"{AGENTS} quadratics, L_i = 1, d = {SIZE}, Top-{K}"
    return [
        _figure("ef21-extensions", EXACT, f"exact gradients: {about}", request),
        _figure("ef21-noise", NOISY, f"gradients with noise: {about}", request),
    ]


def _figure(name: str, cases: tuple[Case, ...], title: str, request: Request) -> Figure:
    parts, notes = [], []
    for case in cases:
        request.show(case.title)
        runs, floor = _run(case, request.rounds or ROUNDS)
        late = float(np.median(runs.last_tenth()))
        term = f"the theorem's noise term is {float(floor):.3g}" if floor else "the theorem has no noise term"
        notes.append(f"{case.title}: {late:.3g} over the last tenth of the rounds; {term}.")
        parts.append(runs)
    provenance = {"data": {"quadratics": ""}, "agents": AGENTS, "dimension": SIZE, "compressor": f"Top-{K}"}
    notes.append(
        "Dashed is what theorems grant for the mean of all rounds so far; of EF21-Prox the generalised gradient."
    )
    return Figure(name, join(parts, provenance), title, notes, against="round")


def _run(case: Case, rounds: int) -> tuple[Runs, Fraction]:
    """Runs at the step of the theorem with its bound beside them, and the noise term."""
    same = Quadratic.random([AgentType(1, Fraction(1, 10), AGENTS)], SIZE, rng=np.random.default_rng(0))
    f = Noisy(same.hessians, same.centres, same.agents, float(case.deviation))
    x, one = np.zeros(SIZE), Fraction(1)
    delta = ABOVE * Fraction(_above_infimum(f, x, PSI if case.kind is EF21Prox else 0.0))
    known = {"alpha": Fraction(K, SIZE), "L": one, "L_tilde": one, "delta": delta, **case.given}
    said = CALCULATORS[case.slug].ask(known)
    floor = Fraction(next((figure.value for figure in said.figures if figure.name == "floor"), 0))
    step = Fraction(said["step_size"])
    turn: Callable[[Any, Any], Any] | None = _turn(float(step)) if case.kind is EF21Prox else None
    methods: list[Method] = [case.kind(step, **case.fields) for _ in SEEDS]
    runs = run_columns(methods, f, TopK(K), rounds=rounds, start=x, seeds=SEEDS, lyapunov=turn, name=case.title)
    with np.errstate(divide="ignore"):
        bound = float(said["bound_times_T"]) / runs.rounds + float(floor)
    data = {**runs.data, "bound": np.repeat(np.where(np.isfinite(bound), bound, np.nan)[:, None], len(SEEDS), axis=1)}
    data["grad2"] = data.pop("V", data["grad2"])
    return replace(runs, data=data), floor


def _turn(step: float) -> Callable[[Any, Any], Any]:
    """The squared norm of the generalised gradient, which is what EF21-Prox's theorem is about."""

    def squared(world: Any, state: Any) -> Any:
        x = state[0]
        return world.square(x - world.prox(x - step * world.mean(world.gradient(x)), step)) / step**2

    return squared


def _above_infimum(f: Noisy, x: Array, weight: float) -> float:
    """What f, with weight times the 1-norm, is at x above the least that many proximal steps find."""
    best, step = x, 0.9
    for _ in range(3000):
        moved = best - step * f.gradients(best).mean(axis=0)
        best = np.sign(moved) * np.maximum(np.abs(moved) - step * weight, 0)
    first, last = (float(f.value(point)) + weight * float(np.abs(point).sum()) for point in (x, best))
    return first - last


EXPERIMENT = Experiment(
    "ef21-extensions",
    "EF21-PP, -HB, -BC, -Prox, -SGD and -SGDM at the steps of their theorems: where they end, and the noise term",
    "[FatkhullinEtAl2021], the bells and whistles, on quadratics",
    run,
)
