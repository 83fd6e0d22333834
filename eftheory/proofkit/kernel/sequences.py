"""What is followed over time: the names that stand for it, and what induction says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any, TypeAlias, get_args

from eftheory.proofkit.kernel.entailment import listed
from eftheory.proofkit.kernel.expression import Expectation, Node, Number, Relation, Symbol
from eftheory.proofkit.kernel.normal import Ratio, normal
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Geometric, Lemma, Repeated, Telescoped
from eftheory.proofkit.kernel.substitution import is_indexed, linear_maps, substitute, symbols
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.kernel.theorem import Theorem

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
T = Symbol("T")
PATHWISE = "pathwise"
OverTime: TypeAlias = Repeated | Telescoped | Geometric
Timed: TypeAlias = tuple[OverTime, Node]
Library: TypeAlias = Mapping[str, Theorem]
"""Theorems that lemmas may refer to; each is checked on its own."""
MOST = 100
"""So much of what lemmas say over time is gone through."""


class Sequences:
    """The names that a proof gives to successors, to states at given times, to powers and to averages.

    The number of steps is T. A lemma says of any number of steps what it says of T: it may be another parameter then,
    and lies above what one likes. What a lemma calls its own names is asked of them for what is asked of ours.

    Args:
        theorem: whose proof it is.
        library: for lemmas.
    """

    def __init__(self, theorem: Theorem, library: Library) -> None:
        self.parameters = {parameter.symbol for parameter in theorem.parameters}
        self.bounds = {
            p.symbol: {s for bound in (p.lower, p.upper) if bound is not None for s in symbols(bound)}
            for p in theorem.parameters
        }
        self.unbounded = {p.symbol for p in theorem.parameters if p.lower is not None and p.upper is None}
        self.hypotheses = [symbols(step.relation.slack) for step in theorem.givens]
        self.over_time = names_over_time(theorem, library)
        self.meanings: dict[Symbol | str, object] = {}
        self._known: dict[str, list[Timed]] = {}

    def borrow(self, reason: Lemma, library: Library) -> set[Node]:
        """Let our names be what a lemma says of them over time; the numbers of steps, which must not be negative.

        Raises:
            NotProved: these names cannot stand for that.
        """
        borrowed = _borrowed(reason, library, self._known)
        for each, times in borrowed:
            if isinstance(each, Repeated):
                self.repeated(each, times)
            elif isinstance(each, Telescoped):
                self.telescoped(each)
            else:
                self.geometric(each)
        return {times for _, times in borrowed} & self.parameters

    def repeated(self, reason: Repeated, times: Node = T) -> tuple[Relation, Relation]:
        """V+ <= rate V, and what induction on time makes of it.

        Raises:
            NotProved: the names do not stand for that.
        """
        for steps in {p for p in self.parameters if p.name == T.name} | {times} - {T}:
            self._whole(steps)
        self._only_parameters(reason.rate, "the rate")
        decreased = Relation(self._after(reason.now, reason.after), "<=", reason.rate * reason.now)
        self._power(reason.power, reason.rate, times)
        first, last = self._at(reason.now, reason.initial, ZERO), self._at(reason.now, reason.final, times)
        return decreased, Relation(last, "<=", reason.power * first)

    def telescoped(self, reason: Telescoped) -> tuple[Relation, Relation]:
        """V+ <= V - coefficient Q + noise, and what the sum over time makes of it.

        Raises:
            NotProved: the names do not stand for that.
        """
        self._only_parameters(reason.coefficient, "the coefficient")
        self._only_parameters(reason.noise, "the noise")
        after = self._after(reason.now, reason.after)
        decreased = Relation(after, "<=", reason.now - reason.coefficient * reason.quantity + reason.noise)
        self._whole(reason.times)
        if symbols(reason.quantity) & self.over_time - self.parameters:
            raise NotProved("what is averaged speaks of times, averages or powers itself")
        self._new_name(reason.average, ("average", reason.quantity, reason.times))
        first = self._at(reason.now, reason.initial, ZERO)
        return decreased, Relation(reason.coefficient * reason.average, "<=", first / reason.times + reason.noise)

    def geometric(self, reason: Geometric) -> list[Relation]:
        """What is known of powers; the last of it for rates up to 1.

        Raises:
            NotProved: the names do not stand for that.
        """
        power, rate, steps = reason.power, reason.rate, reason.times
        self._only_parameters(rate, "the rate")
        self._whole(steps)
        self._power(power, rate, steps)
        bernoulli = Relation(ONE + steps * (rate - ONE), "<=", power)
        return [Relation(ZERO, "<=", power), bernoulli, Relation(power * (ONE + steps * (ONE - rate)), "<=", ONE)]

    def _only_parameters(self, node: Node, what: str) -> None:
        if symbols(node) - self.parameters or is_indexed(node) or linear_maps(node):
            raise NotProved(f"{what} is not made of parameters, which are the same at all times and for all agents")

    def _whole(self, times: Node) -> None:
        """T, of which a theorem says that it is a whole number: one from a bound on, and nothing else is said of it."""
        if not isinstance(times, Symbol) or times.indexed:
            raise NotProved("the number of steps is a parameter T, the same for all agents")
        said = set().union(*self.bounds.values(), *self.hypotheses)
        if times not in self.unbounded - said or (times == T and self.bounds[times]):
            bound = f"a {'number as its ' * (times == T)}lower bound"
            raise NotProved(f"{times.name} is a parameter with {bound}, and no upper bound")

    def _power(self, power: Symbol, rate: Node, times: Node) -> None:
        """The name of a power must not tell of another rate."""
        self._new_name(power, ("power", rate, times))
        told = f"{write(rate) if isinstance(rate, Symbol) else f'({write(rate)})'}^{write(times)}"
        if power.name.endswith("^T") and power.name != told:
            raise NotProved(f"{power.name} is the name of another power: this one is {told}")

    def _new_name(self, symbol: Node, meaning: object, *, start: bool = False) -> None:
        """A name that stands for one thing only; of which nothing was assumed, unless it is of the start.

        A hypothesis about the start speaks of nothing that changes with time.
        """
        fixed = self.parameters | self.over_time
        if not isinstance(symbol, Symbol):
            raise NotProved(f"a name is asked for, not {write(symbol)}")
        if symbol.name.endswith("^T") and not (isinstance(meaning, tuple) and meaning[0] == "power"):
            raise NotProved(f"{symbol.name} is the name of a power")
        if symbol.vector or symbol.indexed or symbol.random or symbol in self.parameters or symbol.name == "T":
            raise NotProved(f"{symbol.name} is no new name for a number")
        for assumed in self.hypotheses:
            if symbol in assumed and not (start and assumed <= fixed):
                raise NotProved(f"{symbol.name} is no new name for a number: a hypothesis speaks of it")
        if self.meanings.setdefault(symbol, meaning) != meaning:
            raise NotProved(f"{symbol.name} stands for something else already")

    def _after(self, now: Node, successors: Mapping[Symbol, Symbol]) -> Node:
        """V one step later."""
        state = self._state(now)
        if set(successors) != state:
            raise NotProved(f"the state is {listed(state)}: name the successor of each")
        for symbol, successor in successors.items():
            if (
                not isinstance(successor, Symbol)
                or successor.vector
                or successor.indexed
                or successor in state | self.parameters | self.over_time
            ):
                raise NotProved(f"the successor of {symbol.name} is a number with a name of its own")
            if self.meanings.setdefault(successor, ("successor", symbol)) != ("successor", symbol):
                raise NotProved(f"{successor.name} stands for something else already")
            if self.meanings.setdefault(symbol, ("state", successor)) != ("state", successor):
                raise NotProved(f"{symbol.name} has another successor, or stands for something else already")
        later = substitute(now, successors)
        chance = any(successor.random for successor in successors.values())
        if self.meanings.setdefault(PATHWISE, not chance) != (not chance):
            raise NotProved("states are followed along a path, or all in expectation, not some so and some so")
        if not chance:
            return later
        if not is_affine(normal(now), state):
            raise NotProved("V is followed in expectation, so it must be linear in the state")
        return Expectation(later)

    def _state(self, node: Node) -> set[Symbol]:
        state = symbols(node) - self.parameters
        if state & self.over_time:
            raise NotProved("what is followed over time speaks of times, averages or powers itself")
        if linear_maps(node) or any(symbol.vector or symbol.indexed or symbol.random for symbol in state):
            raise NotProved("only numbers are followed over time; give squares of vectors a name")
        return state

    def _at(self, node: Node, names: Mapping[Symbol, Node], time: Node) -> Node:
        """The expression at a time, in the names for the state then; hypotheses may speak of time 0."""
        state = self._state(node)
        if set(names) != state:
            raise NotProved(f"the state is {listed(state)}: name each at time {write(time)}")
        for symbol, name in names.items():
            self._new_name(name, (time, symbol), start=time == ZERO)
        return substitute(node, names)


def reasons_over_time(theorem: Theorem, library: Library, known: dict[str, list[Timed]] | None = None) -> list[Timed]:
    """Those of a proof and of its lemmas, as these say it here, each once, with the number of steps."""
    found: list[Timed] = []
    known = {} if known is None else known
    for reason in (step.reason for step in theorem.steps):
        if isinstance(reason, Lemma):
            found += [each for each in _borrowed(reason, library, known) if each not in found]
        elif isinstance(reason, get_args(OverTime)):
            found.append((reason, T if isinstance(reason, Repeated) else reason.times))
    if len(found) > MOST:
        raise NotProved(f"{theorem.slug!r} speaks in more than {MOST} ways of what is followed over time")
    return found


def _borrowed(lemma: Lemma, library: Library, known: dict[str, list[Timed]]) -> list[Timed]:
    if lemma.slug in library and lemma.slug not in known:
        known[lemma.slug] = []  # a circle ends
        known[lemma.slug] = reasons_over_time(library[lemma.slug], library, known)
    found = known.get(lemma.slug, [])
    return [(_with(reason, lemma.values), substitute(times, lemma.values)) for reason, times in found]


def _with(reason: OverTime, values: Mapping[Symbol, Node]) -> OverTime:
    """A reason with values for its symbols; states that become one have no names left."""
    changed: dict[str, Any] = {}
    for field in fields(reason):
        old = getattr(reason, field.name)
        if isinstance(old, Node):
            changed[field.name] = substitute(old, values)
        elif isinstance(old, Mapping):
            new = {substitute(key, values): substitute(value, values) for key, value in old.items()}
            changed[field.name] = new if len(new) == len(old) else {}
    return replace(reason, **changed)


def names_over_time(theorem: Theorem, library: Library) -> set[Symbol]:
    """The names of powers, averages, states at given times and numbers of steps: elsewhere they would be any number."""
    found: set[Symbol] = set()
    for reason, times in reasons_over_time(theorem, library):
        if isinstance(reason, Repeated):
            names = [reason.power, *reason.initial.values(), *reason.final.values()]
        elif isinstance(reason, Telescoped):
            names = [reason.average, *reason.initial.values()]
        else:
            names = [reason.power]
        found |= {symbol for name in (*names, times) for symbol in symbols(name)}
    return found


def is_affine(value: Ratio, state: set[Symbol]) -> bool:
    """Whether a normal form is linear in the state, with constant coefficients.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> is_affine(normal(2 * x + y), {x, y}), is_affine(normal(x * y), {x, y})
    (True, False)
    """
    atoms = {atom for symbol in state for atom in normal(symbol).numerator.atoms()}
    degrees = [sum(e for atom, e in monomial if atom in atoms) for monomial in value.numerator.terms]
    return max(degrees, default=0) <= 1 and not value.denominator.atoms() & atoms
