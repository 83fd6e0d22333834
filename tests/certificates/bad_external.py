"""Defects of the definitions of external methods: what the reader says, the example, and what is changed in it."""

from typing import Any

GRADIENT = {"call": "gradient", "of": {"x": "1"}}
IT = "setting/definition"
LONG = "9" * 400
NESTED = [
    {"call": "mean", "of": {f"gradient {k - 1}": "1"}}
    if k % 2
    else {"call": "gradient", "of": {"x": LONG, **({f"mean {k - 1}": LONG} if k else {})}}
    for k in range(16)
]
EXTERNAL: dict[str, Any] = {
    "external_without_definition": ("setting.definition: an external method has one", "external ef", (IT, ...)),
    "external_called_ef21": (
        "setting.definition: an external method has one",
        "external ef21",
        ("setting/method", "ef21"),
    ),
    "external_unknown_key": ("setting.definition: unknown key 'code'", "external ef", (f"{IT}/code", "import os")),
    "external_null": ("setting.definition: expected an object", "external ef", (IT, None)),
    "external_unknown_vector": ("'y' is no vector known here: x, e", "external ef", (f"{IT}/step/server/x/y", "1")),
    "external_vector_of_a_later_call": (
        "'compress 1' is no vector known here",
        "external ef",
        (f"{IT}/step/calls/0/of/compress 1", "1"),
    ),
    "external_minimiser_not_granted": (
        "'x*' is no vector known here",
        "external ef21",
        (f"{IT}/step/server/x/x*", "1"),
    ),
    "external_agents_in_place_of_the_server": (
        "an agent vector stands where one of the server",
        "external ef",
        (f"{IT}/step/server/x/e", "1"),
    ),
    "external_server_in_place_of_agents": (
        "a server vector stands where one of the agents",
        "external ef",
        (f"{IT}/step/agents/e", {"x": "1"}),
    ),
    "external_gradient_at_agents_points": (
        "an agent vector stands where one of the server",
        "external ef",
        (f"{IT}/step/calls/0/of", {"e": "1"}),
    ),
    "external_mean_of_the_server": (
        "a server vector stands where one of the agents",
        "external ef",
        (f"{IT}/step/calls/2/of", {"x": "1"}),
    ),
    "external_result_missing": ("step: expected one result for each", "external ef", (f"{IT}/step/agents", ...)),
    "external_result_empty": ("step.agents: empty; leave it out", "external ef", (f"{IT}/step/agents", {})),
    "external_calls_empty": ("measure.calls: empty; leave it out", "external ef", (f"{IT}/measure/calls", [])),
    "external_result_too_many": (
        "step: expected one result for each",
        "external ef",
        (f"{IT}/step/server/y", {"x": "1"}),
    ),
    "external_empty_combination": ("'' is no vector known here", "external ef", (f"{IT}/step/server/x", {})),
    "external_coefficient_decimal": ("is not a number", "external ef", (f"{IT}/step/server/x/x", "0.1")),
    "external_unknown_call": (
        "step: calls are compress, gradient, mean",
        "external ef",
        (f"{IT}/step/calls/0/call", "__init__"),
    ),
    "external_calls_17": ("step: at most 16 calls", "external ef", (f"{IT}/step/calls", [GRADIENT] * 17)),
    "external_compression_observed": (
        "observe: calls are gradient, mean",
        "external ef",
        (f"{IT}/observe/calls", [{"call": "compress", "of": {"e": "1"}}]),
    ),
    "external_compression_measured": (
        "measure: calls are gradient, mean",
        "external ef",
        (f"{IT}/measure/calls", [{"call": "compress", "of": {"e": "1"}}]),
    ),
    "external_no_coordinates": ("observe: expected 1 to 8", "external ef", (f"{IT}/observe", {})),
    "external_no_measure": ("measure: expected 1 to 8", "external ef", (f"{IT}/measure", {}), (f"{IT}/weights", {})),
    "external_coordinates_9": (
        "observe: expected 1 to 8",
        "external ef",
        (f"{IT}/observe/server", {f"c{k}": {"x": "1"} for k in range(9)}),
    ),
    "external_coordinate_twice": (
        "observe: expected 1 to 8 different names",
        "external ef",
        (f"{IT}/observe/server/e", {"x": "1"}),
    ),
    "external_coordinate_with_bracket": ("no ' [ ]", "external ef", (f"{IT}/observe/server/e[0]", {"x": "1"})),
    "external_coordinate_with_prime": ("no ' [ ]", "external ef", (f"{IT}/observe/agents/e'", {"e": "1"})),
    "external_coordinate_without_name": ("1 to 60 visible", "external ef", (f"{IT}/observe/agents/", {"e": "1"})),
    "external_coordinate_invisible": ("visible", "external ef", (f"{IT}/observe/agents/\u202e", {"e": "1"})),
    "external_weight_negative": ("weights: expected one > 0", "external ef", (f"{IT}/weights/term 0", "-1")),
    "external_weight_zero": ("weights: expected one > 0", "external ef", (f"{IT}/weights/term 0", "0")),
    "external_weight_missing": ("weights: expected one > 0", "external ef", (f"{IT}/weights/term 0", ...)),
    "external_measure_zero": (
        "the measure is zero on every instance",
        "external ef",
        (f"{IT}/measure", {"server": {"a": {"x*": "0"}}}),
        (f"{IT}/weights", {"a": "1"}),
    ),
    "external_measure_too_long": (
        "more than 4000 characters",
        "external ef",
        (f"{IT}/measure/calls", NESTED),
        (f"{IT}/measure/server/term 0", {"mean 15": "1"}),
    ),
    "external_name_of_a_symbol": ("'r1': write a letter", "external ef", (f"{IT}/agent_state/0", "r1")),
    "external_name_of_an_error": ("'e0': write a letter", "external ef", (f"{IT}/agent_state/0", "e0")),
    "external_name_with_bracket": ("'e[0]': write a letter", "external ef", (f"{IT}/server_state/0", "e[0]")),
    "external_name_twice": ("a state has 1 to 8 different names", "external ef", (f"{IT}/agent_state/0", "x")),
    "external_state_of_9": (
        "a state has 1 to 8 different names",
        "external ef",
        (f"{IT}/server_state", [f"x_{k}" for k in range(9)]),
    ),
    "external_title_with_escapes": ("write a letter", "external ef", (f"{IT}/name", "\x1b[31mEF")),
    "external_hypothesis_unknown": ("hypotheses: choose from", "external ef", (f"{IT}/hypotheses/0", "luck")),
    "external_hypothesis_twice": ("hypotheses: choose from", "external ef", (f"{IT}/hypotheses/1", "common minimiser")),
    "external_hypotheses_differ": ("setting.hypotheses: not what", "external ef", ("setting/hypotheses", [])),
    "external_measure_misnamed": ("setting.measure: not what", "external ef21", ("setting/measure", "f(x) - f(x*)")),
    "external_version_two": ("setting.version: not what", "external ef", ("setting/version", "2")),
}
