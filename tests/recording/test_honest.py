"""No false alarms: classes that do the same at every call are accepted, at any step size."""

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.examples.dcgd import DCGD
from eftheory.examples.econtrol import EControl
from eftheory.examples.momentum import HeavyBallEF21
from eftheory.methods import EF, EF21, GD
from eftheory.recording import load_method, make_method, record
from tests.recording import honest, methods
from tests.recording.honest import HONEST

OWN = [
    value for name, value in vars(methods).items() if isinstance(value, type) and value.__module__ == methods.__name__
]
STEPS = [Fraction(1, 10**9), Fraction(1, 3), Fraction(10**9), Fraction(1, 10**30), Fraction(10**400)]


@pytest.mark.parametrize("step", STEPS, ids=["1e-9", "1/3", "1e9", "1e-30", "1e400"])
@pytest.mark.parametrize("method", [*HONEST, *OWN, EControl, HeavyBallEF21, DCGD], ids=lambda method: method.__name__)
def test_honest_classes_are_recorded(method, step):
    definition = make_method(method, step).definition
    assert definition.step.server
    assert make_method(method, step).definition == definition


@pytest.mark.parametrize("method", [GD, EF, EF21])
def test_the_methods_of_eftheory_are_recorded(method):
    assert record(method(Fraction(1, 3))).name == method.name


def test_what_is_loaded_from_a_file_is_recorded(tmp_path):
    copy = tmp_path / "honest_copy.py"
    copy.write_text(Path(honest.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    for method in HONEST:
        loaded = load_method(f"{copy}:{method.__name__}")
        assert make_method(loaded, Fraction(1, 3)).definition == make_method(method, Fraction(1, 3)).definition


def test_parameters_as_fractions_are_recorded():
    made = make_method(honest.Parameters, Fraction(1, 7), {"momentum": Fraction(355, 1130), "rounds": 1})
    assert made.definition.step.server["m"] == {"m": Fraction(71, 226), "mean 1": 1}


def test_a_profiler_is_left_alone():
    def profiler(*_):
        return None

    sys.setprofile(profiler)
    try:
        make_method(honest.Helped, Fraction(1, 3))
        assert sys.getprofile() is profiler
    finally:
        sys.setprofile(None)
    make_method(honest.Helped, Fraction(1, 3))
    assert sys.getprofile() is None
