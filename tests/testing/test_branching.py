"""Listed laws of random draws are the exact ones."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.testing.branching import NotEnumerableError, enumerate_runs

SMALL = st.integers(1, 4)
SHARES = st.fractions(0, 1, max_denominator=12)


def law(run, **options):
    """Each result with the sum of its probabilities."""
    found = defaultdict(Fraction)
    for probability, result in enumerate_runs(run, **options):
        assert probability > 0
        found[plain(result)] += probability
    assert sum(found.values()) == 1
    return dict(found)


def plain(result):
    if isinstance(result, (np.ndarray, np.generic)):
        result = result.tolist()
    return tuple(map(plain, result)) if isinstance(result, (list, tuple)) else result


def coins(probabilities):
    """The law of independent coins."""
    return {
        sides: math.prod((p if side else 1 - p for p, side in zip(probabilities, sides)), start=Fraction(1))
        for sides in itertools.product((True, False), repeat=len(probabilities))
        if all(p if side else 1 - p for p, side in zip(probabilities, sides))
    }


@given(st.lists(SHARES, min_size=1, max_size=4))
def test_random_compared_with_shares(shares):
    assert law(lambda rng: rng.random(len(shares)) < np.array(shares)) == coins(shares)


@given(st.lists(SHARES, min_size=1, max_size=3))
def test_binomial_of_one(shares):
    whole = {tuple(map(int, sides)): p for sides, p in coins(shares).items()}
    assert law(lambda rng: rng.binomial(1, np.array(shares))) == whole


@given(SHARES)
def test_binomial_of_one_share(share):
    expected = {(side,): p for (side,), p in coins([share]).items()}
    assert law(lambda rng: (bool(rng.binomial(1, share)),)) == expected
    assert law(lambda rng: rng.binomial(1, share, size=2) > 0) == coins([share, share])


@given(st.fractions(-3, 3, max_denominator=8), st.fractions(-3, 3, max_denominator=8), SHARES)
def test_uniform_between(low, high, share):
    low, high = min(low, high), max(low, high) + 1
    t = low + share * (high - low)
    expected = {side: p for (side,), p in coins([share]).items()}
    assert law(lambda rng: bool(rng.uniform(low, high) < t)) == expected
    assert law(lambda rng: bool(t > rng.uniform(low, high))) == expected
    assert law(lambda rng: not rng.uniform(low, high) >= t) == expected


@given(st.fractions(-5, 5, max_denominator=9).filter(bool), st.fractions(-5, 5, max_denominator=9))
def test_floors_of_lines(slope, offset):
    ends = sorted((offset, slope + offset))
    cells = range(math.floor(ends[0]), math.ceil(ends[1]))
    expected = {n: (min(ends[1], n + 1) - max(ends[0], n)) / abs(slope) for n in cells}
    assert law(lambda rng: math.floor(slope * rng.random() + offset)) == expected
    assert law(lambda rng: math.floor(offset - rng.random() * -slope)) == expected
    assert law(lambda rng: np.floor(rng.random(1) / (1 / slope) + offset)) == {(n,): p for n, p in expected.items()}


@given(st.lists(SHARES, min_size=1, max_size=5))
def test_one_uniform_compared_again_and_again(cuts):
    def run(rng):
        u = rng.random()
        return sum(bool(cut <= u) for cut in cuts)

    ends = [Fraction(0), *sorted(cuts), Fraction(1)]
    expected = {count: b - a for count, (a, b) in enumerate(itertools.pairwise(ends)) if b > a}
    assert law(run) == expected


def test_infinite_bounds():
    assert law(lambda rng: (rng.random() < math.inf, rng.random() > -math.inf, rng.random() < -math.inf)) == {
        (True, True, False): 1
    }


@given(st.integers(-3, 3), SMALL, st.booleans())
def test_integers(low, width, endpoint):
    values = range(low, low + width + endpoint)
    assert law(lambda rng: rng.integers(low, low + width, endpoint=endpoint)) == {
        value: Fraction(1, len(values)) for value in values
    }
    assert law(lambda rng: rng.integers(width, size=2)) == {
        pair: Fraction(1, width**2) for pair in itertools.product(range(width), repeat=2)
    }


def test_integers_keep_their_dtype():
    for _, drawn in enumerate_runs(lambda rng: rng.integers(0, 2, size=2, dtype=np.int8)):
        assert drawn.dtype == np.int8


@given(SMALL)
def test_permutations(d):
    equally = {order: Fraction(1, math.factorial(d)) for order in itertools.permutations(range(d))}

    def shuffled(rng):
        values = list(range(d))
        rng.shuffle(values)
        return values

    def shuffled_array(rng):
        values = np.arange(d)
        rng.shuffle(values)
        return values

    assert law(lambda rng: rng.permutation(d)) == equally
    assert law(lambda rng: rng.permutation(np.arange(d))) == equally
    assert law(lambda rng: rng.permuted(np.arange(d))) == equally
    assert law(shuffled) == equally
    assert law(shuffled_array) == equally


def test_permuted_rows_are_independent():
    found = law(lambda rng: rng.permuted(np.arange(4).reshape(2, 2), axis=1))
    assert found == {rows: Fraction(1, 4) for rows in itertools.product(((0, 1), (1, 0)), ((2, 3), (3, 2)))}
    assert len(law(lambda rng: rng.permutation(np.arange(6).reshape(3, 2)))) == 6


@given(SMALL, st.data())
def test_choice_without_replacement(d, data):
    k = data.draw(st.integers(1, d))
    expected = {order: Fraction(1, math.perm(d, k)) for order in itertools.permutations(range(d), k)}
    assert law(lambda rng: rng.choice(d, k, replace=False)) == expected


@given(st.lists(st.integers(0, 5), min_size=1, max_size=4).filter(any))
def test_choice_by_weights(weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    expected = {j: share for j, share in enumerate(shares) if share}
    assert law(lambda rng: rng.choice(len(shares), p=shares)) == expected
    pairs = {(i, j): expected[i] * expected[j] for i in expected for j in expected}
    assert law(lambda rng: rng.choice(len(shares), 2, p=shares)) == pairs


def test_choice_of_too_many_is_refused_as_numpy_does():
    with pytest.raises(ValueError, match="larger sample"):
        enumerate_runs(lambda rng: rng.choice(2, 3, replace=False))


@pytest.mark.parametrize(
    "run",
    [
        lambda rng: plain(rng.choice(3, 2, replace=False)),
        lambda rng: plain(rng.permutation(3)),
        lambda rng: plain(rng.random(2) < 0.3),
        lambda rng: math.floor(rng.uniform(-1, 2)),
        lambda rng: plain(rng.integers(1, 4, size=2)),
        lambda rng: int(rng.choice(3, p=[0.5, 0.25, 0.25])),
        lambda rng: plain(rng.binomial(1, [0.2, 0.9])),
    ],
    ids=["choice", "permutation", "random", "uniform", "integers", "weights", "binomial"],
)
def test_numpy_agrees(run):
    draws, rng = 8000, np.random.default_rng(3)
    seen = defaultdict(int)
    for _ in range(draws):
        seen[run(rng)] += 1
    found = law(run)
    assert set(seen) <= set(found)
    for result, p in found.items():
        assert abs(seen[result] / draws - p) < 5 * math.sqrt(p * (1 - p) / draws)


@given(st.lists(SHARES, min_size=1, max_size=3))
def test_default_rng_passes_it_through(shares):
    assert law(lambda rng: np.random.default_rng(rng).random(len(shares)) < np.array(shares)) == coins(shares)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (lambda rng: rng.normal(), "Generator.normal has no finite list"),
        (lambda rng: rng.standard_normal(2), "Generator.standard_normal"),
        (lambda rng: rng.bit_generator, "Generator.bit_generator"),
        (lambda rng: rng.spawn(1), "Generator.spawn"),
        (lambda rng: rng.random() < rng.random(), "with each other"),
        (lambda rng: rng.random() + rng.random(), "with each other"),
        (lambda rng: np.sort(rng.random(2)), "with each other"),
        (lambda rng: rng.random() * rng.random(2), "with each other"),
        (lambda rng: float(rng.random()), "used as a number"),
        (lambda rng: rng.random(2).astype(np.float32), "used as a number"),
        (lambda rng: abs(rng.random() - 0.5), "used as a number"),
        (lambda rng: rng.random() == 0.5, "used as a number"),
        (lambda rng: round(rng.random()), "used as a number"),
        (lambda rng: int(rng.random()), "used as a number"),
        (lambda rng: rng.random(out=np.empty(2)), "out="),
        (lambda rng: rng.uniform(np.zeros(2), 1), "with each other"),
        (lambda rng: rng.binomial(2, 0.5), "n=1 only"),
        (lambda rng: rng.choice(3, 2, replace=False, p=[0.5, 0.25, 0.25]), "equal probabilities"),
    ],
)
def test_refusals(run, words):
    with pytest.raises(NotEnumerableError, match=words):
        enumerate_runs(run)


def test_limit():
    assert len(enumerate_runs(lambda rng: rng.integers(6), limit=6)) == 6
    with pytest.raises(NotEnumerableError, match="more than 5 ways"):
        enumerate_runs(lambda rng: rng.integers(6), limit=5)


def test_other_randomness_is_noticed():
    calls = itertools.count()
    with pytest.raises(NotEnumerableError, match="another source"):
        enumerate_runs(lambda rng: rng.integers(3 if next(calls) == 0 else 1))


def test_no_draw_is_one_run():
    assert enumerate_runs(lambda rng: "nothing") == [(1, "nothing")]


def test_a_uniform_is_not_hashed():
    with pytest.raises(TypeError, match="unhashable"):
        enumerate_runs(lambda rng: {rng.random()})
