"""Problems that ``eftheory simulate --problem`` makes, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.cli.runs import read_float
from eftheory.simulate.problems import Quadratic, TanhNetwork, Tridiagonal
from eftheory.simulate.problems.functional_quadratic import functional_quadratic
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.runs import nearest


class Made(NamedTuple):
    """A problem and its numbers with their default values."""

    make: Callable[..., Problem]
    numbers: Mapping[str, str]


def _quadratic(agents: int, rng: np.random.Generator, size: int, L: Any, mu: Any, common: int) -> Problem:
    return Quadratic.random([AgentType(L, mu, agents)], size, rng=rng, common_minimiser=bool(common))


def _tridiagonal(agents: int, rng: np.random.Generator, size: int, spread: Any, mu: Any, noise: Any) -> Problem:
    return Tridiagonal.random(agents, size, spread=float(spread), mu=float(mu), rng=rng, noise=float(noise))


def _functional(agents: int, rng: np.random.Generator, size: int, **numbers: Any) -> Problem:
    return functional_quadratic(Quadratic, agents, size, rng=rng, **numbers)


def _network(agents: int, rng: np.random.Generator, hidden: int, weight: Any, batch: int) -> Problem:
    from eftheory.simulate.load import load_data
    from eftheory.simulate.split import divide

    digits = load_data("digits")
    order, sizes = divide(digits.targets, agents)
    rows, labels = np.asarray(digits.rows)[order] / 16, digits.targets[order]
    return TanhNetwork(rows, labels, sizes, hidden, float(weight), batch or None)


WHOLE = ("size", "common", "hidden", "batch")

PROBLEMS = {
    "quadratic": Made(_quadratic, {"size": "20", "L": "1", "mu": "1/10", "common": "0"}),
    "tridiagonal": Made(_tridiagonal, {"size": "1000", "spread": "1", "mu": "1e-6", "noise": "0"}),
    "functional": Made(_functional, {"size": "20", "L_A": "1", "L_B": "1", "mu": "1/10", "spread": "1"}),
    "network": Made(_network, {"hidden": "16", "weight": "0", "batch": "0"}),
}


def find_problem(word: str, agents: int, seed: int = 0) -> Problem:
    """The problem of a word: one of ``PROBLEMS``, perhaps with numbers, as tridiagonal:size=50,spread=1.

    Raises:
        ValueError: there is no such problem, it has no such number, or it refuses the numbers.

    >>> find_problem("tridiagonal:size=7", agents=3).dimension
    7
    """
    name, _, given = word.partition(":")
    if name not in PROBLEMS:
        raise ValueError(f"problem={word[:40]!r}: {nearest(name, [*PROBLEMS])}")
    if agents < 1:
        raise ValueError(f"agents={agents}: there is at least one")
    made, numbers = PROBLEMS[name], dict(PROBLEMS[name].numbers)
    for text in filter(None, given.split(",")):
        key, equals, value = text.partition("=")
        if key not in numbers or not equals:
            raise ValueError(f"problem={word[:60]!r}: write NAME=VALUE; {nearest(key, [*numbers])}")
        numbers[key] = value
    exact = {key: read_float(value, key) for key, value in numbers.items()}
    for key in (key for key in WHOLE if key in exact):
        if exact[key].denominator != 1 or exact[key] < (key in ("size", "hidden")):
            raise ValueError(f"problem={word[:60]!r}: {key}={numbers[key]}: a whole number is needed")
    values = {key: int(value) if key in WHOLE else value for key, value in exact.items()}
    return made.make(agents, np.random.default_rng(seed), **values)
