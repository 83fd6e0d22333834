"""Rational matrices as integers over one common denominator, quick to multiply (python-flint)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import frexp, lcm

import numpy as np
from flint import fmpq_mat, fmpz_mat

from eftheory.algebra.rounding import binary_exponent


class ExactMatrix:
    """A rational matrix: integers over a common denominator.

    >>> half = ExactMatrix.of([[Fraction(1, 2), Fraction(0)]], columns=2)
    >>> (half @ half.T).fractions()
    [[Fraction(1, 4)]]
    """

    __slots__ = ("denominator", "integers")

    def __init__(self, integers: fmpz_mat, denominator: int) -> None:
        self.integers = integers
        self.denominator = denominator

    @classmethod
    def of(cls, rows: Sequence[Sequence[Fraction]], *, columns: int) -> ExactMatrix:
        """The matrix with these rows; ``columns`` tells the width if there are none."""
        denominator = lcm(*(value.denominator for row in rows for value in row))
        integers = [value.numerator * (denominator // value.denominator) for row in rows for value in row]
        return cls(fmpz_mat(len(rows), columns, integers), denominator)

    @classmethod
    def of_sparse(cls, rows: Sequence[Mapping[int, Fraction]], *, columns: int) -> ExactMatrix:
        """The matrix with these rows, given by their entries that are not zero."""
        denominator = lcm(*(value.denominator for row in rows for value in row.values()))
        integers = fmpz_mat(len(rows), columns)
        for i, row in enumerate(rows):
            for j, value in row.items():
                integers[i, j] = value.numerator * (denominator // value.denominator)
        return cls(integers, denominator)

    @classmethod
    def of_floats(cls, floats: np.ndarray) -> ExactMatrix:
        """The matrix of exactly these floats."""
        ratios = [float(x).as_integer_ratio() for x in floats.flat]
        denominator = max((bottom for _, bottom in ratios), default=1)
        integers = [top * (denominator // bottom) for top, bottom in ratios]
        return cls(fmpz_mat(*floats.shape, integers), denominator)

    @classmethod
    def identity(cls, size: int) -> ExactMatrix:
        """The identity matrix."""
        return cls.of_floats(np.eye(size))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.integers.nrows(), self.integers.ncols()

    @property
    def T(self) -> ExactMatrix:
        """The transpose."""
        return ExactMatrix(self.integers.transpose(), self.denominator)

    def __matmul__(self, other: ExactMatrix) -> ExactMatrix:
        return ExactMatrix(self.integers * other.integers, self.denominator * other.denominator)

    def plus(self, factor: Fraction, other: ExactMatrix) -> ExactMatrix:
        """The sum of this matrix and a multiple of another."""
        mine = other.denominator * factor.denominator
        theirs = self.denominator * factor.numerator
        return ExactMatrix(
            self.integers * mine + other.integers * theirs,
            self.denominator * other.denominator * factor.denominator,
        )

    def times(self, factor: Fraction) -> ExactMatrix:
        """A multiple of this matrix."""
        return ExactMatrix(self.integers * factor.numerator, self.denominator * factor.denominator)

    def scaled(self, factors: Sequence[Fraction]) -> ExactMatrix:
        """The rows multiplied by one factor each."""
        rows = [[factor * x for x in row] for factor, row in zip(factors, self.fractions())]
        return ExactMatrix.of(rows, columns=self.shape[1])

    def columns(self, chosen: Iterable[int]) -> ExactMatrix:
        """The chosen columns."""
        chosen, rows = list(chosen), self.shape[0]
        entries = [self.integers[i, j] for i in range(rows) for j in chosen]
        return ExactMatrix(fmpz_mat(rows, len(chosen), entries), self.denominator)

    def block(self, chosen: Sequence[int]) -> ExactMatrix:
        """The chosen rows and columns."""
        return self.columns(chosen).T.columns(chosen).T

    def inverse(self) -> ExactMatrix:
        """The inverse of a square matrix; ZeroDivisionError if there is none."""
        integers, denominator = fmpq_mat(self.integers).inv().numer_denom()
        return ExactMatrix(integers * self.denominator, int(denominator))

    def is_zero(self) -> bool:
        """Whether all entries are zero."""
        return bool(self.integers.is_zero())

    def rounded(self, bits: int) -> ExactMatrix:
        """A dyadic matrix that differs by at most 2^-bits of the largest entry."""
        entries = [int(x) for x in self.integers.entries()]
        largest = max(map(abs, entries), default=0)
        if not largest:
            return self
        shift = max(0, bits - largest.bit_length() + self.denominator.bit_length())
        rounded = [(2 * (x << shift) + self.denominator) // (2 * self.denominator) for x in entries]
        return ExactMatrix(fmpz_mat(*self.shape, rounded), 1 << shift)

    def floats(self) -> np.ndarray:
        """The nearest doubles.

        Raises:
            OverflowError: an entry is too large for a double.
        """
        denominator = self.denominator
        return np.array([int(x) / denominator for x in self.integers.entries()], dtype=float).reshape(self.shape)

    def fractions(self) -> list[list[Fraction]]:
        """The rows as fractions."""
        return [[Fraction(int(x), self.denominator) for x in row] for row in self.integers.tolist()]


def short(x: Fraction, bits: int) -> Fraction:
    """The nearest dyadic with ``bits`` significant binary digits.

    >>> short(Fraction(1, 3), 4)
    Fraction(11, 32)
    """
    unit = Fraction(2) ** (bits - binary_exponent(x))
    return round(x * unit) / unit


def dyadic_above(x: Fraction, resolution: float) -> Fraction:
    """The multiple of a power of two not above ``resolution`` that is next above x.

    >>> dyadic_above(Fraction(1, 3), 0.3)
    Fraction(1, 2)
    """
    unit = Fraction(2) ** (frexp(resolution)[1] - 1)
    return -(-x // unit) * unit
