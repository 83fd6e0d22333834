"""The kernel: goes through a proof line by line and accepts a line only if its reason is enough for it."""

from __future__ import annotations

from eftheory.proofkit.kernel.entailment import says
from eftheory.proofkit.kernel.expression import Node, Quotient, Relation
from eftheory.proofkit.kernel.form import defect
from eftheory.proofkit.kernel.outcome import Line
from eftheory.proofkit.kernel.outcome import NotProved as NotProved
from eftheory.proofkit.kernel.outcome import Outcome as Outcome
from eftheory.proofkit.kernel.reason import Given, Reason
from eftheory.proofkit.kernel.rules import RULES
from eftheory.proofkit.kernel.sequences import Library, Sequences
from eftheory.proofkit.kernel.sign import POSITIVE, Signs
from eftheory.proofkit.kernel.substitution import parts
from eftheory.proofkit.kernel.text import write_relation
from eftheory.proofkit.kernel.theorem import Step, Theorem

FAILURES = (NotProved, ArithmeticError, ValueError, TypeError, RecursionError)  # and none is in the way of others


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
    try:
        wrong = defect(theorem)
        checker = Checker(theorem, (library or {}) if wrong is None else {})
    except FAILURES as error:
        wrong = str(error)
    if wrong is not None:
        return Outcome(theorem, (), wrong)
    lines: list[Line] = []
    for step in (*theorem.givens, *theorem.steps):
        try:
            checker.accept(step)
        except FAILURES as error:
            lines.append(Line(step, str(error)))
            return Outcome(theorem, tuple(lines), f"{step.name}: {error}")
        lines.append(Line(step))
    problem = None
    try:
        checker.conclude()
    except FAILURES as error:
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
        self.sequences = Sequences(theorem, library)

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
                raise NotProved(f"the line {name!r} is not the conclusion: {write_relation(goal)}")

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

    def follows(self, reason: Reason, relation: Relation) -> None:
        """Raise NotProved unless the reason is enough for the relation."""
        if type(reason) not in RULES:
            raise NotProved(f"{type(reason).__name__} is no reason")
        RULES[type(reason)](self, reason, relation)
