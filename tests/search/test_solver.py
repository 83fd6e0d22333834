"""A solver in trouble never leads to a pass and never to a traceback."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import cvxpy
import pytest

from eftheory.search import search_class_bound, search_upper, statement
from eftheory.search.solver import solve
from tests.search.claims import at_law

F = Fraction
SETTING = at_law("ef21", F(3, 4), (1, F(1, 10), 2))


class PanicException(BaseException):
    """Named as what pyo3 raises when Rust code panics."""


def panic(*_: Any, **__: Any) -> None:
    raise PanicException("called `Option::unwrap()` on a `None` value")


def fail(*_: Any, **__: Any) -> None:
    raise cvxpy.SolverError("Solver 'CLARABEL' failed.")


def inaccurate(problem: Any, *_: Any, **__: Any) -> None:
    problem._status = cvxpy.OPTIMAL_INACCURATE


def warn(problem: Any, *arguments: Any, **options: Any) -> None:
    REAL(problem, *arguments, **options)
    warnings.warn("Solution may be inaccurate.", stacklevel=1)


def no_numbers(problem: Any, *_: Any, **__: Any) -> None:
    problem._status = cvxpy.OPTIMAL


@pytest.fixture(autouse=True)
def fresh_programmes() -> None:
    """A compiled programme keeps the numbers of its last solve."""
    statement._Programme.compiled.cache_clear()


REAL = cvxpy.Problem.solve
TROUBLES = {
    panic: "panicked: called `Option::unwrap()`",
    fail: "failed: Solver 'CLARABEL' failed.",
    inaccurate: "ended with status optimal_inaccurate",
    warn: "warned: Solution may be inaccurate.",
    no_numbers: "returned no finite solution",
}


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_trouble_is_inconclusive(trouble: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cvxpy.Problem, "solve", trouble)
    found = search_upper(SETTING, engine="cvxpy")
    assert found.upper is None
    assert found.status.startswith("inconclusive: ")
    assert TROUBLES[trouble] in found.status
    assert search_class_bound(found) is None


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_path_following_needs_no_solver(trouble: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cvxpy.Problem, "solve", trouble)
    found = search_upper(SETTING)
    assert (found.status, found.engine) == ("proved", "center")
    assert search_class_bound(found) is not None


@pytest.mark.parametrize("trouble", [panic, fail, inaccurate], ids=lambda trouble: trouble.__name__)
@pytest.mark.parametrize("good_solves", [1, 5])
def test_trouble_on_the_way_is_told(
    trouble: Callable[..., None], good_solves: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found before is rounded and checked, but never passes for what was asked for."""
    solves = iter(range(1000))

    def sometimes(problem: Any, *arguments: Any, **options: Any) -> None:
        (REAL if next(solves) < good_solves else trouble)(problem, *arguments, **options)

    monkeypatch.setattr(cvxpy.Problem, "solve", sometimes)
    found = search_upper(SETTING, engine="cvxpy")
    assert found.status != "proved"
    assert TROUBLES[trouble] in found.status
    assert found.rate is not None


def test_a_bound_found_before_the_trouble_comes_with_the_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    slack = F(1, 10**9)
    whole = search_upper(SETTING, engine="cvxpy", slack=slack)
    solves = iter(range(1000))

    def until_late(problem: Any, *arguments: Any, **options: Any) -> None:
        (REAL if next(solves) < whole.solves - 4 else panic)(problem, *arguments, **options)

    monkeypatch.setattr(cvxpy.Problem, "solve", until_late)
    found = search_upper(SETTING, engine="cvxpy", slack=slack)
    assert whole.upper is not None
    assert found.upper is not None
    assert found.upper.rate > whole.upper.rate
    assert found.status.startswith("proved, but not to the slack asked for: the solver panicked")


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_interruptions_pass_through(interruption: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise interruption

    monkeypatch.setattr(cvxpy.Problem, "solve", interrupt)
    with pytest.raises(interruption):
        search_upper(SETTING, engine="cvxpy")


def test_an_infeasible_programme_is_told() -> None:
    x = cvxpy.Variable()
    assert solve(cvxpy.Problem(cvxpy.Maximize(x), [x <= 0, x >= 1])) == "the solver ended with status infeasible"


def test_a_good_solve_has_nothing_to_tell() -> None:
    x = cvxpy.Variable()
    assert solve(cvxpy.Problem(cvxpy.Maximize(x), [x <= 1])) is None
