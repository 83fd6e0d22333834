"""Choices of teams, messages and minibatches: what they promise is what the theorems say, and they are good ones."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.laws.teams import m3_minibatch_complexity, m3_variance_reduced_complexity, marina_p_repeated_complexity
from eftheory.laws.time_complexity import lower_bound_formula, m3_complexity, marina_p_complexity, team_sizes
from eftheory.theory.calculators import CALCULATORS

F = Fraction
sizes = st.integers(0, 12).map(lambda power: 2**power)
numbers = st.fractions(F(1, 100), F(100), max_denominator=100)
small = st.fractions(F(0), F(2), max_denominator=50)
common = {"L": numbers, "L_A": small, "delta": numbers, "accuracy": numbers, "variance": st.just(F(0)) | numbers}
speeds = {"h": small, "kappa": small, "kappa_up": st.none() | small}
tasks = st.fixed_dictionaries({**common, **speeds, "d": sizes, "n": sizes})


def seconds(found, task):
    return found.seconds(task["h"], task["kappa"], kappa_up=task["kappa_up"])


def deviation(task):
    """The root of the variance, from below: in the theorems it is squared."""
    sigma = F(round(float(task["variance"]) ** 0.5 * 10**6), 10**6)
    while sigma**2 > task["variance"]:
        sigma -= F(1, 10**6)
    return sigma


@given(task=tasks, k=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_repeated_messages_keep_what_the_theorem_says(task, k):
    k = min(k, task["d"])
    found = marina_p_repeated_complexity(**task, k=k)
    assert found.up == found.repeats * k
    assert task["n"] % found.team == task["d"] % found.team == 0
    numbers = {name: task[name] for name in ("d", "n", "L", "L_A", "delta", "accuracy")}
    numbers |= {"team": found.team, "repeats": found.repeats, "batch": found.samples, "k": k, "T": found.steps}
    answer = CALCULATORS["marina_p_repeated"].ask({**numbers, "sigma": deviation(task)}, step_size=found.step_size)
    assert answer["bound"] <= task["accuracy"]
    assert (answer["up"], answer["down"]) == (found.up, found.down)


@given(task=tasks, more=small)
@settings(max_examples=60, deadline=None)
def test_m3_with_minibatches_keeps_what_the_theorem_says(task, more):
    L_max = task["L"] + more
    found = m3_minibatch_complexity(**task, L_max=L_max)
    numbers = {name: task[name] for name in ("d", "n", "L", "L_A", "delta", "accuracy")}
    numbers |= {"L_max": L_max, "team": found.team, "batch": found.samples, "r": found.part, "T": found.steps}
    answer = CALCULATORS["m3_minibatch"].ask({**numbers, "sigma": deviation(task)}, step_size=found.step_size)
    assert answer["bound"] <= task["accuracy"]
    assert (answer["up"], answer["down"]) == (found.up, found.down)


@given(task=tasks, more=small, L_sample=small)
@settings(max_examples=60, deadline=None)
def test_m3_with_variance_reduction_keeps_what_the_theorem_says(task, more, L_sample):
    L_max = task["L"] + more
    found = m3_variance_reduced_complexity(**task, L_max=L_max, L_sample=L_sample)
    numbers = {name: task[name] for name in ("d", "n", "L", "L_A", "delta", "accuracy")}
    B, b = max(1, ceil(4 * task["variance"] / (task["n"] * task["accuracy"]))), max(1, ceil((L_sample / L_max) ** 2))
    assert found.samples >= (2 * b if found.part < 1 else 0) + found.part * B
    numbers |= {"L_max": L_max, "L_sample": L_sample, "team": found.team, "r": found.part, "T": found.steps}
    answer = CALCULATORS["m3_variance_reduced"].ask(
        {**numbers, "batch": B, "changes": b, "sigma": deviation(task)}, step_size=found.step_size
    )
    assert answer["bound"] <= task["accuracy"]
    assert (answer["up"], answer["down"]) == (found.up, found.down)


def test_variance_reduction_is_faster_where_there_is_much_noise():
    """It needs a sample for each of the n agents where minibatches need one for each of q."""
    task = {"L": 1, "L_max": 1, "L_A": 0, "delta": 1, "accuracy": F(1, 100), "d": 4096, "n": 4096}
    speeds = {"h": F(1), "kappa": F(1, 100)}
    times = []
    for law, more in ((m3_minibatch_complexity, {}), (m3_variance_reduced_complexity, {"L_sample": 1})):
        found = law(**task, **speeds, **more, variance=F(10**4))
        times.append(found.seconds(speeds["h"], speeds["kappa"]))
    assert times[0] > 5 * times[1]


@given(task=tasks, L_B=small, more=small)
@settings(max_examples=40, deadline=None)
def test_no_choice_of_m3_is_worse_than_gradient_descent_or_what_is_published(task, L_B, more):
    numbers = {name: task[name] for name in ("L", "L_A", "delta", "accuracy", "d", "n")}
    numbers |= {"L_B": L_B, "L_max": task["L"] + more}
    found = seconds(m3_complexity(**numbers, **{name: task[name] for name in speeds}), task)
    alone = m3_complexity(**{**numbers, "n": 1})
    assert found <= seconds(alone, task)
    if task["d"] % task["n"] == 0:
        assert found <= seconds(m3_complexity(**numbers), task)


def test_m3_is_80_times_faster_than_as_published():
    """In between gradients that cost little and gradients that cost much."""
    n = d = 4096
    task = {"L": 1, "L_max": 1, "L_A": F(1, n), "L_B": 1, "delta": 1, "accuracy": F(1, 1000), "d": d, "n": n}
    kappa, h = F(1, d), F(1, 10)
    published = m3_complexity(**task).seconds(h, kappa)
    chosen = m3_complexity(**task, h=h, kappa=kappa).seconds(h, kappa)
    descent = m3_complexity(**{**task, "n": 1}).seconds(h, kappa)
    assert published > 80 * chosen
    assert published > 35 * descent
    assert descent > 2 * chosen


@pytest.mark.parametrize("K", [1, 2, 5])
def test_repeated_messages_beat_the_lower_bound_at_equal_speeds_where_it_is_proved(K):
    """At the point that `marina_p_repeated_beats` names."""
    Q, h, L, delta = 100 * (1 + K), F(3), F(2), F(7)
    task = {"L": L, "delta": delta, "accuracy": L * delta / 2, "d": Q**2, "n": 4 * Q**3}
    variance, kappa = F(Q**2, 2) * task["accuracy"], h / Q
    found = marina_p_repeated_complexity(**task, L_A=L / (2 * Q), variance=variance, h=h, kappa=kappa)
    bound = lower_bound_formula(h, kappa, **task, variance=variance)
    assert K * found.seconds(h, kappa) <= bound


@pytest.mark.parametrize("K", [1, 2])
def test_m3_with_minibatches_beats_the_lower_bound_at_equal_speeds_where_it_is_proved(K):
    """At the point that `m3_minibatch_beats` names."""
    Q, h, L, delta = 4920 * (1 + K), F(3), F(2), F(7)
    task = {"L": L, "delta": delta, "accuracy": L * delta / 2, "d": Q**2, "n": Q**3}
    variance, kappa = F(Q, 24) * task["accuracy"], h / Q
    found = m3_minibatch_complexity(**task, L_max=L, L_A=L / (2 * Q), variance=variance, h=h, kappa=kappa)
    bound = lower_bound_formula(h, kappa, **task, variance=variance)
    assert K * found.seconds(h, kappa) <= bound


def test_both_terms_shrink_with_the_agents_where_the_lower_bounds_does_not():
    """One function that is nearly quadratic: a thousand times as many agents make it more than three times as fast."""
    task = {"L": 1, "delta": 1, "accuracy": 1, "variance": 10**4, "d": 10**6}
    h, kappa = F(1), F(1, 1000)
    times = []
    for n in (10**4, 10**5, 10**6):
        found = marina_p_repeated_complexity(**task, L_A=F(1, n), n=n, h=h, kappa=kappa)
        times.append(found.seconds(h, kappa))
        assert lower_bound_formula(h, kappa, **task, n=n) > 1000
    assert times[0] > 2 * times[1] > 4 * times[2]
    synchronous = marina_p_complexity(**task, L_A=1, n=1).seconds(h, kappa)
    assert synchronous > 5 * times[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"L_A": -1}, "L_A=-1: it must not be negative"),
        ({"h": -1}, "h=-1: it must not be negative"),
        ({"n": 0}, "n=0: it must be positive"),
        ({"k": 9}, "k=9, d=8: of d coordinates at most d are sent"),
    ],
)
def test_what_is_refused(change, message):
    task = {"L": 1, "L_A": 1, "delta": 1, "accuracy": 1, "variance": 1, "d": 8, "n": 4, "h": 1, "kappa": 1}
    with pytest.raises(ValueError, match=message):
        marina_p_repeated_complexity(**{**task, **change})


def test_a_choice_needs_both_speeds():
    with pytest.raises(ValueError, match="but not h: a choice needs the seconds for a gradient"):
        m3_complexity(L=1, L_max=1, L_A=0, L_B=1, delta=1, accuracy=1, d=8, n=8, kappa=1)


@given(n=st.integers(1, 500), d=st.integers(1, 500))
def test_teams_divide_agents_and_coordinates(n, d):
    assert team_sizes(n, d) == [q for q in range(1, n + 1) if n % q == d % q == 0]
