"""From a position to a certificate: short rationals, exact balance, domination constants, exact check."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from eftheory.certificates.certificate import Block, Upper
from eftheory.check.upper import check_upper
from eftheory.search.data import Problem
from eftheory.search.descent import Position
from eftheory.search.domination import covered, domination, support
from eftheory.search.matrix import ExactMatrix, short
from eftheory.search.residual import balanced_multipliers, net_multipliers, residual

PRECISIONS = (12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 192)
"""Significant binary digits tried, fewest first."""


def round_upper(problem: Problem, position: Position) -> Upper | None:
    """The shortest rounding of a position that the exact check accepts, or None."""
    return next((upper for upper in _roundings(problem, position) if check_upper(problem.setting, upper).proved), None)


def _roundings(problem: Problem, position: Position) -> Iterator[Upper]:
    lyapunov = [(M.T @ M).fractions() for M in position.coordinates]
    unit = unit_of([x for matrix in lyapunov for row in matrix for x in row] + list(position.values))
    for bits in PRECISIONS:
        blocks = [[[short(x / unit, bits) for x in row] for row in matrix] for matrix in lyapunov]
        values = [short(x / unit, bits) for x in position.values]
        multipliers = balanced_multipliers(
            problem, position.rate, values, [short(x / unit, bits) for x in position.multipliers]
        )
        if multipliers is None or min(multipliers, default=Fraction(0)) < 0:
            continue
        matrices = [ExactMatrix.of(rows, columns=len(rows)) for rows in blocks]
        if not _decreases(problem, position, matrices, values, multipliers):
            continue
        constants = domination(problem, matrices, values)
        if constants is None:
            continue
        below = [] if problem.measure_values else support(problem, values)
        above = [x - y for x, y in zip(covered(problem, values), support(problem, values))] if any(below) else []
        above = [] if problem.template.memory else above
        yield Upper(
            rate=position.rate,
            lyapunov=tuple(
                Block(component.coordinates, tuple(tuple(row[: i + 1]) for i, row in enumerate(rows)))
                for component, rows in zip(problem.components, blocks)
                if component.coordinates
            ),
            values=tuple(values),
            multipliers=_by_name(problem, multipliers),
            c=constants[0],
            C=constants[1],
            template=str(problem.template),
            below=_by_name(problem, below, sparse=True),
            above=_by_name(problem, above, sparse=True),
        )


def unit_of(numbers: list[Fraction]) -> Fraction:
    """What to divide by: the only number there is, or the power of two next to the largest."""
    if len(numbers) == 1:
        return numbers[0]
    largest = max(map(abs, numbers))
    return Fraction(2) ** (largest.numerator.bit_length() - largest.denominator.bit_length())


def _decreases(
    problem: Problem,
    position: Position,
    lyapunov: list[ExactMatrix],
    values: list[Fraction],
    multipliers: list[Fraction],
) -> bool:
    """Whether the residual is positive definite, seen where it was the identity: quick, and nearly always right."""
    net = net_multipliers(problem, position.rate, values, multipliers)
    for number, (T, matrix) in enumerate(zip(position.symbols, lyapunov)):
        form = T.T @ residual(problem, number, position.rate, matrix, values, net) @ T
        if form.shape[0] and float(np.linalg.eigvalsh(form.floats())[0]) <= 0:
            return False
    return True


def _by_name(problem: Problem, multipliers: list[Fraction], *, sparse: bool = False) -> dict[str, tuple[Fraction, ...]]:
    rows = {name: [Fraction(0)] * len(problem.setting.agents) for name in problem.names}
    for (name, t), value in zip(problem.multipliers, multipliers):
        rows[name][t] = value
    return {name: tuple(row) for name, row in rows.items() if any(row) or not sparse}
