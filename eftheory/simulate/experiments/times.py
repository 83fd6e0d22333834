"""Seconds to an accuracy against the number of agents, by the theorems of each method, beside a cited lower bound."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from eftheory.laws.teams import (
    m3_minibatch_complexity,
    m3_variance_reduced_complexity,
    marina_p_repeated_complexity,
)
from eftheory.laws.time_complexity import lower_bound_formula, marina_p_complexity
from eftheory.simulate.experiments.chart import Chart
from eftheory.simulate.experiments.experiment import Experiment, Request

POWERS = 10
"""n = 1, 4, 16, ..., 4^POWERS agents, all of which divide d = 4^POWERS."""

ONE, D, S = Fraction(1), Fraction(4**POWERS), "sigma^2/eps"
TASK: dict[str, Any] = {"L": ONE, "delta": ONE, "accuracy": Fraction(1, 100), "d": 4**POWERS}

REGIMES = {
    f"slow links: h = kappa, {S} = 10^7": (ONE, Fraction(10**7)),
    f"balanced: h = d kappa, {S} = 10^4": (D, Fraction(10**4)),
    f"slow gradients: h = 100 d kappa, {S} = 10^4": (100 * D, Fraction(10**4)),
}
"""Seconds h of a gradient, those of a coordinate being 1 both ways, and the variance over the accuracy."""

LOWER = "lower bound, cited"


def run(request: Request) -> list[Chart]:
    """One picture with a frame for each regime; ``rounds`` says up to which power of 4 agents there are."""
    agents = [4**power for power in range(min(POWERS, request.rounds or POWERS) + 1)]
    frames, notes = {}, []
    for title, (h, ratio) in REGIMES.items():
        request.show(title)
        rows = [_seconds(n, h, ratio) for n in agents]
        frames[title] = {name: [row[name] for row in rows] for name in rows[0]}
        least = [min((row[name], name) for name in row if name != LOWER) for row in rows]
        first = next((n for n, row, (best, _) in zip(agents, rows, least) if best < row[LOWER]), None)
        below = f"below the formula from n = {first} on" if first else "nothing is below the formula"
        share = least[-1][0] / rows[-1][LOWER]
        notes.append(
            f"{title}: {below}; at n = {agents[-1]} the fastest is {least[-1][1]}, {share:.3g} times the formula."
        )
    notes += [
        "Seconds are those of theorems, with teams, messages and minibatches chosen for the regime: nothing was run.",
        "The lower bound is for all functions whose mean is smooth, up to constants and powers of log n; the methods "
        "run on functions with L_A = 0, L_max = L_sample = L, and may be below it.",
        "Repeated MARINA-P and M3 in teams are reconstructions of ours; the original text was not available.",
    ]
    title = f"Seconds to E ||grad f||^2 <= 1/100, d = {TASK['d']}, equal speeds both ways"
    return [Chart("times-agents", title, ("agents", agents), "seconds / kappa", frames, (LOWER,), notes)]


def _seconds(n: int, h: Fraction, ratio: Fraction) -> dict[str, float]:
    """By name, for n agents; kappa = 1."""
    task = TASK | {"n": n, "variance": ratio * TASK["accuracy"]}
    chosen = task | {"h": h, "kappa": ONE, "L_A": Fraction(0)}
    found = {
        LOWER: lower_bound_formula(h, ONE, **task),
        "MARINA-P, minibatches": marina_p_complexity(L_A=Fraction(0), **task).seconds(h, ONE),
        "MARINA-P, repeated, in teams": marina_p_repeated_complexity(**chosen).seconds(h, ONE),
        "M3, in teams, minibatches": m3_minibatch_complexity(L_max=ONE, **chosen).seconds(h, ONE),
        "M3, in teams, variance reduced": m3_variance_reduced_complexity(L_max=ONE, L_sample=ONE, **chosen).seconds(
            h, ONE
        ),
    }
    return {name: float(seconds) for name, seconds in found.items()}


EXPERIMENT = Experiment(
    "times",
    "Seconds to accuracy against the number of agents, in three regimes of speeds and noise, by theorems",
    "the formula of [Tyurin2025], and the time complexities of the methods here",
    run,
)
