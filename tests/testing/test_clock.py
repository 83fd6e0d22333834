"""Time that is shared out: without a limit nothing is left out, with one what is left out is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import wraps
from time import sleep
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import Contractive
from eftheory.compressors import TopK
from eftheory.testing import Effort, adapt, check_compressor
from eftheory.testing import clock as module
from eftheory.testing.candidates import structured
from eftheory.testing.clock import Clock, Waited
from eftheory.testing.examination import examine
from eftheory.testing.suite import prepare, run_checks
from eftheory.testing.worst import worst_vectors


class Hands:
    """A time that moves only when it is told to."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@given(st.integers(0, 20))
def test_without_a_limit_nothing_is_left_out(number: int) -> None:
    clock = Clock()
    with clock.part(1 / 2):
        assert list(clock.shared(range(number), "dimensions")) == list(range(number))
    assert not clock.is_up()
    assert clock.left_out == ""


@given(st.integers(1, 20), st.integers(1, 30), st.integers(1, 3))
def test_within_a_limit(number: int, seconds: int, least: int) -> None:
    hands = Hands()
    clock, seen = Clock(seconds, hands), 0
    for _ in clock.within(range(number), "draws", least=least):
        hands.time, seen = hands.time + 1, seen + 1
    assert seen == min(number, max(seconds, least))
    assert clock.left_out == ("" if seen == number else f"{seen} of {number} draws")
    clock.start()
    assert clock.left_out == ""


@given(st.integers(1, 6), st.integers(1, 50))
def test_nobody_takes_the_share_of_those_who_come_later(number: int, inner: int) -> None:
    hands = Hands()
    clock, seen = Clock(60.0, hands), []
    for _ in clock.shared(range(number), "dimensions"):
        taken = 0
        for _ in clock.within(range(inner), "vectors"):
            hands.time, taken = hands.time + 0.5, taken + 1
        seen.append(taken)
    assert len(seen) == number
    assert min(seen) >= min(inner, 60 // number * 2 - number)
    assert hands.time <= 60 + number


def test_a_part_is_over_when_it_ends() -> None:
    hands = Hands()
    clock = Clock(10, hands)
    with clock.part(1 / 2):
        hands.time = 6
        assert clock.is_up()
    assert not clock.is_up()


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_no_time_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="seconds="):
        Effort(seconds=seconds)


def test_what_is_not_reached_is_said() -> None:
    report = check_compressor(TopK(1), dims=[3], seconds=1e-9)
    status = {result.name: result.status for result in report.results}
    assert status["contraction"] == status["zeros"] == "not reached"
    assert status["shape"] == status["nan"] == "passed"
    assert "--time" in report["contraction"].message
    found = examine(TopK(1), 3, effort=Effort(seconds=1e-9))
    assert not found.holds
    assert "only an estimate" in found.basis
    assert any("what there was time for" in note for note in found.notes)


def test_a_verdict_on_fewer_examples_says_so() -> None:
    hands = Hands()

    def slow(x: np.ndarray) -> np.ndarray:
        hands.time += 0.01
        return x / 2

    trial, _ = prepare(adapt(slow, Contractive(Fraction(3, 4))), [2, 3], Effort(seconds=20))
    report = run_checks(replace(trial, clock=Clock(20, hands)), (), None, None)
    assert not report.failures
    assert report["nan"].status == "passed"
    assert [note for note in report.notes if "vectors" in note and "--time" in note]
    assert hands.time < 25


def test_who_waits_for_a_compressor_that_sleeps_waits_no_longer() -> None:
    clock = Clock(0.01)
    sleep(0.02)
    assert clock.is_up()


def test_what_others_take_counts_for_nothing(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(module, "monotonic", lambda: 100.0)
    monkeypatch.setattr(module, "SCHEDULED", tmp_path / "schedstat")
    assert Waited()() == 100
    (tmp_path / "schedstat").write_text("7000000000 30000000000 12\n")
    assert Waited()() == 70
    (tmp_path / "schedstat").write_text("")
    assert Waited()() == 100


@pytest.mark.parametrize(
    ("send", "most"), [(lambda x: x / 2, 25), (lambda x, rng: x * (rng.random(x.shape) < 0.5), 45)]
)
def test_when_the_time_is_up_few_messages_are_asked_for(send: Callable[..., np.ndarray], most: int) -> None:
    asked = []

    @wraps(send)
    def counted(*arguments: Any) -> np.ndarray:
        asked.append(arguments)
        return send(*arguments)

    found = examine(counted, 3, effort=Effort(seconds=1e-9))
    assert len(asked) <= most
    assert any("determinism 1 of 12 repeats" in note for note in found.notes)


def test_what_is_known_of_vectors_is_not_asked_again() -> None:
    asked = []
    subject = adapt(lambda x: asked.append(x) or x / 2)
    worst_vectors(subject, 2, examples=20, steps=10)
    climbs = 3 * (1 + 10)
    candidates = len([*structured(2)]) + 20 + 10
    assert len(asked) <= candidates + climbs
