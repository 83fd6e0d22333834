"""V as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from eftheory.certificates import Block, Upper
from eftheory.exact.form import Form
from eftheory.report.digits import Digits
from eftheory.report.squares import MOST_SYMBOLS, Square, sum_of_squares
from eftheory.report.style import Style
from eftheory.wording.coordinate import Coordinate, in_order


def lyapunov_terms(evidence: Upper, values: Iterable[str], style: Style, digits: Digits) -> tuple[list[str], bool]:
    """The terms of V with the names of its function values, and whether numbers in them are rounded."""
    large, numbers = matrices(evidence), list(evidence.values)
    terms = [(Fraction(1), style.bilinear(k if len(large) > 1 else None)) for k, _ in enumerate(large)]
    for form, order in ((block.form(), _server_first(block)) for block in evidence.lyapunov if block not in large):
        squares = sum_of_squares(form, order)
        terms += style.form(form, squares, digits)
        numbers += _numbers(form, squares)
    terms += [(value, name if value == 1 else f"({name})") for value, name in zip(evidence.values, values) if value]
    return style.terms(terms, digits), any(map(digits.rounds, numbers))


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


def _numbers(form: Form, squares: list[Square] | None) -> Iterable[Fraction]:
    """All numbers in a form as it is written."""
    if squares is None:
        return form.quadratic.values()
    return [number for weight, v in squares for number in (weight, *(value for _, value in v))]
