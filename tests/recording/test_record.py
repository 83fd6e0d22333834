from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest

from eftheory.assumptions import COMMON_MINIMISER, AgentType, Contractive
from eftheory.assumptions.hypothesis import Hypothesis
from eftheory.bounds import certify
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.compressors import TopK
from eftheory.methods import CGD, EF, EF21, GD, Method, Observation, Recorded
from eftheory.recording import RecordingError, make_method, record
from eftheory.recording.record import complete
from eftheory.simulate import simulate
from eftheory.simulate.problems import Quadratic
from eftheory.theory import closed_form
from tests.kit.own_methods import OwnEF21
from tests.recording.misread_vectors import is_array

HALF = Fraction(1, 2)
AGENTS = (AgentType(1, Fraction(1, 10), 3), AgentType(2, 1))


@pytest.mark.parametrize("method", [GD, EF, EF21])
@pytest.mark.parametrize("alpha", [Fraction(1), Fraction(2, 3)])
def test_a_recorded_method_is_the_method_in_the_exact_world(method, alpha):
    made = method(HALF)
    if not made.compresses:
        alpha = Fraction(1)
    steps = [take_step(Setting(AGENTS, Contractive(alpha), m)) for m in (made, Recorded(HALF, record(made)))]
    assert vars(steps[0]) == vars(steps[1])


@pytest.mark.parametrize("method", [GD, EF, EF21])
def test_a_recorded_method_is_the_method_in_the_numeric_world(method):
    problem = Quadratic.of_spectra([[1.0, 2.0, 5.0], [3.0, 4.0, 1.0]])
    step, start = Fraction(1, 10), np.array([1.0, -2.0, 3.0])
    made = method(step)
    runs = [simulate(m, problem, TopK(2), steps=20, start=start) for m in (made, Recorded(step, record(made)))]
    assert runs[0].measures == pytest.approx(runs[1].measures, rel=1e-12)
    assert runs[1].measures.dtype == float


def test_a_name_alone_is_no_method():
    class ef21(Method):  # noqa: N801
        name = "ef21"

        def step(self, world, x):
            return (x - self.step_size * world.mean(world.gradient(x)),)

    made = make_method(ef21, HALF)
    assert made.name == "external ef21"
    assert make_method(EF21, HALF) == EF21(HALF)
    assert isinstance(made, Recorded)
    assert closed_form(Setting(AGENTS, Contractive(1), made)) is None
    assert closed_form(Setting(AGENTS, Contractive(1), complete(ef21)(HALF))) is None
    assert "external method ef21, as defined in its certificate," in Setting(AGENTS, Contractive(1), made).sentence()


def step_of(run, **facts):
    return type("Mine", (Method,), {"step": lambda self, world, *state: run(world, *state), **facts})


def twice(world, x):
    return x, x


STEPS = {
    "a float": (
        lambda w, x: (x - 0.1 * w.mean(w.gradient(x)),),
        "coefficient 0.1 is a float, or was multiplied with one: write constants as fractions, as Fraction(1, 10)",
    ),
    "a divisor": (lambda w, x: (x / 2.0,), "divisor 2.0 is a float"),
    "numpy": (lambda w, x: (np.float64(0.5) * x,), "coefficient 0.5 is a float"),
    "an array": (lambda w, x: (np.ones(2) * x,), "is no exact number"),
    "nan": (lambda w, x: (float("nan") * x,), "is no exact number"),
    "text": (lambda w, x: ("1/2" * x,), "'1/2' is no exact number"),
    "zero": (lambda w, x: (x / 0,), "divided by zero"),
    "a product": (lambda w, x: (x * x,), "two vectors are multiplied"),
    "a power": (lambda w, x: (x**2,), "must be linear"),
    "a quotient": (lambda w, x: (1 / x,), "must be linear"),
    "a number": (lambda w, x: (x + 1,), "1 is added to a vector"),
    "a branch": (lambda w, x: (x or 2 * x,), "the same for all data"),
    "a comparison": (lambda w, x: (x if x == 0 else 2 * x,), "the same for all data"),
    "an entry": (lambda w, x: (x[0],), "the same for all data"),
    "a float of it": (lambda w, x: (float(x),), "the same for all data"),
    "no tuple": (lambda w, x: w.mean(w.gradient(x)), "must return a tuple of the new x; for one, write (x,)"),
    "one too many": (twice, "must return a tuple of the new x"),
    "no vector": (lambda w, x: (3,), "x needs a vector of the server, but got no vector: 3"),
    "agents": (lambda w, x: (w.gradient(x),), "x needs a vector of the server, but got a vector of each agent"),
    "gradient": (lambda w, x: (w.mean(w.gradient(w.gradient(x))),), "gradient needs a vector of the server"),
    "mean": (lambda w, x: (w.mean(x),), "mean needs a vector of each agent, but got one of the server"),
    "compress": (lambda w, x: (w.mean(w.compress(x)),), "compress needs a vector of each agent"),
    "minimiser": (lambda w, x: (x - w.minimiser,), "put COMMON_MINIMISER into hypotheses first"),
    "value": (lambda w, x: (w.value(x) * x,), "the world has no 'value'; it has: gradient"),
    "too long": (lambda w, x: (sum(w.mean(w.gradient(k * x)) for k in range(20)),), "more than 16 calls"),
    "a bug": (lambda w, x: (undefined,), "NameError: name 'undefined' is not defined"),  # noqa: F821
    "squares": (lambda w, x: (w.square(x),), "x needs a vector of the server"),
}


