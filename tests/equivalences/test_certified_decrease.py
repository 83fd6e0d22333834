"""Every step keeps what a certificate promises, and its worst case keeps no more: in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import AgentType, certify
from eftheory.bounds import Certification
from eftheory.certificates import Upper
from eftheory.compressors import Compressor, Overshoot, RandK
from eftheory.compressors.norm import error, square
from eftheory.methods import EF, Method
from eftheory.simulate import LyapunovFunction
from eftheory.simulate.rational import (
    RationalQuadratic,
    RationalWorld,
    enumerate_steps,
    replay_worst_case,
    simulate_exactly,
)
from eftheory.simulate.rational.arrays import as_fractions
from eftheory.simulate.rational.rules import Rule
from tests.equivalences.compressors import answers, cases, contractive, label, rational_alpha
from tests.kit.teams import seeds, teams

STEPS = 4
Team = Sequence[AgentType]


@cache
def certified(method: str, team: tuple[AgentType, ...], alpha: Fraction, engine: str = "law") -> Certification:
    step = "law" if engine == "law" else "optimal"
    return certify(method, team, alpha=alpha, engine=engine, step_size=step)


def upper_of(found: Certification) -> Upper:
    assert found.status("upper") == "proved"
    assert found.certificate is not None
    assert found.certificate.upper is not None
    return found.certificate.upper


def check_run(found: Certification, problem: RationalQuadratic, compressor: Any, start: Any) -> None:
    upper = upper_of(found)
    V = LyapunovFunction(found.setting, upper, agents=problem.agents)
    run = simulate_exactly(found.setting.method, problem, compressor, steps=STEPS, start=start, lyapunov=V)
    for now, later in pairwise(run.V):
        assert later <= upper.rate * now
    for value, measure in zip(run.V, run.measures):
        assert upper.c * measure <= value <= upper.C * measure


def draw_problem(method: str, team: Team, dimension: int, seed: int) -> tuple[RationalQuadratic, list]:
    rng = np.random.default_rng(seed)
    problem = RationalQuadratic.random(team, dimension, rng=rng, common_minimiser=method == "ef")
    return problem, rng.integers(-9, 10, size=dimension).tolist()


MIXED = (AgentType(L=1, mu=Fraction(1, 10), count=2), AgentType(L=4, mu=3))
TEAMS = (
    (AgentType(L=2, mu=Fraction(1, 5)),),
    (AgentType(L=1, mu=1, count=2),),
    (AgentType(L=5, mu=Fraction(1, 4)), AgentType(L=1, mu=Fraction(1, 2))),
)
small_teams = teams.filter(lambda team: sum(agent.count for agent in team) <= 4)


@settings(max_examples=6)
@given(small_teams, seeds)
@pytest.mark.parametrize("method", ["ef", "ef21"])
@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_every_step_decreases_v_by_the_certified_rate(method: str, dimension: int, team: Team, seed: int) -> None:
    problem, start = draw_problem(method, team, dimension, seed)
    for compressor in contractive(dimension):
        found = certified(method, tuple(team), rational_alpha(compressor, dimension))
        check_run(found, problem, compressor, start)


@settings(max_examples=20)
@given(small_teams, seeds, st.data())
@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_agents_may_use_different_compressors(method: str, team: Team, seed: int, data: st.DataObject) -> None:
    problem, start = draw_problem(method, team, 3, seed)
    each = data.draw(st.lists(st.sampled_from(contractive(3)), min_size=problem.n_agents, max_size=problem.n_agents))
    alpha = min(rational_alpha(compressor, 3) for compressor in each)
    check_run(certified(method, tuple(team), alpha), problem, each, start)


@settings(max_examples=6)
@given(seeds)
@pytest.mark.parametrize("alpha", [Fraction(1, 2), Fraction(8, 9)])
@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_what_a_search_finds_is_kept_too(method: str, alpha: Fraction, seed: int) -> None:
    """At the step size it finds best, which is not the law's, by all who lose no more than that."""
    found = certified(method, MIXED, alpha, engine="center")
    problem, start = draw_problem(method, MIXED, 2, seed)
    for compressor in contractive(2):
        if rational_alpha(compressor, 2) >= alpha:
            check_run(found, problem, compressor, start)


