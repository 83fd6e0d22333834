"""Step sizes and parameters that are searched: near what is known to be best, short, certified, and told."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from eftheory import certify, make_setting
from eftheory.bounds.optimise import read_names
from eftheory.cli.commands import app
from eftheory.laws import ef21_nonconvex_best_constant, ef21_nonconvex_best_step_size
from eftheory.methods import EF21, HeavyBallEF21, Method

TWELVE = {"L": 1, "count": 12}


def constant(found):
    (name, factor), *_ = found.guarantee.initial
    assert name == "f - inf f"
    return float(factor)


@pytest.mark.parametrize(("alpha", "begin"), [(Fraction(1, 10), Fraction(1, 100)), (Fraction(3, 4), Fraction(2))])
def test_the_step_of_nonconvex_ef21_is_near_the_closed_form(alpha, begin):
    """From far below and far above; the step is a short fraction, within a few percent, so that the bound is equal."""
    found = certify("ef21", TWELVE, alpha=alpha, functions="nonconvex", step_size=begin, optimise="step_size")
    assert found.status("upper") == "proved"
    assert constant(found) <= ef21_nonconvex_best_constant(1.0, alpha=float(alpha)) * (1 + 1e-3)
    step = found.setting.method.step_size
    assert float(step) == pytest.approx(ef21_nonconvex_best_step_size(1.0, alpha=float(alpha)), rel=0.05)
    assert step.denominator < 1000
    (told,) = (note for note in found.notes if "settings from" in note)
    assert f"step_size {begin} on" in told
    assert f"step_size {step}: a local search" in told


@pytest.mark.slow  # seven seconds: about eighty searches
def test_no_momentum_is_best_of_nonconvex_ef21():
    numbers = {"alpha": Fraction(1, 10), "functions": "nonconvex", "parameters": {"momentum": Fraction(1, 4)}}
    found = certify("ef21_hb", TWELVE, optimise=["step_size", "momentum"], **numbers)
    assert found.setting.method.momentum == 0
    assert constant(found) <= ef21_nonconvex_best_constant(1.0, alpha=0.1) * (1 + 1e-3)


def test_a_parameter_alone_moves_at_the_step_that_is_given():
    numbers = {"alpha": Fraction(1, 2), "functions": "nonconvex", "step_size": Fraction(1, 4)}
    found = certify("econtrol", TWELVE, optimise="eta", parameters={"eta": Fraction(1, 8)}, **numbers)
    fixed = certify("econtrol", TWELVE, parameters={"eta": Fraction(1, 8)}, **numbers)
    assert fixed.status("upper") != "proved"  # and where nothing is proved one may begin
    assert found.status("upper") == "proved"
    assert found.setting.method.step_size == Fraction(1, 4)
    assert constant(found) <= constant(certify("econtrol", TWELVE, parameters={"eta": Fraction(1, 16)}, **numbers))


@dataclass(frozen=True)
class Own(Method):
    """EF21 whose momentum a coin lets through."""

    momentum: Fraction = Fraction(1, 2)

    name = "own"
    server_state = ("x", "m")
    agent_state = ("d",)

    def step(self, world, x, m, d):
        m = self.momentum * (world.coin(Fraction(1, 2)) * m) + world.mean(d)
        x = x - self.step_size * m
        return x, m, d + world.compress(world.gradient(x) - d)


@pytest.mark.slow  # four seconds: a recording and a search at each value
def test_a_method_of_ones_own_is_recorded_anew_at_each_value():
    numbers = {"alpha": Fraction(3, 4), "functions": "nonconvex", "step_size": Fraction(1, 4)}
    found = certify(Own, TWELVE, optimise="step_size,momentum", **numbers)
    assert found.status("upper") == "proved"
    assert constant(found) < constant(certify(Own, TWELVE, **numbers))


def test_names():
    assert read_names("step_size,momentum", HeavyBallEF21) == ("step_size", "momentum")
    for names, told in (
        ("stepsize", "did you mean step_size"),
        ("momntum", "did you mean momentum"),
        ("", "ef21_hb has step_size, momentum"),
        ("momentum,momentum", "one stands twice"),
    ):
        with pytest.raises(ValueError, match=told) as caught:
            read_names(names, HeavyBallEF21)
        assert "\n" not in str(caught.value)
    with pytest.raises(ValueError, match="ef21 has step_size"):
        read_names("momentum", EF21)


def test_what_does_not_go_together():
    with pytest.raises(ValueError, match="leave one out"):
        certify("ef21", (1, "1/10", 3), alpha="1/2", step_size="1/4", optimise="step_size")
    with pytest.raises(TypeError, match="the setting says it"):
        certify(make_setting("ef21", (1, "1/10", 3), alpha="1/2"), optimise="step_size")
    equal = certify("ef21", (1, "1/10", 3), alpha="1/2", optimise="step_size")
    assert equal.setting == certify("ef21", (1, "1/10", 3), alpha="1/2").setting


def test_where_nothing_is_proved_that_is_said():
    numbers = {"alpha": "1/2", "functions": "nonconvex", "step_size": 100}
    found = certify("ef21_hb", TWELVE, optimise="momentum", **numbers)
    assert found.status("upper") != "proved"
    assert any("settings from momentum 1/10 on, none has a bound that was found" in note for note in found.notes)


def test_the_command():
    arguments = ["certify", "ef21", "--class", "nonconvex", "--agents", "L=1,count=12", "--alpha", "1/2"]
    result = CliRunner().invoke(app, [*arguments, "--optimise", "step_size"], standalone_mode=False)
    assert result.return_value == 0
    assert "a local search" in " ".join(result.output.split())
    wrong = CliRunner().invoke(app, [*arguments, "--optimise", "step"], standalone_mode=False)
    assert isinstance(wrong.exception, ValueError)
    assert "did you mean step_size" in str(wrong.exception)
