"""Classes written at random, as source in a file: the record is what they do, and what is proved holds for them."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType
from eftheory.bounds import certify
from eftheory.bounds.fixed_point import explain_no_fixed_point
from eftheory.methods import Recorded
from eftheory.recording import RecordingError, load_method, make_method
from eftheory.recording.record import complete

STEP, L, MU, AGENTS, DIMENSION, KEPT = Fraction(1, 2), 1, Fraction(1, 2), 2, 4, 3
ALPHA = Fraction(KEPT, DIMENSION)
HEAD = """from fractions import Fraction
from eftheory import COMMON_MINIMISER, Method

HALF = Fraction(1, 2)


def mix(a, v, b, w):
    return a * v + b * w


def follow(world, x, size):
    return x - size * world.mean(world.gradient(x))


class Drawn(Method):
    hypotheses = (COMMON_MINIMISER,)
"""
NUMBERS = st.sampled_from(["HALF", "-HALF", "Fraction(1, 4)", "Fraction(-1, 8)", "1", "self.step_size", "HALF / 3"])
SMALL = st.sampled_from(["Fraction(1, 8)", "Fraction(-1, 16)", "self.step_size / 16", "0", "HALF**5"])


class Source:
    """Lines of a step: points move with the origin, moves and agents' vectors do not."""

    def __init__(self, draw, server, agents):
        self.draw, self.lines = draw, []
        self.known = {"point": ["x"], "move": [*server[1:]], "agents": [*agents]}

    def name(self, kind):
        return self.draw(st.sampled_from(self.known[kind]))

    def let(self, kind, expression):
        name = f"{kind[0]}{len(self.lines)}"
        self.lines.append(f"{name} = {expression}")
        self.known[kind].append(name)
        return name

    def add(self, how):
        """One more line, written in one of several ways."""
        a, b = self.draw(NUMBERS), self.draw(NUMBERS)
        if how == "gradient":
            self.let("agents", f"world.gradient({self.name('point')})")
        elif how == "follow":
            self.let("point", f"follow(world, {self.name('point')}, {a})")
        elif self.known["agents"] and how in ("mean", "compress"):
            self.let("move" if how == "mean" else "agents", f"world.{how}({self.name('agents')})")
        elif self.known["move"] and how == "point":
            self.let("point", f"{self.name('point')} + {a} * {self.name('move')}")
        elif how in ("move", "agents") and self.known[how]:
            v, w = self.name(how), self.name(how)
            ways = [f"mix({a}, {v}, {b}, {w})", f"{a} * {v} - {w} / 4", f"sum([{v}, {w}])", f"-({v} - {b} * {w})"]
            self.let(how, self.draw(st.sampled_from(ways)))
        elif how == "told" and self.known["agents"] and self.known["move"]:
            self.let("agents", f"{self.name('agents')} - {a} * {self.name('move')}")


@st.composite
def sources(draw, *, tame):
    """A file with a class; a tame one is a method that converges, disturbed a little."""
    server, agents = ("x", *draw(st.sampled_from([(), ("m",)]))), draw(st.sampled_from([(), ("d",)]))
    source = Source(draw, server, agents)
    source.add("gradient")
    source.add("mean")
    ways = ["gradient", "mean", "compress", "point", "move", "agents", "told", "follow"]
    for how in draw(st.lists(st.sampled_from(ways), max_size=3 if tame else 8)):
        source.add(how)
    small = (lambda kind: f"{draw(SMALL)} * {source.name(kind)}") if tame else (lambda kind: source.name(kind))
    new = [f"follow(world, x, self.step_size) + {small('move')}"]
    new += [f"HALF * m + {small('move')}"] * (len(server) - 1)
    new += [f"d + world.compress(world.gradient(x) - d) + {small('agents')}"] * len(agents)
    body = "\n".join(f"        {line}" for line in [*source.lines, f"return {', '.join(new)},"])
    facts = f"    server_state, agent_state = {server!r}, {agents!r}\n"
    return f"{HEAD}{facts}\n    def step(self, world, {', '.join((*server, *agents))}):\n{body}\n"


