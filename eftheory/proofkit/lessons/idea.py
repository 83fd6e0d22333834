"""The idea of a step in one sentence, made of its reason, for steps of which the file says none."""

from __future__ import annotations

from functools import singledispatch

from eftheory.proofkit.kernel.expression import Node, Quotient
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
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.lessons.why import Part, is_one, line, listed, many, theorem

Idea = tuple[Part, ...]


@singledispatch
def idea(reason: Reason, of: Theorem) -> Idea:
    """The idea of a step of a theorem."""
    return ("A hypothesis.",)


@idea.register(Combination)
def _(reason: Combination, of: Theorem) -> Idea:
    squares = [*reason.squares, *reason.mean_squares]
    names = [name for _, name in reason.using]
    ends = f"{'what is left over' if names else 'what is between the two sides'} is "
    ends += "a square" if len(squares) == 1 else f"a sum of {len(squares)} squares"
    if not names and not squares:
        put = (
            ("Put in what ", *listed(reason.modulo), " says, and multiply out") if reason.modulo else ("Multiply out",)
        )
        return (*put, ": both sides are the same.")
    if not names:
        return (f"{ends.capitalize()}, which is never negative.",)
    if len(names) == 1:
        return (*_one(reason.using[0]), *((f"; {ends}, which is never negative.",) if squares else (".",)))
    weights = "" if all(is_one(factor) for factor, _ in reason.using) else ", each with its weight"
    return ("Add ", *listed(names), weights, f"; {ends}." if squares else ".")


def _one(used: tuple[Node, str]) -> Idea:
    """What is done with the one line that is used."""
    factor, name = used
    if is_one(factor):
        return ("Read it off ", line(name))
    if isinstance(factor, Quotient) and is_one(factor.numerator):
        return ("Divide ", line(name), " by a positive number")
    return ("Take ", line(name), " times the right number" if not factor.is_vector else " along the right vector")


@idea.register(Positivity)
def _(reason: Positivity, of: Theorem) -> Idea:
    return ("Look at the signs: in the ranges of the parameters nothing can make it fail.",)


@idea.register(Averaged)
def _(reason: Averaged, of: Theorem) -> Idea:
    return ("Average ", line(reason.step), f" over all {many(of.index)}.")


@idea.register(Expected)
def _(reason: Expected, of: Theorem) -> Idea:
    return ("Take the expectation of ", line(reason.step), ".")


@idea.register(Repeated)
def _(reason: Repeated, of: Theorem) -> Idea:
    return ("What holds for one round, ", line(reason.step), ", holds round after round, by induction.")


@idea.register(Telescoped)
def _(reason: Telescoped, of: Theorem) -> Idea:
    return ("Add up ", line(reason.step), " over all rounds: what stands between first and last cancels.")


@idea.register(Geometric)
def _(reason: Geometric, of: Theorem) -> Idea:
    return ("Bernoulli's inequality: a power is at least, or at most, what its first term says.",)


@idea.register(Lemma)
def _(reason: Lemma, of: Theorem) -> Idea:
    other = of.shelf.get(reason.slug)
    return ("Use ", theorem(reason.slug), f": {other.title}." if other is not None else ".")
