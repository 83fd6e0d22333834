"""Range checks whose messages say what is allowed and what to do."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any


def exact(name: str, value: object) -> Fraction:
    """The value as a fraction; TypeError if it is no int or Fraction (a float is not exact)."""
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        hint = f"write Fraction(1, 10) or eftheory.read_number({str(value)!r})"
        raise TypeError(f"{name}={value!r}: claims are exact, so it must be an int or a Fraction; {hint}")
    return Fraction(value)


def require(condition: bool, message: str) -> None:
    """Raise ``ValueError(message)`` unless the condition holds."""
    if not condition:
        raise ValueError(message)


def constants(of: Any) -> str:
    """The fields of a class of functions or compressors, as ``L=1, mu=1/10``."""
    return ", ".join(f"{name}={value}" for name, value in vars(of).items())


def require_class(known: Mapping[str, type], it: object) -> None:
    """Raise ValueError unless it is of one of these classes itself: what is derived from one may say what is false."""
    require(type(it) in known.values(), f"{it!r} is of no class that a claim may name; those are {', '.join(known)}")
