"""``eftheory compressor --list``: printed without what tests compressors, and without numpy, which none is run with."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from eftheory.laws.enclosure import write_decimal
from eftheory.pages.lines import in_columns


class OnDemand(ModuleType):
    """A module that is loaded when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def postponed(name: str) -> Iterator[None]:
    """Whoever imports the module meanwhile gets it on demand; it is half of the time that the list would take."""
    if name in sys.modules:
        yield
        return
    waiting = sys.modules[name] = OnDemand(name)
    try:
        yield
    finally:
        if sys.modules.get(name) is waiting:
            del sys.modules[name]


with postponed("numpy"):
    from eftheory.cli.load_compressor import as_typed
    from eftheory.testing.compressor_list import contractive_in


def print_list(dimension: int) -> None:
    """Built-in compressors that contract in a dimension: as they are typed, alpha, bits of a message, source."""
    rows = [("compressor", "alpha >=", "bits <=", "source")]
    for each in contractive_in(dimension):
        known, bits = each.contraction(dimension), each.bits(dimension)
        alpha = "?" if known is None else write_decimal(known.value, up=False, digits=6)
        source = re.search(r"\[\w+[0-9]{4}\w*\][^\n]*", type(each).__doc__ or "")
        sent = "?" if bits is None else write_decimal(bits, up=True, digits=0).rstrip(".")
        rows.append((as_typed(each), alpha, sent, source[0] if source else ""))
    print(f"contractive in dimension {dimension}, as in: eftheory compressor topk:k=10 --dim {dimension}")
    print("\n".join(in_columns(rows)))
