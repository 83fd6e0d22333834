import random
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eftheory.exact import negative_direction
from eftheory.exact.number import cleared
from eftheory.exact.semidefinite import _round
from tests.kit.strategies import rationals


def ldl_is_semidefinite(matrix: list[list[Fraction]]) -> bool:
    """The oracle: symmetric elimination in fractions, from the first row on."""
    m = [list(row) for row in matrix]
    for k in range(len(m)):
        if m[k][k] < 0 or (m[k][k] == 0 and any(m[k][k:])):
            return False
        if m[k][k] == 0:
            continue
        for i in range(k + 1, len(m)):
            factor = m[i][k] / m[k][k]
            for j in range(k, len(m)):
                m[i][j] -= factor * m[k][j]
    return True


def symmetric(size: int, entries: list) -> list[list[Fraction]]:
    rows = [[Fraction(0)] * size for _ in range(size)]
    supply = iter(entries)
    for i in range(size):
        for j in range(i + 1):
            rows[i][j] = rows[j][i] = Fraction(next(supply))
    return rows


def gram(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    columns = list(zip(*rows))
    return [[sum((a * b for a, b in zip(p, q)), Fraction(0)) for q in columns] for p in columns]


@st.composite
def symmetric_matrices(draw):
    size = draw(st.integers(1, 6))
    entries = draw(st.lists(rationals(-4, 4, max_denominator=3), min_size=21, max_size=21))
    matrix = symmetric(size, entries)
    for i in range(size):
        matrix[i][i] += draw(st.integers(0, 9))  # so that both answers are frequent
    return matrix


@st.composite
def factors(draw):
    """Wide and tall rational matrices, also such that A^T A is singular."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    return draw(
        st.lists(st.lists(rationals(-5, 5, max_denominator=9), min_size=columns, max_size=columns),
                 min_size=rows, max_size=rows)
    )  # fmt: skip


@given(symmetric_matrices())
def test_agrees_with_elimination_in_fractions(matrix):
    assert (negative_direction(matrix) is None) == ldl_is_semidefinite(matrix)


@given(symmetric_matrices())
def test_agrees_with_eigenvalues_in_floats(matrix):
    least = np.linalg.eigvalsh(np.array(matrix, dtype=float))[0]
    assume(abs(least) > 1e-9)
    assert (negative_direction(matrix) is None) == (least > 0)


@given(factors())
def test_gram_matrices_are_semidefinite_singular_or_not(A):
    assert negative_direction(gram(A)) is None


@given(factors(), st.integers(0, 60))
def test_a_singular_gram_matrix_minus_the_least_rational_is_not(A, power):
    A = A[: max(1, len(A[0]) - 1)]  # fewer rows than columns
    assume(len(A) < len(A[0]))
    matrix = gram(A)
    for i in range(len(matrix)):
        matrix[i][i] -= Fraction(1, 10**power)
    assert negative_direction(matrix) is not None


@given(factors(), st.integers(0, 60))
def test_adding_the_least_rational_keeps_it_semidefinite(A, power):
    matrix = gram(A)
    for i in range(len(matrix)):
        matrix[i][i] += Fraction(1, 10**power)
    assert negative_direction(matrix) is None


@given(symmetric_matrices(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(matrix, random):
    order = list(range(len(matrix)))
    random.shuffle(order)
    shuffled = [[matrix[i][j] for j in order] for i in order]
    assert (negative_direction(shuffled) is None) == (negative_direction(matrix) is None)


@given(symmetric_matrices())
def test_the_row_returned_is_one_whose_removal_is_needed(matrix):
    """What elimination met is an honest row; with all rows removed in turn nothing is left."""
    rows = list(range(len(matrix)))
    while (found := negative_direction([[matrix[i][j] for j in rows] for i in rows])) is not None:
        assert 0 <= found < len(rows)
        rows.pop(found)
    assert ldl_is_semidefinite([[matrix[i][j] for j in rows] for i in rows])


@given(symmetric_matrices())
def test_the_matrix_is_not_changed(matrix):
    copy = [list(row) for row in matrix]
    negative_direction(matrix)
    assert matrix == copy


def hard_matrix(rng: random.Random) -> list[list[Fraction]]:
    """Gram matrices of few or many vectors, sparse, with rows of very unequal size or kernels of long numbers, moved by
    a little, to either side, in one entry, or in one direction of the kernel or nearly so."""
    size, rank, bits = rng.randint(1, 11), rng.randint(1, 11), rng.choice((2, 8, 40))
    scales = [Fraction(2) ** rng.choice((0, 0, rng.randint(-60, 60))) for _ in range(size)]
    full, width = rng.random(), 2**bits

    def entry() -> Fraction:
        return Fraction(rng.randint(-width, width), rng.randint(1, width)) if rng.random() < full else Fraction(0)

    matrix = gram([[entry() * scale for scale in scales] for _ in range(rank)])
    move = rng.choice((0, 1, 1, -1, -1)) * Fraction(1, 2 ** rng.choice((1, 30, 100, 300, 1000)))
    i, j = rng.randrange(size), rng.randrange(size)
    if rng.random() < 0.6:
        matrix[i][i] += move * scales[i] ** 2
    else:
        matrix[i][j] += move
        matrix[j][i] = matrix[i][j]
    if rng.random() < 0.2:  # what is nearly negative elsewhere does not help
        matrix = [[value + (k == m == i) for m, value in enumerate(row)] for k, row in enumerate(matrix)]
    return matrix


def test_nothing_is_accepted_that_is_not_semidefinite_and_nothing_else_is_refused():
    rng, found = random.Random(5), Counter()
    for _ in range(100):
        matrix = hard_matrix(rng)
        direction = negative_direction(matrix)
        assert (direction is None) == ldl_is_semidefinite(matrix)
        found[direction is None] += 1
    assert min(found.values()) > 10


@pytest.mark.parametrize("size", [14, 24])
@pytest.mark.parametrize("power", [0, 60, 400])
def test_large_singular_matrices_and_their_neighbours(size, power):
    """As checks have them: full, of half the rank; minus the least in a direction of the kernel they are not."""
    rng = random.Random(size)
    A = [[Fraction(rng.randint(-9, 9), rng.randint(1, 9)) for _ in range(size)] for _ in range(size // 2)]
    matrix = gram(A)
    assert negative_direction(matrix) is None
    matrix[-1][-1] -= Fraction(1, 10**power)
    assert negative_direction(matrix) is not None
    matrix[-1][-1] += Fraction(2, 10**power)
    assert negative_direction(matrix) is None


def test_rounding_is_never_in_favour():
    """With numbers of very few bits, too, nothing is accepted wrongly: precision decides how often."""
    rng = random.Random(6)
    for _ in range(40):
        matrix = hard_matrix(rng)
        _, entries = cleared({(i, j): value for i, row in enumerate(matrix) for j, value in enumerate(row)})
        rows = [[entries[i, j] for j in range(len(matrix))] for i in range(len(matrix))]
        for bits in (3, 6, 12, 24, 48):
            complete, left_out = _round(rows, bits)
            exactly = all(not any(times(matrix, k)) for _, k in left_out)
            assert ldl_is_semidefinite(matrix) or not (complete and exactly)


def times(matrix: list[list[Fraction]], k: dict[int, Fraction]) -> list[Fraction]:
    return [sum((row[i] * factor for i, factor in k.items()), Fraction(0)) for row in matrix]


@pytest.mark.parametrize(
    ("rows", "semidefinite"),
    [
        ([], True),
        ([[0]], True),
        ([[-1]], False),
        ([[0, 0], [0, 0]], True),
        ([[0, 1], [1, 5]], False),
        ([[5, 1], [1, 0]], False),
        ([[1, 1], [1, 1]], True),
        ([[0, 0, 0], [0, 1, 2], [0, 2, 4]], True),
        ([[1, 1, 0], [1, 1, 1], [0, 1, 1]], False),  # a zero pivot with a neighbour, met late
        ([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]], True),
    ],
)
def test_examples(rows, semidefinite):
    matrix = [[Fraction(x) for x in row] for row in rows]
    assert (negative_direction(matrix) is None) == semidefinite


@pytest.mark.parametrize(
    "rows", [[[1, 2]], [[1, 2], [3, 1]], [[1], [1]], [[1, 0, 0], [0, 1, 0]], [[1, 0], [0, 1], [0, 0]]]
)
def test_only_square_symmetric_matrices_are_judged(rows):
    with pytest.raises((ValueError, IndexError), match=r"symmetric|range"):
        negative_direction([[Fraction(x) for x in row] for row in rows])
