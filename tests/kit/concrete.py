"""Real runs, with the value of every symbol of the exact world noted on the way.

Arrays are batches of runs: server vectors have shape (runs, 1, dimension), agent vectors
(runs, n, dimension), function values (runs, n). Entries are floats, or Fractions in arrays of objects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from eftheory.claims import Setting
from eftheory.exact import Form, Vector
from eftheory.methods import METHODS
from eftheory.methods.template import PLAIN, Template


class Problem(NamedTuple):
    """Gradients and values of all agents' functions at a server point, their compressors, and a common minimiser.

    Where there is none, any array of the shape of a server vector will do.
    """

    gradient: Callable[[np.ndarray], np.ndarray]
    value: Callable[[np.ndarray], np.ndarray]
    compress: Callable[[np.ndarray], np.ndarray]
    minimiser: np.ndarray


class ConcreteWorld:
    """Runs a method on a problem; ``symbols`` holds what the exact world's symbols stand for."""

    def __init__(self, setting: Setting, problem: Problem, number: Callable = float) -> None:
        self.setting, self.problem, self.minimiser, self.number = setting, problem, problem.minimiser, number
        self.symbols: dict[str, np.ndarray] = {}
        self.counts = [agent.count for agent in setting.agents]
        self.n = sum(self.counts)
        self._known: list[tuple[np.ndarray, np.ndarray]] = []
        self._compressions = 0
        each = [agent for agent in setting.agents for _ in range(agent.count)]
        self._centre = np.array([number(agent.L + agent.mu) / 2 for agent in each])[:, None]
        self._radius = np.array([number(agent.L - agent.mu) / 2 for agent in each])[:, None]
        if any(hypothesis.name == "common minimiser" for hypothesis in setting.method.hypotheses):
            self.symbols["x*"] = self.minimiser[:, 0]
            self._known.append((self.minimiser, 0 * self._broadcast(self.minimiser)))

    def run(
        self,
        x: np.ndarray,
        per_agent: np.ndarray | None,
        template: Template = PLAIN,
        previous: np.ndarray | None = None,
    ) -> tuple:
        """One step, in the order in which the checker reads the method; before, after, measure, state.

        With memory, ``previous`` is x-, and the state returned starts with the new one.
        """
        method = METHODS[self.setting.method.name](self.number(self.setting.method.step_size))
        own = (x,) if per_agent is None else (x, per_agent)
        self.symbols["x"] = x[:, 0]
        for name in method.agent_state:
            self._note(name, per_agent)
        if template.memory:
            self.symbols["x-"] = previous[:, 0]
        state = (previous, *own) if template.memory else own
        before, measure = template.observe(method, self, *state), method.measure(self, *own)
        after_state = template.step(method, self, *state)
        return before, template.observe(method, self, *after_state), measure, after_state

    def mean(self, v: np.ndarray) -> np.ndarray:
        return v.sum(axis=1, keepdims=True) / self.n

    def square(self, v: np.ndarray) -> np.ndarray:
        return (v * v).sum(axis=-1)[:, 0]

    def mean_square(self, v: np.ndarray) -> np.ndarray:
        return (v * v).sum(axis=-1).sum(axis=-1) / self.n

    def value(self, x: np.ndarray) -> np.ndarray:
        self._evaluate(x)
        return (self.problem.value(x) - self.problem.value(self.minimiser)).sum(axis=-1) / self.n

    def gradient(self, x: np.ndarray) -> np.ndarray:
        return self._evaluate(x)

    def interpolation(self, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
        """Per type, f_i(b) less its lower bound from a, in the words of the literature: it divides by L and L - mu."""
        at_a, at_b, move = self._evaluate(a), self._evaluate(b), b - a
        excess = self.problem.value(b) - self.problem.value(a) - (at_a * move).sum(axis=-1)
        parts = []
        kinds = [agent.functions for agent in self.setting.agents for _ in range(agent.count)]
        for i, f in enumerate(kinds):
            L, mu, turn = self.number(f.L), self.number(f.mu), (at_b - at_a)[:, i]
            shift = move[:, 0] - turn / L
            curved = 0 if mu == L else mu * L / (L - mu) / 2 * (shift * shift).sum(axis=-1)
            parts.append(excess[:, i] - (turn * turn).sum(axis=-1) / (2 * L) - curved)
        return [part.sum(axis=1) / self.n for part in self._split(np.stack(parts, axis=1))]

    def compress(self, v: np.ndarray) -> np.ndarray:
        if self.setting.alpha == 1:
            return v
        message = self.problem.compress(v)
        self._note(f"e{self._compressions}", v - message)
        self._compressions += 1
        return message

    def _evaluate(self, x: np.ndarray) -> np.ndarray:
        for point, gradient in self._known:
            if point is x:  # that numbers happen to agree is not known beforehand
                return gradient
        gradient = self.problem.gradient(x)
        number = len(self._known)
        if not number:
            self._note("g", gradient)
        else:
            first, first_gradient = self._known[0]
            rest = gradient - first_gradient - self._centre * (x - first)
            divisor = np.where(self._radius == 0, 1, self._radius)
            self._note(f"r{number}", np.where(self._radius == 0, 0 * rest, rest / divisor))
        values = self.problem.value(x) - self.problem.value(self._known[0][0] if self._known else x)
        for t, part in enumerate(self._split(values)):
            self.symbols[f"f{number}[{t}]"] = part.sum(axis=1) / self.counts[t]
        self._known.append((x, gradient))
        return gradient

    def _broadcast(self, server: np.ndarray) -> np.ndarray:
        return np.repeat(server, self.n, axis=1)

    def _split(self, v: np.ndarray) -> list[np.ndarray]:
        return np.split(v, np.cumsum(self.counts)[:-1], axis=1)

    def _note(self, name: str, v: np.ndarray) -> None:
        self.symbols.update(self.parts(name, v))

    def parts(self, name: str, v: np.ndarray) -> dict[str, np.ndarray]:
        """Type means (runs, dimension) and deviations (runs, count, dimension) of an agent vector."""
        result = {}
        for t, part in enumerate(self._split(v)):
            mean = part.sum(axis=1, keepdims=True) / self.counts[t]
            result[f"{name}[{t}]"], result[f"{name}[{t}]'"] = mean[:, 0], part - mean
        return result

    def place(self, v: Vector) -> np.ndarray:
        """The value of a combination of symbols."""
        return sum((self.number(coefficient) * self.symbols[name] for name, coefficient in v), np.array(0))

    def evaluate(self, form: Form) -> tuple[np.ndarray, np.ndarray]:
        """The value of a form in each run, and the sum of the absolute values of its terms."""
        total, size = 0 * self.minimiser[:, 0, 0], 0 * self.minimiser[:, 0, 0]
        for (a, b), coefficient in form.quadratic.items():
            product = (self.symbols[a] * self.symbols[b]).sum(axis=-1)
            if a.endswith("'"):
                product = product.sum(axis=-1) / self.n
            total, size = total + self.number(coefficient) * product, size + abs(self.number(coefficient) * product)
        for name, coefficient in form.values:
            total = total + self.number(coefficient) * self.symbols[name]
            size = size + abs(self.number(coefficient) * self.symbols[name])
        return total, size
