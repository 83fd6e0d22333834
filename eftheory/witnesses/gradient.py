"""Worst cases of GD and CGD: one coordinate, one curvature, a compressor that over- or undershoots."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import sqrt_below

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Lower
    from eftheory.claims import Setting


def gradient_witness(setting: Setting) -> Lower | None:
    """f_i(x) = h_i/2 x^2 with all h_i = mu_i and C(v) = (1-s) v, or all h_i = L_i and C(v) = (1+s) v.

    One step multiplies x by 1 - step (1 -+ s) mean h_i; the larger factor wins. With s rational
    and s^2 <= 1 - alpha the instance is exact.

    References:
        [ThomsenTaylorDieuleveut2025], Section 3.
    """
    step = Fraction(setting.method.step_size)
    s = sqrt_below(1 - setting.alpha, bits=96)
    L, mu = mean_constants(setting.agents)
    slow, fast = 1 - step * (1 - s) * mu, 1 - step * (1 + s) * L
    factor, output = (slow, 1 - s) if abs(slow) >= abs(fast) else (fast, 1 + s)
    curvatures = tuple((agent.mu if factor == slow else agent.L,) for agent in setting.agents)
    if not any(h for (h,) in curvatures):
        return None
    message = tuple((output * h,) for (h,) in curvatures)
    from eftheory.certificates.certificate import Lower  # loaded where one is made: rates need none

    return Lower(
        rate=factor * factor,
        growth=abs(factor),
        signs=(Fraction(1 if factor >= 0 else -1),),
        curvatures=curvatures,
        server={"x": (Fraction(1),)},
        agents={},
        messages=(message,) if setting.method.compresses else (),
    )
