"""What readers are told of a class of functions or compressors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eftheory.assumptions.fact import Fact

COMPLETE, VALID = "complete inequalities", "valid inequalities only, perhaps not all"
"""Whether more could be known."""


@dataclass(frozen=True)
class Wording:
    """Words for a class, and LaTeX for its facts.

    Attributes:
        words: what the facts say, of the ``{points}`` of a step or the ``{inputs}`` of its messages.
        gradient: how a gradient at y_k is parametrised, a sentence in LaTeX; "" for a class of compressors.
        sentence: the hypothesis in LaTeX, with <name> for its constants; "" where its own sentence serves.
        complete: whether its inequalities suffice for an instance with these values to exist; else they are valid only.
        slacks: for each kind of fact its slack in LaTeX: <0>, <1> are the numbers it is about; points are y_k, what
            is free at them r_i^{(k)}, inputs v_i^{(k)}, errors e_i^{(k)}.
    """

    words: str = ""
    gradient: str = ""
    slacks: Mapping[str, str] = field(default_factory=dict)
    complete: str = VALID
    sentence: str = ""

    def slack(self, fact: Fact) -> str:
        """The slack of a fact of the class in LaTeX; "" where the class has no words for it."""
        latex = self.slacks.get(fact.kind, "")
        for place, number in enumerate(fact.about):
            latex = latex.replace(f"<{place}>", str(number))
        return latex


WORDINGS: dict[type, Wording] = {}
"""By class; each file of this room enters what it words."""


def word(of: object) -> Wording:
    """The wording of a class, or of that it derives from; without one its sentence tells it, its facts their names."""
    for kind in type(of).__mro__:
        if kind in WORDINGS:
            return WORDINGS[kind]
    sentence = str(getattr(of, "sentence", of)).replace("{", "{{").replace("}", "}}")
    return Wording(f"{sentence}; {{points}}")
