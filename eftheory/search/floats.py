"""Where floats run: what goes wrong in there comes back as a value, not an exception."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

_log = logging.getLogger("eftheory")
_T = TypeVar("_T")


FLOAT_FAILURES = (ArithmeticError, np.linalg.LinAlgError)
"""Overflow, division by zero and matrices that floats cannot factor."""


def floats_guarded(compute: Callable[..., _T], *arguments: Any) -> _T | None:
    """The result, or None where floats failed on the way."""
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            return compute(*arguments)
    except FLOAT_FAILURES as error:
        _log.debug("floats failed: %s", error)
        return None
