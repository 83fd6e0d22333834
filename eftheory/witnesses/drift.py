"""Drifting orbits of EF21 on smooth functions that need not be convex: the worst sum of squared gradients."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import inf, isfinite, sqrt
from typing import TYPE_CHECKING

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import round_down, round_up, sqrt_above, sqrt_below
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.methods.quantities import GRADIENT

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Drift
    from eftheory.claims import Setting

_BITS = 64
_POINTS, _ROUNDS = 24, 40  # of the grid in each direction, and how often it is made finer


def drifting_orbit(setting: Setting) -> Drift | None:
    """The orbit of EF21 with the largest constant, rounded; None where agents' curvatures are not all of [-L_i, L_i],
    compressors are unbiased, or the claim assumes more or measures something else than ``check_drift`` is about.

    In units of L = mean L_i = 1 let g = (c, -1), d = (k, -y), u = g - d, turned by Z = diag(1, -1) in each step. The
    compressor allows (1 - s^2)(c - k)^2 <= s^2 (y + 1)^2 - (y - 1)^2. f falls by step c k - e, where the functions
    allow 0 <= e <= min(step^2 k^2/2, step^2 (k^2 + y^2)/4 - 1). So y and e are free, k is the least they allow, c the
    most, or near the stability limit the least, and the constant is (c^2 + 1)/(step c k - e).
    """
    step, (L, _) = Fraction(setting.method.step_size), mean_constants(setting.agents)
    smooth = all(agent.mu == -agent.L for agent in setting.agents)
    free = all(type(each) is BoundedBelow for each in setting.assumptions) and not setting.compressor.unbiased
    if not (smooth and free and setting.measure_name == GRADIENT):
        return None
    s2, scaled = 1 - setting.alpha, step * L
    s, gamma = sqrt(s2), float(scaled)
    middle, radius = (1 + s * s) / (1 - s * s), 2 * s / (1 - s * s)

    def constant(place: float, share: float, sign: int) -> float:
        """The constant at y, e = share/(1 - share), and the most or the least c."""
        y, e = middle + radius * place, share / (1 - share)
        k2 = 4 * (1 + e) / gamma**2 - y * y
        if k2 <= 0 or 2 * e > gamma**2 * k2:
            return -inf
        k = sqrt(k2)
        c = k + sign * radius * sqrt(max(0.0, 1 - place * place))
        fall = gamma * c * k - e
        return (c * c + 1) / fall if fall > 0 else -inf

    found = [(*_largest(partial(constant, sign=sign)), sign) for sign in (1, -1)]
    place, share, sign = max(found, key=lambda each: constant(*each))
    if not isfinite(constant(place, share, sign)):
        return None
    y, e = (round_down(Fraction(x), _BITS) for x in (middle + radius * place, share / (1 - share)))
    room = (s2 * (y + 1) ** 2 - (y - 1) ** 2) / (1 - s2)
    k = sqrt_above(max(4 * (1 + e) / scaled**2 - y * y, 2 * e / scaled**2), bits=_BITS)
    c = k + sign * sqrt_below(max(room, Fraction(0)), bits=_BITS)
    fall = round_up((scaled * c * k - e) / L, 2 * _BITS)
    if room < 0 or fall <= 0:
        return None
    from eftheory.certificates.certificate import Drift  # loaded where one is made

    one, d = Fraction(1), (k, -y)
    return Drift(
        constant=round_down((c * c + 1) / fall, _BITS),
        fall=(scaled * c * k - e) / L,
        drift=-step * k,
        gradient=(c, -one),
        server={"x": (Fraction(0), -step * y / 2)},
        agents={"d": d},
        messages=((Fraction(0), 2 * y),),
    )


def _largest(value: Callable[[float, float], float]) -> tuple[float, float]:
    """Where a function on [-1, 1] x [0, 1) is largest, on grids that shrink around the best point so far."""
    best, width = (0.0, 0.0), (1.0, 1.0)
    for _ in range(_ROUNDS):
        rows = [best[0] + width[0] * (2 * i / _POINTS - 1) for i in range(_POINTS + 1)]
        columns = [best[1] + width[1] * (2 * i / _POINTS - 1) for i in range(_POINTS + 1)]
        points = [(a, b) for a in rows for b in columns if abs(a) <= 1 and 0 <= b <= 1 - 2**-20]
        best = max([best, *points], key=lambda point: value(*point))
        width = (width[0] / 2, width[1] / 2)
    return best
