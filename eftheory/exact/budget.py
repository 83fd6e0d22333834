"""A budget of work, so that no file keeps the checker busy; it can only end a check, never change what it says."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction

WORK, OVERHEAD, MEMORY = 2**33, 128, 64  # of a file, about a minute; of a pair of integers; of a word that it takes
_left: ContextVar[list[int] | None] = ContextVar("left", default=None)


class BudgetError(Exception):
    """The budget is spent: nothing is said about the file."""


@contextmanager
def limited(work: int = WORK) -> Iterator[None]:
    """Within, integers cost what FORMAT.md, section 11, says; inside another, that counts."""
    token = _left.set(_left.get() or [work])
    try:
        yield
    finally:
        _left.reset(token)


def spend(a: Collection[int], b: Collection[int]) -> None:
    """Pay for combining each of ``a`` with each of ``b``; free of charge where there is no budget."""
    if (left := _left.get()) is not None:
        m, n, v, w = len(a), len(b), sum(map(int.bit_length, a)), sum(map(int.bit_length, b))
        v, w = m + v // 64, n + w // 64
        left[0] -= OVERHEAD * m * n + MEMORY * (n * v + m * w) + v * w
        if left[0] < 0:
            raise BudgetError("too expensive to check: the budget of work (FORMAT.md, section 11) is spent")


def plus(x: Fraction, y: Fraction) -> Fraction:
    """The sum, paid for."""
    spend((x.numerator, x.denominator), (y.numerator, y.denominator))
    return x + y


def times(x: Fraction, y: Fraction) -> Fraction:
    """The product, paid for."""
    spend((x.numerator, x.denominator), (y.numerator, y.denominator))
    return x * y
