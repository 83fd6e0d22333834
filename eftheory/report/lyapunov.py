"""V, and what is left of its decrease, as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from eftheory.certificates import Block, Upper
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.exact.form import Form, inner
from eftheory.exact.vector import Vector
from eftheory.report.digits import Digits
from eftheory.report.formulas import template_of
from eftheory.report.squares import MOST_SYMBOLS, Square, sum_of_squares
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


def leftover(setting: Setting, evidence: Upper) -> Form:
    """What is left of rate V - V+ without the multipliers times the inequalities, in the symbols of the exact world."""
    step = take_step(setting, template_of(setting, evidence.template))
    terms: list[tuple[Fraction, Form]] = []
    for factor, seen in ((evidence.rate, step.before), (Fraction(-1), step.after)):
        terms += [(factor * value, form) for value, form in zip(evidence.values, seen.values)]
        for block in evidence.lyapunov:
            for (a, b), value in block.form().quadratic.items():
                terms.append((factor * value, inner(seen.vectors[a], seen.vectors[b])))
    for name, multipliers in evidence.multipliers.items():
        terms += [(-value, form) for value, form in zip(multipliers, step.inequalities[name])]
    return Form.sum(terms)


def leftover_terms(setting: Setting, evidence: Upper, style: Style, digits: Digits) -> tuple[list[Term], bool] | None:
    """The leftover as squares, and whether numbers are rounded; None if it is too large to be read."""
    if 2 * len(setting.agents) > MOST_SYMBOLS:  # every type has two symbols at least, so do not even add it up
        return None
    form = leftover(setting, evidence)
    squares = sum_of_squares(form)
    return None if squares is None else (style.form(form, squares, digits), _rounds(form, squares, digits))


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
