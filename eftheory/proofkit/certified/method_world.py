"""The world of the proof kit: one step of a method, in expressions, and what is known of it as hypotheses."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.assumptions.fact import Fact
from eftheory.assumptions.fact import Point as Seen
from eftheory.assumptions.hypothesis import COMMON_MINIMISER
from eftheory.assumptions.validation import require
from eftheory.claims import Setting
from eftheory.methods.world import Reader
from eftheory.proofkit.certified.method_facts import Error, Known, Point, Vectors
from eftheory.proofkit.certified.textbook import textbook
from eftheory.proofkit.kernel.expression import Expectation, Mean, Node, Sum, Symbol, inner, square
from eftheory.proofkit.kernel.form import NAME
from eftheory.proofkit.kernel.substitution import is_random
from eftheory.proofkit.tidy import tidy, vanishes


class ProofWorld(Reader):
    """Vectors are expressions; whatever a method asks for is a new symbol, of which hypotheses are recorded.

    Vectors of agents are one for each type, with an index if it has several agents: means over it are those over the
    agents of the type, and what is said holds for any number of them. The average over all agents weighs the types
    with their shares. No mean is taken of products of vectors of different types, so that types may be of different
    sizes; where an index must be the same for all, agents of the smaller types count several times.

    Inequalities are numbered as those of the checker's world, so that a certificate's multipliers are theirs. Of
    agents with L = mu no inequality without values is recorded: their gradients are g + L (x - x0).

    Args:
        setting: with its agents.
        values: whether function values are spoken of.
    """

    def __init__(self, setting: Setting, *, values: bool) -> None:
        self.types, self.alpha, self.has_values = setting.agents, setting.alpha, values
        self.shares = [Fraction(agent.count, setting.n_agents) for agent in setting.agents]
        self.indexed = [agent.count > 1 for agent in setting.agents]
        self.inequalities: dict[str, tuple[Known | None, ...]] = {}
        self.errors: dict[str, tuple[Error, ...]] = {}
        self.example: list[tuple[Node, Node | None]] = []
        """What each symbol is where all f_i are quadratics around zero; None: anything; itself: zero."""
        self.messages: set[Node] = set()
        self._names: set[str] = set()
        self.points: list[Point] = []
        self._minimiser: Vectors | None = None
        if COMMON_MINIMISER in setting.method.hypotheses:
            star = Vectors((self._symbol("x*", r"x^{\star}"),), False)
            self.example.append((star.parts[0], star.parts[0]))
            self._minimiser = star
            zero = Vectors(tuple(0 * star.parts[0] for _ in self.types), True)
            self.points.append(Point(0, "x*", star.parts[0], zero, self._values("*", r"^{\star}", star.parts[0])))

    def server(self, name: str) -> Vectors:
        """A vector of which nothing is known; x- is that of one step back."""
        back = name.endswith("-")
        x = self._symbol(f"{name[:-1]}_old" if back else name, f"{name[:-1]}^{{-}}" if back else "")
        self.example.append((x, None))
        return Vectors((x,), False)

    def agents(self, name: str) -> Vectors:
        """A vector of each agent of which nothing is known."""
        v = self._agents(name)
        self.example += [(part, None) for part in v.parts]
        return v

    def _agents(self, name: str, above: str = "", *, latex: str = "", random: bool = False) -> Vectors:
        """Symbols; ``above`` ends their names, ``latex`` is that end there."""
        several = len(self.types) > 1
        parts = []
        for t, _ in enumerate(self.types):
            plain = f"{name}{t + 1}" if several else name
            shown = (f"{name}_{{{t + 1}}}" if several else name) + latex if latex else ""
            parts.append(self._symbol(plain + above, shown, indexed=self.indexed[t], random=random))
        return Vectors(tuple(parts), True)

    @property
    def minimiser(self) -> Vectors:
        """The common minimiser."""
        require(self._minimiser is not None, "this method declares no common minimiser")
        assert self._minimiser is not None
        return self._minimiser

    def mean(self, v: Vectors) -> Vectors:
        """The average over the agents."""
        parts = (Mean(part) if indexed else part for part, indexed in zip(v.parts, self.indexed))
        return Vectors((tidy(Sum(tuple(share * part for share, part in zip(self.shares, parts)))),), False)

    def square(self, v: Vectors) -> Node:
        """||v||^2 of a vector of the server."""
        return square(v.parts[0])

    def mean_square(self, v: Vectors) -> Node:
        """The mean of ||v_i||^2 over the agents."""
        return self.averaged(lambda t: square(v.parts[t]))

    def averaged(self, of_type: Callable[[int], Node]) -> Node:
        """The average of what each agent has."""
        parts = [Mean(of_type(t)) if indexed else of_type(t) for t, indexed in enumerate(self.indexed)]
        if len({*self.shares}) == 1:
            return parts[0] if len(parts) == 1 else self.shares[0] * Sum(tuple(parts))
        return Sum(tuple(share * part for share, part in zip(self.shares, parts)))

    def gradient(self, x: Vectors) -> Vectors:
        """The gradient of each agent's function at a point of the server."""
        return self._point(x).gradients

    def value(self, x: Vectors) -> Node:
        """f(x) - f(x*)."""
        here, origin = self._point(x), self._point(self.minimiser)
        return self.averaged(lambda t: here.values[t] - origin.values[t])

    def interpolation(self, a: Vectors, b: Vectors) -> tuple[Node, ...]:
        """The slack of the one-sided inequality between two points, averaged: for each type, its part."""
        low, high = self._point(a), self._point(b)
        if low is high:
            return tuple(0 * square(low.at) for _ in self.types)
        return tuple(self._of_type(t, self._interpolated(low, high, t)) for t, _ in enumerate(self.types))

    def _interpolated(self, low: Point, high: Point, t: int) -> Node:
        slack = self.types[t].functions.interpolate(self._seen(low, t), self._seen(high, t), inner)
        known = self._written(Fact("interpolation {} above {}", (high.number, low.number), slack), low, high, t)
        return slack if known is None else known.relation.slack

    def _of_type(self, t: int, node: Node) -> Node:
        """What agents of a type add to the average."""
        own: Node = Mean(node) if self.indexed[t] else node
        return own if self.shares[t] == 1 else self.shares[t] * own

    def compress(self, v: Vectors) -> Vectors:
        """The messages."""
        if self.alpha == 1:
            return v
        number = len(self.errors)
        c = self._agents("c", "'" * number, random=True)
        known, errors = [], []
        for t, (message, sent) in enumerate(zip(c.parts, v.parts)):
            bound = (1 - self.alpha) * (Expectation(square(sent)) if is_random(sent) else square(sent))
            relation = Expectation(square(message - sent)) <= bound
            known.append(Known(self._named(f"compressor{chr(39) * number}", t), relation, self.shares[t]))
            errors.append(Error(square(message - sent), square(sent)))
            self.example.append((message, sent))
            self.messages.add(message)
        self.inequalities[f"compression {number}"] = tuple(known)
        self.errors[f"compression {number}"] = tuple(errors)
        return c

    def _symbol(self, name: str, latex: str = "", *, indexed: bool = False, random: bool = False) -> Symbol:
        while name in self._names or not NAME.fullmatch(name):
            name, latex = name + "'", (latex or name) + "'"
        self._names.add(name)
        return Symbol(name, vector=True, indexed=indexed, random=random, latex=latex)

    def _named(self, name: str, t: int) -> str:
        return name if len(self.types) == 1 else f"{name}, {'type' if max(self.indexed) else 'agent'} {t + 1}"

    def _values(self, above: str, latex: str, at: Node) -> tuple[Node, ...]:
        if not self.has_values:
            return ()
        random = is_random(at)
        vectors = self._agents("f", above, latex=latex, random=random).parts
        values = [Symbol(v.name, indexed=v.indexed, random=random, latex=v.latex) for v in vectors]  # type: ignore[attr-defined]
        self.example += [(f, _middle(agent) / 2 * square(at)) for f, agent in zip(values, self.types)]
        return tuple(values)

    def _point(self, x: Vectors) -> Point:
        at = x.parts[0]
        for known in self.points:
            if vanishes(known.at - at):
                return known
        if isinstance(at, Symbol):
            label = at.name.replace("_old", "-") if at.latex.endswith("^{-}") else at.name
            above, latex = ("", "") if label == "x" else ("_old", "^{-}") if label == "x-" else (f"_{label}", "")
        else:
            later = 1 + sum(point.label.endswith("+") for point in self.points)
            label, above, latex = "x" + "+" * later, "+" * later, f"^{{{'+' * later}}}"
        g = self._agents("g", above, latex=latex, random=is_random(at))
        self.example += [(own, _middle(agent) * at) for own, agent in zip(g.parts, self.types)]
        values = self._values(above, latex, at)
        if self.points:
            first = self.points[0]
            move = tidy(at - first.at)
            parts = []
            for agent, before, own in zip(self.types, first.gradients.parts, g.parts):
                certain = agent.functions.parametrise(move, 0 * move)
                fixed = agent.functions.parametrise(Fraction(0), Fraction(1)) == 0
                parts.append(tidy(before + certain) if fixed else own)
            g = Vectors(tuple(parts), True)
        new = Point(len(self.points), label, at, g, values)
        for known in self.points:
            self._relate(known, new)
        self.points.append(new)
        return new

    def move(self, a: Point, b: Point) -> Node:
        """The way from one point to another."""
        if a.number > b.number and not (isinstance(a.at, Symbol) and isinstance(b.at, Symbol)):
            back: Node = -self.move(b, a)
            return back
        return tidy(b.at - a.at)

    def _relate(self, a: Point, b: Point) -> None:
        for t, agent in enumerate(self.types):
            seen = self._seen(a, t), self._seen(b, t)
            for fact in agent.functions.facts(*seen, inner, values=self.has_values):
                row = self.inequalities.get(fact.name, (None,) * len(self.types))
                self.inequalities[fact.name] = (*row[:t], self._written(fact, a, b, t), *row[t + 1 :])

    def _written(self, fact: Fact, a: Point, b: Point, t: int) -> Known | None:
        """A fact of two points as a textbook has it."""
        known = {point.number: point for point in (a, b)}
        points = [known[number] for number in fact.about]
        seen = [self._seen(point, t) for point in points]
        written = textbook(self.types[t].functions, fact, seen, lambda i, j: self.move(known[i], known[j]))
        if written is None:
            return None
        name, relation, scale = written
        return Known(self._named(name.format(*(point.label for point in points)), t), relation, self.shares[t] * scale)

    def _seen(self, point: Point, t: int) -> Seen:
        """A point as the class of the functions has it: what is free in a gradient is found from the gradient."""
        functions, first, gradient = self.types[t].functions, self.points[0], point.gradients.parts[t]
        moved, freed = functions.parametrise(Fraction(1), Fraction(0)), functions.parametrise(Fraction(0), Fraction(1))
        turn = gradient - first.gradients.parts[t] - moved * (point.at - first.at)
        free = 0 * point.at if vanishes(turn) or not freed else 1 / freed * turn
        return Seen(point.number, point.at, gradient, free, point.value(t))


def _middle(agent: AgentType) -> Fraction:
    """A curvature of the class, for examples."""
    return (agent.L + agent.mu) / 2
