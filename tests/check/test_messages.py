"""Messages of the server and unbiased ones beside the claim's: what is proved of them holds, and nothing more is."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.functions import Smooth
from eftheory.assumptions.hypothesis import OTHER_MESSAGES, SERVER_MESSAGES
from eftheory.assumptions.mean import BoundedBelow
from eftheory.certificates import Block, Certificate, ClassBound, Lower, read_certificate
from eftheory.check import check_bytes, check_certificate
from eftheory.check.coordinates import take_step
from eftheory.check.lower import check_lower
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.exact import Form, Vector
from eftheory.methods import CERTIFIED, EF21BC, GD, Recorded
from eftheory.methods.method import Method, Observation, State
from eftheory.methods.needs import needs
from eftheory.methods.template import Template
from eftheory.recording import record
from eftheory.recording.load import make_method
from eftheory.search.general.general import search_general
from eftheory.worlds import ExactWorld
from eftheory.writing import seal, write_certificate
from tests.kit.covering import slacks
from tests.kit.second import SECOND, changed, second

F, HALF = Fraction, Fraction(1, 2)
NONCONVEX = (AgentType(functions=Smooth(L=1, mu=-1), count=2),)
TYPES = (AgentType(functions=Smooth(L=1, mu=-1)), AgentType(functions=Smooth(L=F(1, 2), mu=0), count=2))
GRADIENT = "||mean g||^2"
EF21BC_SETTING = Setting((AgentType(L=1, mu=HALF),), Contractive(HALF), EF21BC(F(1, 4)))


@dataclass(frozen=True)
class TwoWays(Method):
    """EF21 whose agents send unbiased messages beside, and whose server compresses."""

    independent: bool = True

    name = "two_ways"
    server_state = ("x", "v")
    agent_state = ("d",)

    def step(self, world: Any, x: Any, v: Any, d: Any) -> State:
        x = x - self.step_size * v
        d = d + world.unbiased(world.gradient(x) - d, omega=HALF, independent=self.independent)
        return x, v + world.compress_server(world.mean(d) - v, alpha=F(3, 4)), d

    def observe(self, world: Any, x: Any, v: Any, d: Any) -> Observation:
        g = world.gradient(x)
        return Observation(agents=(g - d,), server=(world.mean(g), v - world.mean(d)))

    def measure(self, world: Any, x: Any, v: Any, d: Any) -> Any:
        return world.square(world.mean(world.gradient(x)))


class Twice(TwoWays):
    """With the claim's compressor on what the others lost: three messages in a step."""

    def step(self, world: Any, x: Any, v: Any, d: Any) -> State:
        x = x - self.step_size * v
        lost = world.gradient(x) - d
        sent = world.unbiased(lost, omega=HALF)
        sent = sent + world.compress(lost - sent)
        return x, v + world.compress_server(world.mean(d + sent) - v, alpha=F(3, 4)), d + sent


def own(kind: type[Method], agents: Any = NONCONVEX, **given: Any) -> Setting:
    method = Recorded(F(1, 8), record(kind(F(1, 8), **given)))
    measure = "||mean(gradient(x))||^2"
    return Setting(agents, Contractive(F(3, 4) if kind is Twice else 1), method, (BoundedBelow(),), measure)


def certified(setting: Setting) -> Certificate:
    found = search_general(setting)
    assert found.upper is not None, found.status
    return Certificate(setting, found.upper)


OWN = {
    "independent": lambda: own(TwoWays),
    "dependent": lambda: own(TwoWays, independent=False),
    "types": lambda: own(TwoWays, TYPES),
    "twice": lambda: own(Twice),
}
FOUND: dict[str, Certificate] = {}


def found(name: str) -> Certificate:
    if name not in FOUND:
        FOUND[name] = certified(OWN[name]()) if name in OWN else second(name)
    return FOUND[name]


FILES = [name for name in SECOND if name.startswith(("ef21_bc", "ef21_p_", "ef_bv", "ef21_sgdm"))]


SEEDS = [
    *((name, range(12)) for name in (*OWN, *FILES) if name != "types"),
    ("types", range(2)),
    pytest.param("types", range(2, 12), marks=pytest.mark.thorough),  # a second each
]


@pytest.mark.parametrize(("name", "seeds"), SEEDS)
def test_what_is_proved_covers_every_instance_with_all_its_chance(name, seeds):
    it = found(name)
    assert check_upper(it.setting, it.upper).proved
    for seed in seeds:
        assert min(slacks(it.setting, it.upper, seed, draws=3 if name in OWN else 2)) >= 0


