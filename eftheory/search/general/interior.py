"""A face on which the cone of certificates has an interior."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.algebra.rounding import simplest
from eftheory.exact.vector import Vector
from eftheory.search.general.faces import Direction, Face, find_face
from eftheory.search.general.matrices import Matrix, cone_of
from eftheory.search.general.programme import Programme
from eftheory.search.general.solving import resisting

_ROUNDS = 3
_ERROR = Fraction(1, 10**5)  # of the entries of directions that a solver finds


def find_inner_face(programme: Programme, face: Face) -> Face | str:
    """The face without directions in which its forms turn out to have no square, as far as a solver shows them."""
    more: list[Direction] = []
    for _ in range(_ROUNDS):
        scaled = cone_of(programme, face)
        directions = resisting(scaled.cone)
        if directions is None:
            break
        known = (*more, *face.vanishing)
        found_here = [(each.form, v) for each, rows in zip(scaled.matrices, directions) for v in _short(each, rows)]
        more += [direction for direction in found_here if direction not in known]
        found = find_face(programme, more=more)
        if isinstance(found, str) or len(found.free) == len(face.free):
            return found
        face = found
    return face


def _short(matrix: Matrix, rows: np.ndarray) -> list[Vector]:
    """The directions in symbols, in echelon form, with the simplest numbers next to those of the solver."""
    left = rows @ matrix.span.T
    found = []
    for i in range(len(left)):
        column = int(np.argmax(np.abs(left[i])))
        left[i] /= left[i, column]
        for other in range(len(left)):
            if other != i:
                left[other] -= left[other, column] * left[i]
    for row in left:
        numbers = [Fraction(float(x)).limit_denominator(10**9) for x in row]
        entries = {name: simplest(x - _ERROR, x + _ERROR) for name, x in zip(matrix.symbols, numbers)}
        found.append(Vector(entries))
    return found
