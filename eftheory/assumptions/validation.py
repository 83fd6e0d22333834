"""Range checks whose messages say what is allowed and what to do."""

from __future__ import annotations

from fractions import Fraction


def exact(name: str, value: object) -> Fraction:
    """The value as a fraction.

    Raises:
        TypeError: the value is no int or Fraction (a float is not exact).
    """
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise TypeError(
            f"{name}={value!r}: claims are exact, so it must be an int or a Fraction; "
            f"write Fraction(1, 10) or eftheory.read_number({str(value)!r})"
        )
    return Fraction(value)


def require(condition: bool, message: str) -> None:
    """Raise ``ValueError(message)`` unless the condition holds."""
    if not condition:
        raise ValueError(message)
