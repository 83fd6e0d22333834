"""What is left over where two sides should agree, in words: it tells an author which term is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from operator import and_

from eftheory.proofkit.kernel.expression import (
    Expectation,
    Image,
    Inner,
    Linear,
    Mean,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from eftheory.proofkit.kernel.normal import AGENTS, Ratio
from eftheory.proofkit.kernel.polynomial import Atom, Monomial
from eftheory.proofkit.kernel.text import write

MOST = 4
"""So many terms are shown."""


def left_over(rest: Ratio) -> str:
    """The first terms of a normal form, without the powers that all terms above and below have.

    >>> from eftheory.proofkit.kernel.normal import normal
    >>> x, v = Symbol("x"), Symbol("v", vector=True, indexed=True)
    >>> left_over(normal((x * Mean(Inner(v, v)) - 2 * x**2) / (x + x**2)))
    'left over: (mean[||v_i||^2] - 2 x)/(1 + x)'
    """
    above, below = rest.numerator.terms, rest.denominator.terms
    powers = [Counter(dict(monomial)) for monomial in (*above, *below)]
    common = reduce(and_, powers)
    parts = []
    for terms in (above, below):
        pairs = [(tuple((Counter(dict(m)) - common).items()), c) for m, c in terms.items()]
        shown = [_product(monomial, Number(c)) for monomial, c in pairs[:MOST]]
        dots = [Symbol("...")] * (len(pairs) > MOST)
        parts.append(Sum((*shown, *dots)) if len(pairs) > 1 else shown[0])
    top, bottom = parts
    return f"left over: {write(top if bottom == Number(Fraction(1)) else Quotient(top, bottom))}"


def left_over_vectors(coefficients: Iterable[tuple[Atom, Ratio]]) -> str:
    """The vectors whose coefficients do not vanish."""
    names = [write(node_of(atom)) for atom, c in coefficients if not c.is_zero]
    return f"left over: multiples of {', '.join(names[:MOST])}"


def node_of(atom: Atom) -> Node:
    """An expression that has the atom as its normal form."""
    kind = atom[0]
    if kind in ("scalar", "vector"):
        return Symbol(atom[1], vector=kind == "vector", indexed=atom[2], random=atom[3])
    if kind == "inner":
        return Inner(node_of(atom[1]), node_of(atom[2]))
    if kind == "image":
        return Image(Linear(atom[1], indexed=atom[2]), node_of(atom[3]))
    body = _product(atom[2]) if kind == "average" else _product(atom[2], node_of(atom[3]))
    return Mean(body) if atom[1] == AGENTS else Expectation(body)


def _product(monomial: Monomial, *more: Node) -> Node:
    """The powers of a monomial, after a number that is not 1, or before a vector."""
    powers = [node_of(atom) if exponent == 1 else Power(node_of(atom), exponent) for atom, exponent in monomial]
    numbers = [node for node in more if isinstance(node, Number) and (node.value != 1 or not powers)]
    factors = [*numbers, *powers, *(node for node in more if node.is_vector)]
    return factors[0] if len(factors) == 1 else Product(tuple(factors))
