"""Vectors as expressions, and what is known of functions at points, as hypotheses."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.assumptions.fact import Fact
from eftheory.assumptions.fact import Point as Seen
from eftheory.assumptions.hypothesis import OF_ALL
from eftheory.assumptions.mean.smooth import SmoothMean
from eftheory.assumptions.validation import require
from eftheory.claims import Setting
from eftheory.methods.world import Reader
from eftheory.proofkit.certified.mean_facts import MeanPoint, facts_of_mean
from eftheory.proofkit.certified.method_facts import Known, Point, Vectors
from eftheory.proofkit.certified.moments import Moments
from eftheory.proofkit.certified.textbook import textbook
from eftheory.proofkit.kernel.expression import Mean, Node, Relation, Sum, Symbol, inner, square
from eftheory.proofkit.kernel.form import NAME
from eftheory.proofkit.kernel.normal import normal
from eftheory.proofkit.kernel.substitution import is_random
from eftheory.proofkit.tidy import tidy, vanishes

FALLS = {"1": "_on", "0": "_off"}
WORDS = {"1": "if the coin is 1", "0": "if the coin is 0"}


class PointWorld(Reader):
    """What of ``ProofWorld`` is not random: vectors, points, and the facts about them.

    Args:
        setting: with its agents.
        values: whether function values are spoken of.
    """

    branch = ""
    """How coins fell so far."""

    def __init__(self, setting: Setting, *, values: bool) -> None:
        self.types, self.assumptions = setting.agents, setting.assumptions
        self.has_values = values or bool(setting.assumptions)
        self.shares = [Fraction(agent.count, setting.n_agents) for agent in setting.agents]
        self.indexed = [agent.count > 1 for agent in setting.agents]
        self.inequalities: dict[str, tuple[Known | None, ...]] = {}
        self.moments = Moments()
        self.checkers: dict[str, tuple[int | None, Node]] = {}
        """The symbols of the checker's world in those in which squares are found, each with its type of agents."""
        self.example: list[tuple[Node, Node | None]] = []
        """What each symbol is where all f_i are quadratics around zero; None: anything; itself: zero."""
        self.balance: tuple[str, Relation, list[tuple[Fraction, Node]]] | None = None
        self._names: set[str] = set()
        self._time = 0
        self.points: list[Point] = []
        self._of_f: list[MeanPoint] = []
        self._minimiser: Vectors | None = None
        self._inf: Node | None = None
        star = next((granted.minimiser for granted in setting.method.hypotheses if granted.minimiser), "")
        if star:
            self._enter_minimiser(of_all=star == OF_ALL)

    def _enter_minimiser(self, *, of_all: bool) -> None:
        star = self._minimiser = Vectors((self._symbol("x*", r"x^{\star}"),), False)
        x = star.parts[0]
        self.checkers["x*"] = None, x
        self.example.append((x, x))
        gradients = Vectors(tuple(0 * x for _ in self.types), True)
        if not of_all:
            gradients = self._agents("g", "*", latex=r"^{\star}", known="g*")
            self.example += [(part, part) for part in gradients.parts]
            parts = [Mean(part) if own else part for part, own in zip(gradients.parts, self.indexed)]
            mean = self.mean(gradients).parts[0]
            self.balance = "x* is stationary", mean.equals(0 * x), [*zip(self.shares, parts)]
        self._add(Point(0, "x*", x, gradients, self._values("*", r"^{\star}", x)))

    @property
    def taken(self) -> set[str]:
        """The names of its symbols."""
        return self._names

    def server(self, name: str) -> Vectors:
        """A vector of which nothing is known; x- is that of one step back."""
        back = name.endswith("-")
        x = self._symbol(f"{name[:-1]}_old" if back else name, f"{name[:-1]}^{{-}}" if back else "")
        self.checkers[name] = None, x
        self.example.append((x, None))
        return Vectors((x,), False)

    def agents(self, name: str) -> Vectors:
        """A vector of each agent of which nothing is known."""
        v = self._agents(name, known=name)
        self.example += [(part, None) for part in v.parts]
        return v

    def _agents(self, name: str, above: str = "", *, latex: str = "", random: bool = False, known: str = "") -> Vectors:
        """Symbols; ``above`` ends their names, ``latex`` is that end there; ``known``: to the checker's world as."""
        several = len(self.types) > 1
        above, latex = self._fallen(above, latex)
        self._time += 1
        parts = []
        for t, _ in enumerate(self.types):
            plain = f"{name}{t + 1}" if several else name
            shown = (f"{name}_{{{t + 1}}}" if several else name) + latex if latex else ""
            parts.append(self._symbol(plain + above, shown, indexed=self.indexed[t], random=random))
            if known:
                self._identify(known, t, parts[t])
        return Vectors(tuple(parts), True)

    def _fallen(self, above: str, latex: str) -> tuple[str, str]:
        """The end of a name, with how coins fell before it."""
        if not self.branch:
            return above, latex
        falls = "".join(FALLS[fell] for fell in self.branch)
        return falls + above, _raised(latex, falls.replace("_", " ").strip())

    def _identify(self, known: str, t: int, inside: Node) -> None:
        """Say which vector the checker's world calls so."""
        self.checkers[f"{self._here('{}|{}', known)}[{t}]"] = t, inside

    def _here(self, form: str, name: str) -> str:
        return form.format(name, self.branch) if self.branch else name

    @property
    def minimiser(self) -> Vectors:
        """The minimiser."""
        require(self._minimiser is not None, "this method declares no minimiser")
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
        require(self.has_values, "nothing is assumed of function values")
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

    def excess(self, x: Vectors) -> Node:
        """f(x) - inf f."""
        require(any(a.bounded for a in self.assumptions), "nothing is assumed of inf f; assume 'bounded below', say")
        return self._excess(self._point(x))

    def _excess(self, here: Point) -> Node:
        if self._minimiser is not None:
            origin = self.points[0]
            return self.averaged(lambda t: here.values[t] - origin.values[t])
        if self._inf is None:
            self._inf = Symbol("f_inf", latex=r"f^{\inf}")
            self.example.append((self._inf, 0 * square(here.at)))
        least: Node = self.averaged(lambda t: here.values[t]) - self._inf
        return least

    def _hidden(self, name: str, *, random: bool = True) -> tuple[Symbol, ...]:
        """New vectors that stand for others where squares are found."""
        hidden = []
        for t, own in enumerate(self.indexed):
            called = f"{self._here('{}|{}', name)}[{t}]"
            hidden.append(Symbol(called, vector=True, indexed=own, random=random))
            self.moments.times[called] = self._time
            self._identify(name, t, hidden[t])
        return tuple(hidden)

    def _express(self, symbol: Node, by: Symbol, meaning: Node, back: Node) -> None:
        assert isinstance(symbol, Symbol)
        self.moments.express(symbol, by, meaning, back)

    def _symbol(self, name: str, latex: str = "", *, indexed: bool = False, random: bool = False) -> Symbol:
        while name in self._names or not NAME.fullmatch(name):
            name, latex = name + "'", (latex or name) + "'"
        self._names.add(name)
        self.moments.times[name] = self._time
        return Symbol(name, vector=True, indexed=indexed, random=random, latex=latex)

    def _named(self, name: str, t: int) -> str:
        name = " ".join([name, *(WORDS[fell] for fell in self.branch)])
        return name if len(self.types) == 1 else f"{name}, {'type' if max(self.indexed) else 'agent'} {t + 1}"

    def _values(self, above: str, latex: str, at: Node) -> tuple[Node, ...]:
        if not self.has_values:
            return ()
        random = is_random(at)
        vectors = self._agents("f", above, latex=latex, random=random).parts
        values = [Symbol(v.name, indexed=v.indexed, random=random, latex=v.latex) for v in vectors]  # type: ignore[attr-defined]
        self.example += [(f, self._curvature(agent) / 2 * square(at)) for f, agent in zip(values, self.types)]
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
        g = self._agents("g", above, latex=latex, random=is_random(at), known="" if self.points else self._first())
        self.example += [(own, self._curvature(agent) * at) for own, agent in zip(g.parts, self.types)]
        values = self._values(above, latex, at)
        if self.points:
            first = self.points[0]
            move = tidy(at - first.at)
            parts = []
            free = self._hidden(f"r{len(self.points)}", random=is_random(at))
            for agent, before, own, turn in zip(self.types, first.gradients.parts, g.parts, free):
                certain = agent.functions.parametrise(move, 0 * move)
                freed = agent.functions.parametrise(Fraction(0), Fraction(1))
                parts.append(own if freed else tidy(before + certain))
                if freed:
                    self._express(own, turn, before + certain + freed * turn, 1 / freed * (own - before - certain))
            g = Vectors(tuple(parts), True)
        return self._add(Point(len(self.points), label, at, g, values))

    def _first(self) -> str:
        """What the checker's world calls the first gradient."""
        return "grad f" if self.checkers.keys() & {"g", "g[0]"} else "g"

    def _add(self, new: Point) -> Point:
        """Note a point, and what is known of it and of the earlier ones."""
        for known in self.points:
            self._relate(known, new)
        self.points.append(new)
        if self.assumptions:
            stationary = new.number == 0 and self._minimiser is not None
            g = 0 * new.at if stationary else self.mean(new.gradients).parts[0]
            L = min([self._averaged("L"), *(each.L for each in self.assumptions if isinstance(each, SmoothMean))])
            value = self.averaged(lambda t: new.values[t])
            excess = 0 * square(new.at) if stationary else self._excess(new)
            squares, earlier = self.mean_square(new.gradients), (*self._of_f,)
            at = MeanPoint(new.number, new.label, g, squares, value, excess, L, earlier, self._move)
            self._of_f.append(at)
            for assumption in self.assumptions:
                for fact in facts_of_mean(assumption, at):
                    says = not normal(fact.relation.slack).is_zero
                    name = " ".join([fact.title, *(WORDS[fell] for fell in self.branch)])
                    row = Known(name, fact.relation, fact.scale) if says else None
                    self.inequalities[self._here("{} if {}", fact.key)] = self._of_server(row)
        return new

    def _of_server(self, known: Known | None) -> tuple[Known | None, ...]:
        """What is no agent's own, with the first type."""
        return known, *(None,) * (len(self.types) - 1)

    def _averaged(self, name: str) -> Fraction:
        """The mean of the agents' constants of a name."""
        return sum((share * getattr(agent, name) for share, agent in zip(self.shares, self.types)), Fraction(0))

    def _move(self, i: int, j: int) -> Node:
        return self.move(self.points[i], self.points[j])

    def move(self, a: Point, b: Point) -> Node:
        """The way from one point to another."""
        if a.number > b.number and not (isinstance(a.at, Symbol) and isinstance(b.at, Symbol)):
            back: Node = -self.move(b, a)
            return back
        return tidy(b.at - a.at)

    def _curvature(self, agent: AgentType) -> Fraction:
        """A curvature of the class, for examples; that of f is the largest that is assumed of it."""
        if not self.assumptions:
            return (agent.L + agent.mu) / 2
        L, mu = self._averaged("L"), self._averaged("mu")
        most = min([L, *(each.L for each in self.assumptions if isinstance(each, SmoothMean))])
        return agent.L if most == L else agent.mu + (most - mu) / (L - mu) * (agent.L - agent.mu)

    def _relate(self, a: Point, b: Point) -> None:
        for t, agent in enumerate(self.types):
            seen = self._seen(a, t), self._seen(b, t)
            for fact in agent.functions.facts(*seen, inner, values=self.has_values):
                name = self._here("{} if {}", fact.name)
                row = self.inequalities.get(name, (None,) * len(self.types))
                self.inequalities[name] = (*row[:t], self._written(fact, a, b, t), *row[t + 1 :])

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


def _raised(latex: str, text: str) -> str:
    """A superscript with a word in it."""
    return f"{latex.removesuffix('}') or '^{'}\\mathrm{{{text}}}}}"