# ---------------------------------------------------------------------- single steps, from chosen states
def ask(method: Method, problem: RationalQuadratic, x: Any, inputs: Any) -> tuple[Any, Any]:
    """The state of EF or EF21 from which the compressors are asked just these inputs, in x or in the x to come."""
    gradients, rows = problem.gradients(as_fractions(x)), as_fractions(inputs)
    if isinstance(method, EF):
        return as_fractions(x), rows - method.step_size * gradients
    d = gradients - rows
    return as_fractions(x) + method.step_size * d.mean(axis=0), d


def hard_input(compressor: Compressor, dimension: int, rng: np.random.Generator) -> list[Fraction]:
    """A vector on which the definition can be computed: often that which shows that alpha is exact."""

    def few(size: int) -> list[Fraction]:
        return [Fraction(int(entry), 4) for entry in rng.integers(-9, 10, size=size)]

    known = compressor.contraction(dimension)
    extremal = known.extremal if known is not None and known.extremal is not None else (1,) * dimension
    scale, t = few(1)[0], few(dimension - 1)
    length = square(t) + 1  # the other end of a chord of the unit sphere that starts at a pole
    tried = [few(dimension), [scale * entry / length for entry in (*(2 * entry for entry in t), length - 2)]]
    tried.append(rng.permutation([scale] + [Fraction(0)] * (dimension - 1)).tolist())
    if all(isinstance(entry, (int, Fraction)) for entry in extremal):
        tried += [[scale * entry for entry in extremal]] * 2
    able = [v for v in tried if answers(compressor, v)]
    return able[rng.integers(len(able))]


@pytest.mark.parametrize("method", ["ef", "ef21"])
@pytest.mark.parametrize(("compressor", "dimension"), [*cases(random=False), *cases(random=True, most=2)], ids=label)
@settings(max_examples=6)
@given(team=st.sampled_from([*TEAMS, MIXED]), seed=seeds)
def test_no_answer_to_a_hard_input_breaks_the_rate(
    method: str, compressor: Compressor, dimension: int, team: Team, seed: int
) -> None:
    """Deterministic: V+ <= rate V. Random: E V+ <= rate V, where E is the sum over all joint draws of the agents."""
    team = TEAMS[seed % 3] if compressor.random else team  # two agents at most
    found = certified(method, team, rational_alpha(compressor, dimension))
    upper, method_ = upper_of(found), found.setting.method
    problem, x = draw_problem(method, team, dimension, seed)
    V = LyapunovFunction(found.setting, upper, agents=problem.agents)
    rng = np.random.default_rng(seed)
    state = ask(method_, problem, x, [hard_input(compressor, dimension, rng) for _ in problem.agents])
    branches = list(enumerate_steps(method_, problem, compressor, state))
    assert sum(probability for probability, _ in branches) == 1
    world = RationalWorld(problem, list)  # it only observes; nothing is compressed in it
    expected = sum(probability * V(world, after) for probability, after in branches)
    assert expected <= upper.rate * V(world, state)


@settings(max_examples=8)
@given(small_teams, seeds)
@pytest.mark.parametrize("method", ["ef", "ef21"])
@pytest.mark.parametrize("k", [1, 2])
def test_all_joint_draws_of_rand_k_are_counted(method: str, k: int, team: Team, seed: int) -> None:
    """With up to four agents in three dimensions, so up to 81 branches."""
    compressor = RandK(k)
    found = certified(method, tuple(team), compressor.alpha(3))
    upper = upper_of(found)
    problem, start = draw_problem(method, team, 3, seed)
    V = LyapunovFunction(found.setting, upper, agents=problem.agents)
    world, rng = RationalWorld(problem, list), np.random.default_rng(seed)
    state = world.array(start), world.array(rng.integers(-9, 10, size=(problem.n_agents, 3)))
    branches = list(enumerate_steps(found.setting.method, problem, compressor, state))
    assert len(branches) == 3**problem.n_agents
    assert sum(probability * V(world, after) for probability, after in branches) <= upper.rate * V(world, state)


