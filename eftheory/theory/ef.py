"""What is known of EF."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from eftheory.lyapunov.error_feedback import EF_FORM, error_feedback, tight_error_feedback
from eftheory.lyapunov.error_feedback_convex import error_feedback_convex
from eftheory.lyapunov.every_step import every_step
from eftheory.theory.error_feedback import enter_rates, law
from eftheory.theory.known import Known
from eftheory.theory.overview import Overview
from eftheory.witnesses.self_similar import ef_state, error_feedback_witness

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Upper
    from eftheory.claims import Setting


def closed_form(setting: Setting) -> Upper | None:
    """The V of rates; where something is assumed of f, that of the sum of f - inf f."""
    return error_feedback_convex(setting) if setting.assumptions else error_feedback(setting, form=EF_FORM)


KNOWN = Known(
    law=law,
    optimal_types=1,
    closed_form=closed_form,
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
