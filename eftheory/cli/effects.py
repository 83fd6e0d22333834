"""Options of ``eftheory simulate`` that would change nothing: it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from eftheory.methods.needs import needs
from eftheory.simulate.side_by_side import Entry

VERBS = {
    "batch": ("noisy_gradient", "noisy_local_gradient", "noisy_change"),
    "compressor": ("compress", "compress_server", "send"),
    "compressor-down": ("compress_server", "send"),
}
"""What a step asks for if an option matters to it."""

MISSING = {
    "batch": "takes minibatches",
    "compressor": "compresses",
    "compressor-down": "compresses what the server sends",
}


def tell_idle(entries: Sequence[Entry], given: Mapping[str, Any]) -> list[str]:
    """A note for each option that is given, but matters to none of the methods.

    >>> from eftheory.methods import GD
    >>> tell_idle([Entry(GD)], {"batch": 16, "compressor": None})
    ['note: --batch changes nothing: gd never takes minibatches']
    """
    asked = [_asked(entry) for entry in entries]
    names = " and ".join(entry.title for entry in entries)
    return [
        f"note: --{option} changes nothing: none of {names} {MISSING[option]}"
        if len(entries) > 1
        else f"note: --{option} changes nothing: {names} never {MISSING[option]}"
        for option, value in given.items()
        if value is not None and not any(each is None or each & set(VERBS[option]) for each in asked)
    ]


def _asked(entry: Entry) -> frozenset[str] | None:
    """The verbs of a step; None for one of a user that cannot be asked."""
    try:
        return needs(entry.kind(step_size=Fraction(1), **entry.parameters), ("step",))
    except Exception:
        return None
