"""The squared error of one message or of all, in exact arithmetic.

Floats are rational numbers, so what a compressor returned can be judged without rounding; what
is left is the rounding inside the compressor. Suppose what it returns, c, is within
gamma (||c||^2 + ||v||^2)^(1/2) of C(v), gamma = (d + 32) times the spacing of its floats: room for a
sum of d terms, a norm and some thirty operations more. If C keeps its claim, E ||C(v) - v||^2 <= limit,
then by the triangle inequality

    sqrt(E ||c - v||^2) <= sqrt(limit) + gamma sqrt(E ||c||^2 + ||v||^2),

and only what lies above that is called a violation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from eftheory.testing.branching import NotEnumerableError, enumerate_runs
from eftheory.testing.chance import list_entries
from eftheory.testing.claim import limit
from eftheory.testing.rationals import Rationals, mix
from eftheory.testing.subject import Subject

MAX_LISTED = 1000
"""The most draws that are listed for one vector."""

MAX_ENTRIES = 20000
"""The most entries of all messages together."""

SEPARATE = 10
"""Entries from which on a draw for each has more outcomes together than are listed."""

MAX_SEPARATE = 2000
"""The most entries, each with a draw of its own, whose laws are listed."""

Law = list[tuple[Fraction, Rationals]]


class Entries(NamedTuple):
    """The laws of the entries, where each has a draw of its own."""

    laws: list[list[tuple[Fraction, Fraction]]]


class NotFiniteError(ValueError):
    """C(v) is not finite, at least for some draws."""


@dataclass(frozen=True)
class Measured:
    """C(v) for all draws, or for one where there are none.

    Attributes:
        vector: v.
        law: messages and their probabilities.
        exact: the compressor computed in fractions, so that nothing was rounded.
    """

    vector: Rationals
    law: Law
    exact: bool
    spacing: Fraction

    @cached_property
    def square(self) -> Fraction:
        """||v||^2."""
        return self.vector.square

    @cached_property
    def error(self) -> Fraction:
        """E ||C(v) - v||^2."""
        return sum((p * message.minus(self.vector).square for p, message in self.law), Fraction(0))

    @cached_property
    def sent(self) -> Fraction:
        """E ||C(v)||^2."""
        return sum((p * message.square for p, message in self.law), Fraction(0))

    @property
    def mean(self) -> list[Fraction]:
        """E C(v)."""
        return mix(self.law)

    @property
    def sizes(self) -> list[Fraction]:
        """E |C(v)_j|."""
        return mix(self.law, sizes=True)

    @property
    def listed(self) -> str:
        """What was listed, in words."""
        return f"{len(self.law)} outcomes listed"

    @property
    def ratio(self) -> Fraction:
        """E ||C(v) - v||^2 / ||v||^2."""
        return self.error / self.square

    @property
    def gamma(self) -> Fraction:
        """How much the compressor may err by rounding, relative to its message."""
        return Fraction(0) if self.exact else (len(self.vector) + 32) * self.spacing

    @property
    def rounding(self) -> Fraction:
        """How far the ratio may be off by rounding: gamma (ratio + q) + gamma^2 q, q = E ||C(v)||^2/||v||^2 + 1.

        This bounds the square of sqrt(ratio) + gamma sqrt(q), as 2 sqrt(ratio q) <= ratio + q.
        """
        if self.exact or not self.sent:  # nothing sent, nothing rounded
            return Fraction(0)
        q = self.sent / self.square + 1
        return self.gamma * (self.ratio + q) + self.gamma**2 * q

    def violates(self, claim: Any) -> bool:
        """Whether the claim is refuted: the error is larger than allowed by more than rounding explains."""
        allowed, error = limit(claim, self.square), self.error
        if error <= allowed:
            return False
        slack = self.gamma**2 * (self.sent + self.square)
        excess = error - allowed - slack
        return excess > 0 and excess**2 > 4 * allowed * slack

    def is_biased(self) -> bool:
        """Whether E C(v) differs from v by more than rounding explains."""
        rounding = [self.gamma * (size + abs(x)) for size, x in zip(self.sizes, self.vector)]
        return any(abs(m - x) > r for m, x, r in zip(self.mean, self.vector, rounding))


def measure_exactly(subject: Subject, vector: Any) -> Measured | None:
    """C(v) computed on fractions, if the compressor can; all draws if it is random.

    None where it cannot: it raises, answers in floats, or has draws that cannot be listed.
    """
    fractions = np.array([entry if type(entry) is Fraction else Fraction(entry) for entry in vector], dtype=object)
    try:
        law = _law(subject, fractions)
    except Exception:  # a stranger's code on numbers it was not written for
        return None
    return None if law is None else _measured(Rationals.of(fractions), law, True, Fraction(0))


def measure(subject: Subject, vector: Any, dtype: Any = np.float64) -> Measured:
    """C(v) computed on floats, whose values are then taken as the rationals they are.

    Raises:
        NotEnumerableError: the compressor is random and its draws cannot be listed.
        NotFiniteError: C(v) is not finite for some draws.
        ValueError: C raises.
    """
    v = np.array([float(entry) for entry in vector], dtype=dtype)
    try:
        law = _law(subject, v, exact=False)
    except NotEnumerableError:
        raise
    except Exception as error:  # a stranger's code, perhaps on draws it was not written for
        raise ValueError(f"C(v) raises {type(error).__name__}: {error}") from error
    if law is None:
        raise NotFiniteError("C(v) is not finite")
    return _measured(Rationals.of_floats(v), law, False, Fraction(float(np.finfo(dtype).eps)))


def measure_best(
    subject: Subject, vector: Any, dtype: Any = np.float64, *, exactly: bool | None = None
) -> Measured | None:
    """C on a vector as exactly as can be: on fractions, else on floats; None if its draws cannot be listed.

    Args:
        subject: what is measured.
        vector: numbers.
        dtype: of the floats.
        exactly: only in fractions (True) or only in floats (False).
    """
    if exactly is not False:
        exact = measure_exactly(subject, [Fraction(float(x)) if isinstance(x, np.floating) else x for x in vector])
        if exact is not None or exactly:
            return exact
    try:
        return measure(subject, vector, dtype)
    except (NotEnumerableError, ValueError):
        return None


def measure_twice(subject: Subject, vector: Any, dtype: Any = np.float64) -> list[Measured]:
    """C on a vector in fractions and in floats, for a compressor may do one thing there and another here.

    Empty if its draws cannot be listed.

    Raises:
        NotFiniteError: C(v) is not finite for some draws.
    """
    exact = measure_best(subject, vector, dtype, exactly=True)
    found = [] if exact is None else [exact]
    try:
        return [*found, measure(subject, vector, dtype)]
    except NotFiniteError:
        raise
    except (NotEnumerableError, ValueError):
        return found


def _measured(vector: Rationals, law: Law | Entries, exact: bool, spacing: Fraction) -> Measured:
    from eftheory.testing.entrywise import Entrywise

    if isinstance(law, Entries):
        return Entrywise(vector, [], exact, spacing, law.laws)
    return Measured(vector, law, exact, spacing)


def _entries(subject: Subject, v: np.ndarray, read: Callable[[Any], Rationals | None]) -> Entries | None:
    """The laws of the entries of C(v); None if a value is no number of the kind.

    Raises:
        NotEnumerableError: an entry depends on more than a draw of its own.
    """
    laws = list_entries(lambda rng: subject.function(np.array(v), rng))
    if len(laws) != v.size:
        raise NotEnumerableError("the message has another length")
    values = read(np.array([value for law in laws for _, value in law], dtype=object))
    if values is None:
        return None
    each = iter(values)
    return Entries([[(p, next(each)) for p, _ in law] for law in laws])


def _law(subject: Subject, v: np.ndarray, exact: bool = True) -> Law | Entries | None:
    read = fractions_of if exact else rationals_of
    if subject.random:
        kind = (v.size, v.dtype.kind)
        if kind in subject.unlisted:
            raise NotEnumerableError("as was found before")
        if SEPARATE <= v.size <= MAX_SEPARATE and kind not in subject.entangled:
            try:
                return _entries(subject, v, read)
            except Exception:  # a stranger's code, on arrays of another kind
                subject.entangled.add(kind)
        try:
            runs = enumerate_runs(
                lambda rng: subject.function(np.array(v), rng), limit=min(MAX_LISTED, 1 + MAX_ENTRIES // v.size)
            )
        except NotEnumerableError:
            subject.unlisted.add(kind)
            raise
        found = [(p, read(c)) for p, c in runs]
    else:
        found = [(Fraction(1), read(subject(np.array(v))))]
    return None if any(message is None for _, message in found) else found  # type: ignore[return-value]


def fractions_of(message: Any) -> Rationals | None:
    """The entries, if all are exact numbers."""
    entries = np.asarray(message, dtype=object).ravel().tolist()
    exact = all(issubclass(kind, (int, Fraction)) and kind is not bool for kind in set(map(type, entries)))
    return Rationals.of(entries) if exact else None


def rationals_of(message: Any) -> Rationals | None:
    """The entries as the rationals they are, if all are finite."""
    entries = np.asarray(message).ravel().astype(np.float64)
    return Rationals.of_floats(entries) if np.isfinite(entries).all() else None
