"""EF on convex functions with a common minimiser: Theorem `ef_convex` as evidence, for any number of agents."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.algebra.averages import mean_constants
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser
from eftheory.lyapunov.error_feedback import ef_entries
from eftheory.methods.quantities import EXCESS

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Upper
    from eftheory.claims import Setting

START = "||x - mean e - x*||^2"


def error_feedback_convex(setting: Setting) -> Upper | None:
    """V = ||x - mean e - x*||^2/(2 step) + mean (L/L_i) ||e_i||^2 / (2 sigma step) loses f - inf f in each step, with

        L = mean L_i,   sigma = (1 - step L)/(1 + step L) >= s = sqrt(1 - alpha),

    so that sum_{t<T} (f(x_t) - inf f) <= ||x_0 - x*||^2/(2 step) if e_0 = 0. No smaller factor will do: it is that of
    gradient descent on functions whose slope vanishes. Multipliers: 1 on "x* above x" of each agent, L/(2 sigma step
    L_i) on compression. None for longer steps, where more is needed, and for other claims.

    Proof: `ef_convex`, where sigma is s.
    """
    step, (L, _), types = Fraction(setting.method.step_size), mean_constants(setting.agents), setting.agents
    sigma = (1 - step * L) / (1 + step * L)
    known = [type(each) for each in setting.assumptions] == [CommonGlobalMinimiser]
    if not known or setting.measure_name != EXCESS or sigma <= 0 or sigma**2 < 1 - setting.alpha:
        return None
    if any(agent.mu < 0 for agent in types):
        return None
    from eftheory.certificates.certificate import Block, Upper  # loaded where one is made

    whole = 1 / (2 * step)
    weights = [L / agent.L * whole / sigma for agent in types]
    zero = (Fraction(0),) * len(types)
    multipliers = {"interpolation 0 above 1": (Fraction(1),) * len(types), "interpolation 1 above 0": zero}
    multipliers |= {"bounded below 0": zero, "bounded below 1": zero}
    if setting.alpha < 1:
        multipliers["compression 0"] = tuple(weights)
    return Upper(
        rate=Fraction(1),
        lyapunov=tuple(Block(*each) for each in ef_entries(setting, weights, whole)),
        values=(),
        multipliers=multipliers,
        c=Fraction(0),
        C=Fraction(0),
        tau=Fraction(1),
        initial={START: whole, "mean ||e||^2": max(weights)},
    )
