"""What is known of the second moments of noise, and how it is taken off a quadratic form.

The rules are those of the checker's ``Moments``; here each use of one names the hypothesis it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.proofkit.completion import Products, products_of
from eftheory.proofkit.kernel.expression import (
    Expectation,
    Inner,
    Mean,
    Node,
    Number,
    Product,
    Relation,
    Sum,
    Symbol,
    square,
)
from eftheory.proofkit.kernel.normal import AGENTS, average_vector
from eftheory.proofkit.kernel.polynomial import Atom
from eftheory.proofkit.kernel.substitution import is_indexed, is_random, substitute
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.tidy import Names, linear, node_of, tidy


@dataclass(frozen=True)
class Noise:
    """What was drawn at once: a noise for each type of agents, of mean zero given all that is older.

    Attributes:
        title: what it is.
        parts: the symbols that the form is written in, one for each type.
        shown: the same in the symbols of the theorem.
        centred: for each type the equation whose right side less the left one is ``sign`` times the expected noise.
        sign: 1 or -1.
        counts: how many agents of each type there are.
        independent: over the agents.
        variance: E ||noise||^2 is the number times E || ||^2 of these, a vector for each type; None: not known.
    """

    title: str
    parts: tuple[Symbol, ...]
    shown: tuple[Node, ...]
    centred: tuple[Relation, ...]
    sign: int
    counts: tuple[int, ...]
    independent: bool
    variance: tuple[Fraction, tuple[Node, ...]] | None = None


@dataclass(frozen=True)
class Use:
    """A hypothesis with its multiplier: left - right of an equation of numbers, or the product with one of vectors."""

    name: str
    relation: Relation
    multiplier: Node | Fraction
    path: Node
    """What is taken off along a path; its expectation is zero by the hypothesis."""
    sign: int = 1
    """Of the multiplier of an equation of vectors."""


@dataclass
class Moments:
    """When the symbols of a world were made, and which of them are noise.

    Attributes:
        times: by name.
        noises: in order.
        inside: of symbols of the theorem that depend on noise, what they are in the symbols of the form.
        outside: of these symbols, what they are in those of the theorem.
    """

    times: dict[str, int] = field(default_factory=dict)
    noises: list[Noise] = field(default_factory=list)
    inside: dict[Symbol, Node] = field(default_factory=dict)
    outside: dict[Symbol, Node] = field(default_factory=dict)

    def express(self, symbol: Symbol, by: Symbol, meaning: Node, back: Node) -> None:
        """Say that a symbol of the theorem is ``meaning``, in which ``by`` is new; and what this one is."""
        self.inside[symbol] = tidy(substitute(meaning, self.inside))
        self.outside[by] = back

    def join(self, other: Moments) -> None:
        """What is known in another branch, too."""
        self.times |= other.times
        self.noises += [noise for noise in other.noises if noise not in self.noises]
        self.inside |= other.inside
        self.outside |= other.outside

    def shown(self, node: Node) -> Node:
        """A vector in the symbols of the theorem."""
        return tidy(substitute(node, self.outside))


class Removal:
    """Takes off a form what noise has no part in, in expectation.

    Args:
        moments: what is known.
        whole: products of means, changed in place.
        deviating: products of deviations from them, changed in place.
        names: of the vectors, by their atoms.
    """

    def __init__(self, moments: Moments, whole: Products, deviating: Products, names: Names) -> None:
        self.moments, self.whole, self.deviating, self.names = moments, whole, deviating, names
        parts = [(part, noise, t) for noise in moments.noises for t, part in enumerate(noise.parts)]
        self.drawn = {_atom(part): (noise, t) for part, noise, t in parts}
        self.weights: dict[Atom, dict[Atom, Fraction]] = {}
        self.scalars: dict[str, tuple[Relation, Fraction, Node]] = {}
        while self._round():
            pass

    def _round(self) -> bool:
        """Look at every product once; whether anything was taken off."""
        found = False
        for products in (self.whole, self.deviating):
            for pair, c in list(products.items()):
                if c and products.get(pair) and self._take(products, *pair, products[pair]):
                    del products[pair]
                    found = True
        return found

    def _take(self, products: Products, u: Atom, v: Atom, c: Fraction) -> bool:
        first, second = _base(u), _base(v)
        if first == second:
            return first in self.drawn and self._square(products is self.deviating, first, c)
        times = self.moments.times[first[1]], self.moments.times[second[1]]
        if times[0] == times[1]:
            return first in self.drawn and self._across(first, second, u, v, c)
        young, other = (first, v) if times[0] > times[1] else (second, u)
        if young not in self.drawn:
            return False
        weights = self.weights.setdefault(young, defaultdict(Fraction))
        weights[other] += c
        if products is self.deviating:
            weights[average_vector((), other, AGENTS)] -= c
        return True

    def _square(self, deviates: bool, atom: Atom, c: Fraction) -> bool:
        """A square of noise, whose expectation may be known."""
        noise, t = self.drawn[atom]
        count, shown = noise.counts[t], noise.shown[t]
        several = self._of(noise, t)
        mean = average_vector((), atom, AGENTS) if count > 1 else atom
        if deviates and noise.independent:
            self.whole[mean, mean] += c * (count - 1)
            self._independent(noise, t, -c * count)
            return True
        if deviates or noise.variance is None:
            return False
        factor, inputs = noise.variance
        if count > 1:
            self._independent(noise, t, c)
        relation = Expectation(square(shown)).equals(factor * _expected(square(self.moments.shown(inputs[t]))))
        path = square(shown) - factor * square(self.moments.shown(inputs[t]))
        self._add(f"{several}, square", relation, c / count, Mean(path) if count > 1 else path)
        added = square(inputs[t])
        for products, more in zip((self.whole, self.deviating), products_of(Mean(added) if count > 1 else added)):
            for pair, value in more.items():
                products[pair] += c * factor / count * value
        return True

    def _independent(self, noise: Noise, t: int, c: Fraction) -> None:
        shown, share = noise.shown[t], Fraction(1, noise.counts[t])
        left, right = square(Mean(shown)), Mean(square(shown))
        relation = Expectation(left).equals(share * Expectation(right))
        self._add(f"{self._of(noise, t)}, independent", relation, c, left - share * right)

    def _across(self, first: Atom, second: Atom, u: Atom, v: Atom, c: Fraction) -> bool:
        """Noise of agents of two types, drawn at once."""
        (noise, s), (same, t) = self.drawn[first], self.drawn[second]
        if noise is not same or not noise.independent:
            return False
        s, t = sorted((s, t))
        path = Inner(*(Mean(noise.shown[k]) if noise.counts[k] > 1 else noise.shown[k] for k in (s, t)))
        self._add(f"{noise.title}, {s + 1} and {t + 1}, independent", Expectation(path).equals(0), c, path)
        return True

    def _add(self, name: str, relation: Relation, c: Fraction, path: Node) -> None:
        before = self.scalars[name][1] if name in self.scalars else Fraction(0)
        self.scalars[name] = relation, before + c, path

    def uses(self) -> list[Use]:
        """The hypotheses that are needed, with what is taken off by each."""
        found: list[Use] = []
        for atom, weights in self.weights.items():
            noise, t = self.drawn[atom]
            shown, title = noise.shown[t], self._of(noise, t)
            terms = [(c, node_of(other, self.names)) for other, c in weights.items() if c]
            if not terms:
                continue
            sure: list[tuple[Fraction, Node]] = []
            for c, part in _terms(self.moments.shown(linear(terms))):
                if is_random(part):
                    own = Mean(shown) if is_indexed(shown) and not is_indexed(part) else shown
                    relation = Expectation(Inner(own, part)).equals(0)
                    self._add(f"{title}, past {write(part)}", relation, c, _averaged(Inner(own, part)))
                else:
                    sure.append((c, part))
            if sure:
                weight = linear(sure)
                path = _averaged(Inner(shown, weight))
                found.append(Use(f"{title}, mean", noise.centred[t], weight, path, noise.sign))
        found += [Use(name, relation, -c, c * path) for name, (relation, c, path) in self.scalars.items() if c]
        return found

    def _of(self, noise: Noise, t: int) -> str:
        return noise.title if len(noise.parts) == 1 else f"{noise.title}, {t + 1}"


def balanced(whole: Products, shares: Mapping[Atom, Fraction], names: Names) -> Node | None:
    """Take the last of some vectors, whose weighted sum is zero, out of a form.

    Returns:
        The vector that the sum is multiplied with in what is taken off; None if nothing is.
    """
    *others, last = shares
    within = {pair: whole.pop(pair) for pair in list(whole) if last in pair and whole[pair]}
    if not within:
        return None
    share = shares[last]
    rest = {other: -shares[other] / share for other in others}
    weight: dict[Atom, Fraction] = defaultdict(Fraction)
    for (u, v), c in within.items():
        other = v if u == last else u
        weight[other] += c / share
        for a, x in rest.items():
            if other != last:
                whole[a, other] += c * x
                continue
            weight[a] += c * x / share
            for b, y in rest.items():
                whole[a, b] += c * x * y
    return linear((c, node_of(atom, names)) for atom, c in weight.items())


def _terms(vector: Node) -> list[tuple[Fraction, Node]]:
    """The multiples that a tidy vector is a sum of."""
    found: list[tuple[Fraction, Node]] = []
    for term in vector.terms if isinstance(vector, Sum) else (vector,):
        if isinstance(term, Product):
            number, part = term.factors
            assert isinstance(number, Number)
            found.append((number.value, part))
        else:
            found.append((Fraction(1), term))
    return found


def _averaged(node: Node) -> Node:
    return Mean(node) if is_indexed(node) else node


def _expected(node: Node) -> Node:
    return Expectation(node) if is_random(node) else node


def _atom(symbol: Symbol) -> Atom:
    return ("vector", symbol.name, symbol.indexed, symbol.random)


def _base(atom: Atom) -> Atom:
    """The vector that a mean is of."""
    return atom[3] if atom[0] == "average vector" else atom
