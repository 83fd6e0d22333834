"""The upper bound of a certificate, proved line by line: what ``eftheory prove`` shows of its file."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from typing import Any

from eftheory.certificates import Certificate
from eftheory.pages.fragments import Block
from eftheory.proofkit.catalogue import examine
from eftheory.proofkit.certified.from_certificate import from_certificate
from eftheory.proofkit.kernel.expression import Node, Number, Product, Relation, Symbol
from eftheory.proofkit.kernel.substitution import rebuild
from eftheory.proofkit.lessons.lesson import tell
from eftheory.report.digits import Digits

MOST_TYPES = 3
"""Of more types of agents the lines are so long that nobody reads them."""


def line_by_line(certificate: Certificate, digits: Digits) -> list[Block] | None:
    """The lesson of the theorem that the upper bound becomes, without title and verdict.

    Of numbers that ``digits`` rounds there are the first digits, and dots: so that the lines stay true.

    Returns:
        None if it becomes no theorem, if the proof kit's kernel does not accept it, or if it is too long to be read.
    """
    if len(certificate.setting.agents) > MOST_TYPES:
        return None
    try:
        told = from_certificate(replace(certificate, lower=None, class_bound=None, drift=None), "certificate")
    except ValueError:
        return None
    outcome = examine(told.theorem)
    if outcome.problem is not None:
        return None
    return [_shown(block, digits) for block in tell(outcome, told.script, framed=False)]


def _shown(block: Block, digits: Digits) -> Block:
    if block.kind == "heading":  # within a proof there are none
        return replace(block, kind="prose", parts=(*block.parts, "."))

    def short(node: Node) -> Node:
        if isinstance(node, Number) and digits.rounds(node.value):
            return beginning(node.value, digits.significant)
        return rebuild(node, short)

    def shown(part: Any) -> Any:
        if isinstance(part, Relation):
            return Relation(short(part.left), part.sign, short(part.right))
        return short(part) if isinstance(part, Node) else part

    return replace(block, parts=tuple(map(shown, block.parts)), relation=shown(block.relation))


def beginning(x: Fraction, significant: int) -> Node:
    r"""The first digits of a number, enough of them to tell it from 1.

    >>> from eftheory.proofkit.lessons.latex import LATEX
    >>> [LATEX.write(beginning(Fraction(*pair), 3)) for pair in ((2, 3), (-1, 3000000), (2999999, 3000000))]
    ['0.666\\ldots', '-3.33\\ldots\\cdot 10^{-7}', '0.999999666\\ldots']
    """
    distance = abs(1 - abs(x))
    context = Context(prec=significant + len(str(int(1 / distance))) - 1, rounding=ROUND_DOWN)
    size = context.divide(Decimal(abs(x.numerator)), Decimal(x.denominator))
    exponent = 0 if -5 <= size.adjusted() < significant else size.adjusted()
    latex = rf"{context.scaleb(size, -exponent):f}\ldots" + rf"\cdot 10^{{{exponent}}}" * bool(exponent)
    number = Symbol(latex, latex=latex)
    return number if x > 0 else Product((Number(Fraction(-1)), number))
