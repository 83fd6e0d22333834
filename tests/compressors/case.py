"""A row of the tables that the generic tests of compressors read."""

from __future__ import annotations

from typing import NamedTuple

from eftheory.compressors import Compressor


class Case(NamedTuple):
    """A compressor, and the dimensions in which it is tested."""

    compressor: Compressor
    dimensions: tuple[int, ...] = (1, 2, 3, 4)
