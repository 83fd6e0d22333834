"""The clock: exact where nothing is random, right on average where coins fall; the queue of events agrees with it."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import laws
from eftheory.compressors import PermK, RandK
from eftheory.methods.m3 import M3
from eftheory.methods.marina import Marina
from eftheory.methods.marina_p import MarinaP
from eftheory.simulate import NumericWorld
from eftheory.simulate.clock import Compute, Receive, Send, Speeds, agent_seconds, ends_of_rounds, wait_for_first
from eftheory.simulate.problems import Quadratic

F = Fraction
TASK = {"L": F(3), "delta": F(7), "accuracy": F(1, 5), "d": 12}
H, KAPPA, KAPPA_UP = F(5, 7), F(1, 3), F(1, 11)
N = 4
DETERMINISTIC = [
    laws.ef21_complexity(**TASK, L_tilde=4, k=3),
    laws.ef21_p_complexity(**TASK, k=5),
    laws.marina_p_complexity(**TASK, L_A=0, n=1, variance=F(8)),
]


def phases_of(complexity):
    return [Receive(complexity.down), Compute(complexity.samples), Send(complexity.up)]


@pytest.mark.parametrize("complexity", DETERMINISTIC)
@pytest.mark.parametrize("n", [1, 5])
def test_it_is_exact_where_nothing_is_random(complexity, n):
    speeds = Speeds(sample=H, up=KAPPA_UP, down=KAPPA)
    ends = ends_of_rounds(phases_of(complexity), speeds, rounds=complexity.steps, n_agents=n)
    assert ends[-1] == complexity.seconds(H, KAPPA, kappa_up=KAPPA_UP)


class Heard(NumericWorld):
    """Notes how its coins fall."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fallen = []

    def coin(self, chance):
        self.fallen.append(super().coin(chance))
        return self.fallen[-1]


def coins_of(method, compressor, rounds):
    """How the coins of a run fall, of shape (rounds, coins of a round)."""
    problem = Quadratic.of_spectra([[1.0] * TASK["d"]] * N)
    world = Heard(problem, compressor, rng=np.random.default_rng(5))
    state = method.start(world, np.ones(TASK["d"]))
    for _ in range(rounds):
        state = method.step(world, *state)
    return np.reshape(world.fallen, (rounds, -1))


CONSTANTS = {"L_max": 4, "L_A": F(1, 3), "L_B": 2, "n": N}
RANDOM = {
    "marina": (Marina(0.1, 1 / 4), RandK(3, scaled=True), laws.marina_complexity(**TASK, L_tilde=4, n=N, k=3)),
    "marina_p": (MarinaP(0.1, 1 / N), PermK(N), laws.marina_p_complexity(**TASK, L_A=0, n=N)),
    "m3": (M3(0.1, 0.5, 1 / N, 1 / N), PermK(N), laws.m3_complexity(**TASK, **CONSTANTS)),
}


@pytest.mark.parametrize("name", RANDOM)
def test_it_is_right_on_average_where_coins_fall(name):
    """Within five standard errors of what is expected: a right clock fails about once in a million draws."""
    (method, compressor, complexity), rounds, d = RANDOM[name], 2000, TASK["d"]
    coins, parts = coins_of(method, compressor, rounds), d // N
    sent = np.where(coins > 0, parts, d)[:, :, None]
    down = d if name == "marina" else sent[:, 0]
    up = d if name == "marina_p" else sent[:, -1]
    speeds = Speeds(sample=float(H), up=float(KAPPA_UP), down=float(KAPPA))
    ends = ends_of_rounds([Receive(down), Compute(1), Send(up)], speeds, rounds=rounds, n_agents=N)
    each = np.diff(ends, prepend=0)
    expected = float(complexity.seconds(H, KAPPA, kappa_up=KAPPA_UP) / complexity.steps)
    assert each.std() > 0
    assert abs(each.mean() - expected) <= 5 * each.std() / np.sqrt(rounds)


seconds = st.floats(0, 10)
per_agent = st.lists(seconds, min_size=5, max_size=5)


@given(sample=per_agent, up=per_agent, latency=per_agent, seed=st.integers(0, 1000))
@settings(max_examples=50)
def test_waiting_for_all_is_the_closed_form_to_the_last_bit(sample, up, latency, seed):
    draw = np.random.default_rng(seed)
    speeds = Speeds(sample=sample, up=up, down=draw.random(5), latency_up=latency, latency_down=0.1)
    phases = [
        Receive(draw.integers(0, 9, (30, 1))),
        Compute(draw.integers(0, 9, (30, 5))),
        Send(draw.integers(0, 9, 5)),
    ]
    shape = {"rounds": 30, "n_agents": 5}
    waited = wait_for_first(5, phases, speeds, **shape)
    assert waited.ends.tolist() == ends_of_rounds(phases, speeds, **shape).tolist()
    assert waited.counted.all()


