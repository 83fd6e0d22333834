"""Definitions as data: whatever the constructor accepts, every world runs, and files hold it unchanged."""

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Certificate, CertificateError, Lower, read_certificate
from eftheory.check.coordinates import take_step
from eftheory.check.lower import check_lower
from eftheory.claims import Setting
from eftheory.compressors import TopK
from eftheory.exact import Form
from eftheory.methods import Definition, Marina, Method, Recorded, Template
from eftheory.methods.recorded import Call, Program
from eftheory.recording import record
from eftheory.simulate import simulate
from eftheory.simulate.problems import Quadratic
from eftheory.writing import seal, write_certificate
from tests.kit.second import document, second

ONE = Fraction(1)
SERVER, AGENTS = ("x", "m"), ("d", "gradient")  # names may look like calls, but not like answers
NUMBERS = st.sampled_from([Fraction(0), ONE, -ONE, Fraction(1, 3), Fraction(-2, 7)])


@st.composite
def programs(draw, servers, agents, *, compress=True, granted=False):
    """Well-formed programs mostly; now and then a vector of the wrong kind."""
    calls = []
    known = {"server": [*servers, *(["x*"] if granted else [])], "agents": list(agents)}

    def combination(kind):
        main = st.dictionaries(st.sampled_from(known[kind]), NUMBERS, min_size=1, max_size=3)
        others = known["agents" if kind == "server" else "server"]
        extra = st.dictionaries(st.sampled_from(others), NUMBERS, max_size=1 if kind == "agents" else 0)
        return {**draw(main), **draw(extra)}

    for k in range(draw(st.integers(0, 4))):
        call = draw(st.sampled_from(["gradient", "mean", "compress"] if compress else ["gradient", "mean"]))
        calls.append(Call(call, combination("server" if call == "gradient" else "agents")))
        known["server" if call == "mean" else "agents"].append(f"{call} {k}")
    return calls, combination


@st.composite
def definitions(draw):
    granted = draw(st.booleans())
    servers, agents = SERVER[: draw(st.integers(1, 2))], AGENTS[: draw(st.integers(1, 2))]
    parts = {}
    for place, names in (("step", (agents, servers)), ("observe", (("a",), ("b",))), ("measure", (("a",), ("b",)))):
        calls, combination = draw(programs(servers, agents, compress=place == "step", granted=granted))
        results = [{name: combination(kind) for name in row} for row, kind in zip(names, ("agents", "server"))]
        parts[place] = Program(tuple(calls), *results)
    weights = {"a": Fraction(2), "b": Fraction(1, 3)}
    hypotheses = ("common minimiser",) if granted else ()
    return Definition("Random", servers, **parts, weights=weights, agent_state=agents, hypotheses=hypotheses)


def setting_of(definition, alpha=Fraction(2, 3)):
    method = Recorded(ONE, definition)
    types = (AgentType(1, Fraction(1, 10), 2), AgentType(3, 1))
    return Setting(types, Contractive(alpha if method.compresses else ONE), method)


@given(definitions())
def test_whatever_is_accepted_is_run_by_every_world(definition):
    setting = setting_of(definition)
    step = take_step(setting)
    assert step.before.vectors.keys() == step.after.vectors.keys()

    method, row = setting.method, (ONE,)
    compressions = sum(call.call == "compress" for call in definition.step.calls)
    server, agents = dict.fromkeys(method.server_state, row), dict.fromkeys(method.agent_state, (row, row))
    lower = Lower(ONE, ONE, row, (row, row), server, agents, ((row, row),) * compressions)
    names = [obligation.name for obligation in check_lower(setting, lower).obligations]
    assert "the measure grows by growth^2" in names  # it was run to the end

    problem = Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0], [1.0, 1.0]])
    run = simulate(method, problem, TopK(1), steps=2, start=np.ones(2))
    assert run.measures.dtype == float


@given(definitions())
def test_files_hold_definitions_unchanged(definition):
    setting = setting_of(definition)
    certificate = Certificate(setting, lower=Lower(ONE, ONE, (), (), {}, {}, ()))
    if take_step(setting).measure == Form():
        with pytest.raises(CertificateError, match="the measure is zero on every instance"):
            read_certificate(write_certificate(certificate))
        return
    read = read_certificate(write_certificate(certificate))
    assert read == certificate
    assert read.setting.method.definition == definition
    assert read.setting.sentence() == setting.sentence()
    assert hash(read.setting) == hash(setting)


