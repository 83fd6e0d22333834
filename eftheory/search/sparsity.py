"""Which entries of V's matrix may differ from zero, as a user says it.

A sparsity is a partition of the coordinates into groups: V has no products across groups. A
coordinate of each agent stands for all its types and deviations: ``g - d`` for ``g - d[0]``,
``g - d[1]``, ``g - d[0]'`` ... With ``diagonal`` every coordinate is a group of its own, type by type.
"""

from __future__ import annotations

from collections.abc import Sequence

from eftheory.assumptions.validation import require
from eftheory.wording.coordinate import Coordinate

FULL = ""
DIAGONAL = "diagonal"


def allowed_pairs(names: Sequence[Coordinate], sparsity: str, *, known: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The entries (i, j), i >= j, between coordinates with these names that the sparsity allows.

    Args:
        names: the coordinates of one block.
        sparsity: "" for all, ``diagonal``, or groups such as ``g - d | mean g``: coordinates are
            separated by commas, groups by bars; those not named form one more group.
        known: all coordinates of the method, without brackets.

    Raises:
        ValueError: a group names an unknown coordinate, or one twice.

    >>> names = [Coordinate("g - d", 0), Coordinate("g - d", 1), Coordinate("mean g")]
    >>> allowed_pairs(names, "g - d | mean g", known=["g - d", "mean g"])
    ((0, 0), (1, 0), (1, 1), (2, 2))
    """
    group = _groups(sparsity, known)

    def together(i: int, j: int) -> bool:
        if sparsity == DIAGONAL:
            return i == j
        return group.get(names[i].base) == group.get(names[j].base)

    return tuple((i, j) for i in range(len(names)) for j in range(i + 1) if together(i, j))


def _groups(sparsity: str, known: Sequence[str]) -> dict[str, int]:
    if sparsity in (FULL, DIAGONAL):
        return {}
    group: dict[str, int] = {}
    for number, members in enumerate(sparsity.split("|")):
        for name in map(str.strip, members.split(",")):
            allowed = f"use coordinates out of: {', '.join(known)}, each once; or '{DIAGONAL}'"
            require(
                name in known and name not in group, f"sparsity={sparsity!r}: {name!r} is unknown or twice; {allowed}"
            )
            group[name] = number
    return group
