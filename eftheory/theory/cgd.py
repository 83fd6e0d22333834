"""What is known of compressed gradient descent."""

from __future__ import annotations

from fractions import Fraction

from eftheory import laws
from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import sqrt_above
from eftheory.laws.enclosure import sign
from eftheory.lyapunov.compressed_gradient_descent import attained_exactly, compressed_gradient_descent
from eftheory.theory.known import Agents, Known
from eftheory.theory.overview import Overview
from eftheory.witnesses.gradient import gradient_witness


def law(agents: Agents, alpha: Fraction) -> Fraction:
    """2 / ((1+s) L + (1-s) mu), s = sqrt(1 - alpha).

    References:
        [ThomsenTaylorDieuleveut2025], Theorem 1.
    """
    L, mu = mean_constants(agents)
    s = sqrt_above(1 - alpha, bits=96)
    return 2 / ((1 + s) * L + (1 - s) * mu)


def enter_rates(overview: Overview) -> None:
    """The rate of f(x) - f(x*), attained by a quadratic; proved below the stability limit."""
    L, mu, alpha, given = (
        overview.mean("L"),
        overview.mean("mu"),
        overview.number(overview.alpha),
        overview.rule.step_size,
    )
    step = laws.cgd_step_size(L, mu, alpha=alpha) if given is None else given
    limit = laws.cgd_stability_limit(L, alpha=alpha)
    value = laws.cgd_rate(L, mu, alpha=alpha, step_size=given)
    covered = sign(step - limit) < (1 if mu == 0 else 0)
    overview.set_rates(step, limit, value if covered else None, value)
    overview.set_contraction()


def enter_smooth(overview: Overview) -> None:
    """The largest step sizes of `cgd_nonconvex` and `cgd_pl`, and what they say there."""
    L = overview.mean("L")
    overview.smooth |= {"step_size": 1 / L, "bound_times_T": 2 * L / overview.alpha}
    overview.set_pl()


KNOWN = Known(
    law=law,
    optimal_types=None,
    closed_form=compressed_gradient_descent,
    tight_form=attained_exactly(compressed_gradient_descent),
    worst_case=gradient_witness,
    enter_rates=enter_rates,
    theorems=("cgd", "cgd_over_time", "cgd_best_step", "cgd_pl", "cgd_nonconvex", "dcgd_diverges"),
    on_smooth="cgd_nonconvex",
    on_pl="cgd_pl",
    enter_smooth=enter_smooth,
    cites=("ThomsenTaylorDieuleveut2025", "BeznosikovEtAl2020"),
)
