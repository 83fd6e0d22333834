"""Constants c, C > 0 with c measure <= V <= C measure, short and nearly the best."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from eftheory.exact.semidefinite import negative_direction
from eftheory.search.data import Problem
from eftheory.search.matrix import ExactMatrix

_TINY = Fraction(1, 16**64)


def domination(
    problem: Problem, lyapunov: list[ExactMatrix], values: list[Fraction]
) -> tuple[Fraction, Fraction] | None:
    """The constants of V with these matrices and value coefficients; None if none are found.

    V >= c measure is asked of the quadratic part, in the coordinates; V's value coordinates are
    nonnegative. V <= C measure is asked in the initial state. If the measure is a value coordinate, V is
    a multiple of it.
    """
    if problem.measure_values:
        ratios = {a / m if m else a and None for a, m in zip(values, problem.measure_values) if a or m}
        ratio = ratios.pop() if len(ratios) == 1 else None
        return (ratio, ratio) if ratio and ratio > 0 else None
    measures = [component.measure for component in problem.components]
    if any(measure is None for measure in measures):
        return None
    pairs = [(V, measure) for V, measure in zip(lyapunov, measures) if measure is not None]
    c = _largest(lambda c: all(_semidefinite(V.plus(-c, measure)) for V, measure in pairs))
    inverse = _largest(lambda c: _dominated(problem, pairs, c, covered(problem, values)))
    return None if c is None or inverse is None else (c, 1 / inverse)


def support(problem: Problem, values: list[Fraction]) -> list[Fraction]:
    """The multiples of inequalities that V's value coordinates are: what V >= c measure may lean on."""
    return [sum((a * row[k] for a, row in zip(values, problem.before)), Fraction(0)) for k in range(problem.size)]


def covered(problem: Problem, values: list[Fraction]) -> list[Fraction]:
    """The least multiples of inequalities, at least those of ``support``, in which function values cancel.

    With memory the value coordinates vanish in the initial state, and there is nothing to cover. Without
    it, the two sides of an interpolation cancel if they come with one factor.
    """
    if problem.template.memory or problem.measure_values:
        return [Fraction(0)] * problem.size
    held = support(problem, values)
    largest = {
        (group, t): max(x for x, g, (_, u) in zip(held, problem.groups, problem.multipliers) if (g, u) == (group, t))
        for group, (_, t) in zip(problem.groups, problem.multipliers)
    }
    return [largest[group, t] for group, (_, t) in zip(problem.groups, problem.multipliers)]


def _dominated(
    problem: Problem, pairs: list[tuple[ExactMatrix, ExactMatrix]], c: Fraction, held: list[Fraction]
) -> bool:
    """Whether c V <= measure in the initial state, V with these multiples of inequalities."""
    for component, (V, measure) in zip(problem.components, pairs):
        left = measure.block(component.starting).plus(-c, V.block(component.starting))
        if any(held):
            z = component.z.T.columns(component.starting)
            left = (z @ left @ z.T).plus(-c, component.inequalities.combined(held))
        if not _semidefinite(left):
            return False
    return True


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
