"""A sum of lines times multipliers, and of squares."""

from __future__ import annotations

from fractions import Fraction

from eftheory.proofkit.kernel.expression import Inner, Mean, Node, Number, Relation, Sum, square
from eftheory.proofkit.kernel.normal import UNIT, Ratio, normal, normal_vector
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.polynomial import Atom, Polynomial
from eftheory.proofkit.kernel.reason import Combination
from eftheory.proofkit.kernel.remainder import left_over, left_over_vectors
from eftheory.proofkit.kernel.rules.proof import Proof
from eftheory.proofkit.kernel.sign import POSITIVE
from eftheory.proofkit.kernel.substitution import is_indexed

ZERO = Number(Fraction(0))


def combination(proof: Proof, reason: Combination, relation: Relation) -> None:
    """Right - left is the sum of what is added, after equations are put in.

    >>> from eftheory.proofkit import Theorem, check
    >>> t = Theorem("squares", "x^2 + 1 is at least 2 x")
    >>> x = t.scalar("x")
    >>> t.qed(t.combine("right", t.claim(2 * x <= x**2 + 1), squares=[(1, x - 1)]))
    >>> check(t).status
    'PROVED'
    >>> t.qed(t.combine("wrong", t.claim(2 * x <= x**2), squares=[(1, x - 1)]))
    >>> check(t).problem
    'wrong: right - left is not the sum of what is added, in normal form; left over: -1'
    """
    if relation.left.is_vector:
        return _combined_vectors(proof, reason, relation)
    total: list[Node] = []
    strict, inequality = False, bool(reason.squares or reason.mean_squares)
    for multiplier, name in reason.using:
        fact = _summand(proof, multiplier, name, relation)
        if fact.left.is_vector:
            if not multiplier.is_vector:
                raise NotProved(f"{name!r} is an equation of vectors: its multiplier is a vector")
            total.append(Inner(multiplier, fact.slack))
            continue
        if fact.sign != "=":
            inequality = True
            proof.require_nonnegative(multiplier, f"the multiplier of {name!r}")
            strict |= fact.sign == "<" and proof.signs.sign(multiplier) == POSITIVE
        total.append(multiplier * fact.slack)
    for coefficient, body in reason.squares:
        proof.require_nonnegative(coefficient, "the coefficient of a square")
        proof.check_denominators(body)
        total.append(coefficient * square(body))
    for weight, body in reason.mean_squares:
        proof.require_nonnegative(weight, "the weight of a square")
        proof.check_denominators(body)
        total.append(Mean(weight * square(body)))
    if relation.sign == "=" and inequality:
        raise NotProved("an equation does not follow from inequalities")
    if relation.sign == "<" and not strict:
        raise NotProved("nothing strict is among what is added")
    rest = normal(relation.slack - (Sum(tuple(total)) if total else ZERO))
    for name in reason.modulo:
        atom, meaning = _rewriting(proof, name)
        rest = rest.substituted(atom, meaning)
    if not rest.is_zero:
        raise NotProved(f"right - left is not the sum of what is added, in normal form; {left_over(rest)}")


def _combined_vectors(proof: Proof, reason: Combination, relation: Relation) -> None:
    """An equation of vectors, from its normal form and other such equations."""
    if reason.squares or reason.mean_squares:
        raise NotProved("squares are no vectors")
    rest: Node = relation.slack
    for multiplier, name in reason.using:
        fact = _summand(proof, multiplier, name, relation)
        if multiplier.is_vector or not fact.left.is_vector:
            raise NotProved(f"{name!r} times its multiplier is no equation of vectors")
        rest = rest - multiplier * fact.slack
    coefficients = normal_vector(rest)
    for name in reason.modulo:
        atom, meaning = _rewriting(proof, name)
        coefficients = {vector: c.substituted(atom, meaning) for vector, c in coefficients.items()}
    if not all(c.is_zero for c in coefficients.values()):
        raise NotProved(f"the two sides differ in normal form; {left_over_vectors(coefficients.items())}")


def _summand(proof: Proof, multiplier: Node, name: str, relation: Relation) -> Relation:
    """A line that is added, with a multiplier, to others."""
    fact = proof.step(name)
    proof.check_denominators(multiplier)
    if (is_indexed(multiplier) or is_indexed(fact.slack)) and not is_indexed(relation.slack):
        raise NotProved(f"{name!r} is about each agent: take its average first")
    return fact


def _rewriting(proof: Proof, name: str) -> tuple[Atom, Ratio]:
    """The atom on the left of an equation, and what it equals."""
    equation = proof.step(name)
    if equation.sign != "=" or equation.left.is_vector:
        raise NotProved(f"{name!r} is no equation of scalars")
    left, meaning = normal(equation.left), normal(equation.right)
    atoms = left.numerator.atoms()
    if len(atoms) != 1 or left.denominator != UNIT or left.numerator != Polynomial.atom(next(iter(atoms))):
        raise NotProved(f"the left side of {name!r} is no atom")
    (atom,) = atoms
    if atom in meaning.numerator.atoms() | meaning.denominator.atoms():
        raise NotProved(f"the atom on the left of {name!r} stands on its right, too")
    return atom, meaning
