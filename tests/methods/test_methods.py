from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.methods import CGD, EF, EF21, GD, METHODS
from eftheory.worlds import ExactWorld
from tests.kit.steps import take_step

TWO_TYPES = (AgentType(1, Fraction(1, 10), 2), AgentType(3, 1))


def test_the_list_of_methods():
    assert METHODS == {"gd": GD, "cgd": CGD, "ef": EF, "ef21": EF21}


@pytest.mark.parametrize("method", METHODS.values())
@pytest.mark.parametrize("step", [0, -1, Fraction(-1, 10**9), float("inf"), float("nan"), -0.0])
def test_step_sizes_are_positive_and_finite(method, step):
    with pytest.raises(ValueError) as caught:
        method(step_size=step)
    assert f"step_size={step}" in str(caught.value)
    assert "positive and finite" in str(caught.value)


@pytest.mark.parametrize("method", METHODS.values())
def test_methods_are_immutable(method):
    instance = method(Fraction(1))
    with pytest.raises(FrozenInstanceError):
        instance.step_size = Fraction(2)
    assert instance == method(Fraction(1)) != method(Fraction(2))


@pytest.mark.parametrize("method", METHODS.values())
def test_every_method_cites_its_source(method):
    assert "References:" in method.__doc__
    assert method.version >= 1


@pytest.mark.parametrize("name", ["ef", "ef21"])
def test_without_compression_no_compression_is_recorded(name):
    """alpha = 1: the messages are exact, so no error and no inequality about one."""
    setting = Setting(TWO_TYPES, Contractive(1), METHODS[name](Fraction(1, 2)))
    step = take_step(setting)
    assert list(step.world.inequalities) == ["interpolation 0 1"]
    (memory,) = step.after.agents  # what EF remembers and EF21 still lacks: nothing
    assert not any(memory.means + memory.deviations)


@pytest.mark.parametrize("name", ["ef", "ef21"])
def test_with_compression_one_is_recorded(name):
    setting = Setting(TWO_TYPES, Contractive(Fraction(1, 2)), METHODS[name](Fraction(1, 2)))
    step = take_step(setting)
    assert sorted(step.world.inequalities) == ["compression 0", "interpolation 0 1"]
    assert all(step.after.agents[0].means)


def test_gd_and_cgd_record_their_inequalities():
    gd = take_step(Setting(TWO_TYPES, Contractive(1), GD(Fraction(1, 2))))
    assert list(gd.world.inequalities) == ["interpolation 0 1"]
    cgd = take_step(Setting(TWO_TYPES[1:], Contractive(Fraction(1, 2)), CGD(Fraction(1, 2))))
    pairs = [f"interpolation {a} above {b}" for a in range(3) for b in range(3) if a != b]
    assert sorted(cgd.world.inequalities) == sorted(["compression 0", *pairs])


@pytest.mark.parametrize("name", ["gd", "ef21"])
def test_the_minimiser_is_not_given_to_methods_that_do_not_ask_for_it(name):
    setting = Setting(TWO_TYPES, Contractive(1), METHODS[name](Fraction(1)))
    with pytest.raises(ValueError, match="declares no common minimiser"):
        setting.world().minimiser  # noqa: B018


@pytest.mark.parametrize("name", ["cgd", "ef"])
def test_gradients_vanish_at_the_common_minimiser(name):
    setting = Setting(TWO_TYPES[1:], Contractive(1), METHODS[name](Fraction(1)))
    world = setting.world()
    gradient = world.gradient(world.minimiser)
    assert not any(gradient.means + gradient.deviations)
    assert world.inequalities == {}


def test_coordinates_are_what_is_observed():
    for name, method in METHODS.items():
        agents = TWO_TYPES[1:] if name == "cgd" else TWO_TYPES
        setting = Setting(agents, Contractive(1), method(Fraction(1)))
        step = take_step(setting)
        assert isinstance(step.world, ExactWorld)
        assert [len(part) for part in step.before] == [len(part) for part in step.after]
        assert [len(part) for part in step.before] == [len(part) for part in method.coordinates]
