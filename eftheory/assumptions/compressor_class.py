"""What every class of compressors says about itself; nothing here runs, it is there for types and readers."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, ClassVar, Protocol

from eftheory.assumptions.fact import Fact, Inner


class CompressorClass(Protocol):
    """Compressors C whose errors e = v - C(v) obey some inequalities: a frozen dataclass, its fields the constants."""

    name: ClassVar[str]  # in words and in certificates
    unbiased: ClassVar[bool]  # whether e has mean zero given the past, and independent ones over the agents

    @property
    def alpha(self) -> Fraction:
        """An alpha with E ||C(v) - v||^2 <= (1 - alpha) ||v||^2 throughout the class; 0 if there is none."""

    @property
    def exact(self) -> bool:
        """Whether the only compressor of the class is C(v) = v."""

    def facts(self, number: int, v: Any, e: Any, inner: Inner) -> Iterator[Fact]:
        """All that is known of the error ``e`` of message ``number``, about ``v``."""

    def allows(self, compressed: Fraction, error: Fraction) -> bool:
        """Whether an error of square ``error`` is allowed on an input of square ``compressed``."""