@pytest.mark.parametrize("name", STEPS)
def test_what_no_straight_line_program_does_is_refused_in_one_line(name):
    run, message = STEPS[name]
    with pytest.raises(ValueError) as caught:
        make_method(step_of(run), HALF)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("Mine.step")


def test_the_line_of_the_mistake_is_named():
    with pytest.raises(RecordingError, match=r"Mine.step \(test_record.py, line [0-9]+\): two vectors"):
        make_method(step_of(STEPS["a product"][0]), HALF)


def test_vectors_kept_from_another_call_are_refused():
    kept = []

    def run(world, x):
        kept.append(x)
        return (x - HALF * world.mean(world.gradient(x)) + kept[0] - kept[0],)

    method = step_of(run)
    with pytest.raises(RecordingError, match=r"test_record.py, line [0-9]+\): kept changes while the step runs"):
        make_method(method, HALF)
    with pytest.raises(RecordingError, match="keep vectors in the state"):
        make_method(method, HALF)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"server_state": ("r1",)}, "'r1': write a letter, then letters, digits, _; e0, f1, r2 and the like name"),
        ({"server_state": ("x[0]",)}, "write a letter"),
        ({"name": "a method"}, "'a method': write a letter"),
        ({"observe": lambda self, world, x: x}, "observe must return an Observation"),
        ({"observe": lambda self, world, x: Observation(values=(x,))}, "function values"),
        ({"observe": lambda self, world, x: Observation(server=(x,)), "coordinates": Observation(server=("a", "b"))},
         "must name each of the 1 vectors of the server"),
        ({"observe": lambda self, world, x: Observation(agents=(world.compress(world.gradient(x)),))},
         "observe: calls are gradient, mean"),
        ({"measure": lambda self, world, x: x}, "measure must return a sum of"),
        ({"measure": lambda self, world, x: world.square(x) + 1}, "1 is added to squares"),
        ({"measure": lambda self, world, x: 0 * world.square(x)}, "measure: expected 1 to 8"),
        ({"measure": lambda self, world, x: -world.square(x)}, "weights: expected one > 0"),
        ({"measure": lambda self, world, x: world.square(x) * world.square(x)}, "two vectors are multiplied"),
        ({"measure": lambda self, world, x: world.mean_square(x)}, "mean_square needs a vector of each agent"),
    ],
)  # fmt: skip
def test_other_mistakes(facts, message):
    with pytest.raises(ValueError) as caught:
        make_method(step_of(lambda w, x: (x - HALF * w.mean(w.gradient(x)),), **facts), HALF)
    assert message in str(caught.value)


def test_what_is_observed_and_measured_may_be_written_by_hand():
    class Mine(OwnEF21):
        def observe(self, world, x, d):
            g = world.gradient(x)
            return Observation(agents=(g - d,), server=(world.mean(d),))

        def measure(self, world, x, d):
            return 2 * world.mean_square(world.gradient(x) - d) + world.square(world.mean(d)) / 3

    made = make_method(Mine, HALF)
    assert made.coordinates == Observation(("agents 0",), ("server 0",))
    assert made.measure_name == "2 mean ||gradient(x) - d||^2 + 1/3 ||mean(d)||^2"


