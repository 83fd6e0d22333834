"""The residual of a Lyapunov function, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from eftheory.algebra.elimination import solve
from eftheory.search.data import Problem
from eftheory.search.matrix import ExactMatrix


def net_multipliers(
    problem: Problem, rate: Fraction, values: Sequence[Fraction], multipliers: Sequence[Fraction]
) -> list[Fraction]:
    """What is left of the multipliers when V's value coordinates are written as inequalities."""
    return [multiplier - owed for multiplier, owed in zip(multipliers, owed_multipliers(problem, rate, values))]


def owed_multipliers(problem: Problem, rate: Fraction, values: Sequence[Fraction]) -> list[Fraction]:
    """The combination of inequalities that V's value coordinates hold in rate V - V+."""
    terms = [*zip(values, problem.before, problem.after)]
    return [sum((a * (rate * b[k] - c[k]) for a, b, c in terms), Fraction(0)) for k in range(problem.size)]


def residual(
    problem: Problem,
    component: int,
    rate: Fraction,
    lyapunov: ExactMatrix,
    values: Sequence[Fraction],
    net: Sequence[Fraction],
) -> ExactMatrix:
    """The residual rate V - V+ - sum of multipliers times inequalities in one component, exactly."""
    part = problem.components[component]
    cross = part.z.T @ lyapunov @ part.move
    form = part.move.T @ lyapunov @ part.move
    form = form.plus(Fraction(1), cross).plus(Fraction(1), cross.T).plus(1 - rate, part.z.T @ lyapunov @ part.z)
    form = form.plus(Fraction(1), part.inequalities.combined(net))
    if values:
        form = form.plus(1 - rate, part.held.combined(values)).plus(Fraction(1), part.gained.combined(values))
    return form.times(Fraction(-1))


def balanced_multipliers(
    problem: Problem, rate: Fraction, values: Sequence[Fraction], multipliers: Sequence[Fraction]
) -> list[Fraction] | None:
    """Multipliers next to these for which all function values cancel exactly; None if there are none.

    The largest multipliers that can settle the equations are changed, so that none loses its sign.
    """
    if not problem.balance:
        return list(multipliers)
    net = net_multipliers(problem, rate, values, multipliers)
    excess = [sum((a * b for a, b in zip(row, net) if a), Fraction(0)) for row in problem.balance]
    order = sorted(range(len(multipliers)), key=lambda k: -multipliers[k])
    change = solve(problem.balance, excess, order)
    return None if change is None else [a - b for a, b in zip(multipliers, change)]
