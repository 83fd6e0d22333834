"""``python -m eftheory.studies.practice``: what theorems promise of every method, beside what runs do."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from eftheory.compressors import Compressor, Identity, PermK, PermKInTeams, RandK, TopK
from eftheory.methods import (
    CGD,
    DCGD,
    EF,
    EF21,
    EF21PP,
    EF21SGD,
    GD,
    Diana,
    EControl,
    HeavyBallEF21,
    Marina,
    Method,
)
from eftheory.methods.dasha import Dasha
from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.methods.ef21_p import EF21P
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_rare import EF21RF
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.methods.ef21_w_sgd import EF21WSGD
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.ef_sgd import EFSGD
from eftheory.methods.m3 import M3
from eftheory.methods.m3_minibatch import M3Minibatch
from eftheory.methods.m3_variance_reduced import M3VarianceReduced
from eftheory.methods.marina_p import MarinaP
from eftheory.methods.marina_p_repeated import MarinaPRepeated
from eftheory.methods.marina_perm_k import MarinaPermK
from eftheory.methods.needs import draws
from eftheory.recording.record import complete
from eftheory.simulate import NumericWorld
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.floats import FLOATS
from eftheory.simulate.start import initial_state
from eftheory.studies.practice_problems import Functions, alone, differing, equal, noisy, rare, sampled, shifted
from eftheory.theory.calculators import CALCULATORS

Given = Mapping[str, Fraction]
N, D, K = 4, 8, 2
QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)
TOP, RAND, SCALED = TopK(K), RandK(K), RandK(K, scaled=True)
CONTRACTS = {"alpha": QUARTER}
UNBIASED = {"omega": Fraction(D, K) - 1}


def _usual(given: Given, functions: Functions) -> dict[str, Any]:
    """The numbers that a method has by default."""
    return {}


@dataclass(frozen=True)
class Case:
    """A method beside a theorem, on a family of problems.

    Attributes:
        kind: the method.
        slug: of the theorem, whose calculator says step and bound; empty where none says numbers.
        up, down: compressors of the agents and of the server.
        given: what the calculator asks for beside what the problem says.
        fields: the numbers of the method, from those that the calculator used.
        problem: draws a problem.
    """

    kind: type[Method]
    slug: str = ""
    up: Compressor = TOP
    down: Compressor | None = None
    given: Given = field(default_factory=dict)
    fields: Callable[[Given, Functions], dict[str, Any]] = _usual
    problem: Callable[[np.random.Generator], Functions] = differing

    @property
    def name(self) -> str:
        """Which it is."""
        return f"{self.kind.name}, {self.slug or 'no theorem'}, {type(self.up).__name__}"

    @property
    def random(self) -> bool:
        """Whether two runs differ."""
        weights = {"weights": (Fraction(1),)} if issubclass(self.kind, EF21W) else {}
        compressors = [self.up, *([] if self.down is None else [self.down])]
        return any(each.random for each in compressors) or draws(complete(self.kind)(Fraction(1), **weights))

    def method(self, step_size: Fraction, given: Given, functions: Functions) -> Method:
        """The method with this step size."""
        return complete(self.kind)(step_size, **self.fields(given, functions))


def _weights(given: Given, functions: Functions) -> dict[str, Any]:
    exact = [Fraction(float(L)) for L in functions.L_i]
    return {"weights": tuple(L / sum(exact) for L in exact)}


def _chance(given: Given, functions: Functions) -> dict[str, Any]:
    return {"chance": given["p"]}


def _full(given: Given, functions: Functions) -> dict[str, Any]:
    return {"full": given["p"]}


def _both(case: Callable[..., Case]) -> tuple[Case, ...]:
    """With Top-k, and with Rand-k."""
    return case(up=TOP), case(up=RAND)


CASES: tuple[Case, ...] = (
    Case(GD, "ef21_nonconvex", up=Identity(), given={"alpha": Fraction(1)}),
    *_both(lambda up: Case(CGD, "cgd_nonconvex", up, given=CONTRACTS, problem=alone)),
    *_both(lambda up: Case(EF, "ef_nonconvex", up, given=CONTRACTS, problem=shifted)),
    *_both(lambda up: Case(EF21, "ef21_nonconvex", up, given=CONTRACTS)),
    *_both(lambda up: Case(EF21RF, "ef21_sparse", up, given={"alpha": QUARTER}, problem=rare)),
    *_both(lambda up: Case(EF21Plus, "ef21_plus", up, given=CONTRACTS)),
    *_both(lambda up: Case(EF21SGD, "stochastic_ef21", up, given=CONTRACTS, problem=noisy)),
    *_both(
        lambda up: Case(
            EF21SGDM,
            "ef21_sgdm",
            up,
            given=CONTRACTS | {"eta": HALF},
            fields=lambda given, functions: {"eta": given["eta"]},
            problem=noisy,
        )
    ),
    *_both(lambda up: Case(EF21PP, "ef21_partial", up, given=CONTRACTS | {"p": HALF}, fields=_chance)),
    *_both(
        lambda up: Case(
            HeavyBallEF21,
            "ef21_heavy_ball",
            up,
            given=CONTRACTS | {"momentum": HALF},
            fields=lambda given, functions: {"momentum": given["momentum"]},
        )
    ),
    *_both(lambda up: Case(EF21Prox, "ef21_prox", up, given=CONTRACTS)),
    *_both(lambda up: Case(EF21BC, "ef21_bidirectional", up, up, CONTRACTS | {"alpha_down": QUARTER})),
    *_both(lambda up: Case(EF21W, "ef21_w", up, given=CONTRACTS, fields=_weights)),
    *_both(lambda up: Case(EF21WSGD, "ef21_w_sgd", up, given=CONTRACTS, fields=_weights, problem=noisy)),
    *_both(
        lambda up: Case(
            EF21WPP,
            "ef21_w_partial",
            up,
            given=CONTRACTS | {"p": HALF},
            fields=lambda given, functions: _weights(given, functions) | _chance(given, functions),
        )
    ),
    *(Case(EF21P, "ef21_p", Identity(), down, CONTRACTS) for down in (TOP, RAND)),
    Case(Marina, "marina", SCALED, given=UNBIASED | {"p": QUARTER}, fields=_full),
    Case(MarinaPermK, "marina_perm_k", PermK(N), given={"p": QUARTER}, fields=_full),
    Case(
        Diana,
        "diana",
        SCALED,
        given=UNBIASED,
        fields=lambda given, functions: {"beta": 1 / (1 + given["omega"])},
    ),
    Case(
        Dasha,
        "dasha",
        SCALED,
        given=UNBIASED,
        fields=lambda given, functions: {"momentum": 1 / (1 + 2 * given["omega"])},
    ),
    Case(MarinaP, "marina_p", Identity(), PermK(N), {"p": QUARTER}, _full),
    Case(
        M3,
        "m3",
        SCALED,
        PermK(N),
        {"p": QUARTER, "r": QUARTER, "omega_up": Fraction(D, K) - 1, "beta": HALF},
        lambda given, functions: {"full_down": given["p"], "full_up": given["r"], "beta": given["beta"]},
    ),
    Case(
        MarinaPRepeated,
        "marina_p_repeated",
        SCALED,
        PermKInTeams(N, 2),
        UNBIASED | {"team": Fraction(2), "repeats": Fraction(4)},
        lambda given, functions: {"full": 1 / given["team"], "repeats": int(given["repeats"])},
        equal,
    ),
    *(
        Case(
            kind,
            kind.name,
            RandK(D // 2, scaled=True),
            PermKInTeams(N, 2),
            {"team": Fraction(2), "r": HALF},
            lambda given, functions: {"full_down": 1 / given["team"], "full_up": given["r"]},
            problem,
        )
        for kind, problem in ((M3Minibatch, noisy), (M3VarianceReduced, sampled))
    ),
    Case(
        EFBV,
        "ef_bv",
        SCALED,
        given=UNBIASED | {"beta": QUARTER, "nu": HALF},
        fields=lambda given, functions: {"beta": given["beta"], "nu": given["nu"]},
    ),
    Case(EFSGD, problem=noisy),
    *(Case(kind) for kind in (DCGD, EControl)),
)
"""All methods; the last ones have no theorem that says numbers."""


def squares(case: Case, functions: Functions, method: Method, x: Array, rounds: int, rng: np.random.Generator) -> Array:
    """What the theorem averages, at the points before each round: ||grad f||^2, with a prox ||(x - xbar)/step||^2.

    All estimates are exact at the start, but for DIANA's, which are zero. After an overflow there is infinity.
    """
    method = FLOATS.convert(method)
    state = initial_state(method, NumericWorld(functions, Identity()), x)
    world, found = NumericWorld(functions, case.up, down=case.down, rng=rng), np.full(rounds, np.inf)
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(rounds):
            gradient = functions.gradients(state[0]).mean(axis=0)
            if isinstance(method, EF21Prox):
                nearest = functions.prox(state[0] - method.step_size * gradient, float(method.step_size))
                gradient = (state[0] - nearest) / method.step_size
            found[t] = gradient @ gradient
            if not found[t] < 1e100:
                found[t:] = np.inf
                break
            state = method.step(world, *state)
    return found


@dataclass(frozen=True)
class Promise:
    """What a theorem says of a method on a problem."""

    step_size: Fraction
    given: Given
    bound: Callable[[int], Fraction]


def promise(case: Case, functions: Functions, x: Array) -> Promise:
    """Step size and bound of the theorem."""
    calculator, known = CALCULATORS[case.slug], functions.constants(x)
    if case.kind is EF21Prox:
        known["delta"] = _excess_with_prox(functions, x)
    if case.kind is Diana:  # whose shifts are zero at first
        known["G0"] = Fraction(float(np.mean((functions.gradients(x) ** 2).sum(axis=1)))) * Fraction(1001, 1000)
    asked = [quantity.name for quantity in calculator.quantities]
    answer = calculator.ask({**{name: known[name] for name in asked if name in known}, **case.given})
    floor = Fraction(next((figure.value for figure in answer.figures if figure.name == "floor"), 0))
    falls = Fraction(answer["bound_times_T"])
    return Promise(Fraction(answer["step_size"]), answer.given, lambda T: falls / T + floor)


def _excess_with_prox(functions: Functions, x: Array) -> Fraction:
    """Of f + psi: what it is at x, less what many proximal steps find, the infimum up to rounding; rounded up."""
    step, best = 0.5, x
    for _ in range(5000):
        best = functions.prox(best - step * functions.gradients(best).mean(axis=0), step)
    ends = [functions.value(point) + functions.weight * np.abs(point).sum() for point in (x, best)]
    return Fraction(float(ends[0] - ends[1])) * Fraction(1001, 1000)


def largest_stable(case: Case, functions: Functions, start: Fraction, x: Array, given: Given) -> Fraction | None:
    """The multiple of a step size at which runs begin to be unstable, to a twelfth, below; None if none is stable.

    Multiples are powers of two from 1, or from 1/64 where there is no theorem, until one is not stable after one that
    is; then the place is halved in. Stable is what, over the last tenth of 600 rounds, has a geometric mean of at most
    1e-6 of the first value, with noise a tenth, in each of three runs.
    """

    def stable(multiple: Fraction) -> bool:
        method = case.method(start * multiple, given, functions)
        for seed in range(3 if case.random else 1):
            found = squares(case, functions, method, x, 600, np.random.default_rng(seed))
            late = np.exp(np.log(np.maximum(found[-60:], 1e-300)).mean())
            if not late <= (0.1 if functions.deviation else 1e-6) * found[0]:
                return False
        return True

    low, high = Fraction(0), Fraction(1) if case.slug else Fraction(1, 64)
    while high < 2**12:
        good = stable(high)
        if low and not good:
            break
        low, high = high if good else low, 2 * high
    if not low:
        return None
    while high - low > low / 12:
        middle = (low + high) / 2
        low, high = (middle, high) if stable(middle) else (low, middle)
    return low


HEAD = """# Theory against practice

