"""What is known of EF21."""

from fractions import Fraction
from functools import partial

from eftheory import laws
from eftheory.algebra.averages import mean_constants
from eftheory.lyapunov.error_feedback import EF21_FORM, error_feedback, tight_error_feedback
from eftheory.lyapunov.error_feedback_nonconvex import error_feedback_nonconvex
from eftheory.lyapunov.every_step import every_step
from eftheory.theory.error_feedback import enter_rates, law
from eftheory.theory.known import Agents, Known
from eftheory.theory.overview import Overview
from eftheory.witnesses.drift import drifting_orbit
from eftheory.witnesses.self_similar import ef21_state, error_feedback_witness

KNOWN = Known(
    law=law,
    optimal_types=1,
    closed_form=partial(error_feedback, form=EF21_FORM),
    tight_form=partial(tight_error_feedback, form=EF21_FORM),
    every_step=every_step,
    proofs=("heterogeneous_law", "averaged_constants_bound"),
    worst_case=partial(error_feedback_witness, state=ef21_state),
    enter_rates=enter_rates,
    theorems=(
        "ef21_equal_agents",
        "optimal_step",
        "tight_lower_bound",
        "heterogeneous_law",
        "ef21_pl",
        "ef21_nonconvex",
        "ef21_nonconvex_best_step",
        "ef21_nonconvex_orbit",
        "ef21_nonconvex_seventh",
        "ef21_nonconvex_any_agents",
        "tight_rate",
        "tight_rate_over_time",
        "heterogeneous_law_over_time",
        "ef21_decreasing_steps",
        "ef21_weighted",
        "ef21_weighted_pl",
        "ef21_rare_features",
        "ef21_sparse",
        "ef21_page",  # of which it is the case of full gradients
        "ef21_page_pl",
    ),
    on_smooth="ef21_nonconvex",
    enter_smooth=Overview.set_smooth,
    cites=("RichtarikSokolovFatkhullin2021", "ThomsenTaylorDieuleveut2026"),
)


def nonconvex_law(agents: Agents, alpha: Fraction) -> Fraction:
    """The best step for sums of ||grad f||^2 on smooth functions, just below; ``laws.ef21_nonconvex``."""
    L, _ = mean_constants(agents)
    return laws.enclose(laws.ef21_nonconvex_best_step_size(L, alpha=alpha), bits=96)[0]


ON_SMOOTH = Known(
    law=nonconvex_law,
    closed_form=error_feedback_nonconvex,
    drift=drifting_orbit,
    proofs=("ef21_nonconvex_any_agents", ""),
    theorems=tuple(slug for slug in KNOWN.theorems if slug.startswith("ef21_nonconvex")),
    on_smooth="ef21_nonconvex",
    cites=KNOWN.cites,
)
"""If a type of agents has functions of negative curvature."""
