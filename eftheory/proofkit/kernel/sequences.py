"""What is followed over time: the names that stand for it, and what induction says of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from eftheory.proofkit.kernel.entailment import listed, says
from eftheory.proofkit.kernel.expression import Expectation, Node, Number, Relation, Symbol
from eftheory.proofkit.kernel.normal import Ratio, normal
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Geometric, Repeated, Telescoped
from eftheory.proofkit.kernel.sign import POSITIVE, Signs
from eftheory.proofkit.kernel.substitution import is_indexed, linear_maps, substitute, symbols
from eftheory.proofkit.kernel.text import write, write_relation
from eftheory.proofkit.kernel.theorem import Theorem

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
PATHWISE = "pathwise"


class Lines(Protocol):
    """What is established so far, as ``kernel.Checker`` holds it."""

    signs: Signs

    def step(self, name: str) -> Relation:
        """An established line."""

    def check_denominators(self, *nodes: Node) -> None:
        """Require that every denominator is positive."""

    def require_nonnegative(self, node: Node, what: str) -> None:
        """Require that an expression is seen not to be negative."""


class Sequences:
    """The names that a proof gives to successors, to states at given times, to powers and to averages.

    Args:
        theorem: whose proof it is.
    """

    def __init__(self, theorem: Theorem) -> None:
        self.parameters = {parameter.symbol for parameter in theorem.parameters}
        ranges = [
            (p, {s for bound in (p.lower, p.upper) if bound is not None for s in symbols(bound)})
            for p in theorem.parameters
        ]
        self.bounding = {symbol for _, bounds in ranges for symbol in bounds}
        self.unbounded = {p.symbol for p, bounds in ranges if not bounds and p.lower is not None and p.upper is None}
        self.hypotheses = [symbols(step.relation.slack) for step in theorem.givens]
        self.over_time = names_over_time(theorem)
        self.meanings: dict[Symbol | str, object] = {}

    def repeated(self, lines: Lines, reason: Repeated) -> Relation:
        """What induction on time says.

        Raises:
            NotProved: it says nothing.
        """
        lines.require_nonnegative(reason.rate, "the rate")
        lines.check_denominators(reason.now)
        for symbol in self.parameters:
            if symbol.name == "T":
                self._whole(symbol)
                lines.require_nonnegative(symbol, "T")
        self._only_parameters(reason.rate, "the rate")
        decreased = Relation(self._after(reason.now, reason.after), "<=", reason.rate * reason.now)
        if not says(lines.step(reason.step), decreased):
            raise NotProved(f"the line does not say V+ <= rate V, that is {write_relation(decreased)}")
        self._power(reason.power, reason.rate)
        first, last = self._at(reason.now, reason.initial, "0"), self._at(reason.now, reason.final, "T")
        return Relation(last, "<=", reason.power * first)

    def telescoped(self, lines: Lines, reason: Telescoped) -> Relation:
        """What the sum over time says.

        Raises:
            NotProved: it says nothing.
        """
        lines.check_denominators(reason.now, reason.coefficient, reason.quantity, reason.noise)
        self._only_parameters(reason.coefficient, "the coefficient")
        self._only_parameters(reason.noise, "the noise")
        after = self._after(reason.now, reason.after)
        decreased = Relation(after, "<=", reason.now - reason.coefficient * reason.quantity + reason.noise)
        if not says(lines.step(reason.step), decreased):
            raise NotProved(
                f"the line does not say V+ <= V - coefficient Q + noise, that is {write_relation(decreased)}"
            )
        if not says(lines.step(reason.nonnegative), Relation(ZERO, "<=", reason.now)):
            raise NotProved(f"the line does not say 0 <= V, that is 0 <= {write(reason.now)}")
        self._whole(reason.times)
        if lines.signs.sign(reason.times) != POSITIVE:
            raise NotProved("T is not seen to be positive")
        if symbols(reason.quantity) & self.over_time:
            raise NotProved("what is averaged speaks of times, averages or powers itself")
        self._new_name(reason.average, ("average", reason.quantity, reason.times))
        first = self._at(reason.now, reason.initial, "0")
        return Relation(reason.coefficient * reason.average, "<=", first / reason.times + reason.noise)

    def geometric(self, lines: Lines, reason: Geometric) -> list[Relation]:
        """What is known of powers.

        Raises:
            NotProved: the rate or T are not such that it is.
        """
        power, rate, times = reason.power, reason.rate, reason.times
        lines.check_denominators(rate)
        lines.require_nonnegative(rate, "the rate")
        self._only_parameters(rate, "the rate")
        self._whole(times)
        lines.require_nonnegative(times, "T")
        self._power(power, rate)
        known = [Relation(ZERO, "<=", power), Relation(ONE + times * (rate - ONE), "<=", power)]
        if lines.signs.sign(ONE - rate) is not None:
            known.append(Relation(power * (ONE + times * (ONE - rate)), "<=", ONE))
        return known

    def _only_parameters(self, node: Node, what: str) -> None:
        if symbols(node) - self.parameters or is_indexed(node) or linear_maps(node):
            raise NotProved(f"{what} is not made of parameters, which are the same at all times and for all agents")

    def _whole(self, times: Node) -> None:
        """T, of which a theorem says that it is a whole number: one from a bound on, and nothing else is said of it."""
        if not isinstance(times, Symbol) or times.name != "T" or times.indexed:
            raise NotProved("the number of steps is a parameter T, the same for all agents")
        if times not in self.unbounded - self.bounding or any(times in assumed for assumed in self.hypotheses):
            raise NotProved("T is a parameter with a number as its lower bound, and no upper bound")

    def _power(self, power: Symbol, rate: Node) -> None:
        """The name of a power must not tell of another rate."""
        told = write(rate) if isinstance(rate, Symbol) else f"({write(rate)})"
        if power.name.endswith("^T") and power.name != f"{told}^T":
            raise NotProved(f"{power.name} is the name of another power: this one is {told}^T")
        self._new_name(power, ("power", rate))

    def _new_name(self, symbol: Symbol, meaning: object, *, start: bool = False) -> None:
        """A name that stands for one thing only; of which nothing was assumed, unless it is of the start.

        A hypothesis about the start speaks of nothing that changes with time.
        """
        fixed = self.parameters | self.over_time
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

    def _at(self, node: Node, names: Mapping[Symbol, Node], time: str) -> Node:
        """The expression at a time, in the names for the state then; hypotheses may speak of time 0."""
        state = self._state(node)
        if set(names) != state:
            raise NotProved(f"the state is {listed(state)}: name each at time {time}")
        for symbol, name in names.items():
            if not isinstance(name, Symbol):
                raise NotProved(f"{symbol.name} at time {time} is a name")
            self._new_name(name, (time, symbol), start=time == "0")
        return substitute(node, names)


def names_over_time(theorem: Theorem) -> set[Symbol]:
    """The names of powers, averages and states at given times: elsewhere they would be any numbers."""
    found: set[Symbol] = set()
    for step in theorem.steps:
        if isinstance(step.reason, Repeated):
            names = [step.reason.power, *step.reason.initial.values(), *step.reason.final.values()]
        elif isinstance(step.reason, Telescoped):
            names = [step.reason.average, *step.reason.initial.values()]
        elif isinstance(step.reason, Geometric):
            names = [step.reason.power]
        else:
            continue
        found |= {symbol for name in names for symbol in symbols(name)}
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