@pytest.mark.parametrize("name", OWN)
def test_they_are_read_as_they_are_written_and_say_what_is_assumed(name):
    it = found(name)
    data = write_certificate(it)
    assert read_certificate(data) == it
    assert b'"eftheory-certificate/2"' in data
    (verdict,) = check_bytes(data)
    assert verdict.proved
    assert {SERVER_MESSAGES, OTHER_MESSAGES} <= {*it.setting.hypotheses}
    for hypothesis in (SERVER_MESSAGES.name, OTHER_MESSAGES.name):
        content = json.loads(data)
        content["setting"]["hypotheses"].remove(hypothesis)
        with pytest.raises(ValueError, match="hypotheses: not what the definition"):
            read_certificate(json.dumps(seal(content)).encode())


@pytest.mark.parametrize("kind", CERTIFIED)
def test_methods_whose_server_compresses_say_so(kind):
    assert (SERVER_MESSAGES in kind.hypotheses) == ("compress_server" in needs(kind(F(1)), ("step",)))


def proved(data: bytes) -> bool:
    try:
        return all(verdict.proved for verdict in check_bytes(data))
    except ValueError:
        return False


WRONG_CALLS = [
    ({"alpha": "1/2"}, "compress_server"),  # another method, of which nothing is proved
    ({"alpha": "2"}, "compress_server"),
    ({"alpha": "-1"}, "compress_server"),
    ({"alpha": "0"}, "compress_server"),
    ({"alpha": None}, "compress_server"),
    ({"omega": "1"}, "compress_server"),
    ({"chance": "1/2"}, "compress_server"),
    ({"same": "mean 0"}, "compress_server"),
    ({"independent": "1"}, "compress_server"),
    ({"omega": "1"}, "unbiased"),
    ({"omega": "0"}, "unbiased"),
    ({"omega": "-1/2"}, "unbiased"),
    ({"omega": None}, "unbiased"),
    ({"alpha": "1/2"}, "unbiased"),
    ({"independent": None}, "unbiased"),
    ({"independent": "2"}, "unbiased"),
    ({"independent": "-1"}, "unbiased"),
    ({"alpha": "1"}, "gradient"),
    ({"omega": "1"}, "gradient"),
    ({"independent": "1"}, "gradient"),
    ({"call": "compress"}, "unbiased"),
    ({"call": "compress_server"}, "unbiased"),
    ({"call": "unbiased"}, "compress_server"),
]


@pytest.mark.parametrize(("edit", "call"), WRONG_CALLS)
def test_no_other_call_is_proved_by_the_same_numbers(edit, call):
    content = json.loads(write_certificate(found("independent")))
    asked = next(each for each in content["setting"]["definition"]["step"]["calls"] if each["call"] == call)
    asked |= edit
    for name in [name for name, value in edit.items() if value is None]:
        del asked[name]
    assert not proved(json.dumps(seal(content)).encode())


def test_what_helps_is_proved_all_the_same():
    """Larger alpha, smaller omega: other methods, whose messages are among those allowed."""
    for edit, call in (({"alpha": "4/5"}, "compress_server"), ({"omega": "1/3"}, "unbiased")):
        content = json.loads(write_certificate(found("dependent")))
        next(each for each in content["setting"]["definition"]["step"]["calls"] if each["call"] == call).update(edit)
        assert proved(json.dumps(seal(content)).encode())


@pytest.mark.parametrize("place", ["observe", "measure"])
@pytest.mark.parametrize("call", [{"call": "compress_server", "alpha": "1"}, {"call": "unbiased", "omega": "1"}])
def test_to_look_sends_nothing(place, call):
    content = json.loads(write_certificate(found("independent")))
    of = {"x": "1"} if call["call"] == "compress_server" else {"d": "1"}
    content["setting"]["definition"][place].setdefault("calls", []).append({**call, "of": of})
    with pytest.raises(ValueError, match=f"{place}: calls are gradient, mean"):
        read_certificate(json.dumps(seal(content)).encode())


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(("ef21_bc", "ef21_p_"))])
@pytest.mark.parametrize("alpha", ["1/4", "0", "-1", "2"])
def test_the_alpha_of_the_server_is_part_of_the_claim(name, alpha):
    assert not proved(changed(name, setting__parameters__alpha_down=alpha))


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("ef_bv")])
def test_ef_bv_is_proved_for_its_shares_only(name):
    for share in ("beta", "nu"):
        assert not proved(changed(name, **{f"setting__parameters__{share}": "5/4"}))


def world(agents: Any = NONCONVEX) -> ExactWorld:
    return ExactWorld(agents, Contractive(HALF), values=False)


def test_each_message_has_a_number_a_kind_and_constants_of_its_own():
    it = world(TYPES)
    x, d = it.server("x"), it.agents("d")
    it.compress(d)
    it.compress_server(x, F(3, 4))
    it.unbiased(d, F(3))
    it.compress(d)
    names = ["compression 0", "server compression 1", "unbiased compression 2", "compression 3"]
    assert [*it.inequalities] == names
    assert not any(it.facts[name].sure for name in names)
    assert it.inequalities["server compression 1"][0] == F(1, 4) * it.square(x) - it.square(Vector.symbol("e1"))
    assert it.inequalities["server compression 1"][1].quadratic == {}