def test_messages_are_drawn_afresh_and_gradients_asked_once():
    made = record(make_method_of(lambda w, x: (x - w.mean(w.compress(w.gradient(x)) + w.compress(w.gradient(x))),)))
    assert [call.call for call in made.step.calls] == ["gradient", "compress", "compress", "mean"]


def make_method_of(run):
    return complete(step_of(run))(HALF)


def test_a_server_vector_in_the_agents_place_is_told_to_all():
    class Told(Method):
        agent_state = ("w",)

        def step(self, world, x, w):
            return x - self.step_size * world.mean(world.gradient(x)), x

    assert make_method(Told, HALF).definition.step.agents == {"w": {"x": 1, "w": 0}}


def test_function_values_are_not_for_external_methods():
    with pytest.raises(RecordingError, match="the world has no 'value'"):
        record(CGD(HALF))


def test_parameters():
    @dataclass(frozen=True)
    class Damped(Method):
        damping: Fraction = Fraction(1, 2)

        def step(self, world, x):
            return (x - self.damping * self.step_size * world.mean(world.gradient(x)),)

    made = make_method(Damped, HALF, {"damping": Fraction(1, 3)})
    assert made.definition.step.server["x"] == {"x": 1, "mean 1": Fraction(-1, 6)}
    with pytest.raises(ValueError, match="Damped has no parameter 'eta'; it has: damping"):
        make_method(Damped, HALF, {"eta": 1})
    with pytest.raises(ValueError, match="has no parameter 'step_size'"):
        make_method(Damped, HALF, {"step_size": 1})
    with pytest.raises(ValueError, match="ef has no parameter 'eta'"):
        make_method(EF, HALF, {"eta": 1})


def test_a_step_that_leaves_python_is_told() -> None:
    class Leaves(Method):
        def step(self, world, x):
            raise SystemExit(0)

    with pytest.raises(ValueError, match=r"Leaves.step .*SystemExit"):
        certify(Leaves, [AgentType(1, Fraction(1, 10))], alpha=Fraction(3, 4), step_size=1)


@pytest.mark.parametrize(
    ("hypotheses", "message"),
    [
        (
            (Hypothesis("common minimiser", "only f has a minimiser x*"),),
            f"name, {COMMON_MINIMISER.sentence!r}",
        ),
        (
            (Hypothesis("one agent", "there are two"),),
            "import ONE_AGENT from eftheory.assumptions.hypothesis",
        ),
        ((Hypothesis("my own", "f is nice"),), "hypotheses: choose from common minimiser, one agent"),
        (("common minimiser",), "write a tuple of hypotheses of eftheory, as (COMMON_MINIMISER,)"),
    ],
)
def test_hypotheses_say_what_eftheory_says(hypotheses, message):
    with pytest.raises(ValueError) as caught:
        make_method(step_of(lambda w, x: (x - HALF * w.mean(w.gradient(x)),), hypotheses=hypotheses), HALF)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_measure_is_replayed_where_it_is_written():
    class Mine(OwnEF21):
        def observe(self, world, x, d):
            return Observation(agents=(d,), server=(x,))

        def measure(self, world, x, d):
            return world.square(x - x) + world.mean_square(d) / (4 if is_array(d) else 3)

    with pytest.raises(RecordingError, match=r"Mine.measure \(test_record.py, line [0-9]+\): at step 1 .* the measure"):
        make_method(Mine, HALF)


class SaysMore(Method):
    hypotheses = (Hypothesis("common minimiser", "f is nice"),)

    def step(self, world, x):
        return (x - self.step_size * world.mean(world.gradient(x)),)


def test_a_hypothesis_of_another_meaning_is_refused_with_the_line_of_its_class():
    line = SaysMore.step.__code__.co_firstlineno - 3
    with pytest.raises(RecordingError, match=rf"SaysMore.hypotheses \(test_record.py, line {line}\)"):
        make_method(SaysMore, HALF)


def test_a_wrong_call_of_the_world_says_where_its_verbs_are_described():
    class Two(Method):
        def step(self, world, x):
            return (world.coin(HALF, x),)

    with pytest.raises(RecordingError, match=r"TypeError: world.coin\(\) takes 2 .*see: eftheory methods --steps"):
        make_method(Two, HALF)
