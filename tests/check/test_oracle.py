"""The oracle knows falsehood, and what it plays are instances of the class."""

import ast
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from eftheory.writing import write_certificate
from tests.check.external import SETTINGS, external
from tests.check.oracle import Instance, Run, contradicted, refuted
from tests.check.pool import CALLS, VECTORS, random_pool
from tests.check.replay import AGAIN, DIFFER, unfounded
from tests.kit.examples import EXAMPLES, example

FILES = {name: lambda name=name: example(name) for name in EXAMPLES}
FILES |= {f"external/{name}": lambda name=name: external(name) for name in SETTINGS}


def document(name):
    return json.loads(write_certificate(FILES[name]()))


@pytest.mark.parametrize("module", ["oracle", "pool", "known", "replay"])
def test_it_shares_no_code_with_eftheory(module):
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text())
    names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [name for name in names if name.startswith("eftheory")]
    assert {name for name in names if name.startswith("tests")} <= {
        f"tests.check.{each}" for each in ("oracle", "pool", "known", "replay")
    }


@pytest.mark.parametrize("name", FILES)
def test_it_says_nothing_against_what_is_true(name):
    file = document(name)
    assert "upper" not in file or refuted(file) == ""
    assert "lower" not in file or unfounded(file) == ""


@pytest.mark.parametrize("name", [name for name in EXAMPLES if "lower" in document(name)])
def test_it_refutes_rates_well_below_the_worst_case(name):
    file = document(name)
    file["upper"]["rate"] = str(Fraction(file["lower"]["rate"]) * Fraction(4, 5))
    assert "after" in refuted(file)


@pytest.mark.parametrize("name", ["gd", "ef", "external ef"])
def test_it_refutes_rates_just_below_the_worst_case(name):
    file = document(name)
    file["upper"]["rate"] = str(Fraction(file["lower"]["rate"]) * Fraction(99, 100))
    assert "after" in refuted(file)


def test_constants_beyond_floats_allow_all():
    file = document("ef")
    file["upper"] |= {"C": str(10**390), "rate": "1/2"}
    assert refuted(file) == ""


def test_gradient_descent_by_hand():
    """x* = 5, h = 1, step 1/2: 7, 6, 5 1/2 ..."""
    setting = {
        "method": "gd", "step_size": "1/2", "alpha": "1", "agents": [{"L": "2", "mu": "1", "count": "1"}],
    }  # fmt: skip
    file = {"setting": setting, "upper": {"C": "1", "c": "1", "rate": "1/4"}}
    here = Instance(Fraction(5), curvature="mu", start=Fraction(7))
    assert contradicted(file, here) == ""
    file["upper"]["rate"] = "249/1000"
    assert contradicted(file, here).startswith("measure 1 > 0.996 after 1 steps")


@pytest.mark.parametrize("agents", [1, 2, 4])
def test_its_instances_are_of_the_class(agents):
    pool = random_pool(agents)
    count = len(pool.star)
    for pick in (pool.rising, pool.falling):
        assert pick.shape == (count, agents, 2)
        assert ((pick >= 0) & (pick <= 1)).all()
    assert pool.share.shape == (CALLS, count, agents, 1)
    assert (abs(pool.share) <= 1).all()
    assert (pool.cosine**2 + pool.sine**2 == 1).all()
    assert pool.memory.shape == (VECTORS, count, agents, 2)
    assert len(np.unique(pool.star.astype(float), axis=0)) == 4


def test_two_stand_for_all_agents_of_a_type():
    setting = document("ef21, alike")["setting"] | {"agents": [{"L": "2", "mu": "1", "count": "5"}]}
    run = Run(setting, random_pool(2), Fraction)
    assert {tuple(row) for row in run.weights[..., 0]} == {
        (Fraction(2, 5), Fraction(3, 5)),
        (Fraction(1, 5), Fraction(4, 5)),
    }


@pytest.mark.parametrize("name", ["ef", "ef21, two types", "external/momentum", "external/anchored"])
def test_floats_and_fractions_play_the_same(name):
    setting, pool = document(name)["setting"], random_pool(2).only([0, 5, 9, 14])
    setting["agents"] = setting["agents"][:1]
    setting["agents"][0]["count"] = "2"
    runs = Run(setting, pool.floats, float), Run(setting, pool, Fraction)
    for _ in range(4):
        for run in runs:
            run.step()
        assert runs[0].measure() == pytest.approx(runs[1].measure().astype(float), rel=1e-9)


OBJECTIONS = {
    "measure": {"rate": "26/25"},
    "a function is not of the class": {"curvatures": [["28"]]},
    "does not contract": {"messages": [[["0"]]]},
    "there are too few messages": {"messages": []},
    "the measure is zero": {"server": {"x": ["0"]}, "agents": {"e": [["0"]]}},
    "the state is another one": {"agents": {}},
}


@pytest.mark.parametrize("reason", OBJECTIONS)
def test_it_objects_to_worst_cases_that_are_none(reason):
    file = document("ef")
    file["lower"] |= OBJECTIONS[reason]
    assert reason in unfounded(file)


def test_a_measure_that_dies_supports_rate_zero():
    """Gradient descent with step 1/h, whose growth is 0: measure_t >= 0^t measure_0."""
    file = document("gd")
    step, h = Fraction(file["setting"]["step_size"]), Fraction(file["setting"]["agents"][0]["L"])
    file["setting"]["agents"][0] = {"L": str(h), "mu": str(min(h, 1 / step)), "count": "1"}
    file["lower"] |= {"curvatures": [[str(1 / step)]], "growth": "0", "rate": "0"}
    assert unfounded(file) == ""
    assert "after 1 steps" in unfounded(file | {"lower": file["lower"] | {"rate": "1/100"}})


def idle(messages, **more):
    """The server hears of a vector that stays, here in two calls; it takes the mean of the answers."""
    file = document("external/idle")
    calls = file["setting"]["definition"]["step"]["calls"]
    calls[1:] = [calls[0], {"call": "mean", "of": {"compress 0": "1/2", "compress 1": "1/2"}}]
    file["setting"]["definition"]["step"]["server"] = {"w": {"mean 2": "1"}}
    file["lower"] |= {"messages": messages, **more}
    return file


def test_equal_inputs_have_equal_messages():
    same, less, more = [["1", "1/4"]], [["1", "1/8"]], [["1", "3/8"]]
    assert unfounded(idle([same, same])) == ""
    assert unfounded(idle([less, more])) == DIFFER
    assert unfounded(idle([same, same], signs=["1", "-1"])) in (AGAIN, DIFFER)
