"""What EF and EF21 have in common: the law, and what it says."""

from __future__ import annotations

from fractions import Fraction

from eftheory import laws
from eftheory.algebra.averages import mean_constants
from eftheory.laws.enclosure import sign
from eftheory.laws.kinds import sqrt
from eftheory.lyapunov.error_feedback import contraction_root
from eftheory.theory.known import Agents
from eftheory.theory.overview import Overview
from eftheory.theory.step_rule import OPTIMAL


def law(agents: Agents, alpha: Fraction) -> Fraction:
    """(2/(L+mu)) (1-s)/(1+s), s = sqrt(1 - alpha): the best for equal agents, nearly so for others.

    References:
        [ThomsenTaylorDieuleveut2025], Theorems 2 and 3; [ThomsenTaylorDieuleveut2026], Empirical Law 4.1.
    """
    L, mu = mean_constants(agents)
    s = contraction_root(alpha, bits=96)
    return 2 * (1 - s) / ((1 + s) * (L + mu))


def enter_rates(overview: Overview) -> None:
    """The tight rate of equal agents, the law for others, and the PL theorem of EF21 beside it."""
    agents, alpha, given = overview.agents, overview.number(overview.alpha), overview.rule.step_size
    L, mu = overview.mean("L"), overview.mean("mu")
    step = laws.heterogeneous_step_size(agents, alpha=alpha) if given is None else given
    limit = laws.stability_limit(L, alpha=alpha)
    lower = laws.averaged_constants_bound(agents, alpha=alpha, step_size=given)
    m, K = laws.heterogeneous_moments(agents)
    if len(agents) == 1 or m * m == K or alpha == 1:
        upper = lower
    elif sign(step - limit) < 0:
        upper = laws.heterogeneous_rate(agents, alpha=alpha, step_size=given)
    else:
        upper = None
    overview.set_rates(step, limit, upper, lower)
    if len(agents) > 1 and overview.rule == OPTIMAL and upper is not lower:
        overview.notes.append("the law's step size is used; for unequal agents it is nearly, not exactly, optimal")
    overview.set_contraction()
    if mu > 0:
        L_tilde = sqrt(overview.number(overview.mean("L", 2)))
        published = laws.ef21_pl_rate(L, L_tilde, mu=mu, alpha=alpha)
        overview.figures["ef21_pl_step_size"] = laws.ef21_pl_step_size(L, L_tilde, mu=mu, alpha=alpha)
        overview.figures["ef21_pl_rate"] = published
        overview.figures["ef21_pl_iterations"] = laws.iterations_to_accuracy(published, overview.accuracy)
        overview.remarks["ef21_pl_rate"] = "of f - f* + (step/theta) G, EF21's Theorem 3"
