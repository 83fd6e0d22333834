"""Gradients are known up to noise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from eftheory.assumptions.assumption import Mean, MeanPoint
from eftheory.assumptions.fact import Fact, Inner
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector


@dataclass(frozen=True)
class Noise:
    """Stochastic gradients are grad f_i(x) + xi_i, E[xi_i | past] = 0 and E||xi_i||^2 <= sigma2, any number."""

    name: ClassVar[str] = "noise"
    sentence: ClassVar[str] = "stochastic gradients are unbiased given the past, E||xi_i||^2 <= sigma2 for each agent"
    minimiser: ClassVar[str] = ""
    bounded: ClassVar[bool] = False
    independent: ClassVar[bool] = False

    def facts(self, at: MeanPoint, inner: Inner) -> Iterator[Fact]:
        return iter(())

    def bound(self, number: int, share: Fraction, xi: Any, inner: Inner) -> Iterator[Fact]:
        """What is known of noise ``number`` of the agents of a type, a ``share`` of all."""
        sigma2 = share * Form(values=Vector.symbol("sigma2"))
        yield Fact("noise {}", (number,), sigma2 - inner(xi, xi), sure=False)

    def allows(self, curvatures: Sequence[Fraction], mean: Mean) -> bool:
        return True  # without noise


@dataclass(frozen=True)
class IndependentNoise(Noise):
    """The same, and the xi_i of different agents are independent given the past."""

    name: ClassVar[str] = "independent noise"
    sentence: ClassVar[str] = (
        "stochastic gradients are unbiased given the past and independent over agents, E||xi_i||^2 <= sigma2 for each"
    )
    independent: ClassVar[bool] = True
