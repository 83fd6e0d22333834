"""What a theorem says, as plain data: two theorems say the same if these are equal."""

from __future__ import annotations

import re

from eftheory.proofkit.kernel.reader import Data
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.writer import write_theorem

PARTS = ("slug", "index", "parameters", "hypotheses", "claims")


def statement(theorem: Theorem) -> dict[str, Data]:
    """What a theorem says, without its proof; symbols that only the proof has are no part of it.

    Args:
        theorem: with or without its steps.

    Returns:
        Its parts, and the symbols that occur in them, as ``writer.write_theorem`` writes them.

    Raises:
        DataError: something in it is of none of the kinds that the kernel knows.

    >>> from eftheory.proofkit import Theorem
    >>> t = Theorem("halves", "Half of a positive number is less")
    >>> x = t.parameter("x", above=0)
    >>> _ = t.claim(x / 2 < x)
    >>> statement(t)["claims"], statement(t)["symbols"]
    ([[['/', 'x', '2'], '<', 'x']], {'x': {}})
    """
    data = write_theorem(theorem)
    said = {name: data[name] for name in PARTS}
    names = set(re.findall(r'"([^"]+)"', repr(said).replace("'", '"')))
    symbols = data["symbols"]
    assert isinstance(symbols, dict)
    return {**said, "symbols": {name: value for name, value in symbols.items() if name in names}}
