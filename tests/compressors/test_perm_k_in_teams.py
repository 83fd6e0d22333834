"""Perm-k in teams: what all agents send together, exactly, is what the teams send on their own."""

from fractions import Fraction

import numpy as np
import pytest

from eftheory.compressors import PermK, PermKInTeams
from eftheory.testing.branching import enumerate_runs
from tests.compressors.exactly import collect, law_of, mean, mean_error

SHAPES = [(2, 1, 2), (2, 2, 2), (4, 2, 2), (4, 2, 4), (3, 3, 3), (6, 2, 2), (4, 4, 2)]


def vectors_of(n, d):
    return [[Fraction(i * d + j + 1) for j in range(d)] for i in range(n)]


@pytest.mark.parametrize(("n", "team", "d"), SHAPES)
def test_what_runs_is_the_definition(n, team, d):
    vectors = vectors_of(n, d)
    rows = np.array(vectors, dtype=object)
    runs = enumerate_runs(lambda rng: PermKInTeams(n, team)(rows, rng).tolist())
    joint = list(PermKInTeams(n, team).outcomes_jointly(vectors))
    assert collect((p, map(tuple, m)) for p, m in runs) == collect((p, map(tuple, m)) for p, m in joint)
    for agent, v in enumerate(vectors):
        law = collect((p, messages[agent]) for p, messages in joint)
        assert law == law_of(PermKInTeams(n, team), v)
        assert mean(law) == v
        assert mean_error(v, law) == PermKInTeams(n, team).omega(d) * sum(entry**2 for entry in v)


@pytest.mark.parametrize(("n", "team", "d"), SHAPES)
def test_the_mean_of_a_team_has_no_error(n, team, d):
    v = vectors_of(1, d)[0]
    for _, messages in PermKInTeams(n, team).outcomes_jointly([v] * n):
        for first in range(0, n, team):
            own = messages[first : first + team]
            assert [sum(entries) / team for entries in zip(*own)] == v


def test_one_team_is_perm_k():
    vectors = vectors_of(3, 3)
    assert list(PermKInTeams(3, 3).outcomes_jointly(vectors)) == list(PermK(3).outcomes_jointly(vectors))
    assert PermKInTeams(6, 3).bits(6) == PermK(3).bits(6)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="team=2: teams of equal size must divide the 3 agents"):
        PermKInTeams(3, 2)
    with pytest.raises(ValueError, match="pass 4 rows"):
        PermKInTeams(4, 2)(np.ones((2, 2)), np.random.default_rng(0))
    with pytest.raises(ValueError, match="1 vectors for 4 agents"):
        next(PermKInTeams(4, 2).outcomes_jointly([[1]]))
    with pytest.raises(ValueError, match="whole number"):
        PermKInTeams(4, 0)
