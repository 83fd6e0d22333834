"""How definitions are damaged, and the sources with room to spare."""

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.check import check_certificate
from eftheory.check.upper import check_upper
from eftheory.methods import Recorded
from tests.check.definitions import (
    CHANGES,
    change_definition,
    double_call,
    freeze,
    insert_call,
    scale_coordinate,
    swap_calls,
    thaw,
)
from tests.check.external import SETTINGS, TIGHT, external
from tests.check.fitting import fit, rescaled, turned

ROOMY = [name for name in SETTINGS if external(name).upper and not name.startswith(TIGHT)]


@pytest.mark.parametrize("name", SETTINGS)
def test_the_files_hold_what_they_say(name):
    certificate = external(name)
    assert certificate.setting == SETTINGS[name]()
    assert all(verdict.proved for verdict in check_certificate(certificate))


@pytest.mark.parametrize("name", ROOMY)
def test_small_changes_of_the_definition_stay_proved(name):
    """Else the fuzz would be vacuous: nothing it makes would be accepted."""
    certificate, rng, proved = external(name), random.Random(name), 0
    for _ in range(60):
        try:
            definition = change_definition(rng, certificate.setting.method.definition)
            method = Recorded(certificate.setting.method.step_size, definition)
            setting = replace(certificate.setting, method=method)
        except ValueError:
            continue
        evidence = fit(rng, setting, certificate.upper)
        proved += definition != certificate.setting.method.definition and check_upper(setting, evidence).proved
    assert proved >= 3


@pytest.mark.parametrize("name", SETTINGS)
def test_a_definition_thaws_and_freezes(name):
    definition = external(name).setting.method.definition
    assert freeze(thaw(definition)) == definition


def test_every_change_changes_something():
    rng, changed = random.Random(3), Counter()
    for change in dict.fromkeys(CHANGES):
        for name in SETTINGS:
            definition = external(name).setting.method.definition
            for _ in range(6):
                draft = thaw(definition)
                if change is swap_calls:
                    double_call(rng, draft)  # else one is asked about the other, mostly
                try:
                    change(rng, draft)
                    changed[change] += freeze(draft) != definition
                except (ValueError, LookupError):
                    continue
    assert {change for change, count in changed.items() if count > 5} == set(CHANGES)


def test_calls_are_swapped():
    """Mostly one is asked about the other, and the reader refuses."""
    draft = thaw(external("ef").setting.method.definition)
    swap_calls(random.Random(1), draft)
    assert sorted(kind for kind, _ in draft["step"]["calls"]) == ["compress", "gradient", "mean"]
    assert [kind for kind, _ in draft["step"]["calls"]] != ["gradient", "compress", "mean"]
    with pytest.raises(ValueError, match="no vector known here"):
        freeze(draft)


def test_later_answers_keep_their_meaning():
    program = thaw(external("ef").setting.method.definition)["step"]
    name = insert_call(program, 0, "gradient", {"x": Fraction(1)})
    assert name == "gradient 0"
    assert program["calls"][2][1] == {"e": Fraction(1), "gradient 1": Fraction(1, 4)}
    assert program["server"]["x"] == {"x": Fraction(1), "mean 3": Fraction(-1)}


def test_a_coordinate_of_another_length_needs_another_V():
    certificate, rng = external("ef"), random.Random(0)
    for _ in range(5):
        definition, name, factor = scale_coordinate(rng, certificate.setting.method.definition)
        setting = replace(certificate.setting, method=Recorded(Fraction(1), definition))
        assert check_upper(setting, rescaled(certificate.upper, name, factor)).proved


def test_turning_twice_is_nothing():
    lower = external("idle").lower
    assert turned(random.Random(1), turned(random.Random(1), lower)) == lower != turned(random.Random(1), lower)
