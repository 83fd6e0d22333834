"""Bounds on sums: the least constant of the first quantity at the start."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np

from eftheory.certificates.certificate import Upper
from eftheory.methods.quantities import EXCESS
from eftheory.search.general.constants import Wanted, scales_at
from eftheory.search.general.faces import Face, find_face
from eftheory.search.general.interior import find_inner_face
from eftheory.search.general.matrices import Scaled, Units, cone_of
from eftheory.search.general.programme import Programme, Reader
from eftheory.search.general.rounding import round_upper
from eftheory.search.general.solving import deepest, order

NOT_ROUNDED = "the exact check accepts no rounding of what the solver found"
_OTHERS = 1e-6  # the weight of the other quantities at the start
_OTHERS_CONVEX = 1e-1  # on convex functions less f - inf f costs ever more of the others: the least is not attained
_WIDER, _WIDEST = (1, 10, 100, 1000), (10**4, 10**5, 10**6, 10**7)
_MARGINS = (1.0, 1e3)  # at most, where nothing else is asked for
_HALVINGS = 20


def search_sum(reader: Reader, slack: float, noise_weight: float) -> Upper | str:
    """The least constant: in several units, on the face that is found by reading, then on that which a solver shows.

    Where it is not to be had, as the solver's optimum lies outside, constants far from it, or the least halved ones.
    """
    programme = reader.programme(Fraction(1), sums=True)
    face = find_face(programme)
    if isinstance(face, str):
        return face
    wanted = Wanted.of(programme, others=_weight_of_others(programme), noise=noise_weight)
    found: Upper | str = ""
    for units in Units:
        found = round_least(programme, face, wanted, slack, units)
        if not isinstance(found, str):
            return found
    inner = find_inner_face(programme, face)
    if not (isinstance(inner, str) or inner is face):
        found = round_least(programme, inner, wanted, slack)
    ways = (round_least(programme, face, wanted, slack, units, _WIDEST) for units in Units if isinstance(found, str))
    found = next((upper for upper in ways if not isinstance(upper, str)), found)
    return (_round_any(programme, face, wanted) or found) if isinstance(found, str) else found


def _round_any(programme: Programme, face: Face, wanted: Wanted) -> Upper | None:
    """Evidence from deep inside the cone, then from ever nearer to what a solver takes for the best point, or where
    constants are half as large, and again, as long as there is some.
    """
    for units, most in product(Units, _MARGINS):
        scaled = cone_of(programme, face, units)
        cone = scaled.cone
        scales, weights = [np.ones(order(len(matrix))) for matrix in cone.matrices], np.ones(len(cone.numbers))
        found = deepest(cone, scales, weights, np.zeros((0, cone.size + 1)), most)
        upper = None if isinstance(found, str) else _round_inside(programme, face, scaled, found)
        if upper is None or isinstance(found, str):
            continue
        (point, _), best = found, wanted.best_point(scaled)
        sizes = sum(weight * scaled.rows[number] for number, weight in wanted.weights.items())
        for k in range(1, _HALVINGS):
            if isinstance(best, str):
                limit = -sizes[None, :]
                limit[0, 0] += float(sizes @ point) / 2
                found = deepest(cone, *scales_at(cone, point), limit / np.max(np.abs(limit)))
            else:
                found = best + 0.25**k * (point - best), 1.0
            smaller = None if isinstance(found, str) else _round_inside(programme, face, scaled, found)
            if smaller is None or isinstance(found, str):
                break
            upper, point = smaller, found[0] if isinstance(best, str) else point
        return upper
    return None


def _round_inside(programme: Programme, face: Face, scaled: Scaled, found: tuple[np.ndarray, float]) -> Upper | None:
    point, margin = found
    return round_upper(programme, face, point, scaled.unit) if margin > 0 else None


def _weight_of_others(programme: Programme) -> float:
    convex = all(agent.mu >= 0 for agent in programme.setting.agents)
    first, *_ = programme.numbers("initial")
    return _OTHERS_CONVEX if convex and programme.unknowns[first].name == EXCESS else _OTHERS


def round_least(
    programme: Programme,
    face: Face,
    wanted: Wanted,
    slack: float,
    units: Units = Units.BALANCED,
    wider: tuple[int, ...] = _WIDER,
) -> Upper | str:
    """Evidence with constants near the least, or why there is none."""
    scaled = cone_of(programme, face, units)
    best = wanted.best_point(scaled)
    if isinstance(best, str):
        return f"no constant was found: {best}"
    trouble = ""
    for factor in wider:
        point = wanted.inner_point(scaled, best, slack * factor)
        if isinstance(point, str):
            trouble = point
            continue
        upper = round_upper(programme, face, point, scaled.unit)
        if upper:
            return upper
        trouble = NOT_ROUNDED
    return trouble
