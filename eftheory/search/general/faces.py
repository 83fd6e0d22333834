"""The space in which all certificates of a programme lie: what must vanish does.

A form can be nonnegative only if its function values cancel, and if the row of a symbol without a square is empty.
Multipliers, too, may have to vanish. A semidefinite programme has no interior, and floats cannot be rounded, unless all
of this is said by equations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eftheory.exact.vector import Vector
from eftheory.search.general.equations import Equations, Row
from eftheory.search.general.programme import ONE, Pencil, Programme
from eftheory.search.general.solving import Cone, widest

_ROUNDS = 20
_POSSIBLE = 0.5  # of what can be positive the share is 1, of the rest 0
_CONTRADICTION = "function values do not cancel, whatever the multipliers are"


Direction = tuple[int, Vector]  # of a form, by its number


@dataclass(frozen=True)
class Face:
    """Where a programme's certificates lie.

    Attributes:
        equations: of the unknowns.
        free: the unknowns that determine the others, beside ONE.
        basis: array (unknowns, 1 + free): all unknowns, linear in (1, free).
        kept: the unknowns, of those that must be nonnegative, that may be positive.
        zeros: the others of them.
        vanishing: directions that a form, by its number, may not see.
    """

    equations: Equations
    free: tuple[int, ...]
    basis: np.ndarray
    kept: tuple[int, ...]
    zeros: tuple[int, ...]
    vanishing: tuple[Direction, ...]


def find_face(
    programme: Programme, like: Face | None = None, more: Iterable[Direction] = (), given: Iterable[Row] = ()
) -> Face | str:
    """Add equations until nothing more must vanish; a sentence where they contradict each other.

    Args:
        programme: that of a rate.
        like: the face of another rate; what vanishes there does here, and nothing else is looked for.
        more: directions in which squares may be absent, beside those that are known to be worth a look.
        given: rows that are to vanish, too.
    """
    equations = Equations()
    for row in (*given, *(row for pencil in programme.pencils for row in pencil.values.values())):
        equations.add(row)
    if like:
        _vanish(programme, equations, like.vanishing)
        for number in like.zeros:
            equations.add({number: Fraction(1)})
        _within_span(programme, equations)
        if ONE in equations.rows:
            return _CONTRADICTION
        return _face(programme, equations, list(like.kept), list(like.zeros), list(like.vanishing))
    kept = [number for number, unknown in enumerate(programme.unknowns) if number and not unknown.signed]
    ahead = [(k, v) for k, pencil in enumerate(programme.pencils) for v in _directions(pencil, programme)]
    ahead += more
    zeros: list[int] = []
    vanishing: list[Direction] = []
    for _ in range(_ROUNDS):
        _within_span(programme, equations)
        if ONE in equations.rows:
            return _CONTRADICTION
        face = _face(programme, equations, kept, zeros, vanishing)
        rows = [equations.reduced(_square(programme.pencils[k], v)) for k, v in ahead]
        squares = np.array([floats_of(row, face) for row in rows]).reshape(len(rows), len(face.free) + 1)
        shares = widest(Cone((), face.basis[kept]), [squares])
        if isinstance(shares, str):
            return f"no V of this template has enough squares to pay for the measure ({shares})"
        zeros = [number for number, share in zip(kept, shares) if share < _POSSIBLE]
        gone = [each for each, share, row in zip(ahead, shares[len(kept) :], rows) if share < _POSSIBLE or not row]
        if not zeros and not gone:
            return face
        kept = [number for number in kept if number not in zeros]
        ahead = [each for each in ahead if each not in gone]
        zeros, vanishing = [*face.zeros, *zeros], [*vanishing, *gone]
        _vanish(programme, equations, gone)
        for number in zeros:
            equations.add({number: Fraction(1)})
    return "the equations did not settle"


def _vanish(programme: Programme, equations: Equations, directions: Iterable[Direction]) -> None:
    """Let all products with these directions be zero."""
    for k, v in directions:
        for row in _rows(programme.pencils[k], v).values():
            equations.add(row)


def _within_span(programme: Programme, equations: Equations) -> None:
    """Let forms whose expectation is zero be blind where all else is: no multiple of them is nonnegative there."""
    extra = {number: Fraction(1) for number in programme.numbers("vanishing")}
    if not extra:
        return
    pencil = programme.decrease
    symbols = sorted({name for pair in pencil.quadratic for name in pair})
    place = {name: i for i, name in enumerate(symbols)}
    rows: dict[tuple[int, str], Row] = {}
    for (a, b), row in pencil.quadratic.items():
        for number, value in equations.reduced({k: x for k, x in row.items() if k not in extra}).items():
            if number in extra:
                continue
            for one, other in ((a, b), (b, a)):
                entry = rows.setdefault((number, one), {})
                entry[place[other]] = entry.get(place[other], Fraction(0)) + value
    seen = Equations()
    for row in rows.values():
        seen.add({k: x for k, x in row.items() if x})
    blind = [j for j in range(len(symbols)) if j not in seen.rows]
    for j in blind:
        entries = {symbols[p]: -row[j] for p, row in seen.rows.items() if j in row}
        for row in _rows(pencil, Vector({symbols[j]: Fraction(1), **entries})).values():
            equations.add(row)


def _directions(pencil: Pencil, programme: Programme) -> list[Vector]:
    """Where squares may be absent: of one symbol, or moves of the points that leave all answers as they are."""
    symbols = sorted({name for pair in pencil.quadratic for name in pair})
    numbers = {name: i for i, name in enumerate(symbols)}
    fixed = Equations()
    for answer in programme.heard.answers:
        row = dict(answer)
        if row.keys() <= numbers.keys():
            fixed.add({numbers[name]: value for name, value in row.items()})
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


def _face(
    programme: Programme, equations: Equations, kept: list[int], zeros: list[int], vanishing: list[Direction]
) -> Face:
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
    return Face(equations, tuple(free), basis, tuple(kept), tuple(zeros), tuple(vanishing))


def floats_of(row: Row, face: Face) -> np.ndarray:
    """A number that is linear in all unknowns, linear in (1, free)."""
    return np.asarray(
        sum((float(value) * face.basis[number] for number, value in row.items()), np.zeros(face.basis.shape[1]))
    )
