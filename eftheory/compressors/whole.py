"""Whole numbers, of Python or of numpy."""

from __future__ import annotations

from numbers import Integral
from typing import TypeGuard


def is_whole(value: object, least: int = 1) -> TypeGuard[int]:
    """Whether it is a whole number that is at least so large, and no truth value.

    >>> is_whole(3), is_whole(0), is_whole(True), is_whole(3.0)
    (True, False, False, False)
    """
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least
