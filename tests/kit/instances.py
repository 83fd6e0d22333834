"""Random functions of the classes of a claim, exactly: piecewise quadratic ones, sums over coordinates."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from eftheory.assumptions.hypothesis import OF_ALL, OF_MEAN
from eftheory.claims import Setting

QUARTERS = tuple(Fraction(k, 4) for k in range(5))


def array(shape: tuple[int, ...], draw: Callable[[], Any]) -> np.ndarray:
    """Fractions drawn one by one."""
    result = np.empty(shape, dtype=object)
    for where in np.ndindex(*shape):
        result[where] = Fraction(draw())
    return result


@dataclass(frozen=True)
class Instance:
    """Functions sum_k phi_ik(x_k): phi_ik' has the slope h_ik, and the slope m_ik between two places, plus a constant.

    Attributes:
        slopes, inner: arrays (agents, coordinates), within [mu, L].
        places, widths: where the inner part begins, and how long it is.
        offsets: the derivative at 0, less that of the same function with no inner part.
        star: x*, where one is granted.
        infimum: of the mean; None if it has none.
        sigma2: what noise may be.
    """

    slopes: np.ndarray
    inner: np.ndarray
    places: np.ndarray
    widths: np.ndarray
    offsets: np.ndarray
    star: np.ndarray
    infimum: Fraction | None
    sigma2: Fraction

    def gradient(self, x: np.ndarray) -> np.ndarray:
        """Of each agent, at points (outcomes, 1, coordinates)."""
        inside = np.clip(x - self.places, Fraction(0), self.widths)
        return self.slopes * x + (self.inner - self.slopes) * inside + self.offsets

    def value(self, x: np.ndarray) -> np.ndarray:
        """Of each agent: (outcomes, agents)."""
        inside = np.clip(x - self.places, Fraction(0), self.widths)
        past = np.maximum(x - self.places - self.widths, Fraction(0))
        bend = inside * inside / 2 + self.widths * past
        return (self.slopes * x * x / 2 + (self.inner - self.slopes) * bend + self.offsets * x).sum(axis=-1)


def draw_instance(setting: Setting, rng: random.Random, dimension: int = 2) -> Instance:
    """Functions of the setting's classes that meet its assumptions (those on dissimilarity, pl: quadratic ones)."""
    each = [agent.functions for agent in setting.agents for _ in range(agent.count)]
    shape, names = (len(each), dimension), {assumption.name for assumption in setting.assumptions}
    symbols = setting.world().symbols
    minimiser = OF_MEAN if "g*[0]" in symbols else OF_ALL if "x*" in symbols else ""
    least = [max(f.mu, Fraction(0)) if "common global minimiser" in names else f.mu for f in each]
    weights = lambda: rng.choice((*QUARTERS, Fraction(0), Fraction(1), Fraction(1)))  # noqa: E731
    bottom, top = np.array(least, dtype=object)[:, None], np.array([f.L for f in each], dtype=object)[:, None]
    slopes = bottom + (top - bottom) * array(shape, weights)
    places, widths = array(shape, lambda: rng.randint(-2, 1)), array(shape, lambda: rng.randint(0, 2))
    if "similar" in names:  # all alike but for a linear part, whose spread is zeta2
        slopes, places, widths = (0 * part + part[:1] for part in (slopes, places, widths))
    low = max((a.mu for a in setting.assumptions if a.name == "pl"), default=Fraction(1, 100))
    if names & {"pl", "bounded below"} or minimiser == OF_MEAN:
        for k in range(dimension):
            while sum(slopes[:, k]) < low * len(each):
                i = rng.randrange(len(each))
                slopes[:, k] = top[0, 0] if "similar" in names else slopes[:, k]
                slopes[i, k] = top[i, 0]
    inner = bottom + (top - bottom) * array(shape, weights)
    inner = 0 * inner + inner[:1] if "similar" in names else inner
    for of in [a for a in setting.assumptions if a.name == "smooth mean"]:  # bent at the same places
        places, widths = 0 * places + places[:1], 0 * widths + widths[:1]
        slopes = _around(slopes, bottom, top, rng.choice((max(of.mu, low), of.L)))
        inner = _around(inner, bottom, top, rng.choice((of.mu, of.L, (of.mu + of.L) / 2)))
    offsets = array(shape, lambda: rng.randint(-2, 2))
    star = array((1, 1, dimension), lambda: rng.randint(-1, 1))
    if "pl" in names or minimiser:
        inner = slopes.copy()
    if minimiser == OF_ALL:
        offsets = -slopes * star[0]
    mean = sum(slopes) / len(each)
    if minimiser == OF_MEAN:
        star[0, 0] = -(sum(offsets) / len(each)) / mean
    made = Instance(slopes, inner, places, widths, offsets, star, None, Fraction(rng.choice((0, 1, 4))))
    if not any(assumption.bounded for assumption in setting.assumptions):
        return made
    at_zero = made.value(array((1, 1, dimension), lambda: 0)).sum() / len(each)
    infimum = at_zero + sum(_infimum(made, k) for k in range(dimension))
    return Instance(**{**vars(made), "infimum": infimum})


def _around(slopes: np.ndarray, bottom: np.ndarray, top: np.ndarray, wanted: Fraction) -> np.ndarray:
    """Slopes with this mean over the agents: each goes the same share of its way to an end."""
    mean = sum(slopes) / len(slopes)
    end = np.where(mean > wanted, bottom, top)
    way = sum(end) / len(slopes) - mean
    return slopes + (end - slopes) * ((wanted - mean) / np.where(way == 0, Fraction(1), way))


def _infimum(it: Instance, k: int) -> Fraction:
    """The least value of the mean in one coordinate, less that at 0: at a kink of its derivative, or a zero of it."""

    def look(x: Fraction) -> tuple[Fraction, Fraction]:
        point = np.zeros((1, 1, it.slopes.shape[1]), dtype=object) + Fraction(0)
        base = it.value(point).sum()
        point[0, 0, k] = x
        n = len(it.slopes)
        return (it.value(point).sum() - base) / n, it.gradient(point)[0, :, k].sum() / n

    kinks = sorted({*it.places[:, k], *(it.places[:, k] + it.widths[:, k])})
    points = [kinks[0] - 1000, *kinks, kinks[-1] + 1000]
    candidates = list(points)
    for a, b in pairwise(points):
        at, bt = look(a)[1], look(b)[1]
        if at * bt < 0:
            candidates.append(a - at * (b - a) / (bt - at))
    return min(look(x)[0] for x in candidates)
