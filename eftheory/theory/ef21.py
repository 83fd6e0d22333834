"""What is known of EF21."""

from functools import partial

from eftheory.lyapunov.error_feedback import EF21_FORM, error_feedback, tight_error_feedback
from eftheory.lyapunov.every_step import every_step
from eftheory.theory.error_feedback import enter_rates, law
from eftheory.theory.known import Known
from eftheory.theory.overview import Overview
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
        "tight_rate",
        "tight_rate_over_time",
        "heterogeneous_law_over_time",
        "ef21_decreasing_steps",
        "ef21_weighted",
        "ef21_weighted_pl",
        "ef21_sparse",
        "ef21_page",  # of which it is the case of full gradients
        "ef21_page_pl",
    ),
    on_smooth="ef21_nonconvex",
    enter_smooth=Overview.set_smooth,
    cites=("RichtarikSokolovFatkhullin2021", "ThomsenTaylorDieuleveut2026"),
)
