"""Find an example: names get values one after the other, in an order in which each hypothesis fixes its last name.

That last name is drawn, then moved: equations are solved for it, inequalities that are quadratic in it (a compressor's
error, two points) move it towards the best value, linear ones along their slope. Whatever is found is checked by
``Example``, exactly; the search need not be right, only lucky.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from eftheory.algebra.rounding import simplest
from eftheory.proofkit.kernel.expression import Linear, Node, Relation
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.models.example import Example, NoExample, conditions, is_dull, name_of, names_in, names_of
from eftheory.proofkit.models.given import start
from eftheory.proofkit.models.place import Condition, Place, SoFar
from eftheory.proofkit.models.recorded import recorded
from eftheory.proofkit.models.rounds import has_rounds, known_of_the_next, next_round, outcomes
from eftheory.proofkit.models.surd import Real
from eftheory.proofkit.models.world import Key, Name

ATTEMPTS, RATIONAL_ATTEMPTS, EFFORT = 300, 30, 3000
"""How many in all, how many without square roots, and how many evaluations more for one that is less dull."""
LATER_ATTEMPTS, CONTINUATIONS = 60, 5
"""How many for the round after an example, and for how many examples."""
TRIALS = 4
SIZES = [Fraction(n, d) for n, d in ((1, 1), (2, 1), (1, 2), (3, 1), (3, 2), (1, 3), (4, 1), (5, 1), (1, 4), (7, 1))]
FAR = [*SIZES, Fraction(10), Fraction(1, 10), Fraction(100), Fraction(1, 100)]
INSIDE = [Fraction(n, d) for n, d in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 8), (7, 8), (1, 40), (39, 40))]
SQUARES = 1, 7
"""Values of two agents whose mean square is a square, too."""


def find(theorem: Theorem, attempts: int = ATTEMPTS) -> Example:
    """An example in which all ranges and hypotheses hold, as little dull as is found.

    One that was found once and still holds is taken as it is. ``Theorem.example`` may give the sizes of the world, and
    values; then the first example is good enough. Of a theorem over time it goes on for a second round.

    Args:
        theorem: that needs one.
        attempts: how many.

    Raises:
        NoExample: none was found.
    """
    known = recorded(theorem)
    if known is not None:
        return known
    found = _search(_Seeker(theorem, conditions(theorem)), range(attempts))
    if not has_rounds(theorem):
        return found
    try:
        return _continued(found)
    except NoExample:
        seeker = _Seeker(theorem, [*conditions(theorem), *known_of_the_next(theorem)])
        return _search(seeker, range(attempts), two_rounds=True)


def _search(seeker: _Seeker, attempts: range, two_rounds: bool = False) -> Example:
    """The least dull example of some attempts; ``two_rounds``: the first that goes on for another round."""
    best: tuple[int, Example] | None = None
    enough = 0
    for attempt in attempts:
        found = seeker.attempt(attempt)
        if found is not None and not found.failing:
            if two_rounds:
                try:
                    return _continued(found)
                except NoExample:
                    seeker.blame["the hypotheses one step later"] += 1
                    if seeker.blame["the hypotheses one step later"] < CONTINUATIONS:
                        continue
                    break
            dull = len(found.dull) + seeker.odd()
            if best is None:
                enough = seeker.effort + EFFORT
            if best is None or dull < best[0]:
                best = (dull, found)
        if best is not None and (best[0] == 0 or seeker.effort > enough or seeker.given):
            break
    if best is not None:
        return best[1]
    blamed = ", ".join(f"{name!r}" for name, _ in seeker.blame.most_common(2))
    raise NoExample(f"{seeker.theorem.slug}: no example was found in {len(attempts)} attempts; in the way: {blamed}")


def _continued(example: Example) -> Example:
    """The example with those one step later, after each outcome.

    Raises:
        NoExample: after one of them there is none.
    """
    later = []
    for outcome in outcomes(example):
        seeker = _Seeker(each := next_round(example, outcome), conditions(each))
        still = Example(each, replace(seeker.world, values=example.world.values | seeker.world.values))
        later.append(_search(seeker, range(RATIONAL_ATTEMPTS, LATER_ATTEMPTS)) if still.failing else still)
    return replace(example, later=tuple(later))


class _Seeker:
    """Looks for values of all names.

    Args:
        theorem: that needs an example.
        wanted: ranges and hypotheses, with their names.
    """

    def __init__(self, theorem: Theorem, wanted: list[tuple[str, Relation]]) -> None:
        self.theorem, self.setting = theorem, theorem.setting
        ranges = {f"range of {name_of(p.symbol)}": p for p in theorem.parameters}
        self.parameters: dict[Name, Parameter] = {p.symbol: p for p in theorem.parameters}
        self.conditions: list[Condition] = []
        for name, relation in wanted:
            parameter = ranges.get(name)
            condition = Condition(name, relation, relation.slack, frozenset(names_in(relation)))
            of = parameter.symbol if parameter is not None and parameter.symbol in condition.names else None
            self.conditions.append(Condition(name, relation, condition.slack, condition.names, of))
        self.names = sorted(names_of(theorem), key=lambda name: (name.name, name.indexed))
        self.failures: Counter[Name] = Counter()
        self.blame: Counter[str] = Counter()
        self.given: Mapping[Name, Any] = self.setting.get("values", {})
        self.effort = 0
        self.begin(0)

    def begin(self, number: int) -> None:
        """An attempt: a world with the values that are given."""
        self.world, self.rng = start(self.theorem), random.Random(f"{self.theorem.slug} {number}")
        self.so_far = SoFar(self.world, self.rng, number < RATIONAL_ATTEMPTS)

    def attempt(self, number: int) -> Example | None:
        """Draw everything once."""
        self.begin(number)
        known = set(self.given)
        for condition in self.conditions:
            if condition.names <= known and not self.world.holds(condition.relation):
                raise NoExample(f"{self.theorem.slug}: {condition.name!r} does not hold with the values given")
        for name, mine in self._order(known):
            fits = self._place(name, mine)
            self.effort, self.so_far.effort = self.effort + self.so_far.effort, 0
            if not fits:
                self.failures[name] += 1
                self.blame.update({c.name for c in mine if not self._met(c)})
                return None
        return Example(self.theorem, self.world)

    def _met(self, condition: Condition) -> bool:
        try:
            return self.world.holds(condition.relation)
        except ArithmeticError:
            return False

    def _order(self, known: set[Name]) -> list[tuple[Name, list[Condition]]]:
        """Names, each with the conditions of which it is the last; few for each."""
        free = [name for name in self.names if name not in known]
        left = [c for c in self.conditions if not c.names <= known]
        likes = {name: self._preference(name) + self.rng.random() * (1 + self.failures[name]) for name in free}
        placed = []
        while free:
            costs = {name: likes[name] for name in free}
            for condition in left:
                sides = (condition.relation.left, condition.relation.right)
                for name in condition.names:
                    if name in costs and name != condition.of:
                        costs[name] += 2 if condition.relation.sign != "=" else 1.5 if name in sides else 3
            name = min(free, key=lambda name: costs[name])
            placed.append((name, [c for c in left if name in c.names]))
            left = [c for c in left if name not in c.names]
            free.remove(name)
        return placed[::-1]

    def _preference(self, name: Name) -> float:
        """Less for what is better fixed late: outcomes of a step first of all, parameters last."""
        if isinstance(name, Linear):
            return 1
        parameter = self.parameters.get(name)
        ends = 0 if parameter is None else (parameter.lower is not None) + (parameter.upper is not None)
        return ends / 2 + (0 if name.random else 0.5 if not name.indexed else 0.8)

    def _place(self, name: Name, mine: list[Condition]) -> bool:
        """Give a name values with which its conditions hold."""
        place = Place(self.so_far, name, mine)
        best: tuple[bool, dict[Key, Any]] | None = None
        for _ in range(TRIALS):
            for key in place.keys:
                self.world.values[key] = self._draw(name, key)
            try:
                fits = place.fit()
            except ArithmeticError:
                continue
            if fits:
                dull, odd = is_dull(self.world, name), self._is_odd(name)
                if not (dull or odd):
                    return True
                if best is None or dull <= best[0]:
                    best = dull, {key: self.world.values[key] for key in place.keys}
        if best is None:
            return False
        self.world.values |= best[1]
        return True

    def odd(self) -> int:
        """How many parameters without a range have negative values; nobody expects that who is not told."""
        return sum(self._is_odd(name) for name in self.parameters)

    def _is_odd(self, name: Name) -> bool:
        parameter = self.parameters.get(name)
        free = parameter is not None and parameter.lower is None and parameter.upper is None
        return free and any(self.world.values[key] < 0 for key in self.world.keys(name))

    def _draw(self, name: Name, key: Key) -> Any:
        rng, size = self.rng, self.world.dimension
        if isinstance(name, Linear):
            return [[Fraction(rng.randint(-2, 2), 2) for _ in range(size)] for _ in range(size)]
        if name.vector:
            while True:
                vector = [Fraction(rng.randint(-3, 3)) for _ in range(size)]
                if any(vector):
                    return vector
        parameter = self.parameters.get(name)
        if parameter is None:
            return rng.choice(SIZES) * rng.choice((1, 1, -1))
        return self._in_range(parameter, key[1])

    def _in_range(self, parameter: Parameter, agent: int | None) -> Real:
        """A number in a range, if its ends are known."""
        low = self._bound(parameter.lower, agent)
        high = self._bound(parameter.upper, agent)
        if low is not None and high is not None:
            share = self.rng.choice(INSIDE[: self.rng.randint(1, len(INSIDE))])
            width = high - low
            if isinstance(low, Fraction) and isinstance(high, Fraction) and width > 0:
                near = share * Fraction(1, 8), (1 - share) * Fraction(1, 8)
                return simplest(low + width * (share - near[0]), low + width * (share + near[1]))
            inside: Real = low + width * share
            return inside
        size = self.rng.choice(FAR[: self.rng.randint(3, len(FAR))])
        if low is None and high is None and agent is not None and agent < 2 and self.rng.random() < 1 / 2:
            return Fraction(SQUARES[agent])
        found: Real = low + size if low is not None else high - size if high is not None else size
        return found

    def _bound(self, bound: Node | None, agent: int | None) -> Any:
        if bound is None:
            return None
        try:
            return self.world.value(bound, agent)
        except (KeyError, ArithmeticError):
            return None
