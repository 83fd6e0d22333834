"""Which obligations general bounds have, and that every single one is seen to fail somewhere."""

from __future__ import annotations

import json

import pytest

from eftheory.check import check_bytes
from eftheory.writing import seal
from tests.check.mutants import generic
from tests.kit.second import SECOND, changed, document

DEFECTS = {
    "rate = 1 with tau > 0": ("documented", {"upper__rate": "1/2"}),
    "rate in [0, 1)": ("diana", {"upper__rate": "1"}),
    "one multiplier for each inequality and type": ("marina", {"upper__multipliers__compression 0 if 0": None}),
    "V is over the method's coordinates": ("documented", {"upper__values": ["1", "0"]}),
    "noise is of the claim's constants": ("ef21_sgd", {"upper__noise": {"zeta2": "1"}}),
    "noise sigma2 >= 0": ("ef21_sgd", {"upper__noise__sigma2": "-1"}),
    "noise zeta2 >= 0": ("ef_similar", {"upper__noise__zeta2": "-1"}),
    "what is said to vanish does, in expectation": (
        "ef21_sgd",
        {"upper__vanishing": [{"symbols": ["n0[0]"], "rows": [["1"]]}]},
    ),
    "below names inequalities that always hold, one number for each type": (
        "documented",
        {"upper__below": {"compression 0": ["1"]}},
    ),
    "above names inequalities that always hold, one number for each type": (
        "ef21_sgd",
        {"upper__above": {"noise 0": ["1"]}},
    ),
    "c = 0 beside tau": ("documented", {"upper__c": "1"}),
    "c > 0": ("diana", {"upper__c": "0"}),
    "C = 0 beside initial": ("documented", {"upper__C": "1"}),
    "C > 0": ("documented", {"upper__initial": None}),
    "the template is one of the method's": ("documented", {"upper__template": "gradients, memory"}),
    "V >= c measure: function values cancel": ("documented", {"upper__below": None}),
    "C measure >= V: function values cancel": ("documented", {"upper__initial__f - inf f": "2"}),
    "decrease: rate V - V+ - sum of multipliers times inequalities >= 0: function values cancel": (
        "ef21_sgd",
        {"upper__noise": None},
    ),
    "decrease: rate V - V+ - sum of multipliers times inequalities >= 0: positive semidefinite": (
        "documented",
        {"upper__tau": "1/2"},
    ),
    "V >= c measure: positive semidefinite": (
        "documented",
        {"upper__lyapunov": [{"symbols": ["mean g"], "rows": [["-10"]]}]},
    ),
    "C measure >= V: positive semidefinite": ("documented", {"upper__initial__mean ||g - d||^2": "1/4"}),
}
"""By obligation: a file that is proved, and what is wrong with it."""


def answers(data: bytes) -> dict[str, set[bool]]:
    found: dict[str, set[bool]] = {}
    for verdict in check_bytes(data)[:1]:  # of the upper bound; orbits are tested in test_drift
        for obligation in verdict.obligations:
            found.setdefault(generic(obligation.name), set()).add(obligation.holds)
    return found


def negative(name: str) -> list[bytes]:
    """The file with each number of a row, and each factor at the start, made negative, one after the other."""
    made = []
    for place in ("multipliers", "below", "above", "initial", "noise"):
        for key, value in document(name)["upper"].get(place, {}).items():
            content = document(name)
            content["upper"][place][key] = "-1" if isinstance(value, str) else ["-1", *value[1:]]
            made.append(json.dumps(seal(content)).encode())
    return made


@pytest.mark.parametrize("name", SECOND)
def test_the_files_are_proved(name):
    assert {held for each in answers(changed(name)).values() for held in each} == {True}


@pytest.mark.parametrize("obligation", DEFECTS)
def test_each_obligation_is_seen_to_fail(obligation):
    name, places = DEFECTS[obligation]
    assert False in answers(changed(name, **places))[obligation]


@pytest.mark.parametrize("name", SECOND)
def test_every_number_that_must_not_be_negative_is_asked(name):
    for data in negative(name):
        failed = {each for each, held in answers(data).items() if False in held}
        assert any(each.endswith(">= 0") for each in failed)


def test_no_obligation_is_without_a_file_that_fails_it():
    seen = {each for name in SECOND for each in answers(changed(name))}
    failing = {
        each for name in SECOND for data in negative(name) for each, held in answers(data).items() if False in held
    }
    assert seen - failing - DEFECTS.keys() == set()
