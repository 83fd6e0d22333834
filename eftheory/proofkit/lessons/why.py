"""Reasons in words and formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from eftheory.pages.fragments import Link
from eftheory.proofkit.kernel.expression import Mean, Node, Number, Product, Quotient, Relation, Symbol, square
from eftheory.proofkit.kernel.reason import (
    Averaged,
    Combination,
    Expected,
    Geometric,
    Lemma,
    Positivity,
    Reason,
    Repeated,
    Telescoped,
)

Part: TypeAlias = "str | Link | Node | Relation"


BY_SIGNS = "by signs, in the ranges of the parameters"
THEIRS = "with its "
"""How a line begins that says what a symbol of another theorem stands for."""


def expressions(reason: Reason) -> list[Node]:
    """The expressions that a reason shows, without the symbols of another theorem."""
    theirs = reason.values if isinstance(reason, Lemma) else {}
    shown = [part for parts in why(reason) for part in parts if isinstance(part, Node)]
    return [part for part in shown if part not in theirs]


def why(reason: Reason, index: str = "agent") -> list[tuple[Part, ...]]:
    """A reason in words, one line for each part of it; ``index``: over what means are taken."""
    over = many(index)
    if isinstance(reason, Combination):
        return _why_combined(reason)
    if isinstance(reason, Positivity):
        return [(BY_SIGNS,)]
    if isinstance(reason, Averaged):
        if is_one(reason.weight):
            return [(line(reason.step), f", averaged over the {over}")]
        if reason.weight.is_vector:
            of = "the inner product of ", line(reason.step), " with "
            return [(*of, reason.weight, f", averaged over the {over}")]
        return [(line(reason.step), " times ", reason.weight, f", averaged over the {over}")]
    if isinstance(reason, Expected):
        return [("the expectation of both sides of ", line(reason.step), ", given all that is not random")]
    if isinstance(reason, Repeated):
        return [
            (line(reason.step), " at every time, by induction, in total expectation if something is random"),
            *_over_time(reason.after, reason.initial, reason.final),
            (reason.power, " is ", reason.rate, " to the power T"),
        ]
    if isinstance(reason, Telescoped):
        if all(isinstance(part, Number) and not part.value for part in (reason.coefficient, reason.noise)):
            return [(line(reason.nonnegative), " at time 0"), *_over_time({}, reason.initial)]
        times: tuple[Part, ...] = ("the sum of ", line(reason.step), " over the times 0, ..., T - 1")
        if not isinstance(reason.times, Symbol) or reason.times.name != "T":
            times = (*times, ", where T is ", reason.times)
        return [
            times,
            *_over_time(reason.after, reason.initial),
            (reason.now, " is never negative, by ", line(reason.nonnegative)),
            (reason.average, " is the mean of ", reason.quantity, " over these times, in total expectation"),
        ]
    if isinstance(reason, Geometric):
        return [("Bernoulli's inequality: ", reason.power, " is ", reason.rate, " to the power ", reason.times)]
    if isinstance(reason, Lemma):
        to: tuple[Part, ...] = (", applied to ", *listed(reason.given)) if reason.given else ()
        return [("by the theorem ", theorem(reason.slug), *to), *_values(reason.values)]
    return [("a hypothesis",)]


def _why_combined(reason: Combination) -> list[tuple[Part, ...]]:
    """What adds up, step by step: right side - left side is the sum of these of the steps and of the squares."""
    lines: list[tuple[Part, ...]] = []
    for multiplier, name in reason.using:
        if multiplier.is_vector:
            lines.append(("the inner product of ", line(name), " with ", multiplier))
        elif isinstance(multiplier, Quotient) and is_one(multiplier.numerator):
            lines.append((line(name), " divided by ", multiplier.denominator, " > 0"))
        else:
            lines.append((line(name),) if is_one(multiplier) else (line(name), " times ", multiplier))
    for coefficient, body in reason.squares:
        lines.append(("0 ≤ ", _times(coefficient, square(body))))
    for weight, body in reason.mean_squares:
        lines.append(("0 ≤ ", Mean(_times(weight, square(body)))))
    if len(lines) > 1:
        lines.insert(0, ("the sum of",))
    elif lines:
        lines = [("this is ", *lines[0])]
    else:
        lines = [("both sides are the same when multiplied out",)]
    if reason.modulo:
        lines.append(("where ", *listed(reason.modulo), f" {'is' if len(reason.modulo) == 1 else 'are'} put in"))
    return lines


def many(index: str) -> str:
    """All of what an index counts.

    >>> many("agent"), many("entry")
    ('agents', 'entries')
    """
    return f"{index[:-1]}ies" if index.endswith("y") else f"{index}s"


def line(name: str) -> Link:
    """A line of the same proof, called by its name."""
    return Link(f"({name})", "line", name)


def theorem(slug: str) -> Link:
    """Another theorem, called by its name."""
    return Link(f"`{slug}`", "theorem", slug)


def listed(names: Sequence[str]) -> list[Part]:
    """Lines in a row of words."""
    row: list[Part] = []
    for j, name in enumerate(names):
        row += [(" and " if j == len(names) - 1 else ", ") if j else "", line(name)]
    return row[1:]


def _values(values: Mapping[Symbol, Node]) -> list[tuple[Part, ...]]:
    """What the symbols of another theorem stand for."""
    return [(THEIRS, symbol, " := ", value) for symbol, value in values.items()]


def _over_time(
    after: Mapping[Symbol, Node], initial: Mapping[Symbol, Node], final: Mapping[Symbol, Node] | None = None
) -> list[tuple[Part, ...]]:
    """What symbols are at one time and at the next, at first and at last; each kind on one line."""
    lines: list[tuple[Part, ...]] = []
    if after:
        are = " is " if len(after) == 1 else " are "
        lines.append((*_row(after.values()), f" at one time{are}", *_row(after), " at the next"))
    for when, names in (("at time 0", initial), ("at time T", final or {})):
        if names:
            lines.append((*_row(names.values()), " is " if len(names) == 1 else " are ", *_row(names), f" {when}"))
    return lines


def _row(nodes: Iterable[Node]) -> list[Part]:
    row: list[Part] = []
    for node in nodes:
        row += [", ", node] if row else [node]
    return row


def is_one(node: Node) -> bool:
    """Whether it is plainly the number 1."""
    return isinstance(node, Number) and node.value == 1


def _times(coefficient: Node, node: Node) -> Node:
    return node if is_one(coefficient) else Product((coefficient, node))
