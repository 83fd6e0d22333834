"""What is followed over time: the names that stand for it, and the functions that may be expected."""

from __future__ import annotations

from eftheory.proofkit.expression import Symbol
from eftheory.proofkit.normal import Ratio, normal
from eftheory.proofkit.reason import Repeated, Telescoped
from eftheory.proofkit.substitution import symbols
from eftheory.proofkit.theorem import Theorem


def names_over_time(theorem: Theorem) -> set[Symbol]:
    """The names of powers, averages and states at given times: elsewhere they would be any numbers."""
    found: set[Symbol] = set()
    for step in theorem.steps:
        if isinstance(step.reason, Repeated):
            names = [step.reason.power, *step.reason.initial.values(), *step.reason.final.values()]
        elif isinstance(step.reason, Telescoped):
            names = [step.reason.average, *step.reason.initial.values()]
        else:
            continue
        found |= {symbol for name in names for symbol in symbols(name)}
    return found


def is_affine(value: Ratio, state: set[Symbol]) -> bool:
    """Whether a normal form is linear in the state, with constant coefficients.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> is_affine(normal(2 * x + y), {x, y}), is_affine(normal(x * y), {x, y})
    (True, False)
    """
    atoms = {atom for symbol in state for atom in normal(symbol).numerator.atoms()}
    degrees = [sum(e for atom, e in monomial if atom in atoms) for monomial in value.numerator.terms]
    return max(degrees, default=0) <= 1 and not value.denominator.atoms() & atoms
