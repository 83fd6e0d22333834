"""The AB identity of PermK, exactly, over all permutations; and the hypotheses of its theorem."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from eftheory.compressors.perm_k import PermK
from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.values import check_claims, check_round

SIZES = [(2, 2), (2, 4), (3, 3), (2, 6), (3, 6), (4, 2), (6, 3), (6, 2), (5, 5)]


@pytest.mark.parametrize(("n", "d"), SIZES)
def test_perm_k(n, d):
    random = Random(n + 100 * d)
    a = [[Fraction(random.randint(-9, 9), random.randint(1, 5)) for _ in range(d)] for _ in range(n)]
    t = Fraction(1, min(n, d))
    A = (1 / t - 1) / (n - 1)
    error, own = [Fraction(0)] * d, [[Fraction(0)] * d for _ in range(n)]
    both = [Fraction(0)] * d
    total = Fraction(0)
    for probability, messages in PermK(n).outcomes_jointly(a):
        total += probability
        for j in range(d):
            kept = [bool(messages[i][j]) or not a[i][j] for i in range(n)]
            error[j] += probability * (sum(m[j] for m in messages) / n - sum(v[j] for v in a) / n) ** 2
            for i in range(n):
                own[i][j] += probability * (messages[i][j] - a[i][j]) ** 2
            both[j] += probability * (kept[0] and kept[1])
    assert total == 1
    for j in range(d):
        mean, squares = sum(v[j] for v in a) / n, sum(v[j] ** 2 for v in a) / n
        assert error[j] == A * (squares - mean**2)
        assert all(own[i][j] == (1 / t - 1) * a[i][j] ** 2 for i in range(n))
        if a[0][j] and a[1][j]:
            assert both[j] == t * (n * t - 1) / (n - 1)


@pytest.mark.parametrize(("n", "d"), SIZES)
def test_a_common_vector_arrives_without_error(n, d):
    v = [Fraction(j + 1) for j in range(d)]
    for _, messages in PermK(n).outcomes_jointly([v] * n):
        assert [sum(m[j] for m in messages) / n for j in range(d)] == v


@pytest.mark.parametrize(("n", "d"), SIZES)
def test_it_deals_out_coordinates_as_its_theorem_asks(n, d):
    draw, t = np.random.default_rng(n + 100 * d), 1 / min(n, d)
    a, v = draw.uniform(1, 2, size=(n, d)), draw.uniform(1, 2, size=d)
    chances, sent = zip(*PermK(n).outcomes_jointly([[Fraction(x) for x in row] for row in a]))
    same, common = zip(*PermK(n).outcomes_jointly([[Fraction(x) for x in v]] * n))
    assert chances == same
    env = {"n": n, "d": d, "t": t, "q": t * (n * t - 1) / (n - 1), "a_i": a, "v": v}
    env |= {"b_i": t * np.array(sent, dtype=float), "k_i": t * np.array(common, dtype=float)}
    env["probabilities"] = np.array(chances, dtype=float)
    check_round(packaged_theorem("perm_k"), env)
    check_claims(packaged_theorem("perm_k"), env, at_least=6)
