"""Theorems as calculators: each says which numbers it asks for, and answers with the values of its own claims."""

from collections.abc import Mapping

from eftheory.theory.calculators import (
    both_ways,
    error_feedback,
    expected_smoothness,
    strongly_convex,
    teams,
    two_errors,
    without_estimates,
)
from eftheory.theory.calculators.calculator import Answer as Answer
from eftheory.theory.calculators.calculator import Calculator as Calculator

CALCULATORS: Mapping[str, Calculator] = {
    calculator.slug: calculator
    for family in (
        strongly_convex,
        without_estimates,
        error_feedback,
        two_errors,
        expected_smoothness,
        both_ways,
        teams,
    )
    for calculator in family.CALCULATORS
}
"""By the slug of the theorem."""

NEAR: Mapping[str, str] = {
    **dict.fromkeys(("optimal_step", "stability", "instability", "tight_lower_bound"), "tight_rate"),
    **dict.fromkeys(
        ("law_root", "weighted_law", "heterogeneous_law_tight", "averaged_constants_bound"), "heterogeneous_law"
    ),
    **dict.fromkeys(("theta_beta", "step_size_lemma", "initial_estimates"), "ef21_nonconvex"),
    "faster_than_pl_theorem": "ef21_pl",
    **dict.fromkeys(("cgd_best_step", "cgd_faster_than_ef"), "cgd"),
    "cgd_descent": "cgd_nonconvex",
    **dict.fromkeys(("mismatch_penalty", "two_coordinate_bound"), "heterogeneous_law"),
    "rates_in_f_and_x": "heterogeneous_law_over_time",
    **dict.fromkeys(("blocks", "ef21_pl_steps"), "ef21_pl"),
    **dict.fromkeys(("ef21_complexity", "ef21_nonconvex_steps", "descent_lemma"), "ef21_nonconvex"),
    **dict.fromkeys(("expected_smoothness", "ef21_sgd_complexity"), "ef21_sgd_expected_smoothness"),
    **dict.fromkeys(("rare_features", "sparse_averages"), "ef21_sparse"),
    "page_contraction": "ef21_page",
    "two_compressors_contract": "ef21_bidirectional",
    "pl_along_estimates": "ef21_pl",
    **dict.fromkeys(("marina_p_repeated_time", "marina_p_repeated_beats"), "marina_p_repeated"),
    "m3_variance_reduced_time": "m3_variance_reduced",
    **dict.fromkeys(("m3_minibatch_time", "m3_minibatch_beats"), "m3_minibatch"),
    **dict.fromkeys(("ef21_w_steps", "ef21_w_is_ef21", "ef21_w_is_ef21_over_time"), "ef21_w"),
    "partial_contraction": "ef21_partial",
    "stochastic_contraction": "stochastic_ef21",
    "weighted_jensen": "ef21_weighted_pl",
    "m3_communication": "m3",
    "minibatch_marina_p_beats": "marina_p_minibatch",
}
"""Of theorems without numbers of this kind: the one whose numbers they are about."""
