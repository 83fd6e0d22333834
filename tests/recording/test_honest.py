"""No false alarms: classes that do the same at every call are accepted, at any step size."""

import gc
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.methods import EF, EF21, GD, Method
from eftheory.recording import load_method, make_method, record
from eftheory.recording.trace import RecordingWorld
from tests.kit import own_methods as methods
from tests.kit.tiers import one_in
from tests.recording import honest
from tests.recording.honest import HONEST
from tests.recording.honest_objects import Kept, ReachesObjects

OWN = [
    value for name, value in vars(methods).items() if isinstance(value, type) and value.__module__ == methods.__name__
]
MORE = [ReachesObjects, Kept]
STEPS = [Fraction(1, 3), Fraction(1, 10**9), Fraction(10**9), Fraction(10**400), Fraction(1, 10**30)]


@pytest.mark.parametrize("step", one_in(3, STEPS), ids=["1/3", "1e-9", "1e9", "1e400", "1e-30"])
@pytest.mark.parametrize("method", [*HONEST, *OWN, *MORE], ids=lambda method: method.__name__)
def test_honest_classes_are_recorded(method, step):
    definition = make_method(method, step).definition
    assert definition.step.server
    assert make_method(method, step).definition == definition


@pytest.mark.parametrize("method", [GD, EF, EF21])
def test_the_methods_of_eftheory_are_recorded(method):
    assert record(method(Fraction(1, 3))).name == method.name


def test_what_is_loaded_from_a_file_is_recorded(tmp_path):
    copy = tmp_path / "honest_copy.py"
    copy.write_text(Path(honest.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    for method in HONEST:
        loaded = load_method(f"{copy}:{method.__name__}")
        assert make_method(loaded, Fraction(1, 3)).definition == make_method(method, Fraction(1, 3)).definition


def test_parameters_as_fractions_are_recorded():
    made = make_method(honest.Parameters, Fraction(1, 7), {"momentum": Fraction(355, 1130), "rounds": 1})
    assert made.definition.step.server["m"] == {"m": Fraction(71, 226), "mean 1": 1}


def test_what_others_do_meanwhile_is_no_part_of_a_step():
    """Garbage collections call back, tracers are called at each line, and other threads run: all ask the clock."""
    met, stop = [], threading.Event()

    def ask(*_):
        met.append(time.perf_counter())
        return ask

    class CollectsALot(Method):
        def step(self, world, x):
            garbage = [[[k] for k in range(2000)] for _ in range(10)]
            return (x - len(garbage) * self.step_size * world.mean(world.gradient(x)),)

    def work():
        while not stop.is_set():
            ask()

    thread, tracer, threshold = threading.Thread(target=work), sys.gettrace(), gc.get_threshold()
    gc.set_threshold(1)
    gc.callbacks.append(ask)
    thread.start()
    try:
        make_method(CollectsALot, Fraction(1, 3))
        sys.settrace(ask)
        make_method(CollectsALot, Fraction(1, 3))
    finally:
        sys.settrace(tracer)
        stop.set()
        thread.join()
        gc.callbacks.remove(ask)
        gc.set_threshold(*threshold)
    assert gc.isenabled()
    assert met


def test_garbage_stays_uncollected_where_it_was():
    gc.disable()
    try:
        make_method(honest.Helped, Fraction(1, 3))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_printed_vectors_say_what_they_are(capsys):
    make_method(honest.Prints, Fraction(1, 3))
    assert "the point is x in the world of a recording" in capsys.readouterr().out


def test_vectors_as_text():
    world = RecordingWorld(("x",), ("d",), minimiser=False)
    x, d = world.state
    v = x / 2 - Fraction(1, 4) * world.mean(world.gradient(x) - d)
    assert [repr(it) for it in (v, -x, 0 * d)] == ["1/2 x - 1/4 mean 1", "-x", "0"]
    assert repr(2 * world.square(x - v) - world.mean_square(d)) == "2 ||1/2 x + 1/4 mean 1||^2 - ||d||^2"


def test_a_profiler_is_left_alone():
    def profiler(*_):
        return None

    sys.setprofile(profiler)
    try:
        make_method(honest.Helped, Fraction(1, 3))
        assert sys.getprofile() is profiler
    finally:
        sys.setprofile(None)
    make_method(honest.Helped, Fraction(1, 3))
    assert sys.getprofile() is None


def test_a_class_is_not_told_of_what_completes_it():
    known = [*Kept.known]
    make_method(Kept, Fraction(1, 3))
    assert Kept.known == known
