"""Reasons in words and formulas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from eftheory.proofkit.expression import Mean, Node, Number, Product, Relation, Symbol, square
from eftheory.proofkit.reason import (
    Averaged,
    Axiom,
    Cancelled,
    Combination,
    Expected,
    Geometric,
    Lemma,
    Positivity,
    Reason,
    Repeated,
    Root,
    Telescoped,
)

Part: TypeAlias = "str | Node | Relation"


def expressions(reason: Reason) -> list[Node]:
    """Those that a reason shows."""
    return [part for parts in why(reason) for part in parts if isinstance(part, Node)]


def why(reason: Reason) -> list[tuple[Part, ...]]:
    """A reason in words, one line for each part of it."""
    if isinstance(reason, Combination):
        return _why_combined(reason)
    if isinstance(reason, Positivity):
        lines: list[tuple[Part, ...]] = [("by signs: those of factors and terms, or of all coefficients once the "
                                          "ranges are mapped to the positive numbers",)]  # fmt: skip
        lines += [("with ", old, " = ", image) for old, image in reason.rewrite.items()]
        lines += [("where ", new, " = ", meaning, " > 0") for new, meaning in reason.where.items()]
        return lines
    if isinstance(reason, Averaged):
        if _is_one(reason.weight):
            return [(f"the mean over agents of ({reason.step})",)]
        if reason.weight.is_vector:
            return [(f"the mean over agents of the inner products of ({reason.step}) with ", reason.weight)]
        return [(f"the mean over agents of ({reason.step}), with the weight ", reason.weight)]
    if isinstance(reason, Expected):
        return [(f"the expectation of ({reason.step}), given all that is not random",)]
    if isinstance(reason, Cancelled):
        return [(f"({reason.step}) divided by ", reason.factor, " > 0")]
    if isinstance(reason, Root):
        return [(f"the square roots in ({reason.step}), the right side being nonnegative",)]
    if isinstance(reason, Repeated):
        return [
            (f"({reason.step}) at every time, by induction, in total expectation if something is random",),
            *(("what is ", after, " at one time is ", now, " at the next") for now, after in reason.after.items()),
            (reason.power, " is ", reason.rate, " to the power T"),
            *_names("at time 0", reason.initial),
            *_names("at time T", reason.final),
        ]
    if isinstance(reason, Telescoped):
        return [
            (f"the sum of ({reason.step}) over the times 0, ..., T - 1, where T is ", reason.times),
            *(("what is ", after, " at one time is ", now, " at the next") for now, after in reason.after.items()),
            (reason.now, f" is never negative, by ({reason.nonnegative})"),
            (reason.average, " is the mean of ", reason.quantity, " over these times, in total expectation"),
            *_names("at time 0", reason.initial),
        ]
    if isinstance(reason, Geometric):
        return [("Bernoulli's inequality: ", reason.power, " is ", reason.rate, " to the power ", reason.times)]
    if isinstance(reason, Lemma):
        of = f", whose hypotheses are {', '.join(f'({g})' for g in reason.given)}" if reason.given else ""
        return [(f"the theorem {reason.slug}{of}",), *(("with ", s, " := ", v) for s, v in reason.values.items())]
    if isinstance(reason, Axiom):
        return [(f"from the literature: {reason.name}",), *(("with ", s, " := ", v) for s, v in reason.values.items())]
    return [("a hypothesis",)]


def _why_combined(reason: Combination) -> list[tuple[Part, ...]]:
    lines: list[tuple[Part, ...]] = []
    for multiplier, name in reason.using:
        if multiplier.is_vector:
            lines.append((f"the inner product of ({name}) with ", multiplier))
        else:
            lines.append((f"({name})",) if _is_one(multiplier) else (f"({name}) times ", multiplier))
    for coefficient, body in reason.squares:
        lines.append(("the square ", _times(coefficient, square(body))))
    for weight, body in reason.mean_squares:
        lines.append(("the mean of squares ", Mean(_times(weight, square(body)))))
    if lines:
        lines.insert(0, ("right side − left side is, in normal form, the sum of",))
    else:
        lines.append(("both sides have the same normal form",))
    if reason.modulo:
        lines.append(("after rewriting by " + ", ".join(f"({name})" for name in reason.modulo),))
    return lines


def _names(when: str, names: Mapping[Symbol, Node]) -> list[tuple[Part, ...]]:
    return [(new, " is ", old, " " + when) for old, new in names.items()]


def _is_one(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 1


def _times(coefficient: Node, node: Node) -> Node:
    return node if _is_one(coefficient) else Product((coefficient, node))
