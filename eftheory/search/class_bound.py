"""Search a class bound: a Gram matrix of one step that no quadratic V of the template survives.

It is the dual of the search for V: a matrix W >= 0 over the symbols that obeys the recorded
inequalities in moment form and lets the coordinates grow, Gram(z+) >= rate Gram(z). At the analytic
centre the inverse of V's residual is such a matrix, W = T T^T in the symbols in which the residual is
the identity: that the product of slacks is largest there says

    <inequality_k, W> = 1/multiplier_k > 0,    Gram(z+) - (rate - gap) Gram(z) = P^-1 > 0,

with gap = (number of slacks) / <V, W>, if V's size is measured by Gram(z). No programme is solved.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log2
from time import perf_counter

import numpy as np

from eftheory.certificates.certificate import Block, ClassBound
from eftheory.check.class_bound import check_class_bound
from eftheory.search.centre import recentre
from eftheory.search.data import Problem
from eftheory.search.descent import Descent, Position
from eftheory.search.floats import floats_guarded
from eftheory.search.matrix import ExactMatrix, dyadic_above, short
from eftheory.search.rounding import unit_of
from eftheory.search.upper import SearchResult
from eftheory.threads import one_blas_thread

PRECISIONS = (24, 64)
"""Significant binary digits tried, beyond those that resolve the gap."""

_AIM = Fraction(1, 10**9)  # of the gap to 1 - rate: nearer to the optimum floats do not resolve the dual
_FAR = Fraction(1, 10)
_TRIED = 20
_LAXER = (1.05, 2.0)  # multiples of the gap by which the bound stays below the rate


@one_blas_thread
def search_class_bound(found: SearchResult) -> ClassBound | None:
    """Prove that no quadratic V of the template shows a rate much below the end of a search.

    Args:
        found: what ``search_upper`` returned; the time is added to its ``seconds``.

    Returns:
        A class bound that ``check_class_bound`` accepts, the closest that is found; None if there is none,
        or if the method's V holds function values, about which class bounds say nothing.
    """
    begin = perf_counter()
    bound = _search(found.problem, found.descent)
    found.seconds["class bound"] = perf_counter() - begin
    return bound


def _search(problem: Problem, descent: Descent) -> ClassBound | None:
    if problem.n_values:
        return None
    near = [position for position in descent.path if position.gap < _FAR * abs(1 - position.rate)]
    far_enough = [position for position in near if not position.meets(_AIM)] + near[-1:]
    for position in reversed(far_enough[-_TRIED:]):
        centre = floats_guarded(recentre, problem, position)
        for bound in _roundings(problem, *centre) if centre else ():
            if check_class_bound(problem.setting, bound).proved:
                return bound
    return None


def _roundings(problem: Problem, centre: Position, duals: list[np.ndarray]) -> Iterator[ClassBound]:
    matrices = [(T @ ExactMatrix.of_floats(Z) @ T.T).fractions() for T, Z in zip(centre.symbols, duals)]
    unit = unit_of([x for rows in matrices for row in rows for x in row])
    for laxer in _LAXER:
        rate = dyadic_above(centre.rate - Fraction(laxer * centre.gap), centre.gap / 2**9)
        for bits in PRECISIONS if rate > 0 else ():
            bits += max(0, round(-log2(centre.gap)))
            yield ClassBound(
                rate,
                tuple(
                    Block(
                        component.symbols,
                        tuple(tuple(short(x / unit, bits) for x in row[: i + 1]) for i, row in enumerate(rows)),
                    )
                    for component, rows in zip(problem.components, matrices)
                    if component.symbols
                ),
                template=str(problem.template),
            )
