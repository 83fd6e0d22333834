"""Complete the squares of a quadratic form: a proposal for ``combine``, which the kernel then checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from eftheory.proofkit.expression import Mean, Node
from eftheory.proofkit.normal import AGENTS, average_vector, normal
from eftheory.proofkit.polynomial import Atom
from eftheory.proofkit.tidy import linear, names_in, node_of

Rows = dict[Atom, dict[Atom, Fraction]]
Squares = list[tuple[Fraction, Node]]


def complete_squares(form: Callable[..., Any], *vectors: Node) -> list[tuple[Fraction, Node]]:
    """Write a quadratic form as a sum of coefficients times squares, by elimination.

    Coefficients are negative where the form is not positive; the kernel will say so.

    Args:
        form: takes a number in the place of each vector.
        vectors: what the form is taken at, in the order in which they are eliminated.

    Raises:
        ZeroDivisionError: a pivot is zero; another order of the vectors may help.

    >>> from eftheory.proofkit.expression import Symbol
    >>> u, v = Symbol("u", vector=True), Symbol("v", vector=True)
    >>> [str(c) for c, _ in complete_squares(lambda x, y: 2 * x * x + 2 * x * y + y * y, u, v)]
    ['2', '1/2']
    """
    n = range(len(vectors))
    unit = [[Fraction(i == j) for j in n] for i in n]
    double = [[form(*(x + y for x, y in zip(unit[i], unit[j]))) for j in n] for i in n]
    rows = [[(double[i][j] - form(*unit[i]) - form(*unit[j])) / 2 for j in n] for i in n]
    found: list[tuple[Fraction, Node]] = []
    for k in n:
        pivot, row = rows[k][k], [x / rows[k][k] for x in rows[k]]
        found.append((pivot, sum((row[j] * vectors[j] for j in n[k + 1 :]), vectors[k])))
        rows = [[rows[i][j] - pivot * row[i] * row[j] for j in n] for i in n]
    return found


def squares_of(node: Node) -> tuple[Squares, Squares]:
    """A quadratic expression in vectors, as squares and mean squares for ``combine``; forms may be singular.

    Means over agents are split: mean <u_i, v_i> is <mean u, mean v> and the mean over what deviates from it. What is
    no product of vectors is left out, and where the form is not positive coefficients are negative, or the squares do
    not add up to it; the kernel will say so.

    >>> from eftheory.proofkit.expression import Symbol, mean, square
    >>> v = Symbol("v", vector=True, indexed=True)
    >>> squares, mean_squares = squares_of(mean(square(v)) - square(mean(v)))
    >>> len(squares), len(mean_squares)
    (0, 1)
    """
    names, value = names_in(node), normal(node)
    scale = next(iter(value.denominator.terms.values()))
    whole: Rows = defaultdict(lambda: defaultdict(Fraction))
    deviating: Rows = defaultdict(lambda: defaultdict(Fraction))
    for monomial, c in value.numerator.terms.items():
        if len(monomial) != 1 or monomial[0][1] != 1:
            continue
        (atom, _), c = monomial[0], c / scale
        if atom[:2] == ("average", AGENTS) and len(atom[2]) == 1 and atom[2][0][0][0] == "inner":
            _, u, v = atom[2][0][0]
            _add(deviating, u, v, c)
            _add(whole, average_vector((), u, AGENTS), average_vector((), v, AGENTS), c)
        elif atom[0] == "inner":
            _add(whole, atom[1], atom[2], c)
    squares = [
        (pivot, linear((c, node_of(atom, names)) for atom, c in row.items())) for pivot, row in _eliminated(whole)
    ]
    own = [
        (pivot, linear((c, node_of(atom, names)) for atom, c in row.items())) for pivot, row in _eliminated(deviating)
    ]
    return squares, [(pivot, vector - Mean(vector)) for pivot, vector in own]


def _add(rows: Rows, u: Atom, v: Atom, c: Fraction) -> None:
    rows[u][v] += c / 2
    rows[v][u] += c / 2


def _eliminated(rows: Rows) -> list[tuple[Fraction, dict[Atom, Fraction]]]:
    """Pivots and rows over them; first the rows with the fewest entries. Where only zero pivots are left, it ends."""
    rows = {u: {v: c for v, c in row.items() if c} for u, row in rows.items()}
    found: list[tuple[Fraction, dict[Atom, Fraction]]] = []
    while left := [u for u, row in rows.items() if row.get(u)]:
        u = min(left, key=lambda u: (rows[u][u] < 0, len(rows[u])))
        row = rows.pop(u)
        pivot = row[u]
        found.append((pivot, {v: c / pivot for v, c in row.items()}))
        for v in rows.keys() & row.keys():
            factor, target = row[v] / pivot, rows[v]
            target.pop(u)
            for w, c in row.items():
                if w != u:
                    target[w] = target.get(w, Fraction(0)) - factor * c
                    if not target[w]:
                        del target[w]
    return found
