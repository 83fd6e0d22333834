"""What decides that a theorem is proved: read these files, and believe the verdict.

``reader`` makes a theorem of plain data, ``form`` says whether it is well written, ``checker`` goes through its lines
by their reasons, ``verdict`` through the theorems that it uses. The names load lazily.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eftheory.proofkit.kernel.checker import Checker as Checker
    from eftheory.proofkit.kernel.checker import check as check
    from eftheory.proofkit.kernel.outcome import NotProved as NotProved
    from eftheory.proofkit.kernel.outcome import Outcome as Outcome
    from eftheory.proofkit.kernel.sequences import Library as Library

_HOMES = {"Checker": "checker", "Library": "checker", "NotProved": "outcome", "Outcome": "outcome", "check": "checker"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'eftheory.proofkit.kernel' has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
