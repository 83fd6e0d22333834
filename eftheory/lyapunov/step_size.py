"""The step sizes of the laws, as short rationals."""

from __future__ import annotations

from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.lyapunov.averages import mean_constants
from eftheory.lyapunov.rounding import round_down, sqrt_above
from eftheory.lyapunov.theorem_a import contraction_root


def law_step_size(method: str, agents: tuple[AgentType, ...], alpha: Fraction) -> Fraction:
    """The law's step size for a method, by name, rounded down to 64 binary digits where it is long.

    With s = sqrt(1 - alpha) and L, mu the means over agents,

        ef, ef21: (2/(L+mu)) (1-s)/(1+s);    gd: 2/(L+mu);    cgd: 2/((1+s) L + (1-s) mu).

    Optimal for equal agents; nearly so for others. Too large a step can cost far more than one
    too small, hence down.

    References:
        [ThomsenTaylorDieuleveut2025], Theorems 1-3; [ThomsenTaylorDieuleveut2026], Empirical Law 4.1.

    >>> law_step_size("gd", (AgentType(L=1, mu=Fraction(1, 3)),), Fraction(1))
    Fraction(3, 2)
    """
    L, mu = mean_constants(agents)
    if method == "gd":
        step = 2 / (L + mu)
    elif method == "cgd":
        s = sqrt_above(1 - alpha, bits=96)
        step = 2 / ((1 + s) * L + (1 - s) * mu)
    else:
        s = contraction_root(alpha, bits=96)
        step = 2 * (1 - s) / ((1 + s) * (L + mu))
    return step if step.denominator.bit_length() <= 64 else round_down(step, 64)
