"""Search a class bound: a Gram matrix of one step that no quadratic V of the template survives.

It is the dual of the search for V: a matrix W >= 0 over the symbols that obeys the recorded
inequalities in moment form and lets the coordinates grow, Gram(z+) >= rate Gram(z). Close to
the least rate the inverse of V's residual is nearly such a W, so the frames in which the
residuals were of size 1 serve again, with W = T What T^T.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log

import numpy as np

from eftheory.certificates.certificate import Block, ClassBound
from eftheory.check.class_bound import check_class_bound
from eftheory.claims import Setting
from eftheory.search.data import Problem, read_problem
from eftheory.search.engine import Position
from eftheory.search.frame import Frame, View
from eftheory.search.matrix import ExactMatrix, dyadic_above, short
from eftheory.search.rounding import unit_of
from eftheory.search.solver import floats_guarded
from eftheory.search.statement import Family, deepest_point
from eftheory.search.upper import DEFAULT_SLACK, SearchResult, guarded_descent

SLACKS = tuple(Fraction(1, 10**k) for k in (6, 5, 4, 3, 2))
"""Distances below the upper bound that are tried, as shares of 1 - rate."""

PRECISIONS = (48, 64, 96, 128, 192, 256)
"""Significant binary digits tried, fewest first."""


def search_class_bound(
    setting: Setting, rate_upper: Fraction, *, found: SearchResult | None = None
) -> ClassBound | None:
    """Prove that no quadratic V of the template shows a rate much below ``rate_upper``.

    Args:
        setting: the method on a class of problems.
        rate_upper: a proved upper bound near the least rate of the template.
        found: what ``search_upper`` returned for this setting, to save repeating its search.

    Returns:
        A class bound that ``check_class_bound`` accepts, the closest that is found between 1e-6
        and 1e-2 of 1 - rate below ``rate_upper``; None if there is none, or if the method's V
        holds function values, about which class bounds say nothing.
    """
    problem = read_problem(setting)
    if problem.n_values or not 0 < rate_upper < 1:
        return None
    path = found.path if found else guarded_descent(problem, DEFAULT_SLACK / 2).path
    if not path:
        return None
    for slack in SLACKS:
        distance = slack * (1 - rate_upper)
        rate = dyadic_above(rate_upper - distance, float(distance) / 16)
        if rate <= 0:
            return None
        grams = floats_guarded(_gram, problem, path, rate, distance)
        for bound in _roundings(problem, rate, grams or []):
            if check_class_bound(setting, bound).proved:
                return bound
    return None


def _frame_for(path: tuple[Position, ...], distance: Fraction) -> Frame:
    """The frame after the position whose gap is most like the distance, rather larger than smaller."""
    position = min(path, key=lambda position: abs(log(position.gap) - log(3 * distance)))
    return position.frame.recentred(position.candidate)


def _gram(problem: Problem, path: tuple[Position, ...], rate: Fraction, distance: Fraction) -> list[ExactMatrix]:
    """The Gram matrix deepest inside all that is asked of it; nothing if there is none inside."""
    frame = _frame_for(path, distance)
    views = frame.views(problem)
    inside = deepest_point(_family(views, rate))
    if isinstance(inside, str) or inside.margin <= 0:
        return []
    return frame.gram(inside.blocks[: len(views)])


def _family(views: list[View], rate: Fraction) -> Family:
    """All Gram matrices as a family of slacks: the matrices, the growth, the moments."""
    sizes = [view.z.shape[1] for view in views]
    entries = [(b, i, j) for b, size in enumerate(sizes) for i in range(size) for j in range(i + 1)]
    grams = [np.zeros((len(entries), size, size)) for size in sizes]
    growths = [np.zeros((len(entries), *([len(view.z)] * 2))) for view in views]
    moments = np.zeros((len(entries), len(views[0].inequalities)))
    for n, (b, i, j) in enumerate(entries):
        grams[b][n, i, j] = grams[b][n, j, i] = 1.0 if i == j else np.sqrt(0.5)
        growths[b][n] = views[b].growth(grams[b][n], rate)
        moments[n] = [np.sum(matrix * grams[b][n]) for matrix in views[b].inequalities]
    traces = np.array([float(i == j) for _, i, j in entries])
    return Family(
        blocks=grams + [growth for growth in growths if growth.size],
        numbers=moments,
        equations=traces[None, :],
        right=np.array([traces.sum()]),
        centre=traces,
    )


def _roundings(problem: Problem, rate: Fraction, grams: list[ExactMatrix]) -> Iterator[ClassBound]:
    matrices = [gram.fractions() for gram in grams]
    unit = unit_of([x for rows in matrices for row in rows for x in row]) if matrices else Fraction(1)
    for bits in PRECISIONS if matrices else ():
        yield ClassBound(
            rate,
            tuple(
                Block(
                    component.symbols,
                    tuple(tuple(short(x / unit, bits) for x in row[: i + 1]) for i, row in enumerate(rows)),
                )
                for component, rows in zip(problem.components, matrices)
            ),
        )
