"""Trouble of path following: whatever floats do, the search ends with a sentence, and what was found stands."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from eftheory.check.upper import check_upper
from eftheory.search import centre, search_class_bound, search_upper
from eftheory.search.floats import floats_guarded
from tests.search.claims import FIRST_PAIR, at_law

F = Fraction
SETTING = at_law("ef21", F(8, 9), *FIRST_PAIR)
FAILURES = [np.linalg.LinAlgError("not positive definite"), OverflowError("too large"), ZeroDivisionError("by zero")]
ENDLESS = 1000  # calls: an untroubled search needs some hundreds
FACTORISATIONS = ("cholesky", "qr", "solve", "eigvalsh", "inv")


def failing(real: Callable[..., Any], error: BaseException, *, good: int = 0) -> Callable[..., Any]:
    """The function, which fails after so many good calls."""
    calls = itertools.count()

    def run(*arguments: Any, **options: Any) -> Any:
        number = next(calls)
        if number > ENDLESS:
            raise AssertionError("the search does not end")
        if number >= good:
            raise error
        return real(*arguments, **options)

    return run


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("name", FACTORISATIONS)
def test_failing_floats_are_inconclusive(name: str, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(np.linalg, name, failing(getattr(np.linalg, name), error))
    found = search_upper(SETTING, engine="center")
    assert found.upper is None
    assert found.status.startswith("inconclusive: ")


@pytest.mark.parametrize("name", FACTORISATIONS)
@pytest.mark.parametrize("good", [1, 10, 30, 60, 100])
def test_floats_that_fail_on_the_way_are_told(name: str, good: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(np.linalg, name, failing(getattr(np.linalg, name), FAILURES[0], good=good))
    found = search_upper(SETTING, engine="center")
    monkeypatch.undo()
    assert (found.upper is None) == found.status.startswith("inconclusive: ")
    if found.upper is not None:
        assert check_upper(SETTING, found.upper).proved


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), SystemExit(3)], ids=lambda each: type(each).__name__)
def test_interruptions_pass_through(interruption: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(np.linalg, "cholesky", failing(np.linalg.cholesky, interruption, good=5))
    with pytest.raises(type(interruption)):
        search_upper(SETTING, engine="center")


def test_where_path_following_fails_the_solver_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise np.linalg.LinAlgError("no centre today")

    monkeypatch.setattr(centre, "_walk", fail)
    alone = search_upper(SETTING, engine="center")
    assert alone.status == "inconclusive: no rate below 1 was found; floats failed: no centre today"
    found = search_upper(SETTING)
    assert (found.status, found.engine) == ("proved", "cvxpy")


@pytest.mark.parametrize("good", [0, 3, 20])
def test_class_bounds_in_trouble_are_none_or_checked(good: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = search_upper(SETTING)
    monkeypatch.setattr(np.linalg, "cholesky", failing(np.linalg.cholesky, FAILURES[0], good=good))
    bound = search_class_bound(found)
    assert bound is None or good


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_the_guard_returns_nothing(error: BaseException) -> None:
    def fail() -> None:
        raise error

    assert floats_guarded(fail) is None


def test_the_guard_lets_mistakes_pass() -> None:
    def wrong() -> None:
        raise TypeError("a mistake in the program")

    with pytest.raises(TypeError):
        floats_guarded(wrong)


def test_the_guard_turns_quiet_nonsense_into_nothing() -> None:
    assert floats_guarded(lambda: np.array([1e300]) * np.array([1e300])) is None
    assert floats_guarded(lambda: np.array([0.0]) / np.array([0.0])) is None
    assert floats_guarded(lambda x: x + 1, 2) == 3
