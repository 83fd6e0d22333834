"""What is read from the claims of a theorem: a mean of squared gradients over time, or a linear rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil

from eftheory.laws.iterations import iterations_to_accuracy
from eftheory.numbers import about, shown
from eftheory.proofkit.kernel.expression import Node, Symbol
from eftheory.proofkit.kernel.substitution import symbols
from eftheory.theory.calculators.calculator import Figure, Said
from eftheory.theory.calculators.instance import Instance, bounds, is_below_one
from eftheory.theory.calculators.largest import largest
from eftheory.theory.calculators.quantity import Given

BATCHES = "the variance keeps the bound above the accuracy at any number of steps: larger batches lower it"
STEPS = "at this step size the bound stays above the accuracy at any number of steps: a smaller --step-size lowers it"


def average(
    start: Mapping[str, str],
    *,
    of: str = "average",
    more: Callable[[Instance], Mapping[str, Fraction]] = lambda instance: {},
    floor_of: str = "the variance",
    unreached: str = BATCHES,
) -> Callable[[Instance, Given], Said]:
    """Read a, b, and the steps to the accuracy from a theorem that claims average <= a/T + b.

    Args:
        start: names of given numbers, by the symbols of what is known at the start, such as f0.
        of: its symbol for that average.
        more: values of more symbols, from what is known at the start.
        floor_of: what b comes from.
        unreached: what to say if b is not below the accuracy.
    """

    def conclude(instance: Instance, given: Given) -> Said:
        bound = instance.conclusion(bounds(of)).right
        there = instance.at(**{symbol: given[name] for symbol, name in start.items()})
        there = there.at(**more(there))

        def after(T: Fraction | int) -> Fraction:
            return there.at(T=Fraction(T)).value(bound)

        falls = 2 * (after(1) - after(2))
        floor = after(1) - falls
        if after(3) != falls / 3 + floor:
            raise ArithmeticError(f"{instance.theorem.slug}: its bound is not a/T + b")
        figures = [Figure("bound_times_T", "bound", falls, True, "", f"/T{' + floor' if floor else ''}")]
        notes = []
        if floor:
            figures.append(Figure("floor", "floor", floor, True, f"of {floor_of}"))
        if "T" in given:
            figures.append(Figure("bound", "bound at T", after(given["T"]), True, "after the given steps"))
        if (accuracy := given["accuracy"]) > floor:
            T = max(1, ceil(falls / (accuracy - floor)))
            until = f"until the bound is at most {shown(accuracy, about)}"
            figures.append(Figure("iterations", "iterations", T, True, until))
        else:
            notes.append(unreached)
        return figures, notes

    return conclude


def decay(instance: Instance, given: Given) -> Said:
    """Read the rate, the steps to the accuracy and the floor from a theorem that ends as ``Decay`` does."""
    rate = instance.value(instance.conclusion(is_below_one).left)
    figures = [Figure("rate_upper", "rate <=", rate, True)]
    over_time = instance.conclusion(lambda relation: any(map(_is_power, symbols(relation.right)))).right
    if floor := _floor(instance, over_time):
        figures.append(Figure("floor", "floor", floor, True, "of the variance, for the measure"))
    steps = iterations_to_accuracy(rate, given["accuracy"])
    above = " of what is above the floor" if floor else ""
    figures.append(
        Figure("iterations", "iterations", steps, True, f"until rate^t <= {shown(given['accuracy'], about)}{above}")
    )
    return figures, []


def factor(unknown: str, power: int) -> Callable[[Instance, Given], Said]:
    """Read the rate, a power of the least number in (0, 1) that meets the hypotheses of a theorem, or hardly more.

    Args:
        unknown: the symbol of that number.
        power: of it that is the rate.
    """

    def conclude(instance: Instance, given: Given) -> Said:
        allowed = instance.allows(unknown)
        loss = largest(lambda loss: loss < 1 and allowed(1 - loss))
        if loss is None:
            return [], ["no rate below 1 at this step size: it is too large"]
        rate = (1 - loss) ** power
        steps = iterations_to_accuracy(rate, given["accuracy"])
        return [
            Figure("rate_upper", "rate <=", rate, True),
            Figure("iterations", "iterations", steps, True, f"until rate^t <= {shown(given['accuracy'], about)}"),
        ], []

    return conclude


def _is_power(symbol: Symbol) -> bool:
    return symbol.name.endswith("^T")


def _floor(instance: Instance, over_time: Node) -> Fraction:
    """What is left of the bound when the power is zero."""
    power = next(filter(_is_power, symbols(over_time)))
    start = {symbol.name: Fraction(0) for symbol in symbols(over_time) if symbol.name not in instance.values}
    try:
        return instance.at(**{**start, power.name: Fraction(0)}).value(over_time)
    except KeyError:  # a symbol that each agent has its own of
        raise ArithmeticError(f"{instance.theorem.slug}: its bound has no floor") from None
