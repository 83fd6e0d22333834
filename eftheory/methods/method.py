"""What every method says about itself."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
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

    def __post_init__(self) -> None:
        positive = self.step_size > 0 and self.step_size * 0 == 0
        require(positive, f"step_size={self.step_size}: the step size must be positive and finite")

    @property
    def title(self) -> str:
        """The name as a sentence uses it."""
        return self.name.upper()

    @abstractmethod
    def step(self, world: Any, *state: Any, **_: Any) -> State:
        """The state after one step."""

    @abstractmethod
    def observe(self, world: Any, *state: Any, **_: Any) -> Observation:
        """The coordinates of the Lyapunov function, named in ``coordinates``."""

    @abstractmethod
    def measure(self, world: Any, *state: Any, **_: Any) -> Any:
        """What the guarantee bounds."""
