"""The exact world: one step of a method on all instances at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from eftheory.assumptions.agent_type import AgentType
from eftheory.assumptions.assumption import Assumption, MeanPoint
from eftheory.assumptions.compressors.contractive import Contractive
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.fact import Fact, Inner, Point
from eftheory.assumptions.hypothesis import OF_ALL, OF_MEAN
from eftheory.assumptions.mean.noise import Noise
from eftheory.assumptions.mean.smooth import SmoothMean
from eftheory.assumptions.validation import exact, require
from eftheory.exact.form import Form, inner, square
from eftheory.exact.vector import Vector
from eftheory.methods.world import Reader
from eftheory.worlds.agents import AgentVector, Weights
from eftheory.worlds.moments import Moments

if TYPE_CHECKING:
    from eftheory.assumptions.compressor_class import CompressorClass


@dataclass(frozen=True)
class _Evaluation:
    """What is known of all agents' functions at one point."""

    point: Vector
    gradient: AgentVector
    types: tuple[Point, ...]  # the same type by type, in agent vectors of that type alone


MAX_COINS = 3  # in a step


@dataclass
class Coins:
    """A coin for each agent, to multiply one vector with: a second product would depend on the first."""

    participate: Callable[[Fraction, AgentVector], AgentVector]
    chance: Fraction
    used: bool = False

    def __mul__(self, v: AgentVector) -> AgentVector:
        require(not self.used, "the agents' coins multiply one vector; ask for others for a second one")
        self.used = True
        return self.participate(self.chance, v)


