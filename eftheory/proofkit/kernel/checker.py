"""The kernel: goes through a proof line by line and accepts a line only if its reason is enough for it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import singledispatchmethod

from eftheory.proofkit.kernel.entailment import implies, says, weakened
from eftheory.proofkit.kernel.expression import (
    Expectation,
    Inner,
    Mean,
    Node,
    Number,
    Quotient,
    Relation,
    Sum,
    square,
)
from eftheory.proofkit.kernel.form import defect
from eftheory.proofkit.kernel.normal import UNIT, Ratio, normal, normal_vector
from eftheory.proofkit.kernel.outcome import Line
from eftheory.proofkit.kernel.outcome import NotProved as NotProved
from eftheory.proofkit.kernel.outcome import Outcome as Outcome
from eftheory.proofkit.kernel.polynomial import Atom, Polynomial
from eftheory.proofkit.kernel.reason import (
    Averaged,
    Cancelled,
    Combination,
    Expected,
    Geometric,
    Given,
    Lemma,
    Positivity,
    Reason,
    Repeated,
    Root,
    Telescoped,
)
from eftheory.proofkit.kernel.remainder import left_over, left_over_vectors
from eftheory.proofkit.kernel.sequences import Sequences, names_over_time
from eftheory.proofkit.kernel.sign import POSITIVE, Signs, same
from eftheory.proofkit.kernel.substitution import is_indexed, is_random, parts, substitute_relation
from eftheory.proofkit.kernel.theorem import Step, Theorem

ZERO = Number(Fraction(0))


Library = Mapping[str, Theorem]
"""Theorems that lemmas may refer to; each is checked on its own."""


def check(theorem: Theorem, library: Library | None = None) -> Outcome:
    """Check a proof.

    Args:
        theorem: with its proof.
        library: theorems it may use as lemmas. That they are proved, and in no circle, is for ``catalogue`` to see.

    >>> from eftheory.proofkit import Theorem
    >>> t = Theorem("halves", "Half of a positive number is less", source="own")
    >>> x = t.parameter("x", above=0)
    >>> t.qed(t.positive("less", t.claim(x / 2 < x)))
    >>> check(t).status
    'PROVED'
    """
    wrong = defect(theorem)
    if wrong is not None:
        return Outcome(theorem, (), wrong)
    checker = Checker(theorem, library or {})
    lines: list[Line] = []
    for step in (*theorem.givens, *theorem.steps):
        try:
            checker.accept(step)
        except (NotProved, ZeroDivisionError, ValueError, TypeError) as error:
            lines.append(Line(step, str(error)))
            return Outcome(theorem, tuple(lines), f"{step.name}: {error}")
        lines.append(Line(step))
    problem = None
    try:
        checker.conclude()
    except NotProved as error:
        problem = f"qed: {error}"
    return Outcome(theorem, tuple(lines), problem)


class Checker:
    """Holds what is established so far.

    Args:
        theorem: whose proof is checked.
        library: for lemmas.
    """

    def __init__(self, theorem: Theorem, library: Library) -> None:
        self.theorem, self.library = theorem, library
        self.known: dict[str, Relation] = {}
        self.signs = Signs(theorem.parameters)
        self.sequences = Sequences(theorem)

    def accept(self, step: Step) -> None:
        """Add a line to what is known.

        Raises:
            NotProved: it does not follow.
        """
        if isinstance(step.reason, Given) != any(step is given for given in self.theorem.givens):
            raise NotProved("a hypothesis stands among the steps, or a step among the hypotheses")
        self.check_denominators(step.relation.left, step.relation.right)
        self.follows(step.reason, step.relation)
        self.known[step.name] = step.relation
        self.signs.facts.append(step.relation)

    def conclude(self) -> None:
        """The last lines are the conclusion, in normal form."""
        goals, last = self.theorem.conclusions, self.theorem.last
        if not goals or len(goals) != len(last):
            raise NotProved("the conclusion and the lines that prove it are not equally many")
        for goal, name in zip(goals, last):
            self.check_denominators(goal.left, goal.right)
            found = self.step(name)
            if not says(found, goal):
                raise NotProved(f"the line {name!r} is not the conclusion")

    def step(self, name: str) -> Relation:
        """An established line."""
        if name not in self.known:
            raise NotProved(f"there is no line {name!r} before this one")
        return self.known[name]

    def check_denominators(self, *nodes: Node) -> None:
        """Every denominator is positive where the parameters lie."""
        for node in nodes:
            if isinstance(node, Quotient) and self.signs.sign(node.denominator) != POSITIVE:
                raise NotProved("a denominator is not seen to be positive: prove that first")
            self.check_denominators(*parts(node))

    def require_nonnegative(self, node: Node, what: str) -> None:
        """A multiplier or coefficient that must not be negative."""
        self.check_denominators(node)
        if self.signs.sign(node) is None:
            raise NotProved(f"{what} is not seen to be nonnegative: prove that first")

    @singledispatchmethod
    def follows(self, reason: Reason, relation: Relation) -> None:
        """Raise NotProved unless the reason is enough for the relation."""
        raise NotProved(f"{type(reason).__name__} is no reason")

    @follows.register
    def _(self, reason: Given, relation: Relation) -> None:
        return

    @follows.register
    def _(self, reason: Combination, relation: Relation) -> None:
        if relation.left.is_vector:
            return self._combined_vectors(reason, relation)
        total: list[Node] = []
        strict, inequality = False, bool(reason.squares or reason.mean_squares)
        for multiplier, name in reason.using:
            fact = self._summand(multiplier, name, relation)
            if fact.left.is_vector:
                if not multiplier.is_vector:
                    raise NotProved(f"{name!r} is an equation of vectors: its multiplier is a vector")
                total.append(Inner(multiplier, fact.slack))
                continue
            if fact.sign != "=":
                inequality = True
                self.require_nonnegative(multiplier, f"the multiplier of {name!r}")
                strict |= fact.sign == "<" and self.signs.sign(multiplier) == POSITIVE
            total.append(multiplier * fact.slack)
        for coefficient, body in reason.squares:
            self.require_nonnegative(coefficient, "the coefficient of a square")
            self.check_denominators(body)
            total.append(coefficient * square(body))
        for weight, body in reason.mean_squares:
            self.require_nonnegative(weight, "the weight of a square")
            self.check_denominators(body)
            total.append(Mean(weight * square(body)))
        if relation.sign == "=" and inequality:
            raise NotProved("an equation does not follow from inequalities")
        if relation.sign == "<" and not strict:
            raise NotProved("nothing strict is among what is added")
        rest = normal(relation.slack - (Sum(tuple(total)) if total else ZERO))
        for name in reason.modulo:
            atom, meaning = self._rewriting(name)
            rest = rest.substituted(atom, meaning)
        if not rest.is_zero:
            raise NotProved(f"right - left is not the sum of what is added, in normal form; {left_over(rest)}")

    def _combined_vectors(self, reason: Combination, relation: Relation) -> None:
        """An equation of vectors, from its normal form and other such equations."""
        if reason.squares or reason.mean_squares:
            raise NotProved("squares are no vectors")
        rest: Node = relation.slack
        for multiplier, name in reason.using:
            fact = self._summand(multiplier, name, relation)
            if multiplier.is_vector or not fact.left.is_vector:
                raise NotProved(f"{name!r} times its multiplier is no equation of vectors")
            rest = rest - multiplier * fact.slack
        coefficients = normal_vector(rest)
        for name in reason.modulo:
            atom, meaning = self._rewriting(name)
            coefficients = {vector: c.substituted(atom, meaning) for vector, c in coefficients.items()}
        if not all(c.is_zero for c in coefficients.values()):
            raise NotProved(f"the two sides differ in normal form; {left_over_vectors(coefficients.items())}")

    def _summand(self, multiplier: Node, name: str, relation: Relation) -> Relation:
        """A line that is added, with a multiplier, to others."""
        fact = self.step(name)
        self.check_denominators(multiplier)
        if (is_indexed(multiplier) or is_indexed(fact.slack)) and not is_indexed(relation.slack):
            raise NotProved(f"{name!r} is about each agent: take its average first")
        return fact

    def _rewriting(self, name: str) -> tuple[Atom, Ratio]:
        """The atom on the left of an equation, and what it equals."""
        equation = self.step(name)
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

    @follows.register
    def _(self, reason: Positivity, relation: Relation) -> None:
        if relation.sign == "=":
            raise NotProved("signs prove no equation")
        found = self.signs.sign(relation.slack)
        if found is None or (relation.sign == "<" and found != POSITIVE):
            raise NotProved(f"the sign of right - left is not seen{'' if found is None else ' to be strict'}")

    @follows.register
    def _(self, reason: Averaged, relation: Relation) -> None:
        fact, weight = self.step(reason.step), reason.weight
        self.check_denominators(weight)
        if fact.sign != "=":
            self.require_nonnegative(weight, "the weight")
        if weight.is_vector and not fact.left.is_vector:
            raise NotProved("the weight is a vector, and the line is no equation of vectors")
        left, right = (Inner(weight, side) if weight.is_vector else weight * side for side in (fact.left, fact.right))
        self.same_relation(relation, Relation(Mean(left), weakened(fact), Mean(right)))

    @follows.register
    def _(self, reason: Expected, relation: Relation) -> None:
        fact = self.step(reason.step)
        self.same_relation(relation, Relation(Expectation(fact.left), weakened(fact), Expectation(fact.right)))

    @follows.register
    def _(self, reason: Cancelled, relation: Relation) -> None:
        fact = self.step(reason.step)
        self.check_denominators(reason.factor)
        if reason.factor.is_vector or self.signs.sign(reason.factor) != POSITIVE:
            raise NotProved("the factor is not seen to be positive")
        if not implies(fact.sign, relation.sign) or not same(
            normal(reason.factor * relation.slack), normal(fact.slack)
        ):
            raise NotProved("the line is not the claim times the factor")

    @follows.register
    def _(self, reason: Root, relation: Relation) -> None:
        fact = self.step(reason.step)
        if relation.sign == "=" or relation.left.is_vector:
            raise NotProved("roots are taken of inequalities between numbers")
        self.require_nonnegative(relation.right, "the right side")
        self.same_relation(Relation(square(relation.left), relation.sign, square(relation.right)), fact)

    @follows.register
    def _(self, reason: Repeated, relation: Relation) -> None:
        self.same_relation(relation, self.sequences.repeated(self, reason))

    @follows.register
    def _(self, reason: Telescoped, relation: Relation) -> None:
        self.same_relation(relation, self.sequences.telescoped(self, reason))

    @follows.register
    def _(self, reason: Geometric, relation: Relation) -> None:
        if not any(says(fact, relation) for fact in self.sequences.geometric(self, reason)):
            raise NotProved("Bernoulli's inequality does not say this")

    @follows.register
    def _(self, reason: Lemma, relation: Relation) -> None:
        """An instance of a theorem: its hypotheses are established lines, its ranges are kept."""
        name, values, given = reason.slug, reason.values, reason.given
        if name not in self.library:
            raise NotProved(f"there is no {name!r}")
        theorem = self.library[name]
        if names_over_time(theorem):
            raise NotProved(f"{name!r} speaks of sequences, and is no lemma")
        for symbol, value in values.items():
            self.check_denominators(value)
            if value.is_vector != symbol.is_vector:
                raise NotProved(f"{symbol.name} stands for a {'vector' if symbol.is_vector else 'scalar'}")
            if (is_indexed(value) and not symbol.indexed) or (is_random(value) and not symbol.random):
                raise NotProved(f"{symbol.name} is the same for all agents, or not random; its value is not")
        for parameter in theorem.parameters:
            for bound in parameter.relations:
                wanted = substitute_relation(bound, values)
                self.check_denominators(wanted.left, wanted.right)
                found = self.signs.sign(wanted.slack)
                if found is None or (bound.sign == "<" and found != POSITIVE):
                    raise NotProved(f"{parameter.symbol.name} is not seen to lie in its range")
        if len(given) != len(theorem.givens):
            raise NotProved(f"{name!r} has {len(theorem.givens)} hypotheses, and {len(given)} lines are given for them")
        for step, line in zip(theorem.givens, given):
            if not says(self.step(line), substitute_relation(step.relation, values)):
                raise NotProved(f"the line {line!r} is not the hypothesis {step.name!r}")
        if not any(says(substitute_relation(goal, values), relation) for goal in theorem.conclusions):
            raise NotProved(f"{name!r} does not say this")

    def same_relation(self, relation: Relation, fact: Relation) -> None:
        """The line says what was derived."""
        if not says(fact, relation):
            raise NotProved("the line says something else than what follows")
