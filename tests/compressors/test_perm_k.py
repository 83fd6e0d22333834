"""Perm-k: what all agents send together, exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.compressors import PermK, RandK
from eftheory.compressors.norm import error, square
from eftheory.testing.branching import enumerate_runs
from tests.compressors.exactly import collect, law_of, mean, mean_error, numbers

SHAPES = [(1, 1), (1, 3), (2, 2), (3, 3), (2, 4), (2, 6), (3, 6), (4, 2), (4, 1), (6, 2), (6, 3)]
few = settings(max_examples=6)


def families(n: int, d: int) -> st.SearchStrategy[list[list[Fraction]]]:
    return st.lists(st.lists(numbers, min_size=d, max_size=d), min_size=n, max_size=n)


def average(vectors: list[list[Fraction]]) -> list[Fraction]:
    return [sum(entries, Fraction(0)) / len(vectors) for entries in zip(*vectors)]


@pytest.mark.parametrize(("n", "d"), SHAPES)
@few
@given(st.data())
def test_the_ab_identity(n: int, d: int, data: st.DataObject) -> None:
    """Of [SzlendakTyurinRichtarik2022] an inequality; for Perm-k it holds with equality on all vectors."""
    vectors = data.draw(families(n, d))
    a, b = PermK(n).ab(d)
    found = sum(p * error(average(vectors), average(messages)) for p, messages in PermK(n).outcomes_jointly(vectors))
    assert found == a * sum(map(square, vectors)) / n - b * square(average(vectors))


@pytest.mark.parametrize(("n", "d"), SHAPES)
@few
@given(st.data())
def test_equal_vectors_are_sent_without_error(n: int, d: int, data: st.DataObject) -> None:
    v = data.draw(families(1, d))[0]
    assert all(average(messages) == v for _, messages in PermK(n).outcomes_jointly([v] * n))
    rows = np.tile(np.array(v, dtype=object), (n, 1))
    assert PermK(n)(rows, np.random.default_rng(0)).sum(axis=0).tolist() == [n * entry for entry in v]


@pytest.mark.parametrize(("n", "d"), SHAPES)
@few
@given(st.data())
def test_one_agent_alone(n: int, d: int, data: st.DataObject) -> None:
    vectors = data.draw(families(n, d))
    joint = list(PermK(n).outcomes_jointly(vectors))
    for agent in range(n):
        law = collect((p, messages[agent]) for p, messages in joint)
        assert law == law_of(PermK(n), vectors[agent]) == law_of(RandK(max(1, d // n), scaled=True), vectors[agent])
        assert mean(law) == vectors[agent]
        assert mean_error(vectors[agent], law) == PermK(n).omega(d) * square(vectors[agent])


@pytest.mark.parametrize(("n", "d"), [(1, 3), (2, 2), (3, 3), (2, 4), (4, 2), (4, 1)])
def test_what_runs_is_the_definition(n: int, d: int) -> None:
    vectors = [[Fraction(i * d + j + 1) for j in range(d)] for i in range(n)]
    rows = np.array(vectors, dtype=object)
    fast = collect((p, map(tuple, m)) for p, m in enumerate_runs(lambda rng: PermK(n)(rows, rng).tolist()))
    assert fast == collect((p, map(tuple, m)) for p, m in PermK(n).outcomes_jointly(vectors))


def test_families_are_dealt_to_apart() -> None:
    sent = PermK(4)(np.ones((50, 4, 8)), np.random.default_rng(0))
    assert (sent.sum(axis=1) == 4).all()
    assert (np.count_nonzero(sent, axis=2) == 2).all()
    assert len(np.unique(sent, axis=0)) > 40


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="pass 2 rows"):
        PermK(2)(np.ones(4), np.random.default_rng(0))
    with pytest.raises(ValueError, match="pass 2 rows"):
        PermK(2)(np.ones((3, 4)), np.random.default_rng(0))
    with pytest.raises(ValueError, match="divide"):
        PermK(2).omega(3)
    with pytest.raises(ValueError, match="divide"):
        PermK(2)(np.ones((2, 3)), np.random.default_rng(0))
    with pytest.raises(ValueError, match="3 vectors for 2 agents"):
        next(PermK(2).outcomes_jointly([[1], [1], [1]]))
    with pytest.raises(ValueError, match="whole number"):
        PermK(0)
    with pytest.raises(ValueError, match="pass rng="):
        PermK(2)(np.ones((2, 2)))
    assert PermK(2).bits(8) == 128
    assert PermK(8).bits(2) == 32