# ---------------------------------------------------------------------- worst cases
PAIRS = [
    [AgentType(L=1, mu=Fraction(1, 10))],
    [AgentType(L=7, mu=2, count=3)],
    [AgentType(L=1, mu=Fraction(1, 100)), AgentType(L=Fraction(1, 10), mu=Fraction(9, 100), count=2)],
]


@pytest.mark.parametrize("team", PAIRS, ids=lambda team: f"{len(team)} types of {team[0].L}")
@pytest.mark.parametrize("method", ["ef", "ef21"])
@pytest.mark.parametrize("alpha", [Fraction(15, 16), Fraction(1, 10)])
def test_the_worst_case_attains_its_rate_at_every_step(method: str, alpha: Fraction, team: Team) -> None:
    found = certified(method, tuple(team), alpha)
    upper = upper_of(found)
    assert found.certificate is not None
    lower = found.certificate.lower
    assert lower is not None
    instance = replay_worst_case(found.setting, lower)
    asked: list[tuple[list[Fraction], Any]] = []

    def noting(rule: Rule) -> Rule:
        return lambda v: asked.append((v, rule(v))) or asked[-1][1]

    V = LyapunovFunction(found.setting, upper, agents=instance.problem.agents)
    rules = [noting(rule) for rule in instance.compressors]
    method_, start = found.setting.method, instance.start
    run = simulate_exactly(method_, instance.problem, rules, steps=6, start=start, lyapunov=V)
    assert run.measures[0] > 0
    for series in (run.measures, run.V):
        assert all(later == lower.growth**2 * now for now, later in pairwise(series))
    assert lower.rate <= lower.growth**2 <= upper.rate
    assert len(asked) == 6 * instance.problem.n_agents
    assert any(message != v for v, message in asked)
    assert all(error(v, message) <= (1 - alpha) * square(v) for v, message in asked)
    elsewhere = [Fraction(1)] * instance.problem.dimension
    assert all(rule(elsewhere) == elsewhere for rule in instance.compressors)


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_a_compressor_that_loses_more_than_it_says_is_noticed(method: str) -> None:
    """The checks can fail: C(v) = 3/2 v has alpha = 3/4, and one hundredth more is too much to claim."""
    agent = AgentType(L=1, mu=Fraction(1, 4))
    for claimed, kept in ((Fraction(3, 4), True), (Fraction(76, 100), False)):
        found = certified(method, (agent,), claimed)
        problem = RationalQuadratic(as_fractions([[[agent.mu]]]), as_fractions([[0]]), (agent,))
        V = LyapunovFunction(found.setting, upper_of(found))
        run = simulate_exactly(
            found.setting.method, problem, Overshoot(Fraction(1, 2)), steps=12, start=[1], lyapunov=V
        )
        assert all(later <= upper_of(found).rate * now for now, later in pairwise(run.V)) == kept


def test_an_exact_certificate_is_attained_to_the_last_digit() -> None:
    """Equal agents, everything rational: V+ = rate V with the rate that is proved from above."""
    found = certify("ef21", AgentType(L=7, mu=2, count=3), alpha=Fraction(15, 16), exact=True)
    upper = upper_of(found)
    assert found.certificate is not None
    assert found.certificate.lower is not None
    instance = replay_worst_case(found.setting, found.certificate.lower)
    V = LyapunovFunction(found.setting, upper, agents=instance.problem.agents)
    run = simulate_exactly(
        found.setting.method, instance.problem, instance.compressors, steps=20, start=instance.start, lyapunov=V
    )
    assert upper.rate == Fraction(9, 16)
    assert list(run.V) == [upper.rate**t * run.V[0] for t in range(21)]
