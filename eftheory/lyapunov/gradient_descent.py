"""The closed form for gradient descent."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.algebra.averages import mean_constants

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Upper
    from eftheory.claims import Setting


def gradient_descent(setting: Setting) -> Upper | None:
    """V = ||mean g||^2 shrinks by max(|1 - step mu|, |1 - step L|)^2, with the means L, mu over agents.

    Cauchy-Schwarz on G+ = a G + sum of residuals, a = 1 - step (L+mu)/2, gives the multipliers.

    References:
        [TaylorHendrickxGlineur2018], Theorem 3.3 (one agent).
    """
    step = Fraction(setting.method.step_size)
    L, mu = mean_constants(setting.agents)
    root = max(abs(1 - step * mu), abs(1 - step * L))
    if root >= 1:
        return None
    multipliers = tuple(root * (agent.L - agent.mu) / (2 * step) for agent in setting.agents)
    from eftheory.certificates.certificate import Block, Upper  # loaded where one is made: rates need none

    lyapunov = (Block(("mean g",), ((Fraction(1),),)),)
    return Upper(root * root, lyapunov, (), {"interpolation 0 1": multipliers}, Fraction(1), Fraction(1))
