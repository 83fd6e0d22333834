"""Bounds on rates: the least rate at which the cone of certificates has an interior."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eftheory.certificates.certificate import Upper
from eftheory.search.general.constants import Wanted, scales_at
from eftheory.search.general.faces import Face, find_face
from eftheory.search.general.interior import find_inner_face
from eftheory.search.general.matrices import Scaled, cone_of
from eftheory.search.general.programme import ONE, Programme, Reader
from eftheory.search.general.rounding import round_upper
from eftheory.search.general.solving import deepest, order
from eftheory.search.general.sums import NOT_ROUNDED, round_least
from eftheory.search.matrix import dyadic_above

INSIDE = 1e-9  # margins that are told from none
_MOST_NOISE = 10.0  # beside constants of the start whose sum is at most 1
_ROOM = 2.0  # for the constants of the start, beside those of a point nearby
_NARROW = 8  # a bracket of this share is left to secants
_SOLVES = 40
_SLOWER = 0.1  # how much less than the greatest 1 - rate is asked for where noise is to be paid for
_CONSTANTS = 0.05  # how far constants may be from the least, as a share
_WIDER = (1, 4, 16, 64, 256, 1024)
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
    scaled: Scaled
    point: np.ndarray
    margin: float


class Rates:
    """The trials of one setting."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.trouble = ""

    def programme(self, gap: float) -> Programme:
        """The programme of a short rate near 1 - gap."""
        step = Fraction(gap).limit_denominator(2**60)
        rate = 1 - step if step < Fraction(1, 2**20) else dyadic_above(1 - step, gap / 2**24)
        return self.reader.programme(rate, sums=False)

    def try_gap(self, gap: float, near: Trial | None = None, *, inner: bool = False) -> Trial | None:
        """The deepest point at rate 1 - gap, in the scale of one nearby; None, and why noted, without one."""
        programme = self.programme(gap)
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
        scaled = cone_of(programme, face)
        cone = scaled.cone
        size = np.zeros(cone.size + 1)
        for number in programme.numbers("initial"):
            size += scaled.rows[number]
        for number in programme.numbers("noise"):
            size += scaled.rows[number] / _MOST_NOISE
        if near and near.scaled.cone.shape == cone.shape:
            scales, weights = scales_at(near.scaled.cone, near.point)
            there = near.point * near.scaled.unit / scaled.unit
            limits = [-size, scaled.rows[c].copy()]
            limits[0][0] += _ROOM * float(size @ there)
            limits[1][0] -= float(scaled.rows[c] @ there)
        else:
            scales = [np.ones(order(len(matrix))) for matrix in cone.matrices]
            weights, limits = np.ones(len(cone.numbers)), [-size]
            limits[0][0] += 1.0
        found = deepest(cone, scales, weights, np.array(limits))
        if isinstance(found, str):
            self.trouble = found
            return None
        point, margin = found
        return Trial(float(1 - programme.rate), programme, face, scaled, point, margin)

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
        """A first trial with certificates.

        Where there seems to be none, the cone may be so narrow that it is seen in its own scale only. That scale comes
        last, since a cone without interior may seem to have one in it.
        """
        for inner, rescaled in ((False, False), (True, False), (False, True)):
            gap = _FIRST
            while gap > _SLOWEST:
                found = self.try_gap(gap, inner=inner)
                if rescaled and found and abs(found.margin) <= INSIDE:
                    found = self.try_gap(gap, found)
                if found and found.margin > INSIDE:
                    return found
                gap /= 16
        return None


def _factor(new: float, old: float) -> float:
    """How much less the other end of a bracket counts, where one end has moved."""
    return 1 - new / old if old and new / old < 1 else 0.5


def search_rate(reader: Reader, slack: float, noise_weight: float) -> Upper | str:
    """The least rate, a little above it, with small constants if these can be had."""
    rates = Rates(reader)
    best = rates.descend(slack)
    if best is None:
        return f"no rate below 1 was found: {rates.trouble or 'no certificate lies inside the cone'}"
    noisy = bool(best.programme.numbers("noise"))
    for share in (_SLOWER, 2 * _SLOWER) if noisy else (slack, 10 * slack):
        found = _with_small_constants(rates, best, share, noise_weight)
        if not isinstance(found, str):
            return found
    for factor in _WIDER:
        trial = rates.try_gap(best.gap * (1 - slack * factor), best)
        if trial and trial.margin > 0:
            upper = round_upper(trial.programme, trial.face, trial.point, trial.scaled.unit)
            if upper:
                return upper
    return NOT_ROUNDED


def _with_small_constants(rates: Rates, best: Trial, share: float, noise_weight: float) -> Upper | str:
    """Evidence with c = 1 at a rate a little above the least."""
    programme = rates.programme(best.gap * (1 - share))
    (c,) = programme.numbers("c")
    face = find_face(programme, best.face, given=[{c: Fraction(1), ONE: Fraction(-1)}])
    if isinstance(face, str):
        return face
    wanted = Wanted.of(programme, others=1.0, noise=noise_weight / best.gap)
    return round_least(programme, face, wanted, _CONSTANTS)
