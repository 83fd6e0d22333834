"""Rational matrices as integers over one common denominator, quick to multiply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import frexp, lcm

import numpy as np


class ExactMatrix:
    """A rational matrix: Python integers over a common denominator.

    >>> half = ExactMatrix.of([[Fraction(1, 2), Fraction(0)]], columns=2)
    >>> (half @ half.T).fractions()
    [[Fraction(1, 4)]]
    """

    __slots__ = ("denominator", "integers")

    def __init__(self, integers: np.ndarray, denominator: int) -> None:
        self.integers = integers
        self.denominator = denominator

    @classmethod
    def of(cls, rows: Sequence[Sequence[Fraction]], *, columns: int) -> ExactMatrix:
        """The matrix with these rows; ``columns`` tells the width if there are none."""
        denominator = lcm(*(value.denominator for row in rows for value in row))
        integers = np.zeros((len(rows), columns), dtype=object)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                integers[i, j] = value.numerator * (denominator // value.denominator)
        return cls(integers, denominator)

    @classmethod
    def of_floats(cls, floats: np.ndarray) -> ExactMatrix:
        """The matrix of exactly these floats."""
        return cls.of([[Fraction(float(x)) for x in row] for row in floats], columns=floats.shape[1])

    @classmethod
    def identity(cls, size: int) -> ExactMatrix:
        """The identity matrix."""
        return cls.of_floats(np.eye(size))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.integers.shape[0], self.integers.shape[1]

    @property
    def T(self) -> ExactMatrix:
        """The transpose."""
        return ExactMatrix(self.integers.T, self.denominator)

    def __matmul__(self, other: ExactMatrix) -> ExactMatrix:
        return ExactMatrix(self.integers @ other.integers, self.denominator * other.denominator)

    def plus(self, factor: Fraction, other: ExactMatrix) -> ExactMatrix:
        """The sum of this matrix and a multiple of another."""
        mine = other.denominator * factor.denominator
        theirs = self.denominator * factor.numerator
        return ExactMatrix(
            self.integers * mine + other.integers * theirs,
            self.denominator * other.denominator * factor.denominator,
        )

    def columns(self, chosen: Iterable[int]) -> ExactMatrix:
        """The chosen columns."""
        return ExactMatrix(self.integers[:, list(chosen)], self.denominator)

    def rounded(self, bits: int) -> ExactMatrix:
        """A dyadic matrix that differs by at most 2^-bits of the largest entry."""
        largest = max((abs(x) for x in self.integers.flat), default=0)
        if not largest:
            return self
        shift = max(0, bits - largest.bit_length() + self.denominator.bit_length())
        rounded = np.zeros(self.shape, dtype=object)
        for index, x in np.ndenumerate(self.integers):
            rounded[index] = (2 * (x << shift) + self.denominator) // (2 * self.denominator)
        return ExactMatrix(rounded, 1 << shift)

    def floats(self) -> np.ndarray:
        """The nearest doubles.

        Raises:
            OverflowError: an entry is too large for a double.
        """
        floats = np.zeros(self.shape)
        for index, x in np.ndenumerate(self.integers):
            floats[index] = x / self.denominator
        return floats

    def fractions(self) -> list[list[Fraction]]:
        """The rows as fractions."""
        return [[Fraction(int(x), self.denominator) for x in row] for row in self.integers]


def pivot_columns(rows: Sequence[Sequence[Fraction]], columns: int) -> list[int]:
    """The first columns that are linearly independent and span all others.

    >>> pivot_columns([[Fraction(1), Fraction(-1), Fraction(0)]], 3)
    [0]
    """
    left = [list(row) for row in rows if any(row)]
    pivots = []
    for column in range(columns):
        top = next((row for row in left if row[column]), None)
        if top is None:
            continue
        left.remove(top)
        pivots.append(column)
        for row in left:
            if factor := row[column] / top[column]:
                for j in range(column, columns):
                    row[j] -= factor * top[j]
        left = [row for row in left if any(row)]
    return pivots


def short(x: Fraction, bits: int) -> Fraction:
    """The nearest dyadic with ``bits`` significant binary digits.

    >>> short(Fraction(1, 3), 4)
    Fraction(11, 32)
    """
    if not x:
        return Fraction(0)
    unit = Fraction(2) ** (bits - x.numerator.bit_length() + x.denominator.bit_length())
    return round(x * unit) / unit


def dyadic_above(x: Fraction, resolution: float) -> Fraction:
    """The multiple of a power of two not above ``resolution`` that is next above x.

    >>> dyadic_above(Fraction(1, 3), 0.3)
    Fraction(1, 2)
    """
    unit = Fraction(2) ** (frexp(resolution)[1] - 1)
    return -(-x // unit) * unit
