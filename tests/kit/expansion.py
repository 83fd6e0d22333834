"""The exact world without its reduction: every agent has vectors of its own. Slow, and evidently right.

``UnreducedWorld`` reads a method as ``ExactWorld`` does, but writes agent i's vectors as
combinations of agent i's symbols, ``name[t]#i``. ``expand`` turns a form of the reduced world into
one of these symbols by what its symbols mean: ``name[t]`` is the mean over type t, ``name[t]'``
stands for every agent's deviation from it, with products averaged over all n agents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.claims import Setting
from eftheory.exact import Form, Vector, inner, square

Agent = tuple[int, int]  # (type, number within the type)
_NAME = re.compile(r"(.*)\[([0-9]+)\]('?)")


@dataclass(frozen=True)
class Each:
    """One vector for each agent."""

    vectors: dict[Agent, Vector]

    def __add__(self, other: Each | Vector) -> Each:
        return Each(
            {i: v + (other if isinstance(other, Vector) else other.vectors[i]) for i, v in self.vectors.items()}
        )

    def __radd__(self, other: Vector) -> Each:
        return self + other

    def __rmul__(self, factor: Fraction) -> Each:
        return Each({i: factor * v for i, v in self.vectors.items()})

    def __sub__(self, other: Each | Vector) -> Each:
        return self + -1 * other

    def __rsub__(self, other: Vector) -> Each:
        return -1 * self + other


@dataclass(frozen=True)
class _Known:
    point: Vector
    gradient: Each
    values: dict[Agent, Vector]


class UnreducedWorld:
    """The exact world of n agents, written out; inequalities in their textbook form."""

    def __init__(self, setting: Setting) -> None:
        self.types = setting.agents
        self.alpha = setting.alpha
        self.inequalities: dict[str, dict[Agent, Form]] = {}
        self.keys = [(t, i) for t, agent in enumerate(self.types) for i in range(agent.count)]
        self.with_values = bool(setting.method.coordinates.values)
        self._known: list[_Known] = []
        self._compressions = 0
        if any(hypothesis.name == "common minimiser" for hypothesis in setting.method.hypotheses):
            self._known.append(
                _Known(self.minimiser, self._all(lambda i: Vector()), dict.fromkeys(self.keys, Vector()))
            )

    def _all(self, make) -> Each:
        return Each({i: make(i) for i in self.keys})

    def _symbol(self, name: str, i: Agent) -> Vector:
        return Vector.symbol(f"{name}[{i[0]}]#{i[1]}")

    def server(self, name: str) -> Vector:
        return Vector.symbol(name)

    def agents(self, name: str) -> Each:
        return self._all(lambda i: self._symbol(name, i))

    @property
    def minimiser(self) -> Vector:
        return Vector.symbol("x*")

    def mean(self, v: Each) -> Vector:
        return average(v)

    def square(self, v: Vector) -> Form:
        return square(v)

    def mean_square(self, v: Each) -> Form:
        return Form.sum((Fraction(1, len(self.keys)), square(vector)) for vector in v.vectors.values())

    def compress(self, v: Each) -> Each:
        if self.alpha == 1:
            return v
        error = self.agents(f"e{self._compressions}")
        self.inequalities[f"compression {self._compressions}"] = {
            i: (1 - self.alpha) * square(v.vectors[i]) - square(error.vectors[i]) for i in self.keys
        }
        self._compressions += 1
        return v - error

    def gradient(self, x: Vector) -> Each:
        return self._evaluate(x).gradient

    def value(self, x: Vector) -> Form:
        total = Vector()
        for value in self._evaluate(x).values.values():
            total = total + Fraction(1, len(self.keys)) * value
        return Form(values=total)

    def _evaluate(self, x: Vector) -> _Known:
        for known in self._known:
            if known.point == x:
                return known
        number = len(self._known)
        values = {i: self._symbol(f"f{number}", i) for i in self.keys}
        if number:
            first, residual = self._known[0], self.agents(f"r{number}")
            gradient = self._all(lambda i: first.gradient.vectors[i] + self._turned(i, x - first.point, residual))
        else:
            gradient = self.agents("g")
        new = _Known(x, gradient, values)
        for index, old in enumerate(self._known):
            if self.with_values:
                self.inequalities[f"interpolation {number} above {index}"] = self._each(new, old)
                self.inequalities[f"interpolation {index} above {number}"] = self._each(old, new)
            else:
                both = self._each(new, old), self._each(old, new)
                self.inequalities[f"interpolation {index} {number}"] = {i: both[0][i] + both[1][i] for i in self.keys}
        self._known.append(new)
        return new

    def _turned(self, i: Agent, move: Vector, residual: Each) -> Vector:
        agent = self.types[i[0]]
        return (agent.L + agent.mu) / 2 * move + (agent.L - agent.mu) / 2 * residual.vectors[i]

    def _each(self, a: _Known, b: _Known) -> dict[Agent, Form]:
        return {i: interpolation(self.types[i[0]], a, b, i) for i in self.keys}


def average(v: Each) -> Vector:
    """(1/n) sum_i v_i."""
    total = Vector()
    for vector in v.vectors.values():
        total = total + Fraction(1, len(v.vectors)) * vector
    return total


def interpolation(agent: AgentType, a: _Known, b: _Known, i: Agent) -> Form:
    """f(a) - f(b) - <g_b, a-b> - (||g_a-g_b||^2/L + mu ||a-b||^2 - 2 mu/L <g_b-g_a, b-a>) / (2 (1 - mu/L)).

    The textbook form; it divides by L - mu.
    """
    L, mu = agent.L, agent.mu
    move, turn = a.point - b.point, a.gradient.vectors[i] - b.gradient.vectors[i]
    excess = Form(values=a.values[i] - b.values[i]) - inner(b.gradient.vectors[i], move)
    bound = 1 / L * square(turn) + mu * square(move) - 2 * mu / L * inner(turn, move)
    return excess - L / (2 * (L - mu)) * bound


def expand(form: Form, types: tuple[AgentType, ...]) -> Form:
    """The form of the reduced world in the symbols of the unreduced one."""
    n = sum(agent.count for agent in types)
    values = Vector()
    for name, coefficient in form.values:
        values = values + coefficient * _means(name, types)
    terms = [(Fraction(1), Form(values=values))]
    for (a, b), coefficient in form.quadratic.items():
        if a.endswith("'") and b.endswith("'"):
            left, right = _deviations(a, types), _deviations(b, types)
            terms += [(coefficient / n, inner(v, w)) for v, w in zip(left, right, strict=True)]
        elif a.endswith("'") or b.endswith("'"):
            raise ValueError(f"the product of {a} and {b} has no meaning")
        else:
            terms.append((coefficient, inner(_means(a, types), _means(b, types))))
    return Form.sum(terms)


def _means(name: str, types: tuple[AgentType, ...]) -> Vector:
    match = _NAME.fullmatch(name)
    if not match:
        return Vector.symbol(name)  # a server vector
    t = int(match[2])
    return Vector({f"{match[1]}[{t}]#{i}": Fraction(1, types[t].count) for i in range(types[t].count)})


def _deviations(name: str, types: tuple[AgentType, ...]) -> list[Vector]:
    match = _NAME.fullmatch(name)
    mean = _means(f"{match[1]}[{match[2]}]", types)
    return [Vector.symbol(f"{match[1]}[{match[2]}]#{i}") - mean for i in range(types[int(match[2])].count)]
