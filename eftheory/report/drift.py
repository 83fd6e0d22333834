"""A drifting orbit in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from eftheory.certificates.certificate import Drift, Row
from eftheory.pages.escape import shorten
from eftheory.pages.fragments import Body, Table


def drifting_orbit(evidence: Drift, *, row: Callable[[Row], str], value: Callable[[Fraction], str]) -> Iterator[Body]:
    """What moves, what turns, and how f falls.

    Args:
        evidence: the orbit.
        row: writes a vector.
        value: writes a number.
    """
    yield (
        "In each step x moves by the same vector, in the first of two coordinates, and all else changes its sign in "
        "the second: the gradient keeps its length, and f falls by the same amount. So the sum of squared gradients "
        "over T steps is T times that of one, and f(x_0) - inf f is T times the fall, but for a constant; the orbit "
        "is stopped after T steps, for any T."
    )
    yield (
        f"The first coordinate of x grows by a number {value(evidence.drift)}, and f falls by one "
        f"{value(evidence.fall)}. Agents hold L_i/(mean L) times the rest:"
    )
    vectors = {"gradient": evidence.gradient, **evidence.server, **evidence.agents}
    vectors |= {f"message {call}": message for call, message in enumerate(evidence.messages)}
    yield Table(("at the start", "value"), tuple((shorten(name, 40), row(v)) for name, v in vectors.items()))