class Problem:
    """Quadratics with a common minimiser that is not the origin; messages keep the largest entries, or shrink."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.minimiser = rng.normal(size=DIMENSION) * 3
        bases = [np.linalg.qr(rng.normal(size=(DIMENSION, DIMENSION)))[0] for _ in range(AGENTS)]
        spectra = rng.choice([float(MU), 0.7, float(L)], size=(AGENTS, DIMENSION))
        self.hessians = np.stack([basis * h @ basis.T for basis, h in zip(bases, spectra)])
        self.shrinks = seed % 2
        self.rng = rng

    def gradient(self, x):
        return self.hessians @ (x - self.minimiser)

    def mean(self, v):
        return v.mean(axis=0)

    def compress(self, v):
        v = np.asarray(v, dtype=float)
        if self.shrinks:
            return v * (1 - math.sqrt(1 - ALPHA))
        least = np.sort(abs(v), axis=1)[:, DIMENSION - KEPT, None]
        return np.where(abs(v) >= least, v, 0)

    def square(self, v):
        return float(v @ v)

    def mean_square(self, v):
        return float(np.vdot(v, v)) / AGENTS

    def start(self, method):
        server = [self.rng.normal(size=DIMENSION) for _ in method.server_state]
        return [*server, *(self.rng.normal(size=(AGENTS, DIMENSION)) for _ in method.agent_state)]


def floats(state):
    return [np.asarray(v, dtype=float) for v in state]


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    def load(source):
        path = tmp_path_factory.mktemp("drawn") / "drawn.py"
        path.write_text(source, encoding="utf-8")
        return load_method(f"{path}:Drawn")

    return load


def recorded(method):
    try:
        return make_method(method, STEP)
    except RecordingError as error:
        if "follow from the step: write observe" not in str(error) and "at most that many fit" not in str(error):
            raise  # it is a false alarm
        return assume(False)


@given(sources(tame=False), st.integers(0, 10**6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much])
def test_the_record_is_what_the_class_does(load, source, seed):
    method = load(source)
    made, own, problem = recorded(method), complete(method)(STEP), Problem(seed)
    state = problem.start(own)
    for _ in range(4):
        after, record = (floats(m.step(problem, *state)) for m in (own, Recorded(STEP, made.definition, float)))
        for mine, theirs, before in zip(after, record, state):
            largest = max(1.0, *(abs(v).max() for v in state))
            assert np.broadcast_to(mine, before.shape) == pytest.approx(
                np.broadcast_to(theirs, before.shape), abs=1e-9 * largest
            )
        state = [np.broadcast_to(v, before.shape) for v, before in zip(record, state)]


def test_what_is_proved_holds_for_the_class_itself(load):
    """At least a quarter of the claims are proved, so that the simulations have something to break."""
    proved: list[bool] = []

    @given(sources(tame=True), st.integers(0, 10**6))
    @settings(max_examples=15)
    def holds(source, seed):
        proved.append(simulations_obey(load(source), seed))

    holds()
    assert 4 * sum(proved) >= len(proved) > 0


def simulations_obey(method, seed: int) -> bool:
    """Certify a class, and run the class itself against what is proved; whether something is."""
    made = recorded(method)
    alpha = ALPHA if made.compresses else 1
    found = certify(
        method, [AgentType(L, MU, AGENTS)], alpha=alpha, step_size=STEP, engine="center", slack=Fraction(1, 100)
    )
    rate = found.rate("upper")
    if rate is None:
        return False
    assert explain_no_fixed_point(found.setting) == ""
    own = complete(method)(STEP)
    for k in range(4):
        problem = Problem(seed + k)
        state = problem.start(own)
        measure = Recorded(STEP, made.definition, float).measure
        first = bound = float(measure(problem, *state))
        for t in range(1, 30):
            state = [np.broadcast_to(v, old.shape) for v, old in zip(floats(own.step(problem, *state)), state)]
            bound = float(found.constant) * float(rate) ** t * first
            assert float(measure(problem, *state)) <= bound * (1 + 1e-9) + 1e-20
    return True
