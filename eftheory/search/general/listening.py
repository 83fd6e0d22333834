"""What a method asks its world for in one step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.methods.quantities import quantity
from eftheory.methods.template import Template
from eftheory.worlds.agents import AgentVector
from eftheory.worlds.exact import ExactWorld


@dataclass(frozen=True)
class Heard:
    """The answers of all branches.

    Attributes:
        answers: gradients, messages, and the state without its first vector, as vectors in symbols.
        symbols: all unknown vectors, and which of them are there before the step.
        values: the function values that are there before the step.
    """

    answers: tuple[Vector, ...]
    symbols: frozenset[str]
    values: frozenset[str]

    def early(self, form: Form) -> bool:
        """Whether a form speaks of nothing that the step makes."""
        pairs = all({a, b} <= self.symbols for a, b in form.quadratic)
        return pairs and all(name in self.values for name, _ in form.values)


_Answer = TypeVar("_Answer", AgentVector, Vector)


class _Listener:
    """A world that notes what it answers."""

    def __init__(self, world: ExactWorld) -> None:
        self._world = world
        self.answers: list[AgentVector | Vector] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world, name)

    def gradient(self, x: Vector) -> AgentVector:
        return self._noted(self._world.gradient(x))

    def compress(self, v: AgentVector) -> AgentVector:
        return self._noted(self._world.compress(v))

    def unbiased(self, v: AgentVector, omega: Fraction, *, independent: bool = False) -> AgentVector:
        return self._noted(self._world.unbiased(v, omega, independent=independent))

    def compress_server(self, v: Vector, alpha: Fraction) -> Vector:
        return self._noted(self._world.compress_server(v, alpha))

    def noisy_gradient(self, x: Vector) -> AgentVector:
        return self._noted(self._world.noisy_gradient(x))

    def excess(self, x: Vector) -> Form:
        found = self._world.excess(x)
        self.gradient(x)
        return found

    def value(self, x: Vector) -> Form:
        found = self._world.value(x)
        self.gradient(x)
        return found

    def interpolation(self, a: Vector, b: Vector) -> tuple[Form, ...]:
        found = self._world.interpolation(a, b)
        self.gradient(a)
        self.gradient(b)
        return found

    def _noted(self, answer: _Answer) -> _Answer:
        self.answers.append(answer)
        return answer


def listen(setting: Setting, template: Template, initial: Iterable[str]) -> Heard:
    """Run the step once more in each branch, as ``take_step`` does."""
    method = setting.method
    answers: dict[Vector, None] = {}
    ahead: list[tuple[int, ...]] = [()]
    while ahead:
        fixed = ahead.pop()
        world = setting.world(template, fixed)
        listener = _Listener(world)
        state = template.unknown_state(method, world)
        template.observe(method, listener, *state)
        template.observe(method, listener, *template.start(method, listener, *state))
        for name in (setting.measure_name, *initial):
            quantity(name, method, listener, state[template.memory :])
        early = frozenset(world.symbols)
        values = frozenset(name for row in world.inequalities.values() for form in row for name, _ in form.values)
        after = template.step(method, listener, *state)
        template.observe(method, listener, *after)
        ahead += [(*world.outcomes[:k], 0) for k in range(len(fixed), len(world.outcomes))]
        for each in (*listener.answers, *state[1:]):
            vectors = (*each.means, *each.deviations) if isinstance(each, AgentVector) else (each,)
            answers |= dict.fromkeys(vectors)
    return Heard(tuple(answers), early, values)
