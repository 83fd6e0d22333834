"""What the general search refuses, and that nothing else ends in an exception."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from eftheory.claims import Setting
from eftheory.lyapunov.default_template import default_template
from eftheory.methods import EF21
from eftheory.methods.template import Template
from eftheory.search.general import optimise_step, search_general
from eftheory.search.general.general import initial_quantities
from tests.search.general.settings import ef21, smooth

F = Fraction
CONSTANT = "C(f - inf f)"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "horizon"}, "kind='horizon': no such kind of bound; choose one of sum, rate"),
        ({"slack": F(0)}, "slack=0: a share between 0 and 1"),
        ({"slack": F(2)}, "slack=2: a share between 0 and 1"),
        ({"noise_weight": -1.0}, "noise_weight=-1.0: a number that is not negative"),
        ({"noise_weight": float("nan")}, "noise_weight=nan: a number that is not negative"),
        ({"initial": []}, "initial: name a quantity at the start"),
        ({"initial": ["||y||^2"]}, "is no quantity of ef21"),
    ],
)
def test_arguments_out_of_range_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        search_general(ef21("1/2", "1/2", (1, 1)), **options)


def test_the_quantities_are_named_in_order() -> None:
    constants = search_general(ef21("1/2", "1/2", (1, 2))).constants
    assert list(constants) == [CONSTANT, "C(mean ||g - d||^2)", "C(||mean g||^2)"]


def test_fewer_quantities_cost_more() -> None:
    """Without the squared gradient at the start, V must not see it there."""
    setting = ef21("1/2", "1/4", (1, 2))
    both = search_general(setting).constants[CONSTANT]
    one = search_general(setting, initial=["f - inf f", "mean ||g - d||^2"]).constants[CONSTANT]
    assert both < one < 2 * both


def test_defaults_fit_the_setting() -> None:
    nonconvex = ef21("1/2", "1/2", (1, 2))
    assert default_template(nonconvex) == Template(gradients=True)
    bare = Setting(smooth(F(1, 10), (1, 2)), nonconvex.compressor, EF21(F(1, 2)))
    assert default_template(bare) == Template()
    assert initial_quantities(bare, Template()) == ("mean ||g - d||^2", "||mean g||^2")


@pytest.mark.parametrize(
    ("step_size", "s", "L"),
    [("1/1000000", "1/2", 1), ("1000000", "1/2", 1), ("1/100000", "0.99995", 1), ("500000", "1/2", "1/1000000")],
)
@pytest.mark.parametrize("kind", ["sum", "rate"])
def test_hard_numbers_end_with_a_proof_or_a_reason(step_size: str, s: str, L: Any, kind: str) -> None:
    found = search_general(ef21(step_size, s, (L, 2)), kind=kind)
    assert (found.upper is not None) == (found.status == "proved")
    assert found.status == "proved" or len(found.status) > len("inconclusive: ")


@pytest.mark.parametrize(
    ("begin", "s", "step", "constant"), [("1", "1/2", "0.5924", "2.6877"), ("1/50", "9/10", "0.1020", "15.851")]
)
def test_the_best_step_is_found_from_afar(begin: str, s: str, step: str, constant: str) -> None:
    setting, found = optimise_step(ef21(begin, s, (1, 2)))
    assert abs(setting.method.step_size / F(step) - 1) < F(1, 50)
    assert found.constants[CONSTANT] < F(constant)
    assert search_general(setting) == found


def test_without_any_step_nothing_is_found() -> None:
    setting = Setting(smooth(-1, (1, 2)), ef21("1/2", "1/2", (1, 1)).compressor, EF21(F(1, 2)), (), "||mean g||^2")
    _, found = optimise_step(setting)
    assert found.upper is None


@pytest.mark.slow  # twenty types: a quarter of a minute of the solver, longer where others work too
def test_twenty_types() -> None:
    types = [(F(10 + i, 20) / F(39, 40), 3) for i in range(20)]
    found = search_general(ef21("1/2", "1/2", *types))
    assert found.constants[CONSTANT] < F("2.8672")
