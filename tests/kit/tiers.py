"""Which cases run by default, and which are left to the thorough tier."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def one_in(step: int, cases: Iterable[Any], also: Collection[Any] = ()) -> list[Any]:
    """The cases; by default one in ``step`` of them runs, and those named: the others are marked thorough."""
    return [
        case if k % step == 0 or case in also else pytest.param(case, marks=pytest.mark.thorough)
        for k, case in enumerate(cases)
    ]