Each method at the step size of its theorem, on one random quadratic of 4 agents and 8 variables whose agents differ and
need not be convex; theorems that ask for more have problems that fulfil it (cgd: one agent; ef: one Hessian for all;
ef21_rf: each feature known to half of the agents; marina_p_repeated: one function). Estimates are exact at first,
but those of diana.
Measured is the mean of ||grad f||^2 over 100 rounds, for ef21_prox that of the generalised gradient; of random methods
the mean of 32 runs, with five standard errors. Tests try the bounds on more problems: of methods that are not random in
every round, of random ones so that a true theorem fails about once in three million times.

Stable is what ends with 1e-6 of the first ||grad f||^2 after 600 rounds (geometric mean over the last tenth; with noise
a tenth of it), in each of three runs; of ef nothing is, as its error keeps gradients that differ from vanishing, nor of
dcgd. Where no theorem here says numbers, the ratio is to 1/L. These are measurements of single problems, not proofs;
the theorems are proved.

Steps are multiples of 1/L. Written by `python -m eftheory.studies.practice`.

| method | theorem | messages | step, theorem | step, stable | ratio | bound after 100 | measured | of the bound |
|---|---|---|---|---|---|---|---|---|
"""


def row(case: Case, *, seed: int = 1) -> str:
    """The row of a case."""
    rng = np.random.default_rng(seed)
    functions = case.problem(rng)
    x = 2 * rng.standard_normal(functions.dimension)
    L = functions.constants(x)["L"]
    messages = type(case.up if case.down is None or case.down is case.up else case.down).__name__
    messages += "" if case.down is None else " down" if isinstance(case.up, Identity) else " both ways"
    if case.down is not None and not isinstance(case.up, Identity) and case.down is not case.up:
        messages = f"{type(case.up).__name__} up, {type(case.down).__name__} down"
    given: Given = {}
    start, shown = 1 / L, ["", "", ""]
    if case.slug:
        said = promise(case, functions, x)
        start, given = said.step_size, said.given
        method, runs = case.method(start, given, functions), 32 if case.random else 1
        means = np.array(
            [squares(case, functions, method, x, 100, np.random.default_rng(run)).mean() for run in range(runs)]
        )
        measured, bound = means.mean(), float(said.bound(100))
        error = f" +- {5 * means.std() / runs**0.5:.1g}" if case.random else ""
        shown = [f"{bound:.3g}", f"{measured:.3g}{error}", f"{100 * measured / bound:.2g} %"]
    ratio = largest_stable(case, functions, start, x, given)
    longest = "none found" if ratio is None else f"{float(start * L * ratio):.2g}"
    theorem = f"`{case.slug}`" if case.slug else "none with numbers"
    step = f"{float(start * L):.2g}" if case.slug else ""
    cells = [f"`{case.kind.name}`", theorem, messages, step, longest, "" if ratio is None else f"{float(ratio):.3g}"]
    return "| " + " | ".join([*cells, *shown]) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run everything, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m eftheory.studies.practice", description=main.__doc__)
    parser.add_argument("--into", type=Path, default=Path("reports/practice"), help="the folder; reports/practice")
    folder, started = parser.parse_args(arguments).into, time.perf_counter()
    rows: list[str] = []
    for case in CASES:
        if sys.stderr.isatty():
            print(f"\r\x1b[K{len(rows)} of {len(CASES)}: {case.name}", end="", file=sys.stderr, flush=True)
        rows.append(row(case))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows in {time.perf_counter() - started:.0f} s: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
