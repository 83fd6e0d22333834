"""Complete the squares of a quadratic form: a proposal for ``combine``, which the kernel then checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import Any

from eftheory.algebra.squares import split_into_squares
from eftheory.proofkit.kernel.expression import Mean, Node
from eftheory.proofkit.kernel.normal import AGENTS, average_vector, normal
from eftheory.proofkit.kernel.polynomial import Atom
from eftheory.proofkit.tidy import Names, linear, node_of

Products = dict[tuple[Atom, Atom], Fraction]
Squares = list[tuple[Fraction, Node]]


def complete_squares(form: Callable[..., Any], *vectors: Node) -> list[tuple[Fraction, Node]]:
    """Write a quadratic form as a sum of coefficients times squares, by elimination.

    Coefficients are negative where the form is not positive; the kernel will say so.

    Args:
        form: takes a number in the place of each vector.
        vectors: what the form is taken at, in the order in which they are eliminated.

    >>> from eftheory.proofkit.kernel.expression import Symbol
    >>> u, v = Symbol("u", vector=True), Symbol("v", vector=True)
    >>> [str(c) for c, _ in complete_squares(lambda x, y: 2 * x * x + 2 * x * y + y * y, u, v)]
    ['2', '1/2']
    """
    n = range(len(vectors))
    unit = [[Fraction(i == j) for j in n] for i in n]
    single = [form(*x) for x in unit]
    products = {(i, i): single[i] for i in n}
    for i, j in combinations(n, 2):
        products[i, j] = form(*(x + y for x, y in zip(unit[i], unit[j]))) - single[i] - single[j]
    found = []
    for weight, row in split_into_squares(products, n):
        first, *others = (vectors[j] if c == 1 else c * vectors[j] for j, c in sorted(row.items()))
        found.append((weight, sum(others, first)))
    return found


def products_of(node: Node) -> tuple[Products, Products]:
    """The products in it of vectors that are means or no agent's own, and of deviations from means over agents."""
    value = normal(node)
    scale = next(iter(value.denominator.terms.values()))
    whole: Products = defaultdict(Fraction)
    deviating: Products = defaultdict(Fraction)
    for monomial, c in value.numerator.terms.items():
        if len(monomial) != 1 or monomial[0][1] != 1:
            continue
        (atom, _), c = monomial[0], c / scale
        if atom[:2] == ("average", AGENTS) and len(atom[2]) == 1 and atom[2][0][0][0] == "inner":
            _, u, v = atom[2][0][0]
            deviating[u, v] += c
            whole[average_vector((), u, AGENTS), average_vector((), v, AGENTS)] += c
        elif atom[0] == "inner":
            whole[atom[1], atom[2]] += c
    return whole, deviating


def squares_in(whole: Products, deviating: Products, names: Names) -> tuple[Squares, Squares]:
    """The squares of what ``products_of`` returns, with vectors of these names."""
    return _squares(whole, names), [(c, vector - Mean(vector)) for c, vector in _squares(deviating, names)]


def _squares(products: Products, names: Names) -> Squares:
    """The squares: first those of positive weight, and of these the ones with the fewest vectors."""
    atoms = dict.fromkeys(atom for pair in products for atom in pair)
    found = split_into_squares(products, atoms, first=lambda atom, row: (row[atom] < 0, len(row)))
    return [(weight, linear((c, node_of(atom, names)) for atom, c in row.items())) for weight, row in found]
