"""Certificates with one defect each, named after it: valid ones, changed, and sealed again.

``python tests/certificates/make_bad.py`` writes them to tests/certificates/bad/. The table says
what must become of each: the reader's message, or the obligation of a bound that fails.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.certificates.bad_expensive import EXPENSIVE
from tests.certificates.bad_external import EXTERNAL
from tests.certificates.bad_origin import ORIGIN
from tests.certificates.bad_templates import TEMPLATES
from tests.certificates.bad_text import TEXTS
from tests.certificates.defects import DECREASE, NAMED, SHAPE, Defect, fails, refused

FOLDER = Path(__file__).parent / "bad"
NINES = "9" * 401


READER = {
    "unknown_key": refused("certificate: unknown key 'comment'", "gd", ("comment", "trust me")),
    "unknown_key_in_agent": refused(r"setting.agents[0]: unknown key 'name'", "gd", ("setting/agents/0/name", "x")),
    "unknown_key_in_upper": refused("upper: unknown key 'inequalities'", "gd", ("upper/inequalities", {})),
    "missing_key": refused("upper: lacks multipliers", "gd", ("upper/multipliers", ...)),
    "setting_missing": refused("certificate: lacks setting", "gd", ("setting", ...)),
    "no_evidence": refused("no evidence", "cgd", ("upper", ...), ("lower", ...)),
    "evidence_null": refused("upper: expected an object", "gd", ("upper", None)),
    "evidence_list": refused("lower: expected an object", "gd", ("lower", [])),
    "number_exponent": refused("upper.rate: '1e-9' is not a number", "gd", ("upper/rate", "1e-9")),
    "number_decimal": refused("upper.rate: '0.5' is not a number", "gd", ("upper/rate", "0.5")),
    "number_underscore": refused("is not a number", "gd", ("upper/c", "1_0")),
    "number_unicode_digit": refused("is not a number", "gd", ("upper/c", "１")),
    "number_not_reduced": refused("is not reduced", "gd", ("upper/c", "2/4")),
    "number_over_one": refused("is not reduced", "gd", ("upper/c", "1/1")),
    "number_leading_zero": refused("is not a number", "gd", ("upper/c", "01")),
    "number_plus": refused("is not a number", "gd", ("upper/c", "+1")),
    "number_minus_zero": refused("is not reduced", "gd", ("upper/c", "-0")),
    "number_space": refused("is not a number", "gd", ("upper/c", " 1")),
    "number_newline": refused("is not a number", "gd", ("upper/c", "1\n")),
    "number_division_by_zero": refused("is not a number", "gd", ("upper/c", "1/0")),
    "number_401_digits": refused("more than 400 digits", "gd", ("upper/C", NINES)),
    "number_401_digits_below": refused("more than 400 digits", "gd", ("upper/c", f"1/{NINES}")),
    "number_boolean": refused("upper.c: expected a string", "gd", ("upper/c", True)),
    "number_null": refused("upper.c: expected a string", "gd", ("upper/c", None)),
    "number_list": refused("upper.c: expected a string", "gd", ("upper/c", ["1"])),
    "wrong_format_version": refused("format is 'eftheory-certificate/3'", "gd", ("format", "eftheory-certificate/3")),
    "format_missing": refused("format is missing", "gd", ("format", ...)),
    "no_agents": refused("setting: there are no agents", "gd", ("setting/agents", [])),
    "types_65": refused(
        "65 different agent types: at most 64",
        "gd",
        ("setting/agents", [{"L": str(k), "mu": "0", "count": "1"} for k in range(1, 66)]),
    ),
    "types_not_joined": refused(
        "setting.agents: not what the definition",
        "ef21, alike",
        ("setting/agents/1", {"L": "27", "mu": "13", "count": "1"}),
    ),
    "count_zero": refused("count=0", "ef21, alike", ("setting/agents/0/count", "0")),
    "count_negative": refused("count=-3", "ef21, alike", ("setting/agents/0/count", "-3")),
    "count_fraction": refused("count=3/2: not a whole number", "ef21, alike", ("setting/agents/0/count", "3/2")),
    "hypotheses_changed": refused("setting.hypotheses: not what", "ef21", ("setting/hypotheses/0", "friendly weather")),
    "hypotheses_dropped": refused("setting.hypotheses: not what", "ef", ("setting/hypotheses", [])),
    "hypothesis_added": refused("setting.hypotheses: not what", "ef21", ("setting/hypotheses/1", "common minimiser")),
    "measure_changed": refused("setting.measure: not what", "ef21", ("setting/measure", "f(x) - f(x*)")),
    "method_unknown": refused(
        "setting.method: 'ef22' is none of gd, cgd, ef, ef21", "ef21", ("setting/method", "ef22")
    ),
    "method_changed": refused("setting.hypotheses: not what the definition of ef", "ef21", ("setting/method", "ef")),
    "method_version_changed": refused("setting.version: not what", "ef21", ("setting/version", "2")),
    "alpha_zero": refused("alpha=0: alpha must lie in (0, 1]", "ef21", ("setting/alpha", "0")),
    "alpha_above_one": refused("alpha=5/4: alpha must lie in (0, 1]", "ef21", ("setting/alpha", "5/4")),
    "alpha_negative": refused("alpha=-1/2", "ef21", ("setting/alpha", "-1/2")),
    "mu_above_L": refused("mu must not exceed L", "ef21", ("setting/agents/0/mu", "28")),
    "mu_negative": refused("mu=-1", "ef21", ("setting/agents/0/mu", "-1")),
    "L_zero": refused("L=0", "ef21", ("setting/agents/0/mu", "0"), ("setting/agents/0/L", "0")),
    "step_zero": refused("step_size=0: the step size must be positive", "ef21", ("setting/step_size", "0")),
    "step_negative": refused("step_size=-1/60", "ef21", ("setting/step_size", "-1/60")),
    "cgd_with_two_agents": refused("n_agents=2: CGD", "cgd", ("setting/agents/0/count", "2")),
    "gd_with_compression": refused("GD does not compress", "gd", ("setting/alpha", "1/2")),
    "rows_not_triangular": refused("lower triangle", "ef", ("upper/lyapunov/0/rows/1", ["1"])),
    "rows_full": refused("lower triangle", "ef", ("upper/lyapunov/0/rows/0", ["1", "0"])),
    "block_without_symbols": refused("lower triangle", "ef", ("upper/lyapunov/1", {"symbols": [], "rows": []})),
    "provenance_nested": refused(
        "provenance['solver']: expected a string", "gd", ("provenance", {"solver": {"a": "b"}})
    ),
    "multipliers_list": refused("upper.multipliers: expected an object", "gd", ("upper/multipliers", [["49"]])),
    "nested_a_little": refused("nested too deeply", "gd", ("upper/values", [[[[[[[[[[[[[["1"]]]]]]]]]]]]]])),
}
VALUES_CANCEL = "decrease: rate V - V+ - sum of multipliers times inequalities >= 0: function values cancel"
UPPER = {
    "rate_lowered": fails("upper", DECREASE, "ef21", ("upper/rate", "16/25")),
    "rate_lowered_gd": fails("upper", DECREASE, "gd", ("upper/rate", "3/25")),
    "rate_lowered_cgd": fails("upper", VALUES_CANCEL, "cgd", ("upper/rate", "1/2")),
    "rate_one": fails("upper", "rate in [0, 1)", "ef21", ("upper/rate", "1")),
    "rate_negative": fails("upper", "rate in [0, 1)", "ef21", ("upper/rate", "-1/2")),
    "multiplier_negative": fails(
        "upper", "multiplier compression 0 >= 0", "ef21", ("upper/multipliers/compression 0/0", "-1")
    ),
    "multiplier_negative_gd": fails(
        "upper", "multiplier interpolation 0 1 >= 0", "gd", ("upper/multipliers/interpolation 0 1/0", "-49")
    ),
    "multiplier_negative_cgd": fails(
        "upper",
        "multiplier interpolation 2 above 1 >= 0",
        "cgd",
        ("upper/multipliers/interpolation 2 above 1/0", "-1/9"),
    ),
    "multiplier_zero": fails("upper", DECREASE, "ef21", ("upper/multipliers/interpolation 0 1/0", "0")),
    "multiplier_dropped": fails("upper", NAMED, "ef21", ("upper/multipliers/compression 0", ...)),
    "multiplier_unknown": fails("upper", NAMED, "ef21", ("upper/multipliers/compression 1", ["1"])),
    "multiplier_renamed": fails(
        "upper",
        NAMED,
        "gd",
        ("upper/multipliers/interpolation 0 1", ...),
        ("upper/multipliers/interpolation 1 0", ["49"]),
    ),
    "multiplier_of_one_type_missing": fails(
        "upper", NAMED, "ef21, two types", ("upper/multipliers/compression 0/1", ...)
    ),
    "multiplier_of_third_type": fails("upper", NAMED, "ef21, alike", ("upper/multipliers/compression 0/1", "1")),
    "lyapunov_empty": fails("upper", "V >= c measure: positive semidefinite", "gd", ("upper/lyapunov", [])),
    "lyapunov_scaled_down": fails(
        "upper", "V >= c measure: positive semidefinite", "gd", ("upper/lyapunov/0/rows/0/0", "1/2")
    ),
    "lyapunov_negative": fails(
        "upper", "V >= c measure: positive semidefinite", "ef21", ("upper/lyapunov/1/rows/0/0", "-1/2")
    ),
    "lyapunov_off_diagonal_raised": fails(
        "upper", "V >= c measure: positive semidefinite", "ef", ("upper/lyapunov/0/rows/1/0", "-3/4")
    ),
    "deviations_left_out": fails(
        "upper", "V >= c measure: positive semidefinite", "ef21, alike", ("upper/lyapunov/2", ...)
    ),
    "deviations_weighted_up": fails("upper", DECREASE, "ef21, alike", ("upper/lyapunov/2/rows/0/0", "2")),
    "coordinate_twice": fails("upper", SHAPE, "ef21", ("upper/lyapunov/1/symbols/0", "g - d[0]")),
    "coordinate_unknown": fails("upper", SHAPE, "ef21", ("upper/lyapunov/1/symbols/0", "x")),
    "coordinate_of_second_type": fails("upper", SHAPE, "ef21", ("upper/lyapunov/0/symbols/0", "g - d[1]")),
    "block_mixes_means_and_deviations": fails(
        "upper",
        SHAPE,
        "ef21, alike",
        (
            "upper/lyapunov",
            [{"symbols": ["g - d[0]", "g - d[0]'", "mean g"], "rows": [["1"], ["0", "1"], ["0", "0", "1"]]}],
        ),
    ),
    "values_missing": fails("upper", SHAPE, "cgd", ("upper/values", [])),
    "values_unexpected": fails("upper", SHAPE, "ef21", ("upper/values", ["1"])),
    "values_doubled": fails("upper", "V >= c measure: function values cancel", "cgd", ("upper/values/0", "2")),
    "values_unbalanced": fails(
        "upper",
        VALUES_CANCEL,
        "cgd",
        ("upper/multipliers/interpolation 1 above 0/0", "1/7"),
    ),
    "c_zero": fails("upper", "c > 0", "ef21", ("upper/c", "0")),
    "c_negative": fails("upper", "c > 0", "ef21", ("upper/c", "-1")),
    "c_raised": fails("upper", "V >= c measure: positive semidefinite", "ef21", ("upper/c", "51/100")),
    "C_zero": fails("upper", "C > 0", "ef21", ("upper/C", "0")),
    "C_lowered": fails("upper", "C measure >= V: positive semidefinite", "ef21", ("upper/C", "99/100")),
    "step_enlarged": fails("upper", DECREASE, "ef21", ("setting/step_size", "1/59")),
    "step_beyond_stability": fails("upper", DECREASE, "ef21", ("setting/step_size", "1")),
    "alpha_lowered": fails("upper", DECREASE, "ef21", ("setting/alpha", "1/2")),
    "L_raised": fails("upper", DECREASE, "ef21", ("setting/agents/0/L", "28")),
    "mu_lowered": fails("upper", DECREASE, "ef21", ("setting/agents/0/mu", "12")),
    "agents_of_one_type_added": fails("upper", DECREASE, "ef21, two types", ("setting/agents/1/count", "2")),
}
SIMILAR = "the state after one step is growth * signs * state"
FLAT = [("setting/agents/0/mu", "0"), ("lower/curvatures", [["0"]]), ("lower/growth", "1"), ("lower/rate", "1")]
LOWER = {
    "growth_raised": fails("lower", SIMILAR, "ef21", ("lower/growth", "5/6")),
    "growth_negative": fails("lower", "growth >= 0", "ef21", ("lower/growth", "-4/5")),
    "lower_rate_negative": fails("lower", "rate <= growth^2", "ef21", ("lower/rate", "-100")),
    "rate_above_growth": fails("lower", "rate <= growth^2", "ef21", ("lower/rate", "17/25")),
    "sign_flipped": fails("lower", SIMILAR, "ef21", ("lower/signs/0", "-1")),
    "sign_two": fails("lower", "signs are 1 or -1", "ef21", ("lower/signs/0", "2")),
    "sign_zero": fails("lower", "signs are 1 or -1", "ef21", ("lower/signs/0", "0")),
    "no_coordinates": fails(
        "lower", "signs are 1 or -1", "gd", ("lower/signs", []), ("lower/curvatures", [[]]), ("lower/server/x", [])
    ),
    "coordinates_65": fails(
        "lower",
        "at most 64 coordinates",
        "gd",
        ("lower/signs", ["1"] * 65),
        ("lower/curvatures", [["13"] * 65]),
        ("lower/server/x", ["1"] * 65),
    ),
    "curvature_outside": fails("lower", "curvatures of type 0 lie in [mu, L]", "ef21", ("setting/agents/0/mu", "14")),
    "curvature_above": fails("lower", "curvatures of type 0 lie in [mu, L]", "ef21", ("lower/curvatures/0/0", "28")),
    "curvature_missing": fails("lower", "the instance has the right shape", "ef21", ("lower/curvatures/0", [])),
    "curvatures_of_two_types": fails(
        "lower", "the instance has the right shape", "ef21", ("lower/curvatures/1", ["13"])
    ),
    "state_missing": fails("lower", "the instance has the right shape", "ef21", ("lower/agents", {})),
    "state_unknown": fails("lower", "the instance has the right shape", "ef21", ("lower/server/y", ["1"])),
    "state_renamed": fails("lower", "the instance has the right shape", "gd", ("lower/server", {"g": ["1"]})),
    "message_not_contractive": fails("lower", "message 0 of type 0 is contractive", "ef21", ("setting/alpha", "4/5")),
    "message_changed": fails("lower", SIMILAR, "ef21", ("lower/messages/0/0/0", "11")),
    "message_missing": fails("lower", "the instance answers every question", "ef21", ("lower/messages", [])),
    "message_unused": fails("lower", "every message is used", "ef21", ("lower/messages/1", [["12"]])),
    "message_not_a_function": fails(
        "lower",
        "message 0 of type 0 is a function of its input",
        "cgd",
        ("setting/agents/0/mu", "0"),
        ("lower/growth", "1"),
        ("lower/signs", ["1", "-1"]),
        ("lower/curvatures", [["13", "0"]]),
        ("lower/server/x", ["1", "1"]),
        ("lower/messages", [[["13", "1"]]]),
    ),
    "lower_state_not_similar": fails("lower", SIMILAR, "ef21", ("lower/server/x/0", "-6")),
    "lower_step_changed": fails("lower", SIMILAR, "ef21", ("setting/step_size", "1/61")),
    "motionless_mode": fails(
        "lower", "the measure sees the mode", "ef21", *FLAT, ("lower/agents/d", [["0"]]), ("lower/messages", [[["0"]]])
    ),
    "motionless_mode_gd": fails("lower", "the measure sees the mode", "gd", *FLAT),
    "motionless_mode_cgd": fails("lower", "the measure sees the mode", "cgd", *FLAT, ("lower/messages", [[["0"]]])),
    "zero_state": fails(
        "lower",
        "the measure sees the mode",
        "ef21",
        ("lower/server/x", ["0"]),
        ("lower/agents/d", [["0"]]),
        ("lower/messages", [[["0"]]]),
        ("lower/growth", "2"),
        ("lower/rate", "4"),
    ),
}
CLASS_BOUND = {
    "gram_indefinite": fails(
        "class_bound", "Gram block 0 is positive semidefinite", "ef21", ("class_bound/gram/0/rows/4/4", "24")
    ),
    "gram_symbol_unknown": fails(
        "class_bound", "the symbols are those of the step", "ef21", ("class_bound/gram/0/symbols/4", "y")
    ),
    "gram_indefinite_in_a_nameless_symbol": fails(
        "class_bound",
        "the symbols are those of the step",
        "ef21",
        ("class_bound/rate", "2"),
        (
            "class_bound/gram/0",
            {
                "symbols": ["", "e0[0]", "g[0]", "r1[0]"],
                "rows": [["-1"], ["0", "35"], ["0", "0", "1"], ["0", "0", "10", "0"]],
            },
        ),
    ),
    "gram_breaks_compression": fails(
        "class_bound", "compression 0 holds for type 0", "ef21", ("class_bound/gram/0/rows/1/1", "17")
    ),
    "gram_breaks_interpolation": fails(
        "class_bound", "interpolation 0 1 holds for type 0", "ef21", ("class_bound/gram/0/rows/3/3", "2")
    ),
    "gram_does_not_grow": fails(
        "class_bound", "Gram(z+) - rate Gram(z) >= 0: mean", "ef21", ("class_bound/rate", "17/25")
    ),
    "gram_of_other_step": fails(
        "class_bound", "Gram(z+) - rate Gram(z) >= 0: mean", "ef21", ("setting/step_size", "1/61")
    ),
    "gram_zero": fails(
        "class_bound",
        "the measure of the Gram matrix is positive",
        "ef21",
        ("class_bound/gram", [{"symbols": ["x"], "rows": [["1"]]}]),
        ("class_bound/rate", "2"),
    ),
    "gram_deviations_shrink": fails(
        "class_bound",
        "Gram(z+) - rate Gram(z) >= 0: deviations of type 0",
        "ef21, alike",
        ("class_bound/gram/1", {"symbols": ["g[0]'"], "rows": [["1"]]}),
    ),
    "gram_symbol_twice": fails(
        "class_bound", "no symbol occurs twice", "ef21", ("class_bound/gram/1", {"symbols": ["x"], "rows": [["1"]]})
    ),
    "class_bound_rate_zero": fails("class_bound", "rate > 0", "ef21", ("class_bound/rate", "0")),
    "class_bound_with_function_values": fails(
        "class_bound",
        "the template has no function values",
        "cgd",
        ("class_bound", {"rate": "1/2", "gram": [{"symbols": ["x"], "rows": [["1"]]}]}),
    ),
}
DEFECTS = {
    **{name: Defect(make, "reader", expected) for name, (make, expected) in TEXTS.items()},
    **READER,
    **{name: refused(*row) for name, row in EXTERNAL.items()},
    **UPPER,
    **LOWER,
    **CLASS_BOUND,
    **TEMPLATES,
    **ORIGIN,
    **EXPENSIVE,
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, defect in DEFECTS.items():
        (FOLDER / f"{name}.json").write_bytes(defect.make())
    print(f"{len(DEFECTS)} files in {FOLDER.name}/")


if __name__ == "__main__":
    main()
