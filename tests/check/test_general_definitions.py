"""Methods with noise and coins as data in a file: the evidence for a class is good for its definition."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from eftheory.certificates import Certificate, read_certificate
from eftheory.check import check_bytes
from eftheory.methods import Definition, Recorded
from eftheory.methods.method import State
from eftheory.methods.recorded import Call
from eftheory.recording import record
from eftheory.writing import write_certificate
from tests.kit.covering import slacks
from tests.kit.general import CHANCE, GENERAL, STEP, Sometimes

DRAWING = ("sgd", "sgd, independent", "sgd, pl", "coin", "participation", "unbiased")


@dataclass(frozen=True)
class Linear(Sometimes):
    """The same, linear in the coin."""

    def step(self, world: Any, x: Any) -> State:
        return (x - world.coin(self.chance) * (self.step_size * world.mean(world.gradient(x))),)


def recorded(name: str) -> Certificate:
    it = GENERAL[name]()
    method = Linear(STEP) if name == "coin" else it.setting.method.under(())
    made = Recorded(STEP, record(method))
    return Certificate(replace(it.setting, method=made), it.upper)


@pytest.mark.parametrize("name", DRAWING)
def test_they_are_read_proved_and_cover_every_instance(name):
    it = recorded(name)
    data = write_certificate(it)
    assert read_certificate(data) == it
    (verdict,) = check_bytes(data)
    assert verdict.failures == ()
    assert verdict.guarantee.startswith("in expectation, ")
    for seed in range(10):
        assert min(slacks(it.setting, it.upper, seed, draws=GENERAL[name]().draws)) >= 0


def changed(name: str, edit: Any) -> Definition:
    definition = recorded(name).setting.method.definition
    calls = tuple(map(edit, definition.step.calls))
    return replace(definition, step=replace(definition.step, calls=calls))


@pytest.mark.parametrize("chance", [Fraction(0), Fraction(-1), Fraction(3, 2)])
@pytest.mark.parametrize("name", ["coin", "participation"])
def test_a_coin_without_a_chance_is_refused(name, chance):
    with pytest.raises(ValueError, match="a coin has a chance"):
        changed(name, lambda call: replace(call, chance=chance) if "coin" in call.call else call)


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("participation", lambda call: replace(call, chance=Fraction(0), same=f"{call.call} 1")),
        ("coin", lambda call: replace(call, chance=CHANCE, same="")),
        ("coin", lambda call: replace(call, chance=Fraction(0), same="coin 15") if call.call == "coin" else call),
        ("sgd", lambda call: Call("measure", call.of)),
        ("sgd", lambda call: Call("minimiser", call.of)),
    ],
)
def test_what_no_coin_is_asked_like_one_is_refused(name, edit):
    with pytest.raises(ValueError, match=r"chance|asked about again|no coin that fell before|calls are"):
        changed(name, edit)


def test_another_chance_is_another_method():
    for name in ("coin", "participation"):
        it = recorded(name)
        other = changed(name, lambda call: replace(call, chance=Fraction(1, 3)) if call.chance else call)
        setting = replace(it.setting, method=Recorded(STEP, other))
        (verdict,) = check_bytes(write_certificate(replace(it, setting=setting)))
        assert not verdict.proved


def test_to_look_draws_nothing():
    definition = recorded("sgd").setting.method.definition
    for place in ("observe", "measure"):
        program = getattr(definition, place)
        calls = tuple(replace(call, call=call.call.replace("gradient", "noisy_gradient")) for call in program.calls)
        with pytest.raises(ValueError, match=f"{place}: calls are gradient, mean"):
            replace(definition, **{place: replace(program, calls=calls)})
