"""Smoothness constants that are proved from the data, not estimated.

A loss with curvature between 0 and c, taken at <a_j, x> and averaged over N rows a_j of A, plus
lambda/2 ||x||^2, has a Hessian between lambda I and c A^T A / N + lambda I. So L is a smoothness
constant if (L - lambda) I - c A^T A / N is positive semidefinite. Floats propose an L; whether it is
one is decided in integers, on the data themselves: a float is a rational number.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from scipy.sparse import csr_array, issparse

from eftheory.algebra.rounding import round_up
from eftheory.assumptions.validation import exact
from eftheory.exact import negative_direction

Array = np.ndarray

LARGEST = 2**10
"""Matrices of more rows and columns are not decided in whole numbers."""

MANY = 10**6
"""More products of whole numbers take too long."""

BITS = 14
"""Significant binary digits of L - lambda: short numbers keep certificates short, at a cost below 0.02%."""

MARGIN = 1 + Fraction(1, 2**15)
"""Room between the eigenvalue and L, so that the quick test below succeeds."""

EXACT_FLOAT = 2**53
"""Integers up to this size are floats."""


def prove_smoothness(
    A: Array,
    *,
    regulariser: Fraction | int,
    curvature: Fraction | int = Fraction(1, 4),
    L: Fraction | int | None = None,
) -> Fraction:
    """A constant L of (1/N) sum_j loss(<a_j, x>) + regulariser/2 ||x||^2, proved in exact arithmetic.

    Args:
        A: the rows a_j, shape (N, d); floats are taken as the rationals they are.
        regulariser: lambda, an int or Fraction.
        curvature: an upper bound on the loss's second derivative; 1/4 is the logistic loss's.
        L: the constant to be proved; by default the largest eigenvalue, a little rounded up.

    Raises:
        ValueError: L is too small, or A holds numbers that are not finite.
        TypeError: lambda, the curvature or L is no int or Fraction.

    >>> prove_smoothness(np.array([[2.0, 0.0], [0.0, 2.0]]), regulariser=Fraction(1, 10))
    Fraction(98309, 163840)
    """
    shift, c = exact("regulariser", regulariser), exact("curvature", curvature)
    if min(A.shape) > LARGEST and L is None:
        return round_up(_perron(A) * c, BITS) + shift
    gram, scale = _gram(A)
    if L is not None:
        L = exact("L", L)
        if not _bounds(gram, (L - shift) * scale / c):
            raise ValueError(f"L={L}: too small for these data; some curvature is larger")
        return L
    return _prove(gram, scale, c) + shift


def prove_smoothness_of_mean(
    shards: Sequence[Any], *, regulariser: Fraction | int, curvature: Fraction | int = Fraction(1, 4)
) -> Fraction:
    """A constant L of the mean of such functions, one for each shard of rows, proved in exact arithmetic.

    Args:
        shards: the rows of each, shape (N_i, d), arrays or sparse.
        regulariser, curvature: as in ``prove_smoothness``.

    >>> prove_smoothness_of_mean([np.eye(2)[:1], np.eye(2)[1:]], regulariser=0, curvature=1)
    Fraction(16385, 32768)
    """
    shift, c = exact("regulariser", regulariser), exact("curvature", curvature)
    if shards[0].shape[1] > LARGEST:
        each = [prove_smoothness(A, regulariser=regulariser, curvature=curvature) for A in shards]
        return sum(each, Fraction(0)) / len(each)
    grams = [_gram(A, by_columns=True) for A in shards]
    scale = lcm(*(each for _, each in grams))
    total: Any = sum(gram.astype(object) * (scale // each) for gram, each in grams)
    return _prove(total, scale * len(grams), c) + shift


def _prove(gram: Array, scale: int, c: Fraction) -> Fraction:
    """A bound on c gram / scale, proved."""
    largest = float(np.linalg.eigvalsh((gram / scale).astype(float))[-1])
    proposal = round_up(Fraction(largest) * MARGIN * c, BITS)
    while not _bounds(gram, proposal * scale / c):
        proposal = round_up(proposal * MARGIN, BITS)
    return proposal


def is_smooth(
    A: Array, L: Fraction | int, *, regulariser: Fraction | int, curvature: Fraction | int = Fraction(1, 4)
) -> bool:
    """Whether ``prove_smoothness`` proves L.

    >>> is_smooth(np.eye(2), Fraction(1, 8), regulariser=0), is_smooth(np.eye(2), Fraction(1, 9), regulariser=0)
    (True, False)
    """
    gram, scale = _gram(A)
    return _bounds(gram, (exact("L", L) - exact("regulariser", regulariser)) * scale / exact("curvature", curvature))


def _gram(A: Any, *, by_columns: bool = False) -> tuple[Array, int]:
    """Integers G and a scale such that A^T A / N and G / scale have the same largest eigenvalue.

    For fewer rows than columns G comes from A A^T, which is smaller and has the same eigenvalues
    but for zeros; zeros do not matter, as the largest eigenvalue is never negative.
    Where that takes too long in whole numbers, G is a little too large: see ``_gram_above``.
    """
    sparse = issparse(A)
    entries, halvings = _integers(_floats(A.data if sparse else A))
    integers: Any = csr_array((entries, A.indices, A.indptr), shape=A.shape) if sparse else entries
    rows, columns = integers.shape
    B = integers.T if rows < columns and not by_columns else integers
    if float(np.abs(entries).max(initial=0.0)) ** 2 * B.shape[0] < EXACT_FLOAT:  # partial sums are exact floats
        product = B.T @ B
        return (product.toarray() if sparse else product).astype(np.int64), rows * 4**halvings
    B = B.toarray() if sparse else B
    if B.shape[0] * B.shape[1] ** 2 > MANY:
        return _gram_above(B, rows, halvings)
    whole = np.array([[int(entry) for entry in row] for row in B], dtype=object)
    return whole.T @ whole, rows * 4**halvings


def _gram_above(B: Array, rows: int, halvings: int) -> tuple[Array, int]:
    """As ``_gram``, from floats: G is B^T B rounded, and as much more in the diagonal as rounding may have lost.

    In any order of summation the error of a sum of m products is at most m u / (1 - m u) times the sum of their
    absolute values, u = 2^-53, and no eigenvalue is off by more than the largest sum of errors of a row.
    """
    size = 2.0 ** np.ceil(np.log2(np.abs(B).max()))
    B = B / size  # a power of two: exact, but for what is smaller than every error below
    m, d = B.shape
    gram, absolute = B.T @ B, np.abs(B).T @ np.abs(B)
    lost = 2 * (m + 4) * 2.0**-53 * float(absolute.sum(axis=1).max()) + d * 2.0**-51
    fine = 2**52
    whole = np.array([[int(entry) for entry in row] for row in np.rint((gram + gram.T) / 2 * fine)], dtype=object)
    whole += np.diag(np.full(d, int(np.ceil(lost * fine)) + d, dtype=object))
    scale = Fraction(rows * 4**halvings * fine) / Fraction(float(size)) ** 2
    return whole * scale.denominator, scale.numerator


def _perron(A: Any) -> Fraction:
    """A bound on the eigenvalues of A^T A / N for any positive v: the largest (|A|^T |A| v)_j / v_j, over N.

    v from the power method makes it as good as it gets, which is exact for nonnegative data; what floats lose in
    sums of nonnegative terms is far less than what is added.

    References:
        [Wielandt1950].
    """
    floats = _floats(A.data if issparse(A) else A)
    if not np.isfinite(floats).all():
        raise ValueError("the data hold numbers that are not finite")
    size, v = abs(A), np.ones(A.shape[1])
    for _ in range(100):
        w = size.T @ (size @ v)
        bound = float((w / v).max())
        v = w / w.max() + 1e-6 if w.max() > 0 else v
    return Fraction(bound) * (1 + Fraction(1, 2**20)) / int(A.shape[0])


def _floats(A: Array) -> Array:
    """The data as double-precision floats.

    Raises:
        TypeError: that would change them, or they are no numbers of numpy's.
    """
    A = np.asarray(A)
    if A.dtype.kind in "biuf":
        floats = A.astype(float)
        with np.errstate(invalid="ignore"):
            if not (np.isfinite(floats) & (floats.astype(A.dtype) != A)).any():
                return floats
    raise TypeError("what is proved holds for the data as floats: convert them with A.astype(float) first")


def _integers(A: Array) -> tuple[Array, int]:
    """A times the least power of two that makes it integral, and the exponent.

    Raises:
        ValueError: a number is not finite, or the numbers differ too much in size.
    """
    halvings = 0
    while np.isfinite(A).all():
        if (np.rint(A) == A).all():
            return A, halvings
        with np.errstate(over="ignore"):
            A, halvings = A * 2, halvings + 1
    raise ValueError("the data hold numbers that are not finite, or differ by 300 orders of magnitude")


def _bounds(gram: Array, bound: Fraction) -> bool:
    """Whether bound I - gram is positive semidefinite."""
    matrix = [[-bound.denominator * int(entry) for entry in row] for row in gram]
    for i, row in enumerate(matrix):
        row[i] += bound.numerator
    return (
        _is_visibly_semidefinite(matrix)
        or negative_direction([[Fraction(entry) for entry in row] for row in matrix]) is None
    )


def _is_visibly_semidefinite(matrix: list[list[int]]) -> bool:
    """A quick test that never errs when it says yes: M - R R^T is diagonally dominant.

    M is the matrix brought to 52 bits; rounding down leaves less than one in each entry, for which
    ``margin`` accounts. R is a floating-point Cholesky factor of M - theta I rounded to integers, so
    that all that is verified is verified in integers, in a second where elimination takes minutes.
    """
    n, size = len(matrix), max(abs(entry) for row in matrix for entry in row).bit_length()
    if n > LARGEST:
        return False
    shift = 52 - size
    margin = n if shift < 0 else 0
    M = np.array([[entry << shift if shift >= 0 else entry >> -shift for entry in row] for row in matrix])
    least = float(np.linalg.eigvalsh(M.astype(float))[0])
    if least <= 0:
        return False
    try:
        factor = np.linalg.cholesky(M - least / 2 * np.eye(n))
    except np.linalg.LinAlgError:
        return False
    R = np.rint(factor).astype(np.int64)
    if np.abs(R).max() > 2**26:  # so that no entry of R R^T exceeds 2^62
        return False
    rest = M - R @ R.T
    if np.abs(rest).max() > 2**52:  # so that no sum of a row does either
        return False
    return bool((2 * np.diag(rest) - np.abs(rest).sum(axis=1) >= margin).all())
