"""The kernel's arithmetic against FLINT's, and its normal forms against numbers, over all proofs."""

import random
import time
from contextlib import contextmanager
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import flint
import pytest

from eftheory.proofkit.catalogue import load
from eftheory.proofkit.kernel import Checker, NotProved, entailment, normal, sign
from eftheory.proofkit.kernel.polynomial import Polynomial, sort_monomial
from tests.proofkit.worlds import World, all_symbols, atom_value, polynomial_value

RULES = "eftheory.proofkit.kernel.rules"
COMBINATION = import_module(f"{RULES}.combination")
THEOREMS = load(Path(__file__).resolve().parents[2] / "proofs")


class TooManyAtomsError(Exception):
    """The ring has not enough variables."""


class Flint:
    """What the kernel asks of polynomials, computed by FLINT; one ring for one proof."""

    residue = 0  # so no comparison is cut short here
    ring, atoms_, numbers = None, [], {}

    @classmethod
    def begin(cls, variables):
        names = tuple(f"x{j}" for j in range(variables))
        cls.ring = flint.fmpq_mpoly_ctx.get(names, flint.Ordering.lex)
        cls.atoms_, cls.numbers, cls.variables = [], {}, cls.ring.gens()

    def __init__(self, terms=None):
        exponents = {}
        for monomial, c in (terms or {}).items():
            exponent = [0] * len(self.variables)
            for atom, e in monomial:
                exponent[self.number(atom)] += e
            exponents[tuple(exponent)] = exponents.get(tuple(exponent), 0) + flint.fmpq(c.numerator, c.denominator)
        self.value = self.ring.from_dict(exponents)

    @classmethod
    def number(cls, atom):
        if atom not in cls.numbers:
            if len(cls.atoms_) == len(cls.variables):
                raise TooManyAtomsError
            cls.numbers[atom] = len(cls.atoms_)
            cls.atoms_.append(atom)
        return cls.numbers[atom]

    @classmethod
    def of(cls, value):
        new = cls.__new__(cls)
        new.value = value
        return new

    @classmethod
    def constant(cls, c):
        return cls({(): c})

    @classmethod
    def atom(cls, atom):
        return cls.of(cls.variables[cls.number(atom)])

    @property
    def terms(self):
        return {
            sort_monomial((self.atoms_[j], int(e)) for j, e in enumerate(exponent) if e): Fraction(int(c.p), int(c.q))
            for exponent, c in self.value.to_dict().items()
        }

    def __add__(self, other):
        return self.of(self.value + other.value)

    def __sub__(self, other):
        return self.of(self.value - other.value)

    def __neg__(self):
        return self.of(-self.value)

    def __mul__(self, other):
        return self.of(self.value * other.value)

    def __pow__(self, exponent):
        return self.of(self.value**exponent)

    def scaled(self, c):
        return self.of(self.value * flint.fmpq(c.numerator, c.denominator))

    def __eq__(self, other):
        return self.value == other.value

    __hash__ = None

    def __bool__(self):
        return bool(self.value != 0)

    def atoms(self):
        return {atom for monomial in self.terms for atom, _ in monomial}

    def coefficients(self, atom):
        found, number = {}, self.number(atom)
        for exponent, c in self.value.to_dict().items():
            rest = (*exponent[:number], 0, *exponent[number + 1 :])
            found.setdefault(int(exponent[number]), {})[rest] = c
        return {exponent: self.of(self.ring.from_dict(terms)) for exponent, terms in found.items()}

    def degree(self, atom):
        return int(self.value.degrees()[self.number(atom)])


@contextmanager
def arithmetic(monkeypatch, polynomials):
    """The kernel with other polynomials; every identity that it decides is written down."""
    decided = []
    true_same, true_zero = sign.same, normal.Ratio.is_zero.fget
    normal.normal.cache_clear()

    def same(a, b):
        decided.append(true_same(a, b))
        return decided[-1]

    def is_zero(ratio):
        decided.append(true_zero(ratio))
        return decided[-1]

    with monkeypatch.context() as patch:
        for module in (normal, sign, COMBINATION):
            patch.setattr(module, "Polynomial", polynomials)
            if hasattr(module, "UNIT"):
                patch.setattr(module, "UNIT", polynomials.constant(1))
        for module in (sign, entailment):
            patch.setattr(module, "same", same)
        patch.setattr(normal.Ratio, "is_zero", property(is_zero))
        try:
            yield decided
        finally:
            normal.normal.cache_clear()  # what it holds is made of these polynomials


def decisions(monkeypatch, theorem, polynomials):
    """All identities that are decided in a proof, line by line, and whether each line is accepted."""
    with arithmetic(monkeypatch, polynomials) as decided:
        checker = Checker(theorem, THEOREMS)
        for step in (*theorem.givens, *theorem.steps):
            try:
                checker.accept(step)
            except (NotProved, ValueError, TypeError) as error:
                decided.append(f"{step.name}: {type(error).__name__}")
                break
            decided.append(step.name)
    return decided


def by_flint(monkeypatch, theorem):
    variables = 24
    while True:
        try:
            Flint.begin(variables)
            return decisions(monkeypatch, theorem, Flint)
        except TooManyAtomsError:
            variables *= 2


@pytest.mark.parametrize("slug", THEOREMS)
def test_flint_decides_every_identity_likewise(slug, monkeypatch):
    ours = decisions(monkeypatch, THEOREMS[slug], Polynomial)
    assert by_flint(monkeypatch, THEOREMS[slug]) == ours
    assert len(ours) >= len(THEOREMS[slug].steps)


def relations(theorem):
    yield from (step.relation for step in (*theorem.givens, *theorem.steps))
    yield from theorem.conclusions
    yield from (bound for parameter in theorem.parameters for bound in parameter.relations)


@pytest.mark.parametrize("slug", THEOREMS)
def test_normal_forms_have_the_values_of_the_lines(slug):
    """At random rational numbers, in a world of a few agents and outcomes."""
    theorem = THEOREMS[slug]
    rng, names = random.Random(slug), all_symbols(*relations(theorem))
    world = World(rng, names)
    while world.n < 2:
        world = World(rng, names)
    for relation in relations(theorem):
        slack = relation.slack
        try:
            wanted = world.value(slack, 1, 1)
        except ZeroDivisionError:
            continue
        if slack.is_vector:
            found = [Fraction(0)] * world.dimension
            for atom, c in normal.normal_vector(slack).items():
                found = [x + quotient(world, c) * y for x, y in zip(found, atom_value(world, atom, 1, 1))]
        else:
            found = quotient(world, normal.normal(slack))
        assert found == wanted


def quotient(world, ratio):
    return polynomial_value(world, ratio.numerator, 1, 1) / polynomial_value(world, ratio.denominator, 1, 1)


def test_a_wrong_arithmetic_is_seen(monkeypatch):
    class Wrong(Polynomial):
        def __mul__(self, other):
            product = super().__mul__(other)
            return product if len(product.terms) < 2 else product + Wrong.constant(1)

    theorem = THEOREMS["descent_lemma"]
    assert decisions(monkeypatch, theorem, Wrong) != decisions(monkeypatch, theorem, Polynomial)


if __name__ == "__main__":  # how long both take
    patch = pytest.MonkeyPatch()
    total = {"this": 0.0, "flint": 0.0}
    for theorem in THEOREMS.values():
        for name, run in (("this", lambda t: decisions(patch, t, Polynomial)), ("flint", lambda t: by_flint(patch, t))):
            start = time.process_time()
            run(theorem)
            total[name] += time.process_time() - start
    print(total)
