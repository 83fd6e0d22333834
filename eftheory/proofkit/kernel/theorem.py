"""A theorem and its proof, as data: what people read and what the kernel checks are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eftheory.proofkit.kernel.expression import Relation
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.reason import Reason


@dataclass(frozen=True)
class Step:
    """One line of a proof.

    Args:
        name: by which later lines refer to it.
        relation: what it says.
        reason: why.
        prose: what a reader may want to be told; proves nothing.
        line: of the file that states it, so that a lesson finds its cell.
    """

    name: str
    relation: Relation
    reason: Reason
    prose: str = ""
    line: int = field(default=0, compare=False, repr=False)


@dataclass
class Theorem:
    """A statement with its hypotheses and the steps that lead to it.

    Args:
        slug: by which others refer to it; the file's name.
        title: as a sentence or a name.
        source: key of references.bib with a place, or "own".
        index: what an index i counts, over which means are taken: an agent, a coordinate.

    """

    slug: str
    title: str
    source: str = "own"
    parameters: list[Parameter] = field(default_factory=list)
    givens: list[Step] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    conclusions: list[Relation] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    prose: list[tuple[int, str]] = field(default_factory=list)
    survivors: dict[str, str] = field(default_factory=dict)
    """What ``attack`` may change without the proof failing, as it names it, and why that is so."""
    setting: dict[str, Any] = field(default_factory=dict)
    """Where an example is looked for, see ``example``."""
    index: str = "agent"
    recorded: Any = field(default=None, compare=False, repr=False)
    """An example that was found once, see ``models.recorded``."""
    shelf: Mapping[str, Theorem] = field(default_factory=dict, compare=False, repr=False)
    """The theorems that it uses, for those who tell of it; what decides is given them in another way."""
    script: Any = field(default=None, compare=False, repr=False)
    """How its file tells it, a ``lessons.script.Script``, if it was read from one."""
