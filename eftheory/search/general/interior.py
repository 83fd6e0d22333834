"""A face on which the cone of certificates has an interior."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.algebra.rounding import simplest
from eftheory.exact.vector import Vector
from eftheory.search.general.faces import Direction, Face, Matrix, blocks, find_face
from eftheory.search.general.programme import Programme
from eftheory.search.general.solving import Cone, resisting

_ROUNDS = 3
_ERROR = Fraction(1, 10**5)  # of the entries of directions that a solver finds


def cone_of(programme: Programme, face: Face) -> Cone:
    """All slacks of the certificates on a face."""
    matrices = [matrix.triangle for pencil in programme.pencils for matrix in blocks(pencil, face)]
    return Cone(tuple(matrices), face.basis[list(face.kept)])


def find_inner_face(programme: Programme, face: Face) -> Face | str:
    """The face without directions in which its forms turn out to have no square, as far as a solver shows them."""
    more: list[Direction] = []
    for _ in range(_ROUNDS):
        directions = resisting(cone_of(programme, face))
        if directions is None:
            break
        placed = [(k, matrix) for k, pencil in enumerate(programme.pencils) for matrix in blocks(pencil, face)]
        more += [
            (k, v)
            for (k, matrix), rows in zip(placed, directions)
            for v in _short(matrix, rows)
            if (k, v) not in (*more, *face.vanishing)
        ]
        found = find_face(programme, more=more)
        if isinstance(found, str) or len(found.free) == len(face.free):
            return found
        face = found
    return face


def _short(matrix: Matrix, rows: np.ndarray) -> list[Vector]:
    """The same directions in symbols, in echelon form, with the simplest numbers next to those of the solver."""
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