class ExactWorld(Reader):
    """Vectors are combinations of symbols; whatever the method asks for, new symbols answer.

    ``gradient`` returns the first gradient it is asked for as a symbol, g (``grad f`` where a state is called g), or
    zero at the common minimiser x*, where the hypothesis grants one (x* is a symbol like any other, as a method may see
    where the origin is); every later one is g_first plus what the class of the functions says of x - x_first and of a
    new symbol. Each pair of points obeys the facts of that class, those of function values only with ``values``.
    ``compress`` returns v - e, where the new symbol e obeys the facts of the compressor; so do ``unbiased`` and
    ``compress_server``, each call with constants of its own. Of noise, as in an unbiased e, ``moments`` knows what is
    orthogonal to it. A coin falls as ``outcomes`` says, once these are used up it is 1;
    what is made after it belongs to that branch alone, and says so in its name.

    Where only f = mean f_i has the minimiser x*, the gradients there are symbols whose mean is zero. What is assumed of
    f is recorded with the first type; ``inf f`` is a symbol among the function values unless it is f(x*).

    All that is recorded lies in ``inequalities``: a name, and per type a form that is nonnegative on every
    instance (in conditional expectation, unless it is sure); ``facts`` says what the names mean.
    """

    square = staticmethod(square)

    def __init__(
        self,
        agents: tuple[AgentType, ...],
        compressor: CompressorClass,
        *,
        values: bool,
        minimiser: str = "",
        assumptions: Iterable[Assumption] = (),
        outcomes: Sequence[int] = (),
    ) -> None:
        self.types, self.compressor = agents, compressor
        self.weights = Weights([agent.count for agent in agents])
        self.mean, self.mean_square = self.weights.mean, self.weights.mean_square
        self.inequalities: dict[str, tuple[Form, ...]] = {}
        self.facts: dict[str, Fact] = {}  # one of each name
        self.symbols: set[str] = set()
        self.moments, self.outcomes, self.chance = Moments(), (*outcomes,), Fraction(1)
        self.assumptions, self._branch = (*assumptions,), ""  # the coins that have fallen so far
        self._compressions = self._noises = 0
        self._has_values, self._has_minimiser = values, bool(minimiser)
        self._inf = "inf f"
        self._zero = AgentVector.alike([Vector()] * len(agents))
        self._evaluations: list[_Evaluation] = []
        self._of_f: list[MeanPoint] = []
        if minimiser == OF_ALL:
            self._enter(self.server("x*"), self._zero, self._zero)
        elif minimiser == OF_MEAN:
            self._enter(self.server("x*"), self._balanced(self.agents("g*")), self._zero)
        else:
            require(not minimiser, f"minimiser={minimiser!r}: no such x* is known")

    def server(self, name: str) -> Vector:
        """An unknown server vector."""
        return self._symbol(self._reserve(name))

    def agents(self, name: str) -> AgentVector:
        """An unknown vector for each agent; ``name[t]`` is a type mean, ``name[t]'`` a deviation."""
        name = self._reserve(name)
        means = [f"{name}[{t}]" for t, _ in enumerate(self.types)]
        several = [agent.count > 1 for agent in self.types]
        deviations = (self._symbol(f"{mean}'") if deviates else Vector() for mean, deviates in zip(means, several))
        return AgentVector(tuple(map(self._symbol, means)), tuple(deviations))

    @property
    def minimiser(self) -> Vector:
        """The common minimiser x*."""
        require(self._has_minimiser, "this method declares no common minimiser; add it to its hypotheses")
        return self._evaluations[0].point

    def gradient(self, x: Vector) -> AgentVector:
        """The gradients of all agents at a server point."""
        return self._evaluate(x).gradient

    def value(self, x: Vector) -> Form:
        """f(x) - f(x*), the mean over agents, linear in the function values."""
        origin, here = self._evaluate(self.minimiser), self._evaluate(x)
        return Form.sum((1, b.value - a.value) for a, b in zip(origin.types, here.types))

    def interpolation(self, a: Vector, b: Vector) -> tuple[Form, ...]:
        """Per type, how far f_i at b exceeds its lower bound from a; zero where a = b, never negative."""
        pairs = enumerate(zip(self._evaluate(a).types, self._evaluate(b).types))
        return tuple(self.types[t].functions.interpolate(*pair, self._inner(t)) for t, pair in pairs)

    def compress(self, v: AgentVector) -> AgentVector:
        """The compressed vectors v - e."""
        return self._send("compression {}", self.compressor, v, independent=True)

    def unbiased(self, v: AgentVector, omega: Fraction, *, independent: bool = False) -> AgentVector:
        """Messages v - e of unbiased compressors beside the claim's; independent over agents only where it is said."""
        return self._send("unbiased compression {}", Unbiased(omega), v, independent=independent)

    def compress_server(self, v: Vector, alpha: Fraction) -> Vector:
        """A message v - e of the server, compressed by a contractive compressor of its own."""
        compressor, number = Contractive(alpha), self._compressions
        if compressor.exact:
            return v
        self._compressions, e = number + 1, self.server(f"e{number}")
        self._record(0, (fact._replace(kind="server compression {}") for fact in compressor.facts(number, v, e, inner)))
        return v - e

    def _send(self, kind: str, compressor: CompressorClass, v: AgentVector, *, independent: bool) -> AgentVector:
        if compressor.exact:
            return v
        number, self._compressions = self._compressions, self._compressions + 1
        e = self.agents(f"e{number}")
        if compressor.unbiased:
            self._centre(e, independent=independent)
        for t, _ in enumerate(self.types):
            facts = compressor.facts(number, v.of(t), e.of(t), self._inner(t))
            self._record(t, (fact._replace(kind=kind) for fact in facts))
        return v - e

    @property
    def drawn(self) -> int:
        """How often chance was asked for messages, noise or coins."""
        return self._compressions + self._noises + len(self._branch)

    def excess(self, x: Vector) -> Form:
        """f(x) - inf f, the mean over agents, linear in the function values."""
        require(any(a.bounded for a in self.assumptions), "nothing is assumed of inf f; assume 'bounded below', say")
        return self._excess(self._evaluate(x).types)

    def noisy_gradient(self, x: Vector) -> AgentVector:
        """The gradients at a server point, and noise of mean zero, drawn anew at each call."""
        noise = [assumption for assumption in self.assumptions if isinstance(assumption, Noise)]
        require(len(noise) == 1, "stochastic gradients are used; assume 'noise' or 'independent noise', one of them")
        g, number, self._noises = self.gradient(x), self._noises, self._noises + 1
        xi = self.agents(f"n{number}")
        self._centre(xi, independent=noise[0].independent)
        for t, share in enumerate(self.weights.shares):
            self._record(t, noise[0].bound(number, share, xi.of(t), self._inner(t)))
        return g + xi

    def coins(self, chance: Fraction) -> Coins:
        """One coin for each agent, independent of the others: 1 with this chance, else 0, to multiply a vector with."""
        require(not isinstance(chance, tuple), f"chance={chance}: all agents take part with one probability")
        require(0 < exact("chance", chance) <= 1, f"chance={chance}: agents take part with a probability in (0, 1]")
        return Coins(self._participate, chance)

    def _participate(self, chance: Fraction, v: AgentVector) -> AgentVector:
        """Chance v_i + xi_i with noise xi_i, E ||xi_i||^2 = chance (1 - chance) ||v_i||^2: as b_i v_i has it.

        The coins are independent of all that v is made of, and of each other.
        """
        number, self._noises = self._noises, self._noises + 1
        xi = self.agents(f"n{number}")
        self._centre(xi, independent=True, variance=(chance * (1 - chance), v))
        return chance * v + xi

    def coin(self, chance: Fraction) -> int:
        """1 with this chance, else 0: one coin for all, as it falls in this branch."""
        require(0 < exact("chance", chance) < 1, f"chance={chance}: a coin falls with a probability in (0, 1)")
        flipped = len(self._branch)
        self.outcomes = self.outcomes if flipped < len(self.outcomes) else (*self.outcomes, 1)
        fell = self.outcomes[flipped]
        require(fell in (0, 1) and flipped < MAX_COINS, f"more than {MAX_COINS} coins in a step: too many branches")
        self.chance *= chance if fell else 1 - chance
        self._branch += str(fell)
        return fell

    def _centre(
        self, xi: AgentVector, *, independent: bool, variance: tuple[Fraction, AgentVector] | None = None
    ) -> None:
        """Say that new vectors are noise, per agent E ||xi_i||^2 = factor ||v_i||^2 where a variance is given."""
        squares: dict[str, Form] = {}
        for t, (agent, share) in enumerate(zip(self.types, self.weights.shares)):
            mean, deviation = xi.means[t], xi.deviations[t]
            if variance:
                factor, v = variance
                squares |= {name: factor / (share * agent.count) * self._inner(t)(v.of(t), v.of(t)) for name, _ in mean}
            if independent:
                squares |= {name: share * (agent.count - 1) * square(mean) for name, _ in deviation}
        names = {name for v in (*xi.means, *xi.deviations) for name, _ in v}
        self.moments.centre(names, squares, independent=independent)

    def _balanced(self, v: AgentVector) -> AgentVector:
        """Vectors with mean zero: the last type's mean is what balances the others."""
        *others, last = self.weights.shares
        balance = sum((-share / last * mean for share, mean in zip(others, v.means)), Vector())
        return AgentVector((*v.means[:-1], balance), v.deviations)

    def _excess(self, at: Sequence[Point]) -> Form:
        attained = any(assumption.minimiser for assumption in self.assumptions)
        inf = Form() if attained else Form(values=Vector.symbol(self._inf))
        return Form.sum((1, point.value) for point in at) - inf

    def _symbol(self, name: str) -> Vector:
        require(name not in self.symbols, f"the name {name!r} is taken: two unknowns must not share a symbol")
        self.symbols.add(name)
        self.moments.enter(name)
        return Vector.symbol(name)

    def _reserve(self, name: str) -> str:
        """The name of what is made now, in this branch."""
        self.moments.tick()
        return self._here("{}|{}", name)

    def _here(self, form: str, name: str) -> str:
        return form.format(name, self._branch) if self._branch else name

    def _inner(self, t: int) -> Inner:
        return partial(self.weights.inner_of, t)

    def _evaluate(self, x: Vector) -> _Evaluation:
        for known in self._evaluations:
            if known.point == x:
                return known
        require(isinstance(x, Vector), "agents at points of their own: nothing is recorded about these")
        if not self._evaluations:
            self._inf = self._here("{}|{}", "inf f")  # less the values at the first point, which are zero
            return self._enter(x, self.agents("grad f" if self.symbols & {"g", "g[0]"} else "g"), self._zero)
        first, free = self._evaluations[0], self.agents(f"r{len(self._evaluations)}")
        move = self._zero + (x - first.point)
        turns = [agent.functions.parametrise(move.of(t), free.of(t)) for t, agent in enumerate(self.types)]
        return self._enter(x, first.gradient + AgentVector.joined(turns), free)

    def _enter(self, x: Vector, gradient: AgentVector, free: AgentVector) -> _Evaluation:
        """Note an evaluation, and what the classes of functions say about it and each earlier one."""
        number, here, points = len(self._evaluations), self._zero + x, []
        for t, share in enumerate(self.weights.shares):
            f = self._here("{}|{}", f"f{number}[{t}]")
            value = Form(values=share * Vector.symbol(f) if number else Vector())
            points.append(Point(number, here.of(t), gradient.of(t), free.of(t), value))
        new = _Evaluation(x, gradient, tuple(points))
        for known in self._evaluations:
            for t, (agent, a, b) in enumerate(zip(self.types, known.types, new.types)):
                self._record(t, agent.functions.facts(a, b, self._inner(t), values=self._has_values))
        self._evaluations.append(new)
        if self.assumptions:
            L, mu = (self.weights.average(getattr(agent, name) for agent in self.types) for name in ("L", "mu"))
            L = min([L, *(assumption.L for assumption in self.assumptions if isinstance(assumption, SmoothMean))])
            g, excess, earlier = self.mean(gradient), self._excess(new.types), (*self._of_f,)
            self._of_f.append(MeanPoint(number, g, self.mean_square(gradient), excess, L, x, mu, earlier))
            for assumption in self.assumptions:
                self._record(0, assumption.facts(self._of_f[-1], inner))
        return new

    def _record(self, t: int, facts: Iterable[Fact]) -> None:
        """Enter what holds for type t; of a type that has no fact of a name, 0 >= 0 holds."""
        for fact in facts:
            name = self._here("{} if {}", fact.name)
            same = self.facts.setdefault(name, fact).sure == fact.sure
            require(same, f"{name}: of two facts with this name one is sure, the other is not")
            row = self.inequalities.get(name, (Form(),) * len(self.types))
            self.inequalities[name] = (*row[:t], fact.slack, *row[t + 1 :])
