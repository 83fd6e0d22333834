"""Every method runs in every world that has its verbs, and a world that lacks one says which."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.hypothesis import ONE_AGENT
from eftheory.assumptions.mean import IndependentNoise
from eftheory.claims import Setting
from eftheory.compressors import TopK
from eftheory.exact import Vector
from eftheory.methods import CERTIFIED, METHODS, Method
from eftheory.methods.catalogue import CATALOGUE
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.needs import needs
from eftheory.methods.verbs import AllVerbs
from eftheory.proofkit.certified.method_world import ProofWorld
from eftheory.recording.record import complete
from eftheory.recording.replay import AGENTS, DIMENSION, ReplayWorld
from eftheory.recording.trace import RecordingWorld
from eftheory.report.formulas import _FormulaWorld
from eftheory.report.style import ASCII
from eftheory.simulate import NumericWorld, simulate
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.rational import RationalQuadratic, RationalWorld
from eftheory.simulate.start import initial_state
from eftheory.witnesses.linear_step import _TracingWorld
from eftheory.worlds import AgentVector, ExactWorld, LinearWorld

STEP, HALF, CURVATURES = Fraction(1, 4), Fraction(1, 2), (Fraction(2), Fraction(3))
TYPES = (AgentType(2, 1), AgentType(3, 1))
VERBS = {name for name in dir(AllVerbs) if not name.startswith("_")}
WRITTEN = ("step", "observe", "measure")
DERIVED = [kind for kind in CATALOGUE if "observe" in kind.__abstractmethods__]


class WithNoise:
    """With noise in its gradients, and psi = ||x||^2/2."""

    def noisy_gradients(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        noise = rng.integers(-4, 5, (self.n_agents, self.dimension))
        return self.gradients(x) + self.arithmetic.array(noise.tolist())

    def prox(self, v: np.ndarray, step_size: float) -> np.ndarray:
        return v / (1 + step_size)


class Noisy(WithNoise, Quadratic):
    """In floats."""


class NoisyInFractions(WithNoise, RationalQuadratic):
    """In Fractions."""


@dataclass(frozen=True)
class Case:
    """A method with all that it may be asked."""

    method: Method
    places: tuple[str, ...]

    @classmethod
    def of(cls, kind: type[Method]) -> Case:
        parameters = {"weights": (Fraction(1, 3), Fraction(2, 3))} if issubclass(kind, EF21W) else {}
        named = type(kind.__name__, (complete(kind),), {"name": kind.__name__})
        return cls(named(STEP, **parameters), WRITTEN[:1] if kind in DERIVED else WRITTEN)

    @property
    def granted(self) -> str:
        return "".join(hypothesis.minimiser for hypothesis in self.method.hypotheses)

    @property
    def setting(self) -> Setting:
        method = self.method
        return Setting(
            TYPES[: 1 if ONE_AGENT in method.hypotheses else None],
            Contractive(HALF if method.compresses else Fraction(1)),
            method,
        )

    def state(self, server: Callable[[str], Any], agents: Callable[[str], Any]) -> tuple[Any, ...]:
        return (*map(server, self.method.server_state), *map(agents, self.method.agent_state))


World = tuple[Any, tuple[Any, ...]]
"""A world, with a state in it."""


def exact(case: Case) -> World:
    setting = case.setting
    world = ExactWorld(
        setting.agents,
        setting.compressor,
        minimiser=case.granted,
        values=True,
        assumptions=[IndependentNoise()],
    )
    return world, case.state(world.server, world.agents)


def linear(case: Case) -> World:
    one, n = Vector.symbol("0"), case.setting.n_agents
    curvatures = tuple(h * one for h in CURVATURES[:n])
    world = LinearWorld((1,) * n, curvatures=curvatures, messages=[curvatures] * 9)
    return world, case.state(lambda _: one, lambda _: world.agent_vector([one] * n))


def tracing(case: Case) -> World:
    n = case.setting.n_agents
    world = _TracingWorld(case.setting, CURVATURES[:n])
    return world, case.state(Vector.symbol, lambda name: AgentVector.alike([Vector.symbol(name)] * n))


def proof(case: Case) -> World:
    world = ProofWorld(case.setting, values=True)
    world.assumptions = (IndependentNoise(),)
    return world, case.state(world.server, world.agents)


def formula(case: Case) -> World:
    world = _FormulaWorld(ASCII, {})
    return world, world.unknown_state(case.method)


def recording(case: Case) -> World:
    method = case.method
    world = RecordingWorld(method.server_state, method.agent_state, minimiser=bool(case.granted))
    return world, world.state


def replay(case: Case) -> World:
    world = ReplayWorld(Fraction)
    servers, agents = (lambda _: world.array((DIMENSION,), 1)), (lambda _: world.array((AGENTS, DIMENSION), 2))
    return world, case.state(servers, agents)


def rational(case: Case) -> World:
    world = RationalWorld(NoisyInFractions.of_spectra([[1, 2, 2], [1, 3, 3]]), TopK(1))
    return world, case.state(lambda _: world.array([1, 2, 3]), lambda _: world.array([[1, 2, 3]] * 2))


def numeric(case: Case) -> World:
    world = NumericWorld(Noisy.of_spectra([[1, 2, 2], [1, 3, 3]]), TopK(1))
    return world, initial_state(world.arithmetic.convert(case.method), world, [1, 2, 3])


def read(case: Case, method: Method, world: Any, state: tuple[Any, ...]) -> list[Any]:
    return [getattr(method, place)(world, *state) for place in case.places]


WORLDS = [exact, linear, tracing, proof, formula, recording, replay, rational, numeric]
cases = pytest.mark.parametrize("case", [*map(Case.of, CATALOGUE)], ids=lambda case: case.method.name)


@pytest.mark.parametrize("enter", WORLDS)
@cases
def test_a_method_runs_where_its_verbs_are_and_elsewhere_the_first_that_lacks_is_named(case, enter):
    world, state = enter(case)
    method = world.arithmetic.convert(case.method) if enter is numeric else case.method
    needed = needs(case.method, case.places)
    lacking = needed - {*dir(type(world)), *vars(world)}
    if lacking:
        with pytest.raises(ValueError) as caught:
            read(case, method, world, state)
        assert any(repr(verb) in str(caught.value) for verb in lacking)
    else:
        after, *seen = read(case, method, world, state)
        assert len(after) == len(state)
        assert all(part is not None for part in seen)


@cases
def test_what_a_method_needs_is_said_in_the_protocols(case):
    assert needs(case.method, case.places) <= VERBS


@pytest.mark.parametrize("enter", WORLDS[:-1])
@pytest.mark.parametrize("kind", METHODS.values())
def test_methods_of_the_first_format_run_everywhere(kind, enter):
    """But for function values, which are not for the methods of others."""
    case = Case.of(kind)
    world, _ = enter(case)
    missing = needs(case.method) - {*dir(type(world)), *vars(world)}
    assert missing <= ({"value"} if enter in (recording, replay) else set())


@pytest.mark.parametrize("kind", CERTIFIED)
def test_methods_that_are_certified_run_on_all_instances_and_say_what_they_observe(kind):
    case = Case.of(kind)
    world, state = exact(case)
    seen, names = case.method.observe(world, *state), case.method.coordinates
    assert [*map(len, seen)] == [*map(len, names)]
    assert not needs(case.method) - {*dir(world)}


def comes_to_rest(kind: type[Method]) -> bool:
    """Not those with noise, and those for one agent are no methods for several."""
    noisy = {"noisy_gradient", "noisy_local_gradient"} & needs(Case.of(kind).method)
    return kind not in DERIVED and ONE_AGENT not in kind.hypotheses and not noisy


@pytest.mark.parametrize("kind", [*filter(comes_to_rest, CATALOGUE)])
def test_methods_get_nearer_in_floats(kind):
    """Each with messages that lose nothing, from minima that differ."""
    problem = Noisy.random((AgentType(2, 1), AgentType(2, 1)), 3, rng=np.random.default_rng(1))
    run = simulate(Case.of(kind).method, problem, TopK(3), steps=60, start=np.full(3, 10.0))
    assert run.measures[-1] < 1e-3 * run.measures[0]


class Broken(NumericWorld):
    """With a property that fails."""

    @property
    def minimiser(self) -> Any:
        return self.problem.no_such_thing


def test_what_a_world_lacks_is_no_obstacle_to_copies_and_hides_no_error():
    world = NumericWorld(Noisy.of_spectra([[1, 2]]), TopK(1))
    assert copy.deepcopy(world).problem.n_agents == 1
    assert not hasattr(world, "interpolation")
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = Broken(world.problem, TopK(1)).minimiser
