"""How theorems are written: hypotheses, claims, and a verb for each reason."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from functools import cache, wraps
from pathlib import Path
from types import FrameType
from typing import Any, ParamSpec, TypeVar

from eftheory.proofkit.kernel import theorem
from eftheory.proofkit.kernel.expression import (
    Linear,
    Node,
    Number,
    Relation,
    Symbol,
    expectation,
    mean,
    square,
    wrap,
)
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.reason import (
    Averaged,
    Combination,
    Expected,
    Geometric,
    Given,
    Lemma,
    Positivity,
    Reason,
    Repeated,
    Telescoped,
)
from eftheory.proofkit.kernel.substitution import is_indexed, substitute_relation
from eftheory.proofkit.kernel.theorem import Step as Step

HOLE = "to be found: "
"""How the line begins that keeps a proof with a hole unproved."""
P = ParamSpec("P")
R = TypeVar("R")


def verb(method: Callable[P, R]) -> Callable[P, R]:
    """The method, which says what it takes if it is given a keyword that it does not know."""

    @cache
    def takes() -> list[str]:
        return list(inspect.signature(method).parameters)[1:]

    @wraps(method)
    def called(*arguments: P.args, **keywords: P.kwargs) -> R:
        allowed = takes()
        unknown = next((name for name in keywords if name not in allowed), None)
        if unknown is not None:
            raise TypeError(f"{method.__name__} has no {unknown!r}; it takes {', '.join(allowed)}")
        return method(*arguments, **keywords)

    return called


class Theorem(theorem.Theorem):
    """A statement with its hypotheses and the steps that lead to it; what it holds is said of what it extends.

    >>> t = Theorem("halves", "Half of a positive number is less", source="own")
    >>> x = t.parameter("x", above=0)
    >>> goal = t.claim(x / 2 < x)
    >>> t.qed(t.positive("less", goal))
    """

    @verb
    def parameter(
        self,
        name: str,
        *,
        above: Any = None,
        below: Any = None,
        at_least: Any = None,
        at_most: Any = None,
        indexed: bool = False,
        latex: str = "",
    ) -> Symbol:
        """A scalar in a range; ``indexed``: each agent's own."""
        if (above is not None and at_least is not None) or (below is not None and at_most is not None):
            raise ValueError(f"{name}: give one lower and one upper bound")
        lower, upper = (above if above is not None else at_least), (below if below is not None else at_most)
        symbol = Symbol(name, indexed=indexed, latex=latex)
        self.parameters.append(
            Parameter(
                symbol,
                None if lower is None else wrap(lower),
                None if upper is None else wrap(upper),
                at_least is not None,
                at_most is not None,
            )
        )
        return symbol

    @verb
    def scalar(self, name: str, *, indexed: bool = False, random: bool = False, latex: str = "") -> Symbol:
        """A number of which nothing is known, as the value of a function."""
        return Symbol(name, indexed=indexed, random=random, latex=latex)

    @verb
    def vector(self, name: str, *, indexed: bool = False, random: bool = False, latex: str = "") -> Symbol:
        """A vector of any dimension."""
        return Symbol(name, vector=True, indexed=indexed, random=random, latex=latex)

    @verb
    def linear(self, name: str, *, indexed: bool = False, latex: str = "") -> Linear:
        """A linear map of vectors that is not random; ``indexed``: each agent's own."""
        return Linear(name, indexed=indexed, latex=latex)

    @verb
    def given(self, name: str, relation: Relation, prose: str = "") -> str:
        """A hypothesis."""
        return self._add(self.givens, name, relation, Given(), prose)

    @verb
    def given_as_in(
        self, slug: str, values: Mapping[Any, Any] | None = None, *, without: Sequence[str] = ()
    ) -> list[str]:
        """The hypotheses of another theorem, with values as in ``lemma``, as hypotheses of this one; but for some."""
        from eftheory.proofkit.lemma_symbols import by_symbol, used_by

        theirs = by_symbol({key: wrap(value) for key, value in (values or {}).items()}, slug, _the_file())
        lines = [step for step in used_by(_the_file(), slug).givens if step.name not in without]
        return [self.given(step.name, substitute_relation(step.relation, theirs)) for step in lines]

    def claim(self, *relations: Relation) -> Any:
        """The conclusion; one relation, or several that all hold."""
        self.conclusions = list(relations)
        return relations[0] if len(relations) == 1 else relations

    def say(self, text: str) -> None:
        """Commentary between steps."""
        self.prose.append((len(self.steps), text))

    @verb
    def combine(
        self,
        name: str,
        relation: Relation,
        using: Sequence[tuple[Any, str] | str] = (),
        *,
        squares: Sequence[tuple[Any, Node]] = (),
        mean_squares: Sequence[tuple[Any, Node]] = (),
        expected_squares: Sequence[tuple[Any, Node]] = (),
        modulo: Sequence[str] = (),
        prose: str = "",
    ) -> str:
        """A sum of relations times multipliers, and of squares; without any, an identity.

        ``expected_squares`` become lines of their own, before this one: that the expectation of the square is not
        negative, and where it is each agent's own and this line is not, that the mean of its multiples is not.
        """
        added = [self._expected_square(name, j, relation, wrap(c), v) for j, (c, v) in enumerate(expected_squares, 1)]
        pairs = tuple((Number(Fraction(1)), u) if isinstance(u, str) else (wrap(u[0]), u[1]) for u in (*using, *added))
        reason = Combination(
            pairs,
            tuple((wrap(c), v) for c, v in squares),
            tuple((wrap(c), v) for c, v in mean_squares),
            tuple(modulo),
        )
        return self._add(self.steps, name, relation, reason, prose)

    identity = combine

    @verb
    def positive(self, name: str, relation: Relation, *, prose: str = "") -> str:
        """A relation that follows from signs; see ``Positivity``."""
        return self._add(self.steps, name, relation, Positivity(), prose)

    @verb
    def average(self, name: str, relation: Relation, step: str, *, weight: Any = 1, prose: str = "") -> str:
        """The mean over agents of a relation between what each has."""
        return self._add(self.steps, name, relation, Averaged(step, wrap(weight)), prose)

    @verb
    def expect(self, name: str, relation: Relation, step: str, *, prose: str = "") -> str:
        """The expectation of both sides."""
        return self._add(self.steps, name, relation, Expected(step), prose)

    @verb
    def cancel(self, name: str, relation: Relation, step: str, factor: Any, *, prose: str = "") -> str:
        """Divide by a positive factor: the line times 1/factor."""
        return self._add(self.steps, name, relation, Combination(((1 / wrap(factor), step),)), prose)

    @verb
    def root(self, name: str, relation: Relation, step: str, *, prose: str = "") -> str:
        """Square roots: a <= b from a^2 <= b^2, divided by a + b, which must be seen to be positive.

        If only b is, a combination says so: that line over 2 b, and the square of b - a over 2 b.
        """
        return self.cancel(name, relation, step, relation.left + relation.right, prose=prose)

    @verb
    def repeat(self, name: str, relation: Relation, reason: Repeated, *, prose: str = "") -> str:
        """Induction on time; see ``Repeated``."""
        return self._add(self.steps, name, relation, reason, prose)

    @verb
    def telescope(self, name: str, relation: Relation, reason: Telescoped, *, prose: str = "") -> str:
        """A sum over time; see ``Telescoped``."""
        return self._add(self.steps, name, relation, reason, prose)

    @verb
    def geometric(self, name: str, relation: Relation, reason: Geometric, *, prose: str = "") -> str:
        """Bernoulli's inequality for powers; see ``Geometric``."""
        return self._add(self.steps, name, relation, reason, prose)

    @verb
    def lemma(
        self,
        name: str,
        relation: Relation,
        slug: str,
        values: Mapping[Any, Any] | None = None,
        *,
        given: Sequence[str] = (),
        prose: str = "",
    ) -> str:
        """What another theorem proves, with values for its symbols, or for their names as it prints them."""
        values = {k: wrap(v) for k, v in (values or {}).items()}
        if any(isinstance(key, str) for key in values):
            from eftheory.proofkit.lemma_symbols import by_symbol  # of a process that runs a file; not needed else

            values = by_symbol(values, slug, _the_file())
        return self._add(self.steps, name, relation, Lemma(slug, values, tuple(given)), prose)

    @verb
    def example(
        self,
        *,
        n_agents: int = 2,
        dimension: int = 2,
        outcomes: int = 2,
        values: Mapping[Any, Any] | None = None,
        later: Mapping[Any, Any] | None = None,
        why_none: str = "",
    ) -> None:
        """Where to look for an example, if it is not found otherwise: sizes, and values of names.

        A value is a number, a list of coordinates for a vector; a list of these for each agent's own, and for
        what is random a list of them for each outcome. All outcomes are equally likely. ``later``: values in the
        round after, of what does not follow from the first one; expressions are taken there, in each of its
        outcomes. ``why_none``: why the hypotheses hold together although no search will find it, as where a number
        is the root of a cubic.
        """
        sizes = {"n_agents": n_agents, "dimension": dimension, "outcomes": outcomes}
        given = {"values": values or {}, "later": later or {}, "why_none": why_none}
        self.setting, self.recorded = {**sizes, **given}, None

    @property
    def holes(self) -> dict[str, Symbol]:
        """What is to be found, by what it is called."""
        found: dict[str, Symbol] = self.__dict__.get("_holes", {})
        return found

    def hole(self, what: str, *, vector: bool = False) -> Symbol:
        """A place where a number, or a vector, is to be found; while there is one, nothing is proved.

        It stands for any one: no step that needs a certain one follows, and the kernel says what is left over. A
        line that is wrong for some is added to the proof, so that it stays unproved whatever else holds.

        >>> t = Theorem("double", "Twice a number is the number times two", source="own")
        >>> x = t.scalar("x")
        >>> goal = t.claim((2 * x).equals(x * t.hole("a factor")))
        >>> t.qed(t.identity("line", goal))
        >>> [step.name for step in t.steps]
        ['line', 'to be found: a factor']
        """
        if what in self.holes:
            raise ValueError(f"{what!r}: there is a hole of this name already")
        unknown = Symbol(f"HOLE_{len(self.holes) + 1}", vector=vector)
        self.__dict__.setdefault("_holes", {})[what] = unknown
        return unknown

    def qed(self, *steps: str) -> None:
        """The steps that are the conclusion, in its order."""
        self.last = list(steps)
        for what, unknown in self.holes.items():
            value = square(unknown) if unknown.vector else unknown
            self.combine(f"{HOLE}{what}", value.equals(1))

    def _add(self, to: list[Step], name: str, relation: Relation, reason: Reason, prose: str) -> str:
        if any(step.name == name for step in (*self.givens, *self.steps)):
            raise ValueError(f"{name!r}: there is a step of this name already")
        if not isinstance(relation, Relation):
            raise TypeError(f"{name!r}: a step says a <= b, a < b or a.equals(b), not {type(relation).__name__}")
        frame = _of_the_file()
        to.append(Step(name, relation, _wrapped(name, reason), prose, 0 if frame is None else frame.f_lineno))
        return name

    def _expected_square(
        self, name: str, number: int, relation: Relation, coefficient: Node, body: Node
    ) -> tuple[Node, str]:
        """The line that says that it is not negative, with its multiplier."""
        label, expected = f"{name}, square {number}", expectation(square(body))
        path = self.combine(label, square(body) >= 0, squares=[(1, body)])
        line = self.expect(f"{label}, expected", expected >= 0, path)
        if is_indexed(relation.slack) or not (is_indexed(coefficient) or is_indexed(body)):
            return coefficient, line
        averaged = mean(coefficient * expected) >= 0
        return wrap(1), self.average(f"{label}, averaged", averaged, line, weight=coefficient)


def _wrapped(name: str, reason: Reason) -> Reason:
    """The reason with its plain numbers as expressions."""
    changed: dict[str, Any] = {}
    for field in fields(reason):
        if field.type == "Node":
            try:
                changed[field.name] = wrap(getattr(reason, field.name))
            except TypeError as error:
                raise TypeError(f"{name!r}: {field.name}: {error}") from None
    return replace(reason, **changed)


def _the_file() -> Path | None:
    """The file that is being run, if there is one."""
    frame = _of_the_file()
    return None if frame is None else Path(frame.f_code.co_filename)


def _of_the_file() -> FrameType | None:
    """Where the file that is being run asked for this; None if there is no such file."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    return frame
