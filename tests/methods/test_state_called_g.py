"""A vector of the state may be called g, as in papers: nothing but names differs, and none means two things."""

import re
from fractions import Fraction

import pytest

from eftheory.assumptions import COMMON_MINIMISER, AgentType, Contractive
from eftheory.bounds import certify
from eftheory.check import check_bytes
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.exact import Form, Vector
from eftheory.methods import Method, Template
from eftheory.recording import make_method
from eftheory.report import as_latex
from tests.kit.own_methods import OwnEF21

AGENTS = (AgentType(1, Fraction(1, 10), 2), AgentType(3, 1))
TEMPLATES = [Template(m, v) for m in (0, 1) for v in (False, True)]


class Papers(Method):
    agent_state = ("g",)

    def step(self, world, x, g):
        x = x - self.step_size * world.mean(g)
        return x, g + world.compress(world.gradient(x) - g)


class OfTheServer(Method):
    """Its server knows the mean of the estimates."""

    server_state, agent_state = ("x", "g"), ("g_i",)

    def step(self, world, x, g, g_i):
        x, c = x - self.step_size * g, world.compress(world.gradient(x) - g_i)
        return x, g + world.mean(c), g_i + c


class OfTheServerCalledM(OfTheServer):
    server_state = ("x", "m")

    def step(self, world, x, m, g_i):
        return super().step(world, x, m, g_i)


def common(method):
    return type(method.__name__, (method,), {"hypotheses": (COMMON_MINIMISER,)})


PAIRS = [(Papers, OwnEF21, "d"), (OfTheServer, OfTheServerCalledM, "m")]
PAIRS += [(common(mine), common(other), name) for mine, other, name in PAIRS]
pairs = pytest.mark.parametrize(("mine", "other", "name"), PAIRS)


def step(method, template):
    return take_step(Setting(AGENTS, Contractive(Fraction(2, 3)), make_method(method, Fraction(1, 5))), template)


def renamed(it, name):
    """With g for the gradient, and another name for the state."""
    if isinstance(it, str):
        return re.sub(r"^g(?=\[|$)", name, it) if not it.startswith("grad f") else it.replace("grad f", "g")
    if isinstance(it, Vector):
        return Vector({renamed(symbol, name): value for symbol, value in it})
    return Form({tuple(sorted(renamed(s, name) for s in pair)): v for pair, v in it.quadratic.items()}, it.values)


@pairs
@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_the_step_is_that_of_the_same_method_with_another_name(mine, other, name, template):
    if template == Template(values=True) and not mine.hypotheses:
        return
    found, known = step(mine, template), step(other, template)
    assert {renamed(symbol, name) for symbol in found.symbols} == known.symbols
    assert len(found.symbols) == len(known.symbols)
    for place in ("before", "after", "start"):
        seen, wanted = getattr(found, place), getattr(known, place)
        assert [renamed(v, name) for v in seen.vectors.values()] == [*wanted.vectors.values()]
        assert [renamed(v, name) for v in seen.values] == [*wanted.values]
    assert renamed(found.measure, name) == known.measure
    assert {key: [renamed(f, name) for f in forms] for key, forms in found.inequalities.items()} == {
        key: [*forms] for key, forms in known.inequalities.items()
    }


@pytest.mark.parametrize(
    ("method", "template", "names"),
    [
        (Papers, Template(), (("grad f - g",), ("mean grad f",))),
        (Papers, Template(1), (("grad f - g", "grad f - grad f-"), ("mean grad f", "x - x-"))),
        (common(Papers), Template(1), (("g", "grad f-"), ("x - x*", "x- - x*"))),
        (OwnEF21, Template(1), (("g - d", "g - g-"), ("mean g", "x - x-"))),
    ],
)
def test_no_name_of_a_coordinate_means_two_things(method, template, names):
    assert template.names(make_method(method, Fraction(1, 2)))[:2] == names


@pytest.mark.parametrize("memory", [0, 1])
def test_it_is_certified_checked_and_told(memory):
    found, known = (certify(it, (1, 0.1, 20), alpha=0.75, step_size=0.5, memory=memory) for it in (Papers, OwnEF21))
    assert found.status("upper") == found.status("lower") == "proved"
    assert abs(found.rate("upper") - known.rate("upper")) < Fraction(1, 10**8)
    verdicts = check_bytes(found.data)
    assert {verdict.status for verdict in verdicts} == {"proved"}
    assert "mean ||grad f_i(x) - g_i||^2 + ||mean grad f_i(x)||^2" in repr(found)
    latex = as_latex(found.certificate, verdicts)
    assert r"Let $g_i = \nabla f_i" not in latex
    assert r"\[ \nabla f_i(y_k) = \nabla f_i(y_0) + " in latex
