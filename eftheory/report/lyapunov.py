"""V as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from eftheory.certificates import Block, Upper
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.lyapunov.coordinate import Coordinate
from eftheory.report.digits import Digits
from eftheory.report.squares import MOST_SYMBOLS, Square, sum_of_squares
from eftheory.report.style import Style, Term, in_order


def lyapunov_terms(evidence: Upper, names: Iterable[str], style: Style, digits: Digits) -> tuple[list[Term], bool]:
    """The terms of V, and whether numbers in them are rounded; a large block is one term, see ``matrices``.

    Args:
        evidence: the upper bound.
        names: names of the function values among the coordinates.
        style, digits: how to write.
    """
    terms: list[Term] = []
    rounded = False
    large = matrices(evidence)
    for number in range(len(large)):
        terms.append((Fraction(1), style.bilinear(number if len(large) > 1 else None)))
    for block in evidence.lyapunov:
        if block in large:
            continue
        form = block.form()
        squares = sum_of_squares(form, _server_first(block))
        terms += style.form(form, squares, digits)
        rounded = rounded or _rounds(form, squares, digits)
    values = [(value, name if value == 1 else f"({name})") for value, name in zip(evidence.values, names) if value]
    return [*terms, *values], rounded or any(digits.rounds(value) for value, _ in values)


def matrices(evidence: Upper) -> list[Block]:
    """The blocks that are written as matrices: large ones that are no sum of squares that people can read."""
    large = [block for block in evidence.lyapunov if len(block.symbols) > MOST_SYMBOLS]
    return [block for block in large if sum_of_squares(block.form(), _server_first(block)) is None]


def matrix_rows(block: Block, style: Style, digits: Digits) -> tuple[list[str], list[list[str]], bool]:
    """Coordinates in order, the rows of the matrix up to the diagonal, and whether numbers in them are rounded.

    So many numbers are shown with few digits each.

    >>> from eftheory.report.style import ASCII
    >>> block = Block((Coordinate("d", 10), Coordinate("d", 2)), ((Fraction(3),), (Fraction(1, 2), Fraction(1))))
    >>> matrix_rows(block, ASCII, Digits())
    (['d[2]', 'd[10]'], [['1'], ['1/2', '3']], False)
    """
    digits = replace(digits, significant=3)
    names = sorted(block.symbols, key=in_order)
    entries = block.form().matrix(names)
    rows = [row[: k + 1] for k, row in enumerate(entries)]
    texts = [[style.signed(x, digits) for x in row] for row in rows]
    return [style.symbol(name) for name in names], texts, any(digits.rounds(x) for row in rows for x in row)


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
    return sorted(dict.fromkeys(block.symbols), key=lambda name: Coordinate.of(name).type is not None)


def _rounds(form: Form, squares: list[Square] | None, digits: Digits) -> bool:
    if squares is None:
        return any(map(digits.rounds, form.quadratic.values()))
    return any(digits.rounds(weight) or _vector_rounds(v, digits) for weight, v in squares)


def _vector_rounds(v: Vector, digits: Digits) -> bool:
    return any(digits.rounds(value) for _, value in v)
