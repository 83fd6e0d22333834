"""The calculators that a name stands for: of a theorem, or of all theorems about a method."""

from __future__ import annotations

from collections.abc import Sequence

from eftheory.methods import NAMED
from eftheory.methods.catalogue import CATALOGUE
from eftheory.theory.calculators import CALCULATORS, NEAR
from eftheory.theory.calculators.calculator import Calculator
from eftheory.theory.look_up import look_up
from eftheory.theory.named import name_of, plain, theorems


def find_calculators(name: str) -> tuple[Calculator, ...]:
    """The calculator of the theorem of this name, or those of the theorems about the method of this name.

    Raises:
        ValueError: it is a theorem, or a method whose theorems, say no numbers of this kind.

    >>> [calculator.slug for calculator in find_calculators("EF21-Plus")]
    ['ef21_plus']
    >>> [calculator.slug for calculator in find_calculators("EF21-PP")]
    ['ef21_partial', 'ef21_partial_pl', 'ef21_weighted_partial']
    >>> find_calculators("adam")
    ()
    """
    for slug, calculator in CALCULATORS.items():
        if plain(slug) == plain(name):
            return (calculator,)
    for kind in CATALOGUE:
        if plain(name) in (plain(name_of(kind)), plain(kind.__name__)):
            about = look_up(kind).theorems
            found = tuple(CALCULATORS[slug] for slug in about if slug in CALCULATORS)
            return found or _refuse_method(kind, about)
    if slug := next((slug for slug in theorems() if plain(slug) == plain(name)), ""):
        near = f"; numbers near it: eftheory rate {NEAR[slug]} --help" if slug in NEAR else ""
        raise ValueError(f"{slug} has no rate to compute: it {_tell(slug)}{near}")
    return ()


def see_also(slug: str) -> list[str]:
    """The other theorems with numbers about the same methods.

    >>> see_also("ef21_plus")
    ['ef21_plus_pl']
    """
    about = [look_up(kind).theorems for kind in CATALOGUE if slug in look_up(kind).theorems]
    others = dict.fromkeys(other for theorems in about for other in theorems)
    return [other for other in others if other in CALCULATORS and other != slug]


def _refuse_method(kind: type, about: Sequence[str]) -> tuple[Calculator, ...]:
    name = name_of(kind)
    known = f"; of it, {about[0]} {_tell(about[0])}" if about else ""
    searched = f"; bounds by a search: eftheory certify {name}" if kind in NAMED.values() else ""
    raise ValueError(f"no theorem here gives a rate of {name}{known}{searched}")


def _tell(slug: str) -> str:
    from eftheory.theory.calculators.instance import packaged_theorem

    return f"says: {packaged_theorem(slug).title}; to read it: eftheory prove {slug}"
