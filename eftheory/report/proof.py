"""The upper bound of a certificate, proved line by line: what ``eftheory prove`` shows of its file."""

from __future__ import annotations

from eftheory.certificates import Certificate
from eftheory.pages.fragments import Block
from eftheory.proofkit.catalogue import examine
from eftheory.proofkit.certified.from_certificate import from_certificate
from eftheory.proofkit.lessons.lesson import tell

MOST_TYPES = 2
"""Of more types of agents the lines are so long that nobody reads them."""

_AROUND = ("title", "source", "verdict")


def line_by_line(certificate: Certificate) -> list[Block] | None:
    """The lesson of the theorem that the upper bound becomes, without title and verdict.

    Returns:
        None if it becomes no theorem, if the proof kit's kernel does not accept it, or if it is too long to be read.
    """
    if len(certificate.setting.agents) > MOST_TYPES:
        return None
    try:
        told = from_certificate(certificate, "certificate")
    except ValueError:
        return None
    outcome = examine(told.theorem)
    if outcome.problem is not None:
        return None
    return [block for block in tell(outcome, told.script) if block.kind not in _AROUND]