@pytest.mark.thorough
@given(definitions())
def test_recording_what_was_recorded_changes_nothing(definition):
    setting = setting_of(definition)
    assume(len(definition.step.calls) == len({repr(call) for call in definition.step.calls}))
    inner = setting.method

    class Random(Method):
        server_state, agent_state, hypotheses = inner.server_state, inner.agent_state, inner.hypotheses
        coordinates = inner.coordinates
        step = staticmethod(inner.step)
        observe = staticmethod(inner.observe)
        measure = staticmethod(inner.measure)

    again = Recorded(ONE, record(Random(ONE)))
    theirs, ours = take_step(setting), take_step(replace(setting, method=again))
    assert vars(theirs) == vars(ours)


@given(definitions(), st.data())
def test_a_vector_of_the_wrong_kind_is_refused(definition, data):
    place = data.draw(st.sampled_from(["step", "observe", "measure"]))
    program = getattr(definition, place)
    name = min(program.server)
    wrong = replace(program, server={**program.server, name: {definition.agent_state[0]: ONE}})
    with pytest.raises(ValueError, match="an agent vector stands where one of the server"):
        replace(definition, **{place: wrong})
    name = min(program.agents)
    wrong = replace(program, agents={**program.agents, name: {definition.server_state[0]: ONE}})
    with pytest.raises(ValueError, match="a server vector stands where one of the agents"):
        replace(definition, **{place: wrong})


@pytest.mark.parametrize("name", ["e0", "r12", "f1", "x*", "d[0]", "d'", "", "1d", "a b", "é", "d\n", "a" * 41, "_d"])
def test_names_that_could_be_taken_for_others_are_refused(name):
    look = Program(server={"b": {"x": ONE}})
    step = Program(agents={name: {name: ONE}}, server={"x": {"x": ONE}})
    with pytest.raises(ValueError, match="write a letter, then letters"):
        Definition("M", ("x",), step, look, look, {"b": ONE}, agent_state=(name,))


def test_names_of_coordinates_cannot_lie_about_the_measure():
    look = Program(server={"f(x) - f(x*)": {"m": Fraction(1, 2), "x": -ONE}})
    step = Program(server={"x": {"x": ONE}, "m": {"m": ONE}})
    method = Recorded(ONE, Definition("EF", ("x", "m"), step, look, look, {"f(x) - f(x*)": Fraction(3)}))
    assert method.measure_name == "3 ||1/2 m - x||^2"
    assert not method.compresses


COIN = {"call": "coin", "of": {"x": "1"}, "chance": "1/2"}


@pytest.mark.parametrize(
    ("calls", "message"),
    [
        ([{**COIN, "chance": "0"}], "empty; leave it out"),
        ([{"call": "coin", "of": {"x": "1"}}], r"a coin has a chance in \(0, 1\]"),
        ([{**COIN, "chance": "2"}], r"a coin has a chance in \(0, 1\]"),
        ([{"call": "gradient", "of": {"x": "1"}, "chance": "1/2"}], r"a coin has a chance in \(0, 1\]"),
        ([COIN, {"call": "coin", "of": {"x": "1"}, "same": "coin 1"}], "'coin 1' is no coin that fell before"),
        ([COIN, {**COIN, "same": "coin 0"}], r"a coin has a chance in \(0, 1\]"),
        ([{"call": "coin", "of": {"x": "1"}, "same": "coin 0"}], "'coin 0' is no coin that fell before"),
        ([{"call": "coins", "of": {"x": "1"}, "chance": "1/2"}], "a server vector stands where one of the agents"),
        ([{"call": "noisy_gradient", "of": {"d": "1"}}], "an agent vector stands where one of the server"),
        ([COIN, {"call": "coins", "of": {"d": "1"}, "same": "coin 0"}], "only a coin for all is asked about again"),
    ],
)
def test_chance_in_a_definition_is_read_strictly(calls, message):
    content = document("external_chances")
    content["setting"]["definition"]["step"]["calls"][:0] = calls
    with pytest.raises(CertificateError, match=message):
        read_certificate(json.dumps(seal(content)).encode())


@pytest.mark.parametrize("place", ["observe", "measure"])
def test_to_look_asks_for_no_chance(place):
    content = document("external_chances")
    content["setting"]["definition"][place].setdefault("calls", []).append(COIN)
    with pytest.raises(CertificateError, match=f"{place}: calls are gradient, mean"):
        read_certificate(json.dumps(seal(content)).encode())


def test_a_recorded_coin_is_that_of_eftheory():
    """MARINA as data and as a class have the same step, up to the names of what the coin separates."""
    own, ours = second("external_marina"), second("marina")
    setting = replace(ours.setting, method=Marina(own.setting.method.step_size, Fraction(1, 4)))
    mine, theirs = take_step(own.setting, Template(gradients=True)), take_step(setting, Template(gradients=True))
    assert [chance for chance, _ in mine.branches] == [chance for chance, _ in theirs.branches]
    assert mine.inequalities.keys() == theirs.inequalities.keys()
