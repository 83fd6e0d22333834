"""What is known of gradient descent."""

from __future__ import annotations

from fractions import Fraction

from eftheory import laws
from eftheory.algebra.averages import mean_constants
from eftheory.lyapunov.compressed_gradient_descent import attained_exactly
from eftheory.lyapunov.gradient_descent import gradient_descent
from eftheory.theory.known import Agents, Known
from eftheory.theory.overview import Overview
from eftheory.witnesses.gradient import gradient_witness


def law(agents: Agents, alpha: Fraction) -> Fraction:
    """2 / (L + mu), with the means over agents.

    References:
        [Polyak1963]; [TaylorHendrickxGlineur2018], Theorem 3.3.
    """
    L, mu = mean_constants(agents)
    return 2 / (L + mu)


def enter_rates(overview: Overview) -> None:
    """max(|1 - step L|, |1 - step mu|)^2, exact for all agents and steps."""
    L, mu, given = overview.mean("L"), overview.mean("mu"), overview.rule.step_size
    step = laws.gd_step_size(L, mu) if given is None else given
    value = laws.gd_rate(L, mu, step_size=given)
    overview.set_rates(step, laws.gd_stability_limit(L), value, value)


def enter_smooth(overview: Overview) -> None:
    """Theorems of which it is the case without compression; of `cgd_pl` with f as the one agent's function."""
    overview.set_smooth()
    overview.set_pl()


KNOWN = Known(
    law=law,
    optimal_types=None,
    closed_form=gradient_descent,
    tight_form=attained_exactly(gradient_descent),
    worst_case=gradient_witness,
    enter_rates=enter_rates,
    theorems=("gd",),
    on_smooth="ef21_nonconvex",
    on_pl="cgd_pl",
    as_case="without compression",
    enter_smooth=enter_smooth,
    cites=("Polyak1963", "TaylorHendrickxGlineur2018"),
)
