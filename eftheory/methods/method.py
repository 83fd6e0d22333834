"""What every method says about itself."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from eftheory.assumptions.hypothesis import Hypothesis
from eftheory.assumptions.validation import require

State = tuple[Any, ...]


class Observation(NamedTuple):
    """What a Lyapunov function may look at: V is quadratic in the vectors, linear in the values."""

    agents: tuple[Any, ...] = ()
    server: tuple[Any, ...] = ()
    values: tuple[Any, ...] = ()
    slacks: tuple[Any, ...] = ()  # linear too, one for each type


@dataclass(frozen=True)
class Method(ABC):
    """One method: its state, one step, what a Lyapunov function sees, and its measure.

    The step is written once, against a ``World``; the exact, linear and numeric worlds read the same lines.
    The state holds server vectors, then agent vectors, as named; the step size is positive.
    """

    step_size: Fraction

    name: ClassVar[str]
    version: ClassVar[int] = 1
    server_state: ClassVar[tuple[str, ...]] = ("x",)
    agent_state: ClassVar[tuple[str, ...]] = ()
    hypotheses: ClassVar[tuple[Hypothesis, ...]] = ()
    measure_name: ClassVar[str]
    coordinates: ClassVar[Observation]  # the names of what ``observe`` returns
    compresses: ClassVar[bool] = True
    places: ClassVar[tuple[str, ...]] = ("x",)  # the names of ``points``

    def __post_init__(self) -> None:
        positive = self.step_size > 0 and self.step_size * 0 == 0
        require(positive, f"step_size={self.step_size}: the step size must be positive and finite")

    @property
    def title(self) -> str:
        """The name as a sentence uses it."""
        return self.name.upper().replace("_", "-")

    @property
    def parameters(self) -> dict[str, Any]:
        """Its numbers beside the step size, by their names."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "step_size"}

    @property
    def seen(self) -> Observation:
        """What the coordinates are, in words that claims may use."""
        return self.coordinates

    @property
    def own_hypotheses(self) -> tuple[Hypothesis, ...]:
        """Those that it has by itself, whatever a claim assumes."""
        return type(self).hypotheses

    @property
    def sees_minimiser(self) -> bool:
        """Whether its coordinates and measure need an x*."""
        return any(hypothesis.minimiser for hypothesis in self.own_hypotheses)

    def under(self, granted: tuple[Hypothesis, ...]) -> Method:
        """The same method, where any are granted under these hypotheses instead of those on x* that are its own."""
        own = [hypothesis for hypothesis in self.own_hypotheses if not (granted and hypothesis.minimiser)]
        method = copy.copy(self)
        object.__setattr__(method, "hypotheses", (*own, *granted))
        return method

    def points(self, world: Any, x: Any, *_: Any) -> tuple[Any, ...]:
        """Where V may see f and its gradient when there is no x*."""
        return (x,)

    @abstractmethod
    def step(self, world: Any, *state: Any, **_: Any) -> State:
        """The state after one step."""

    @abstractmethod
    def observe(self, world: Any, *state: Any, **_: Any) -> Observation:
        """The coordinates of the Lyapunov function, named in ``coordinates``."""

    @abstractmethod
    def measure(self, world: Any, *state: Any, **_: Any) -> Any:
        """What the guarantee bounds."""
