"""What every compressor says about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeGuard

import numpy as np

from eftheory.compressors.arrays import Array
from eftheory.compressors.coding.message import Message
from eftheory.compressors.constant import Constant
from eftheory.laws.kinds import Number

Exact = Sequence[Any]
"""Entries that Python computes with exactly: ints or Fractions."""

Outcome = tuple[Fraction, list[Any]]
"""A probability and a message."""

NUMBER_BITS = 32
"""Bits of a number that is sent without compression, in single precision."""


class Compressor(ABC):
    """A map C on vectors, perhaps random, with its constants as functions of the dimension d.

    ``compressor(v)`` runs on a vector, or on many at once, one a row, in any array library; a
    random compressor draws anew for each row from the numpy generator it is given. ``outcomes``
    is the definition in plain Python, exact on ints and Fractions, against which the fast version
    is tested.

    Attributes:
        random: C(v) depends on the generator.
        unbiased: E C(v) = v.
        homogeneous: C(t v) = t C(v) for t >= 0, with the same draw if C is random.
        additive: C(u + v) = C(u) + C(v), with the same draw if C is random.
    """

    random: bool = False
    unbiased: bool = False
    homogeneous: bool = True
    additive: bool = False

    @abstractmethod
    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        """C(v) along the last axis."""

    def batch(self, v: np.ndarray) -> np.ndarray:
        """C(v) along the last axis of many vectors at once, for a C that is not random; may be faster in numpy."""
        messages: np.ndarray = self(v)
        return messages

    def naive(self, v: Exact) -> list[Any]:
        """C(v) in exact arithmetic, word for word as defined; for compressors that are not random.

        Raises:
            IrrationalError: C(v) has an entry that is no rational number.
        """
        raise TypeError(f"{self!r} is random: its messages and their probabilities are listed by outcomes(v)")

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        """All messages that C(v) may be, each with its probability; one message may come more than once.

        Raises:
            IrrationalError: a message has an entry that is no rational number.
        """
        yield Fraction(1), self.naive(v)

    def variance(self, dimension: int) -> Constant | None:
        """The least omega known with E ||C(v) - v||^2 <= omega ||v||^2, for an unbiased C; else None."""
        return None

    def contraction(self, dimension: int) -> Constant | None:
        """The largest alpha known with E ||C(v) - v||^2 <= (1 - alpha) ||v||^2; None if no alpha > 0 is.

        An unbiased C with omega < 1 is contractive as it is, with alpha = 1 - omega.
        """
        known = self.variance(dimension)
        if known is None or not known.value < 1:
            return None
        return Constant(1 - known.value, known.extremal, known.attained)

    def absolute(self, dimension: int) -> Constant | None:
        """The least D known with E ||C(v) - v||^2 <= D for every v; None if there is none."""
        return None

    def bits(self, dimension: int) -> Number | None:
        """How many bits a message takes, on average where they differ; None if nobody has counted.

        A number that is sent as it is takes ``NUMBER_BITS``. What sender and receiver know
        beforehand, parameters, the dimension and the seed of shared randomness, costs nothing.
        """
        return None

    def encode(self, message: Array) -> Message:
        """The bits that are sent for the message C(v), a vector of numbers of single precision.

        Raises:
            NotImplementedError: nobody has written an encoder.
            ValueError: C(v) is never this vector, or the bits do not hold it.
        """
        raise NotImplementedError(f"{self!r} has no encoder")

    def decode(self, message: Message, dimension: int) -> np.ndarray:
        """The message C(v) whose bits were sent, in single precision.

        Raises:
            NotImplementedError: nobody has written a decoder.
            ValueError: ``encode`` never makes these bits.
        """
        raise NotImplementedError(f"{self!r} has no decoder")

    def alpha(self, dimension: int) -> Number:
        """The value of ``contraction``.

        Raises:
            ValueError: there is none.
        """
        known = self.contraction(dimension)
        if known is None:
            remedy = " as it is; scale it by 1/(1 + omega)" if self.unbiased else ""
            raise ValueError(f"{self!r} contracts by no alpha > 0 in dimension {dimension}{remedy}")
        return known.value

    def omega(self, dimension: int) -> Number:
        """The value of ``variance``.

        Raises:
            ValueError: there is none.
        """
        known = self.variance(dimension)
        if known is None:
            raise ValueError(f"{self!r} is not unbiased with a known variance")
        return known.value


class IrrationalError(ArithmeticError):
    """A number that would have to be rational is not."""


def generator(rng: np.random.Generator | None, name: str) -> np.random.Generator:
    """The generator a random compressor draws from.

    Raises:
        ValueError: there is none, so that a run could not be repeated.
    """
    if rng is None:
        raise ValueError(f"{name} is random: pass rng=numpy.random.default_rng(seed)")
    return rng


def check_kept(k: int, dimension: int) -> None:
    """Refuse to keep more entries than there are.

    Raises:
        ValueError: k exceeds the dimension.
    """
    if k > dimension:
        raise ValueError(f"k={k}: a vector of {dimension} entries has no {k} to keep; use k <= {dimension}")


def is_whole(number: object) -> TypeGuard[int]:
    """It is an int, of Python or of numpy; True and False are none."""
    if type(number) is int:
        return True  # asks nothing of numpy, which is slow to load
    return isinstance(number, (int, np.integer)) and not isinstance(number, bool)


def check_k(k: object) -> None:
    """Refuse a k that is no whole number of entries.

    Raises:
        ValueError: k is no int >= 1.
    """
    if not is_whole(k) or k < 1:
        raise ValueError(f"k={k!r}: the number of entries kept is a whole number, at least 1")
