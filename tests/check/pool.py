"""Instances for the oracle: functions, compressors, minimisers and starts, many at a time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

import numpy as np

VECTORS = 8  # of the server, and as many of the agents
CALLS = 3  # of compressors that may answer differently; further ones are like the first
SIZE = 52
STARS = ((0, 0), (1, 0), (-1000, 0), (Fraction(1, 3), 2))
TURNS = ((1, 0), (-1, 0), (Fraction(3, 5), Fraction(4, 5)), (0, 1), (Fraction(-4, 5), Fraction(3, 5)))
ENDS = (0, 1)


@dataclass(frozen=True)
class Pool:
    """Arrays of fractions: instances x agents (1 for the server) x coordinates.

    Attributes:
        star: the common minimiser.
        offsets: of the agents' minimisers from there, where they have no common one.
        rising, falling: where in [mu, L] the curvature of f_i lies, right and left of its minimiser.
        share: of the largest error that the compressor of a call makes.
        cosine, sine: how that error is turned.
        even: whether two agents of a type stand for halves of it, or for one agent and the rest.
        at_star, away: the first vectors of the server, at_star x* + away.
        as_gradient, memory: those of the agents, as_gradient gradients + memory.
    """

    star: np.ndarray
    offsets: np.ndarray
    rising: np.ndarray
    falling: np.ndarray
    share: np.ndarray
    cosine: np.ndarray
    sine: np.ndarray
    even: np.ndarray
    at_star: np.ndarray
    away: np.ndarray
    as_gradient: np.ndarray
    memory: np.ndarray

    @cached_property
    def floats(self) -> Pool:
        """The same in floats."""
        parts = vars(self).items()
        return Pool(**{name: part if part.dtype == bool else part.astype(float) for name, part in parts})

    def only(self, chosen: list[int]) -> Pool:
        """The instances with these numbers."""
        longer = {"share", "at_star", "away", "as_gradient", "memory"}  # one more axis: which call or vector
        return Pool(
            **{
                each.name: getattr(self, each.name)[(slice(None),) * (each.name in longer) + (chosen,)]
                for each in fields(self)
            }
        )


def pool_of(instance: Any, agents: int) -> Pool:
    """One instance on the line, said by hand."""
    picks = {"L": lambda i: 1, "mu": lambda i: 0, "mixed": lambda i: 1 - i % 2}[instance.curvature]
    curvature = _array((1, agents, 2), lambda where: picks(where[1]))

    def on_the_line(value: Fraction, *shape: int) -> np.ndarray:
        return _array(shape, lambda where: value if where[-1] == 0 else 0)

    return Pool(
        star=on_the_line(instance.star, 1, 1, 2),
        offsets=_array((1, agents, 2), lambda where: where[1] if where[2] == 0 else 0),
        rising=curvature,
        falling=curvature,
        share=_array((CALLS, 1, agents, 1), lambda _: instance.share),
        cosine=_array((1, agents), lambda _: 1),
        sine=_array((1, agents), lambda _: 0),
        even=np.full((1, 1, 1), True),
        at_star=_array((VECTORS, 1, 1, 1), lambda _: 0),
        away=on_the_line(instance.start, VECTORS, 1, 1, 2),
        as_gradient=_array((VECTORS, 1, 1, 1), lambda _: 0),
        memory=on_the_line(instance.memory, VECTORS, 1, agents, 2),
    )


@cache
def random_pool(agents: int, size: int = SIZE) -> Pool:
    """The pool for so many agents, always the same."""
    every = [
        _corner(agents, h, share) for h in ((0, 0), (1, 1), (1, 0)) for share in ((1, 1), (-1, -1), (1, -1), (1, 0))
    ]
    every += [_instance(random.Random(f"{agents} {k}"), agents, k) for k in range(size)]
    parts = {}
    for name, first in every[0].items():
        axis = 1 if first.ndim == 4 else 0
        parts[name] = np.concatenate([each[name] for each in every], axis=axis)
    return Pool(**parts)


def _corner(agents: int, h: tuple[int, ...], share: tuple[int, ...]) -> dict[str, np.ndarray]:
    """All curvatures and errors as large or as small as they may be, around the origin: the worst, mostly."""
    parts = _instance(random.Random(f"{agents} {h} {share}"), agents, 2 * len(STARS))
    curvature = _array((1, agents, 2), lambda where: h[where[1] % 2])
    return parts | {
        "offsets": _array((1, agents, 2), lambda _: 0),
        "rising": curvature,
        "falling": curvature,
        "share": _array((CALLS, 1, agents, 1), lambda where: share[where[2] % 2]),
        "cosine": _array((1, agents), lambda _: 1),
        "sine": _array((1, agents), lambda _: 0),
    }


def _instance(rng: random.Random, agents: int, k: int) -> dict[str, np.ndarray]:
    """Number k: all places of x* in turn, every second one at rest, where the measure is least."""

    def draw(choices: tuple[Any, ...], *shape: int, alike: float = 0) -> np.ndarray:
        one = rng.choice(choices) if rng.random() < alike else None
        return _array(shape, lambda _: rng.choice(choices) if one is None else one)

    star, rest = STARS[k % len(STARS)], k // len(STARS) % 4
    rising = draw((*ENDS, *ENDS, Fraction(1, 3)), 1, agents, 2, alike=0.6)
    turns = [rng.choice(TURNS)] * agents if rng.random() < 0.6 else [rng.choice(TURNS) for _ in range(agents)]
    near, small = (0, 0, 1, -1, 2), (0, 1, -1, Fraction(1, 4))
    return {
        "star": _array((1, 1, 2), lambda where: star[where[2]]),
        "offsets": draw((0, 1, -1, 5) if rng.random() < 0.7 else (0,), 1, agents, 2),
        "rising": rising,
        "falling": rising if rng.random() < 0.7 else draw(ENDS, 1, agents, 2),
        "share": draw((1, 1, 0, -1, Fraction(1, 2)), CALLS, 1, agents, 1, alike=0.6),
        "cosine": _array((1, agents), lambda where: turns[where[1]][0]),
        "sine": _array((1, agents), lambda where: turns[where[1]][1]),
        "even": np.full((1, 1, 1), rng.random() < 0.5),
        "at_star": draw((1, 1, 1, 0), VECTORS, 1, 1, 1) if rest > 1 else draw((1,), VECTORS, 1, 1, 1),
        "away": draw((0,) if rest == 0 else near, VECTORS, 1, 1, 2),
        "as_gradient": draw((0,) if rest == 0 else (1,) if rest == 1 else (0, 1), VECTORS, 1, 1, 1),
        "memory": draw((0,) if rest < 2 else small, VECTORS, 1, agents, 2),
    }


def _array(shape: tuple[int, ...], value: Callable[[tuple[int, ...]], Any]) -> np.ndarray:
    result = np.empty(shape, dtype=object)
    for where in np.ndindex(*shape):
        result[where] = Fraction(value(where))
    return result
