"""The closed form for compressed gradient descent with one agent."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.algebra.rounding import sqrt_above, sqrt_below

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Upper
    from eftheory.claims import Setting


def compressed_gradient_descent(setting: Setting) -> Upper | None:
    """V = f(x) - f(x*) shrinks by p^2, p = max(1 - step (1-s) mu, step (1+s) L - 1), s = sqrt(1-alpha).

    The weighted inequalities are p times (x above x+), p(1-p) times (x* above x), 1-p times
    (x* above x+), and p step/(2s) times the compressor's; what is left is a square.

    References:
        [ThomsenTaylorDieuleveut2025], Section 3; [deKlerkGlineurTaylor2017], Theorem 5.1 (inexact directions).
    """
    (agent,), step = setting.agents, Fraction(setting.method.step_size)
    s = sqrt_above(1 - setting.alpha, bits=96)
    p = max(1 - step * (1 - s) * agent.mu, step * (1 + s) * agent.L - 1)
    if p >= 1:
        return None
    zero = (Fraction(0),)
    multipliers = {"interpolation 1 above 0": zero, "interpolation 0 above 1": (p * (1 - p),)}
    if p > 0:  # otherwise x+ is x*, and there is no third point
        multipliers |= {
            "interpolation 2 above 0": zero,
            "interpolation 0 above 2": (1 - p,),
            "interpolation 2 above 1": zero,
            "interpolation 1 above 2": (p,),
        }
    if setting.alpha < 1:
        multipliers["compression 0"] = (p * step / (2 * s),)
    from eftheory.certificates.certificate import Upper  # loaded where one is made: rates need none

    return Upper(p * p, (), (Fraction(1),), multipliers, Fraction(1), Fraction(1))


def attained_exactly(form: Callable[[Setting], Upper | None]) -> Callable[[Setting], Upper | None]:
    """The closed form of GD or CGD where the worst case attains it: without radicals it is exact."""

    def tight(setting: Setting) -> Upper | None:
        s = sqrt_below(1 - setting.alpha, bits=8)
        return form(setting) if s * s == 1 - setting.alpha else None

    return tight
