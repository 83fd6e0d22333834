"""The AB identity of PermK, exactly, over all permutations."""

from fractions import Fraction
from random import Random

import pytest

from eftheory.compressors.perm_k import PermK

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
