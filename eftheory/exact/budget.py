"""A budget of work, so that no file keeps the checker busy; it can only end a check, never change what it says."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction

WORK, OVERHEAD = 2**33, 1024  # of a file, about a minute; of an operation, whatever its operands
_left: ContextVar[list[int] | None] = ContextVar("left", default=None)


class BudgetError(Exception):
    """The budget is spent: nothing is said about the file."""


@contextmanager
def limited(work: int = WORK) -> Iterator[None]:
    """Within, a pair of numbers costs OVERHEAD and the product of its lengths in words; inside another, that counts."""
    token = _left.set(_left.get() or [work])
    try:
        yield
    finally:
        _left.reset(token)


def spend(a: Iterable[Fraction | int], b: Iterable[Fraction | int]) -> None:
    """Pay for combining each of ``a`` with each of ``b``; free of charge where there is no budget."""
    if (left := _left.get()) is not None:
        (m, v), (n, w) = _size(a), _size(b)
        left[0] -= OVERHEAD * m * n + v * w
        if left[0] < 0:
            raise BudgetError("too expensive to check: the budget of work (FORMAT.md, section 11) is spent")


def plus(x: Fraction, y: Fraction) -> Fraction:
    """The sum, paid for."""
    spend((x,), (y,))
    return x + y


def times(x: Fraction, y: Fraction) -> Fraction:
    """The product, paid for."""
    spend((x,), (y,))
    return x * y


def _size(values: Iterable[Fraction | int]) -> tuple[int, int]:
    """How many there are, and how many words they take above and below the line."""
    words = [2 + x.numerator.bit_length() // 64 + x.denominator.bit_length() // 64 for x in values]
    return len(words), sum(words)
