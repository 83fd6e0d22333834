"""From floats to a certificate: short rationals, exact balance, domination constants, exact check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from eftheory.certificates.certificate import Block, Upper
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.exact.semidefinite import negative_direction
from eftheory.search.data import Problem
from eftheory.search.engine import Position
from eftheory.search.matrix import ExactMatrix, pivot_columns, short

PRECISIONS = (16, 24, 32, 48, 64, 96, 128, 192)
"""Significant binary digits tried, fewest first."""

_TINY = Fraction(1, 16**64)


def round_upper(setting: Setting, problem: Problem, position: Position) -> Upper | None:
    """The shortest rounding of a position that the exact check accepts, or None."""
    return next((upper for upper in _roundings(problem, position) if check_upper(setting, upper).proved), None)


def _roundings(problem: Problem, position: Position) -> Iterator[Upper]:
    frame, candidate = position.frame, position.candidate
    matrices = [matrix.fractions() for matrix in frame.lyapunov(candidate.lyapunov)]
    values = [scale * Fraction(float(x)) for scale, x in zip(frame.values, candidate.values)]
    multipliers = [scale * Fraction(float(x)) for scale, x in zip(frame.multipliers, candidate.multipliers)]
    unit = unit_of([x for matrix in matrices for row in matrix for x in row] + values)
    for bits in PRECISIONS:
        blocks = [[[short(x / unit, bits) for x in row] for row in matrix] for matrix in matrices]
        coefficients = [short(x / unit, bits) for x in values]
        balanced = _balanced(problem, position.rate, coefficients, [short(x / unit, bits) for x in multipliers])
        if balanced is None or min(balanced) < 0:
            continue
        domination = _domination(problem, blocks, coefficients)
        if domination is None:
            continue
        yield Upper(
            rate=position.rate,
            lyapunov=tuple(
                Block(component.coordinates, tuple(tuple(row[: i + 1]) for i, row in enumerate(rows)))
                for component, rows in zip(problem.components, blocks)
                if component.coordinates
            ),
            values=tuple(coefficients),
            multipliers=_by_name(problem, balanced),
            c=domination[0],
            C=domination[1],
        )


def unit_of(numbers: list[Fraction]) -> Fraction:
    """What to divide by: the only number there is, or the power of two next to the largest."""
    if len(numbers) == 1:
        return numbers[0]
    largest = max(map(abs, numbers))
    return Fraction(2) ** (largest.numerator.bit_length() - largest.denominator.bit_length())


def _by_name(problem: Problem, multipliers: list[Fraction]) -> dict[str, tuple[Fraction, ...]]:
    named: dict[str, tuple[Fraction, ...]] = {}
    for (name, _), value in zip(problem.multipliers, multipliers):
        named[name] = (*named.get(name, ()), value)
    return named


def _balanced(
    problem: Problem, rate: Fraction, values: list[Fraction], multipliers: list[Fraction]
) -> list[Fraction] | None:
    """Multipliers next to these for which all function values cancel exactly; None if there are none.

    The largest multipliers that can settle the equations are changed, so that none loses its sign.
    """
    rows = problem.balance(rate)
    order = sorted(range(len(multipliers)), key=lambda k: -multipliers[k])
    used = [[row[problem.n_values + k] for k in order] for row in rows]
    changed = [order[j] for j in pivot_columns(used, len(order))]
    kept = [Fraction(0) if k in changed else value for k, value in enumerate(multipliers)]
    system = [
        [row[problem.n_values + k] for k in changed]
        + [-sum((a * b for a, b in zip(row, [*values, *kept])), Fraction(0))]
        for row in rows
    ]
    solution = _solve(system, len(changed))
    if solution is None:
        return None
    for k, value in zip(changed, solution):
        kept[k] = value
    return kept


def _solve(rows: list[list[Fraction]], columns: int) -> list[Fraction] | None:
    """The solution of rows @ (x, -1) = 0 for independent columns; None if there is none."""
    left = [list(row) for row in rows]
    for column in range(columns):
        top = next(i for i in range(column, len(left)) if left[i][column])
        left[column], left[top] = left[top], left[column]
        pivot = left[column][column]
        left[column] = [x / pivot for x in left[column]]
        for i, row in enumerate(left):
            if i != column and row[column]:
                left[i] = [x - row[column] * y for x, y in zip(row, left[column])]
    if any(row[-1] for row in left[columns:]):
        return None
    return [row[-1] for row in left[:columns]]


# ---------------------------------------------------------------------- c measure <= V <= C measure
def _domination(
    problem: Problem, blocks: list[list[list[Fraction]]], values: list[Fraction]
) -> tuple[Fraction, Fraction] | None:
    """Short constants c, C > 0 with c measure <= V <= C measure, nearly the best; None if none are found."""
    if any(problem.values_measure):
        ratio = _value_ratio(problem, values)
        return (ratio, ratio) if ratio and ratio > 0 else None
    pairs = [
        (component.z.T @ ExactMatrix.of(rows, columns=len(rows)) @ component.z, component.measure)
        for component, rows in zip(problem.components, blocks)
    ]
    c = _largest(lambda c: all(_semidefinite(V.plus(-c, measure)) for V, measure in pairs))
    inverse = _largest(lambda c: all(_semidefinite(measure.plus(-c, V)) for V, measure in pairs))
    return None if c is None or inverse is None else (c, 1 / inverse)


def _value_ratio(problem: Problem, values: list[Fraction]) -> Fraction | None:
    """The only r for which the function values of V - r measure can cancel, if there is one."""
    held = [sum((p * x for p, x in zip(values, row)), Fraction(0)) for row in zip(*problem.values_before)]
    ratios = {v / m if m else v and None for v, m in zip(held, problem.values_measure) if v or m}
    return ratios.pop() if len(ratios) == 1 else None


def _largest(allowed: Callable[[Fraction], bool]) -> Fraction | None:
    """Nearly the largest allowed number, to three digits, for a condition that holds below some number."""
    c = Fraction(1)
    while not allowed(c):
        c /= 16
        if c < _TINY:
            return None
    while allowed(16 * c):
        c *= 16
        if c > 1 / _TINY:
            return None
    step = 8 * c
    while step > c / 2**10:
        c, step = (c + step if allowed(c + step) else c), step / 2
    return c


def _semidefinite(matrix: ExactMatrix) -> bool:
    return negative_direction(matrix.fractions()) is None
