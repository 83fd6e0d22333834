"""Smoothness constants that are proved from the data, not estimated.

A loss with curvature between 0 and c, taken at <a_j, x> and averaged over N rows a_j of A, plus
lambda/2 ||x||^2, has a Hessian between lambda I and c A^T A / N + lambda I. So L is a smoothness
constant if (L - lambda) I - c A^T A / N is positive semidefinite. Floats propose an L; whether it is
one is decided in integers, on the data themselves: a float is a rational number.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.algebra.rounding import round_up
from eftheory.assumptions.validation import exact
from eftheory.exact import negative_direction

Array = np.ndarray

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
    gram, scale = _gram(A)
    if L is not None:
        L = exact("L", L)
        if not _bounds(gram, (L - shift) * scale / c):
            raise ValueError(f"L={L}: too small for these data; some curvature is larger")
        return L
    largest = float(np.linalg.eigvalsh(gram.astype(float))[-1])
    proposal = round_up(Fraction(largest) * MARGIN * c / scale, BITS)
    while not _bounds(gram, proposal * scale / c):
        proposal = round_up(proposal * MARGIN, BITS)
    return proposal + shift


def is_smooth(
    A: Array, L: Fraction | int, *, regulariser: Fraction | int, curvature: Fraction | int = Fraction(1, 4)
) -> bool:
    """Whether ``prove_smoothness`` proves L.

    >>> is_smooth(np.eye(2), Fraction(1, 8), regulariser=0), is_smooth(np.eye(2), Fraction(1, 9), regulariser=0)
    (True, False)
    """
    gram, scale = _gram(A)
    return _bounds(gram, (exact("L", L) - exact("regulariser", regulariser)) * scale / exact("curvature", curvature))


def _gram(A: Array) -> tuple[Array, int]:
    """Integers G and a scale such that A^T A / N and G / scale have the same largest eigenvalue.

    For fewer rows than columns G comes from A A^T, which is smaller and has the same eigenvalues
    but for zeros; zeros do not matter, as the largest eigenvalue is never negative.
    """
    integers, halvings = _integers(_floats(A))
    rows, columns = integers.shape
    B = integers.T if rows < columns else integers
    if float(np.abs(B).max(initial=0.0)) ** 2 * len(B) < EXACT_FLOAT:  # every partial sum is an exact float
        gram = (B.T @ B).astype(np.int64)
    else:
        whole = np.array([[int(entry) for entry in row] for row in B], dtype=object)
        gram = whole.T @ whole
    return gram, rows * 4**halvings


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
    if n > 2**10:
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
