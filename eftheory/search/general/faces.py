"""The space in which all certificates of a programme lie: what must vanish does.

A form can be nonnegative only if its function values cancel, and if the row of a symbol without a square is empty.
Multipliers, too, may have to vanish. A semidefinite programme has no interior, and floats cannot be rounded, unless all
of this is said by equations.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.search.general.equations import Equations, Row
from eftheory.search.general.programme import ONE, Pencil, Programme
from eftheory.search.general.solving import Cone, widest

_ROUNDS = 20


@dataclass(frozen=True)
class Face:
    """Where a programme's certificates lie.

    Attributes:
        equations: of the unknowns.
        free: the unknowns that determine the others, beside ONE.
        basis: array (unknowns, 1 + free): all unknowns, linear in (1, free).
        kept: the unknowns, of those that must be nonnegative, that may be positive.
    """

    equations: Equations
    free: tuple[int, ...]
    basis: np.ndarray
    kept: tuple[int, ...]


def find_face(programme: Programme) -> Face | str:
    """Add equations until nothing more must vanish; a sentence where they contradict each other."""
    equations = Equations()
    for pencil in programme.pencils:
        for row in pencil.values.values():
            equations.add(row)
    kept = [number for number, unknown in enumerate(programme.unknowns) if number and not unknown.signed]
    directions = [_directions(pencil, programme) for pencil in programme.pencils]
    for _ in range(_ROUNDS):
        if ONE in equations.rows:
            return "the function values cannot cancel with multipliers that are not negative"
        face = _face(programme, equations, kept)
        live = [
            (pencil, v, row)
            for pencil, each in zip(programme.pencils, directions)
            for v in each
            if (row := equations.reduced(_square(pencil, v)))
        ]
        squares = np.array([_floats(row, face) for _, _, row in live]).reshape(len(live), len(face.free) + 1)
        shares = widest(Cone((), face.basis[kept]), [squares])
        if isinstance(shares, str):
            return f"no multipliers make the squares of all symbols nonnegative: {shares}"
        before = len(equations.rows)
        for number, share in zip(kept, shares):
            if share < 0.5:
                equations.add({number: Fraction(1)})
        kept = [number for number, share in zip(kept, shares) if share >= 0.5]
        vanishing = [(pencil, v) for (pencil, v, _), share in zip(live, shares[len(face.kept) :]) if share < 0.5]
        empty = [
            (pencil, v)
            for pencil, each in zip(programme.pencils, directions)
            for v in each
            if not equations.reduced(_square(pencil, v))
        ]
        for pencil, v in (*vanishing, *empty):
            for row in _rows(pencil, v).values():
                equations.add(row)
        if len(equations.rows) == before:
            return face
    return "the equations did not settle"


def _directions(pencil: Pencil, programme: Programme) -> list[Vector]:
    """Where squares may be absent: of one symbol, or moves of the points that leave all answers as they are."""
    symbols = sorted({name for pair in pencil.quadratic for name in pair})
    numbers = {name: i for i, name in enumerate(symbols)}
    fixed = Equations()
    for answer in programme.heard.answers:
        fixed.add({numbers[name]: value for name, value in answer if name in numbers})
    moves = []
    for j in range(len(symbols)):
        if j not in fixed.rows:
            entries = {symbols[p]: -row[j] for p, row in fixed.rows.items() if j in row}
            moves.append(Vector({symbols[j]: Fraction(1), **entries}))
    return [*map(Vector.symbol, symbols), *(move for move in moves if len([*move]) > 1)]


def _rows(pencil: Pencil, v: Vector) -> dict[str, Row]:
    """Twice the products of a direction with each symbol, linear in the unknowns."""
    products: dict[str, Row] = {}
    for (a, b), row in pencil.quadratic.items():
        for one, other in ((a, b), (b, a)):
            if factor := v[one]:
                into = products.setdefault(other, {})
                for number, value in row.items():
                    into[number] = into.get(number, Fraction(0)) + factor * value
    return products


def _square(pencil: Pencil, v: Vector) -> Row:
    """The form at a direction."""
    total: Row = {}
    names = dict(v)
    for (a, b), row in pencil.quadratic.items():
        if a in names and b in names:
            for number, value in row.items():
                total[number] = total.get(number, Fraction(0)) + names[a] * names[b] * value
    return {number: value for number, value in total.items() if value}


def _face(programme: Programme, equations: Equations, kept: list[int]) -> Face:
    free = [number for number in range(1, len(programme.unknowns)) if number not in equations.rows]
    place = {number: i for i, number in enumerate([ONE, *free])}
    basis = np.zeros((len(programme.unknowns), len(place)))
    for number in range(len(programme.unknowns)):
        if number in place:
            basis[number, place[number]] = 1
        else:
            for j, value in equations.rows[number].items():
                if j != number:
                    basis[number, place[j]] = -float(value)
    return Face(equations, tuple(free), basis, tuple(kept))


def _floats(row: Row, face: Face) -> np.ndarray:
    return np.asarray(sum((float(value) * face.basis[number] for number, value in row.items()), np.zeros(1)))


def blocks(pencil: Pencil, face: Face) -> list[np.ndarray]:
    """The matrices of a pencil, each restricted to the span of what it sees: arrays (entries, 1 + free)."""
    entries = {pair: values for pair, row in pencil.quadratic.items() if np.any(values := _entry(row, face))}
    found = []
    for symbols in Form(dict.fromkeys(entries, Fraction(1))).blocks():
        place = {name: i for i, name in enumerate(symbols)}
        stack = np.zeros((len(face.free) + 1, len(symbols), len(symbols)))
        for (a, b), values in entries.items():
            if a in place:
                i, j = place[a], place[b]
                stack[:, i, j] = stack[:, j, i] = values if i == j else values / 2
        found.append(_restricted(stack))
    return found


def _entry(row: Row, face: Face) -> np.ndarray:
    values = _floats(row, face)
    largest = max((abs(float(value)) for value in row.values()), default=0.0)
    return np.where(np.abs(values) > 1e-12 * largest, values, 0.0)


def _restricted(stack: np.ndarray) -> np.ndarray:
    """The matrices in an orthonormal basis of the span of their rows, as lower triangles."""
    sizes = np.max(np.abs(stack), axis=(1, 2))
    scaled = stack[sizes > 0] / sizes[sizes > 0][:, None, None]
    squares, vectors = np.linalg.eigh(np.einsum("kij,kjl->il", scaled, scaled))
    span = vectors[:, squares > 1e-14 * squares[-1]]
    inside = np.einsum("ia,kij,jb->kab", span, stack, span)
    i, j = np.tril_indices(span.shape[1])
    return np.asarray((inside[:, i, j] * np.where(i == j, 1.0, np.sqrt(2.0))).T)