@given(m=st.integers(1, 5), seed=st.integers(0, 1000))
@settings(max_examples=50)
def test_in_every_round_the_first_m_are_counted(m, seed):
    draw = np.random.default_rng(seed)
    phases, speeds = [Compute(draw.integers(1, 9, (40, 5))), Send(2)], Speeds(sample=draw.random(5), up=0.1)
    shape = {"rounds": 40, "n_agents": 5}
    waited, all_of_them = (wait_for_first(each, phases, speeds, **shape) for each in (m, 5))
    assert (waited.counted.sum(axis=1) == m).all()
    assert (np.diff(waited.ends) >= 0).all()
    assert waited.ends[0] == np.sort(agent_seconds(phases, speeds, **shape)[0])[m - 1]
    if m == 1:
        assert waited.ends[-1] <= all_of_them.ends[-1]


def test_a_late_agent_finishes_what_it_has_begun():
    """Agent 1 needs 5 seconds: at second 5 it is late for round 0 and begins round 2, at 10 it begins round 3."""
    waited = wait_for_first(1, [Compute([[2, 5]] * 3 + [[20, 1]] * 2)], Speeds(sample=1, up=0), rounds=5, n_agents=2)
    assert waited.ends.tolist() == [2, 4, 6, 11, 12]
    assert waited.counted[:, 1].tolist() == [False, False, False, True, True]


def test_random_computations_take_as_long_as_they_do_on_average():
    """The mean of 4000 rounds of one agent, within five standard errors."""
    factors = lambda rng, n: rng.exponential(size=n)  # noqa: E731
    phases, speeds = [Receive(3), Compute(2), Send(1)], Speeds(sample=0.5, up=0.25)
    waited = wait_for_first(1, phases, speeds, rounds=4000, n_agents=1, factors=factors)
    each = np.diff(waited.ends, prepend=0)
    assert each.min() >= 1
    assert abs(each.mean() - 2) <= 5 * each.std() / np.sqrt(4000)


def test_waiting_for_fewer_of_random_agents_is_faster():
    factors = lambda rng, n: rng.exponential(size=n)  # noqa: E731
    ends = [
        wait_for_first(m, [Compute(1)], Speeds(1.0, 0), rounds=300, n_agents=8, factors=factors).ends[-1]
        for m in (2, 4, 8)
    ]
    assert ends == sorted(ends)
    assert ends[0] < ends[2] / 2


def test_an_empty_message_has_no_latency():
    speeds = Speeds(sample=1, up=1, latency_up=7, latency_down=5)
    needed = agent_seconds([Receive([0, 1]), Send([2, 0])], speeds, rounds=1, n_agents=2)
    assert needed.tolist() == [[9, 6]]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: Speeds(sample=-1, up=0), "sample=-1: seconds are finite and not negative"),
        (lambda: Speeds(sample=1, up=[1.0, float("nan")]), "up=nan: seconds"),
        (lambda: Speeds(sample=1, up=[[1.0]]), "up=an array of shape"),
        (lambda: ends_of_rounds([], Speeds(1, 1), rounds=1, n_agents=1), "0 phases, 1 rounds"),
        (lambda: ends_of_rounds([Send(-1)], Speeds(1, 1), rounds=1, n_agents=1), "Send: counts of samples"),
        (lambda: ends_of_rounds([Send([1, 2])], Speeds(1, 1), rounds=1, n_agents=3), r"counts of shape \(2,\)"),
        (lambda: ends_of_rounds([Send(1)], Speeds(1, [1, 2]), rounds=1, n_agents=3), "at speeds for 2 agents"),
        (lambda: wait_for_first(0, [Send(1)], Speeds(1, 1), rounds=1, n_agents=2), "m=0: the server waits"),
        (lambda: wait_for_first(3, [Send(1)], Speeds(1, 1), rounds=1, n_agents=2), "from 1 to 2"),
        (
            lambda: wait_for_first(
                1, [Compute(1)], Speeds(1, 1), rounds=1, n_agents=2, factors=lambda rng, n: -np.ones(n)
            ),
            "factors: -1.0 was drawn",
        ),
    ],
)
def test_what_is_refused(ask, message):
    with pytest.raises(ValueError, match=message):
        ask()
