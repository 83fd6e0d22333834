"""Bounds on rates: the least rate at which the cone of certificates has an interior."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eftheory.search.general.faces import Face, find_face
from eftheory.search.general.interior import cone_of, find_inner_face
from eftheory.search.general.programme import Programme, Reader
from eftheory.search.general.solving import Cone, deepest, order
from eftheory.search.general.sums import scales_at
from eftheory.search.matrix import dyadic_above

INSIDE = 1e-9  # margins that are told from none
_MOST_NOISE = 10.0  # beside constants of the start whose sum is at most 1
_ROOM = 2.0  # for the constants of the start, beside those of a point nearby
_NARROW = 8  # a bracket of this share is left to secants
_SOLVES = 40
_FIRST, _SLOWEST = 1e-3, 2.0**-30  # 1 - rate of what is tried first


Point = tuple[float, float]  # 1 - rate, and the margin


@dataclass(frozen=True)
class Trial:
    """The deepest point at a rate.

    Attributes:
        gap: 1 - rate.
        margin: positive if certificates exist.
    """

    gap: float
    programme: Programme
    face: Face
    cone: Cone
    point: np.ndarray
    margin: float


class Rates:
    """The trials of one setting."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.trouble = ""

    def try_gap(self, gap: float, near: Trial | None = None, *, inner: bool = False) -> Trial | None:
        """The deepest point at rate 1 - gap, in the scale of one nearby; None, and why noted, without one."""
        step = Fraction(gap).limit_denominator(2**60)
        rate = 1 - step if step < Fraction(1, 2**20) else dyadic_above(1 - step, gap / 2**24)
        programme = self.reader.programme(rate, sums=False)
        face = find_face(programme, near.face if near else None)
        if isinstance(face, str):
            self.trouble = face
            return None
        face = find_inner_face(programme, face) if inner else face
        if isinstance(face, str):
            self.trouble = face
            return None
        (c,) = programme.numbers("c")
        if c in face.zeros:
            self.trouble = "no V that shrinks in every step is worth a multiple of the measure"
            return None
        cone = cone_of(programme, face)
        size = np.zeros(cone.size + 1)
        for number in programme.numbers("initial"):
            size += face.basis[number]
        for number in programme.numbers("noise"):
            size += face.basis[number] / _MOST_NOISE
        if near:
            scales, weights = scales_at(near.cone, near.point)
            limits = [-size, face.basis[c].copy()]
            limits[0][0] += _ROOM * float(size @ near.point)
            limits[1][0] -= float(face.basis[c] @ near.point)
        else:
            scales = [np.ones(order(len(matrix))) for matrix in cone.matrices]
            weights, limits = np.ones(len(cone.numbers)), [-size]
            limits[0][0] += 1.0
        found = deepest(cone, scales, weights, np.array(limits))
        if isinstance(found, str):
            self.trouble = found
            return None
        point, margin = found
        return Trial(float(1 - rate), programme, face, cone, point, margin)

    def descend(self, slack: float) -> Trial | None:
        """The largest gap with certificates, within the slack as a share of it.

        The greatest margin is a concave function of the gap, or nearly: chords across its root end inside, and secants
        through two points of one side beyond it.
        """
        near = self._begin()
        if near is None:
            return None
        best, outside = near, (1.0, 0.0)
        for gap in (min(near.gap * 4**k, 1.0) for k in range(1, 20)):
            found = self.try_gap(gap, best)
            if not found or found.margin <= INSIDE:
                outside = (gap, found.margin if found else 0.0)
                break
            best = found
        while outside[0] - best.gap > best.gap / _NARROW:
            found = self.try_gap((best.gap + outside[0]) / 2, best)
            if found and found.margin > INSIDE:
                best = found
            else:
                outside = ((best.gap + outside[0]) / 2, found.margin if found else 0.0)
        return self._refine(best, outside, slack)

    def _refine(self, best: Trial, outside: Point, slack: float) -> Trial:
        """The root of the margin, in the scale of the best trial so far: regula falsi after Anderson and Björck.

        Where the bracket is not halved in three steps it is bisected.
        """
        near = best
        best = self.try_gap(near.gap, near) or near
        (low, above), (high, below) = (best.gap, best.margin), outside
        widths = [high - low]
        for _ in range(_SOLVES):
            if widths[-1] <= slack * low:
                break
            stalls = len(widths) > 3 and widths[-1] > widths[-4] / 2
            share = above / (above - below) if below < 0 and not stalls else 0.5
            least = slack * low / widths[-1] / 4
            found = self.try_gap(low + widths[-1] * min(max(share, least), 1 - least), near)
            if found and found.margin > INSIDE:
                below *= _factor(found.margin, above)
                best, low, above = found, found.gap, found.margin
            else:
                new = found.margin if found else 0.0
                above *= _factor(new, below)
                high, below = (found.gap, new) if found else ((low + high) / 2, 0.0)
            widths.append(high - low)
        return best

    def _begin(self) -> Trial | None:
        """A first trial with certificates."""
        for inner in (False, True):
            gap = _FIRST
            while gap > _SLOWEST:
                found = self.try_gap(gap, inner=inner)
                if found and found.margin > INSIDE:
                    return found
                gap /= 16
        return None


def _factor(new: float, old: float) -> float:
    """How much less the other end of a bracket counts, where one end has moved."""
    return 1 - new / old if old and new / old < 1 else 0.5


def wider(rates: Rates, best: Trial, slack: float) -> Iterator[Trial]:
    """Points at rates a little above the least, in the scale of the point there."""
    for factor in (1, 4, 16, 64, 256, 1024):
        found = rates.try_gap(best.gap * (1 - slack * factor), best)
        if found and found.margin > 0:
            yield found
