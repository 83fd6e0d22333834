"""V as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eftheory.certificates import Block, Upper
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.report.digits import Digits
from eftheory.report.squares import Square, sum_of_squares
from eftheory.report.style import Style, Term


def lyapunov_terms(evidence: Upper, names: Iterable[str], style: Style, digits: Digits) -> tuple[list[Term], bool]:
    """The terms of V, and whether numbers in them are rounded.

    Args:
        evidence: the upper bound.
        names: names of the function values among the coordinates.
        style, digits: how to write.
    """
    terms: list[Term] = []
    rounded = False
    for block in evidence.lyapunov:
        form = block.form()
        squares = sum_of_squares(form, _server_first(block))
        terms += style.form(form, squares, digits)
        rounded = rounded or _rounds(form, squares, digits)
    values = [(value, name if value == 1 else f"({name})") for value, name in zip(evidence.values, names) if value]
    return [*terms, *values], rounded or any(digits.rounds(value) for value, _ in values)


def packed(relation: str, texts: Iterable[str], width: int = 96) -> Iterator[str]:
    """Terms of a sum behind ``relation``, as many to a line as ``width`` allows.

    >>> list(packed("V =", ["a", "+ b", "+ c"], 9))
    ['V = a + b', '    + c']
    """
    line, indent = relation, " " * len(relation)
    for text in texts:
        if len(line) + 1 + len(text) > width and line.strip() not in ("", relation):
            yield line
            line = indent
        line += f" {text}"
    yield line


def _server_first(block: Block) -> list[str]:
    return sorted(dict.fromkeys(block.symbols), key=lambda name: name.endswith(("]", "]'")))


def _rounds(form: Form, squares: list[Square] | None, digits: Digits) -> bool:
    if squares is None:
        return any(map(digits.rounds, form.quadratic.values()))
    return any(digits.rounds(weight) or _vector_rounds(v, digits) for weight, v in squares)


def _vector_rounds(v: Vector, digits: Digits) -> bool:
    return any(digits.rounds(value) for _, value in v)
