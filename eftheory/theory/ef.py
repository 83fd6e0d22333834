"""What is known of EF."""

from functools import partial

from eftheory.lyapunov.error_feedback import EF_FORM, error_feedback, tight_error_feedback
from eftheory.lyapunov.every_step import every_step
from eftheory.theory.error_feedback import enter_rates, law
from eftheory.theory.known import Known
from eftheory.theory.overview import Overview
from eftheory.witnesses.self_similar import ef_state, error_feedback_witness

KNOWN = Known(
    law=law,
    optimal_types=1,
    closed_form=partial(error_feedback, form=EF_FORM),
    tight_form=partial(tight_error_feedback, form=EF_FORM),
    every_step=every_step,
    proofs=("heterogeneous_law_ef", "averaged_constants_bound"),
    worst_case=partial(error_feedback_witness, state=ef_state),
    enter_rates=enter_rates,
    theorems=(
        "ef_equal_agents",
        "optimal_step",
        "tight_lower_bound",
        "heterogeneous_law_ef",
        "tight_rate",
        "tight_rate_over_time",
        "heterogeneous_law_over_time",
        "ef_convex",
        "ef_nonconvex",
    ),
    on_smooth="ef_nonconvex",
    on_convex="ef_convex",
    enter_smooth=Overview.set_convex,
    cites=("SeideEtAl2014", "ThomsenTaylorDieuleveut2026"),
)
