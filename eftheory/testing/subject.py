"""Whatever a user calls a compressor, brought into one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from eftheory.assumptions import Contractive
from eftheory.compressors import Compressor
from eftheory.compressors.calling import read_call
from eftheory.testing.array_library import from_numpy, to_numpy
from eftheory.testing.claim import Absolute, Claims, Unbiased, rational_above, rational_below

FLAGS = ("random", "unbiased", "homogeneous", "additive")


@dataclass(frozen=True)
class Subject:
    """A compressor under test: a function of a numpy vector and a generator, and what is claimed of it.

    Args:
        name: what reports call it.
        function: f(v, rng), numpy in and out.
        keeps_input: whether f(v, rng) leaves the array it is given as it was.
        claim: what is claimed in a dimension, or None.
        random: whether C(v) depends on the generator; None if nobody said.
        unbiased: E C(v) = v is claimed; None if nobody said. Likewise the other two.
        homogeneous: C(t v) = t C(v) for t >= 0 with the same seed.
        additive: C(u + v) = C(u) + C(v) with the same seed.
        source: what was adapted.
        takes_rng: it has an argument for a generator.
        library: whose arrays it takes.
    """

    name: str
    function: Callable[[Any, Any], Any]
    keeps_input: Callable[[Any, Any], bool]
    claim: Callable[[int], Any]
    random: bool | None = None
    unbiased: bool | None = None
    homogeneous: bool | None = None
    additive: bool | None = None
    source: Any = None
    takes_rng: bool = False
    library: str = "numpy"
    unlisted: set[Any] = field(default_factory=set, compare=False)
    """Dimensions, and kinds of numbers, for which the draws were found to be too many to list."""
    entangled: set[Any] = field(default_factory=set, compare=False)
    """Those for which an entry was found to depend on more than a draw of its own."""

    def __call__(self, v: np.ndarray, seed: int | np.random.Generator = 0) -> Any:
        """C(v) for the draws of a seed."""
        return self.function(v, np.random.default_rng(seed))


def adapt(compressor: Any, claim: Claims | None = None, *, library: str = "numpy", name: str | None = None) -> Subject:
    """Take a compressor as its author wrote it.

    Args:
        compressor: f(x), or f(x, rng) with a numpy Generator, or an object with such a ``__call__``.
            Attributes ``alpha`` or ``omega`` (numbers, or functions of the dimension) are claims,
            and so are the booleans ``random``, ``unbiased``, ``homogeneous`` and ``additive``.
        claim: what is claimed, instead of what the object says; or a function of the dimension.
        library: "numpy", "torch" or "jax": whose arrays the compressor takes.
        name: what reports call it.

    Raises:
        TypeError: the object cannot be called.

    >>> from fractions import Fraction
    >>> adapt(lambda x: x / 2, Contractive(Fraction(3, 4)), name="half").claim(7)
    Contractive(alpha=Fraction(3, 4))
    """
    if isinstance(compressor, Subject):
        return compressor
    if isinstance(compressor, type):
        raise TypeError(f"{compressor.__name__} is a class: pass an instance, {compressor.__name__}(...)")
    if not callable(compressor):
        raise TypeError(f"{compressor!r} cannot be called: a compressor is a function f(x) or f(x, rng)")
    how = read_call(compressor)

    def function(v: Any, rng: Any) -> Any:
        try:
            return to_numpy(how(compressor, from_numpy(v, library), rng), library)
        except SystemExit as error:
            raise RuntimeError(f"SystemExit: {error}") from error

    def keeps_input(v: Any, rng: Any) -> bool:
        array = from_numpy(v, library)
        how(compressor, array, rng)
        return bool(to_numpy(array, library).tobytes() == v.tobytes())

    flags: dict[str, Any] = {flag: _flag(compressor, flag) for flag in FLAGS}
    if flags["random"] is None and not how.takes_rng:
        flags["random"] = False
    if flags["random"] is None and how.required:
        flags["random"] = True
    return Subject(
        name or _name(compressor), function, keeps_input, _claim_at(compressor, claim), **flags,
        source=compressor, takes_rng=how.takes_rng, library=library,
    )  # fmt: skip


def _flag(compressor: Any, name: str) -> bool | None:
    value = getattr(compressor, name, None)
    return value if isinstance(value, bool) else None


def _name(compressor: Any) -> str:
    text = getattr(compressor, "__name__", None) or repr(compressor)
    return text if isinstance(text, str) and not text.startswith("<") else type(compressor).__name__


def _claim_at(compressor: Any, claim: Claims | None) -> Callable[[int], Any]:
    """The claim as a function of the dimension."""
    if claim is not None:
        return claim if callable(claim) else lambda dimension: claim
    if isinstance(compressor, Compressor):
        return lambda dimension: _own_claim(compressor, dimension)
    alpha, omega = getattr(compressor, "alpha", None), getattr(compressor, "omega", None)
    if alpha is not None:
        return lambda dimension: Contractive(rational_below(alpha(dimension) if callable(alpha) else alpha))
    if omega is not None:
        return lambda dimension: Unbiased(rational_above(omega(dimension) if callable(omega) else omega))
    return lambda dimension: None


def _own_claim(compressor: Compressor, dimension: int) -> Any:
    variance = compressor.variance(dimension)
    if variance is not None:
        return Unbiased(rational_above(variance.value))
    contraction = compressor.contraction(dimension)
    if contraction is not None:
        return Contractive(rational_below(contraction.value))
    absolute = compressor.absolute(dimension)
    return None if absolute is None else Absolute(rational_above(absolute.value))