def test_what_loses_nothing_has_no_number():
    it = world()
    x, d = it.server("x"), it.agents("d")
    assert it.compress_server(x, F(1)) == x
    assert it.unbiased(d, F(0)) == d
    assert (it.inequalities, it.drawn) == ({}, 0)


@pytest.mark.parametrize("alpha", [F(0), F(-1), F(3, 2)])
def test_alpha_out_of_range_is_refused(alpha):
    with pytest.raises(ValueError, match=r"alpha must lie in \(0, 1\]"):
        world().compress_server(world().server("x"), alpha)


def test_a_negative_omega_and_floats_are_refused():
    it = world()
    with pytest.raises(ValueError, match="a variance is not negative"):
        it.unbiased(it.agents("d"), F(-1))
    with pytest.raises(TypeError, match="claims are exact"):
        it.unbiased(it.agents("c"), 0.5)
    with pytest.raises(TypeError, match="claims are exact"):
        it.compress_server(it.server("x"), 0.5)


def test_independence_is_granted_only_where_it_is_said():
    it = world(TYPES)
    d = it.agents("d")
    for k, independent in enumerate((False, True)):
        it.unbiased(d, F(1), independent=independent)
        pair = (f"e{k}[0]", f"e{k}[1]")
        assert it.moments.vanishes(Form({pair: F(1)})) is independent
        assert it.moments.vanishes(Form({("d[0]", f"e{k}[0]"): F(1)}))  # both have mean zero


def test_errors_of_the_server_are_not_orthogonal_to_anything():
    it = world()
    it.compress_server(it.server("x"), HALF)
    assert not it.moments.vanishes(Form({("e0", "x"): F(1)}))


def test_what_is_unbiased_is_orthogonal_to_what_is_older_only():
    it = world()
    it.unbiased(it.agents("d"), F(1))
    it.compress_server(it.server("x"), HALF)
    assert not it.moments.vanishes(Form({("e0[0]", "e1"): F(1)}))


def test_independence_pays():
    """The same method with independence not said has a larger constant, and its evidence is not good for the other."""
    said, unsaid = found("independent"), found("dependent")
    assert constant(said) < constant(unsaid)
    assert check_upper(said.setting, unsaid.upper).proved
    assert not check_upper(unsaid.setting, said.upper).proved


def constant(it: Certificate) -> Fraction:
    return it.upper.initial["f - inf f"] / it.upper.tau


def test_a_server_that_loses_nothing_is_the_mean_of_the_agents():
    """EF21-BC with alpha_down = 1 proves what EF21 does, where the server begins with the mean."""
    setting = Setting(NONCONVEX, Contractive(F(3, 4)), EF21BC(F(1, 4), F(1)), (BoundedBelow(),), GRADIENT)
    assert [*take_step(setting, Template(gradients=True)).inequalities][-1] == "compression 0"
    assert search_general(setting).upper is not None


def test_a_world_without_the_verb_says_so():
    method = make_method(EF21BC, HALF)
    assert isinstance(method, EF21BC)
    assert "compress_server" in needs(method)
    assert "compress_server" not in needs(GD(HALF))
    assert replace(method, alpha_down=F(1, 3)).parameters == {"alpha_down": F(1, 3)}


def test_the_first_format_has_none_of_it():
    strongly = replace(OWN["dependent"](), agents=(AgentType(L=1, mu=HALF, count=2),), assumptions=(), measure="")
    content = json.loads(write_certificate(Certificate(strongly, search_general(strongly, kind="rate").upper)))
    assert content["format"] == "eftheory-certificate/2"
    for first in ({**content, "format": "eftheory-certificate/1"}, {**content, "format": "eftheory-certificate/3"}):
        with pytest.raises(ValueError, match="format"):
            read_certificate(json.dumps(seal(first)).encode())


def test_lower_bounds_of_such_methods_are_refused_without_a_crash():
    """The linear world answers no such message."""
    external = replace(EF21BC_SETTING, compressor=Contractive(1), method=OWN["dependent"]().method)
    for setting in (EF21BC_SETTING, external):
        state = {name: (F(1),) for name in setting.method.server_state}
        lower = Lower(HALF, F(1), (F(1),), ((F(1),),), state, {"d": ((F(1),),)}, (((F(1),),),) * 2)
        assert not check_lower(setting, lower).proved


def test_bounds_on_classes_know_no_unbiased_messages():
    setting = replace(OWN["dependent"](), assumptions=(), measure="")
    bound = ClassBound(HALF, (Block(("g[0]",), ((F(1),),)),))
    (verdict,) = check_certificate(Certificate(setting, class_bound=bound))
    assert not verdict.proved
    assert "neither noise, nor coins" in verdict.failures[0].found
