"""Whether a theorem that is proved speaks of something: contradictory hypotheses prove anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.kernel.verdict import Entry
from eftheory.proofkit.models.example import Example, NoExample
from eftheory.proofkit.models.seek import find


def example_of(theorem: Theorem) -> Example | None:
    """An example; None if the file says why none is found.

    Raises:
        NoExample: none is found, and the file does not say why.
    """
    why_none = theorem.setting.get("why_none")
    if why_none and not theorem.setting["values"]:
        return None
    try:
        return find(theorem)
    except NoExample:
        if why_none:
            return None
        raise


def vouch(checked: Iterable[Entry], wanted: Iterable[str]) -> Iterator[Entry]:
    """The entries, one by one; those that are wanted and proved with what they lack, if it is an example."""
    asked = set(wanted)
    for entry in checked:
        lacking = explained = ""
        if entry.problem is None and entry.theorem.slug in asked:
            try:
                if example_of(entry.theorem) is None:
                    explained = " ".join(entry.theorem.setting["why_none"].split())  # on one line, no row of its own
            except NoExample as error:
                lacking = str(error)
        yield replace(entry, lacking=lacking, explained=explained)
