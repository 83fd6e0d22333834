"""The words in which proofs are written, and the kernel that checks them.

The names load lazily, so that whoever needs one file of this room does not wait for the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eftheory.proofkit.completion import complete_squares as complete_squares
    from eftheory.proofkit.decay import Decay as Decay
    from eftheory.proofkit.kernel import check as check
    from eftheory.proofkit.kernel.expression import expectation as expectation
    from eftheory.proofkit.kernel.expression import inner as inner
    from eftheory.proofkit.kernel.expression import mean as mean
    from eftheory.proofkit.kernel.expression import square as square
    from eftheory.proofkit.kernel.reason import Geometric as Geometric
    from eftheory.proofkit.kernel.reason import Repeated as Repeated
    from eftheory.proofkit.kernel.reason import Telescoped as Telescoped
    from eftheory.proofkit.lessons.theorem import Theorem as Theorem
    from eftheory.proofkit.one_step import OneStep as OneStep
    from eftheory.proofkit.one_step import rewritten as rewritten

_HOMES = {
    "Decay": "decay",
    "Geometric": "kernel.reason",
    "OneStep": "one_step",
    "Repeated": "kernel.reason",
    "Telescoped": "kernel.reason",
    "Theorem": "lessons.theorem",
    "check": "kernel",
    "complete_squares": "completion",
    "expectation": "kernel.expression",
    "inner": "kernel.expression",
    "mean": "kernel.expression",
    "rewritten": "one_step",
    "square": "kernel.expression",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'eftheory.proofkit' has no attribute {name!r}; it has: {', '.join(_HOMES)}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
