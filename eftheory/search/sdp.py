"""The engine that lets a solver find the deepest V, rate by rate.

Each solve makes the margin at some rate as large as it can be and says how fast the optimal
margin falls with the rate; Newton's rule then places the optimum. The next solve takes place
most of the way there, in the scale of the last solution, where all slacks are of size 1
again. So the distance to the optimum falls by 10 to 100 per solve, however small it is.
"""

from __future__ import annotations

import logging
from fractions import Fraction

import numpy as np

from eftheory.search.cone import Cone
from eftheory.search.data import Problem
from eftheory.search.descent import Descent, Position
from eftheory.search.floats import FLOAT_FAILURES
from eftheory.search.matrix import dyadic_above
from eftheory.search.statement import Family, Inside, deepest_point

_log = logging.getLogger("eftheory")

_MAX_SOLVES = 100
_BEGINNINGS = 6
_LEAST_MARGIN = 1e-5  # of a solution worth going on from; good ones have 0.1 to 0.01
_NO_GAP = Fraction(1, 2**56)  # closer to 1 a rate is not told from 1
_SHORT, _LONG, _LEAST = 0.9, 0.99, 2.0**-10  # shares of the way to the optimum that one solve goes
_BOLDER = 1.1  # growth of the share after a success


def descend(problem: Problem, slack: Fraction) -> Descent:
    """Search the least rate until the estimated gap is at most slack * (1 - rate)."""
    search = _Search()
    path: list[Position] = []
    try:
        cone = Cone.start(problem)
        search.trouble = "" if cone else "no strictly feasible V was found to start from"
        here, share = search.begin(cone) if cone else None, _SHORT
        while cone and here:
            path.append(here)
            if here.meets(slack):
                break
            if here.rate >= 1 and here.gap < max((here.rate - 1) / 2**10, _NO_GAP):
                search.trouble = f"the least rate is not below 1, but about {float(here.rate):.4g}"
                break
            here, share = search.advance(cone, here, share)
    except FLOAT_FAILURES as error:
        search.trouble = f"floats failed: {error}"
    if search.trouble and not any(position.rate < 1 for position in path):
        search.trouble = f"no rate below 1 was found; {search.trouble}"
    return Descent(tuple(path), search.trouble, search.solves, search.seconds)


class _Search:
    """The solves of one descent, and what went wrong last."""

    def __init__(self) -> None:
        self.trouble = ""
        self.solves = 0
        self.seconds = 0.0

    def begin(self, cone: Cone) -> Position | None:
        """A first position, at the start's rate or a larger one where the solver has trouble with that."""
        found = None
        for k in range(_BEGINNINGS):
            found = found or self.solve(cone, cone.rate * 4**k)
        self.trouble = "" if found else self.trouble
        return found

    def advance(self, cone: Cone, position: Position, share: float) -> tuple[Position | None, float]:
        """A position nearer to the optimum, None if none is found, and the share of the rest to try next."""
        gap = position.gap
        while share >= _LEAST and self.solves < _MAX_SOLVES:
            rate = dyadic_above(position.rate - Fraction(share * gap), gap / 2**9)
            found = self.solve(cone, rate if rate > 0 else position.rate / 16)
            if found:
                self.trouble = ""
                return found, _LONG if share >= _SHORT else min(_SHORT, _BOLDER * share)
            share /= 2
        self.trouble = self.trouble or f"the limit of {_MAX_SOLVES} solves is reached"
        return None, share

    def solve(self, cone: Cone, rate: Fraction) -> Position | None:
        """Move the cone to the deepest V at a rate; None, and the trouble noted, if there is no good one."""
        self.solves += 1
        slacks = cone.slacks(rate)
        family = Family(cone.sizes, slacks, cone.slope_of_entries(), cone.centre())
        inside = deepest_point(family)
        if isinstance(inside, str):
            self.trouble = f"{inside} (at rate {float(rate):.12g})"
            return None
        self.seconds += inside.seconds
        gap = _gap(inside, (cone.slacks(rate + 1) - slacks) @ inside.point)
        if inside.margin < _LEAST_MARGIN or not cone.move_to(inside.point, rate):
            self.trouble = f"no V of the template was found at rate {float(rate):.12g}"
            return None
        _log.debug("rate %.15g: margin %.3g, gap %.3g", float(rate), inside.margin, gap)
        return cone.position(gap)


def _gap(inside: Inside, growth: np.ndarray) -> float:
    """Newton's estimate: the optimal margin grows with the rate as fast as the forces on the slacks say."""
    slope = float(inside.forces @ growth)
    return inside.margin / slope if slope > 0 else float("inf")
