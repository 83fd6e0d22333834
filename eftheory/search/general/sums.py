"""Bounds on sums: the least constant of the first quantity at the start."""

from __future__ import annotations

from fractions import Fraction

from eftheory.certificates.certificate import Upper
from eftheory.methods.quantities import EXCESS
from eftheory.search.general.constants import Wanted
from eftheory.search.general.faces import Face, find_face
from eftheory.search.general.interior import find_inner_face
from eftheory.search.general.matrices import Units, cone_of
from eftheory.search.general.programme import Programme, Reader
from eftheory.search.general.rounding import round_upper

NOT_ROUNDED = "the exact check accepts no rounding of what the solver found"
_OTHERS = 1e-6  # the weight of the other quantities at the start
_OTHERS_CONVEX = 1e-1  # on convex functions less f - inf f costs ever more of the others: the least is not attained
_WIDER = (1, 10, 100, 1000)


def search_sum(reader: Reader, slack: float, noise_weight: float) -> Upper | str:
    """The least constant: in several units, on the face that is found by reading, then on that which a solver shows."""
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
    return found if isinstance(inner, str) or inner is face else round_least(programme, inner, wanted, slack)


def _weight_of_others(programme: Programme) -> float:
    convex = all(agent.mu >= 0 for agent in programme.setting.agents)
    first, *_ = programme.numbers("initial")
    return _OTHERS_CONVEX if convex and programme.unknowns[first].name == EXCESS else _OTHERS


def round_least(
    programme: Programme, face: Face, wanted: Wanted, slack: float, units: Units = Units.BALANCED
) -> Upper | str:
    """Evidence with constants near the least, or why there is none."""
    scaled = cone_of(programme, face, units)
    best = wanted.best_point(scaled)
    if isinstance(best, str):
        return f"no constant was found: {best}"
    trouble = ""
    for factor in _WIDER:
        point = wanted.inner_point(scaled, best, slack * factor)
        if isinstance(point, str):
            trouble = point
            continue
        upper = round_upper(programme, face, point, scaled.unit)
        if upper:
            return upper
        trouble = NOT_ROUNDED
    return trouble
