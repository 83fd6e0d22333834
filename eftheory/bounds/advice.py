"""What to try where the bounds of a certification lie apart."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory.bounds.options import Options
from eftheory.bounds.result import Certification
from eftheory.claims import Setting
from eftheory.methods import EF, EF21
from eftheory.numbers import scientific_up

WIDE = Fraction(1, 10)
"""The gap, as a share of 1 - rate, from which on bounds lie far apart."""


def advise(result: Certification, options: Options) -> Iterator[str]:
    """A note where the gap is wide: that the rate may be anything between the bounds, and what may narrow them."""
    gap = result.relative_gap
    if gap is not None and gap > WIDE:
        tries = list(_untried(options)) or ["another step size: there is no wider V to search"]
        yield (
            f"the bounds are far apart, by {scientific_up(gap)} of 1 - rate, and either may be the loose one; "
            f"try {'; or '.join(tries)}"
        )


def name_same_method(setting: Setting) -> Iterator[str]:
    """A note where nothing is compressed, since then more is known of the method by another name."""
    if setting.alpha == 1 and isinstance(setting.method, (EF, EF21)):
        same = f"{setting.method.title} is gradient descent from its second step on"
        yield f"alpha = 1: nothing is compressed, and {same}: eftheory certify gd proves its rate exactly"


def _untried(options: Options) -> Iterator[str]:
    """What would allow more V than the options did, the most promising first."""
    if options.closed_forms_only:
        yield "a search (--engine auto)"
    if options.sparsity:
        yield "all products (no --sparsity)"
    if not options.memory:
        yield "a V that sees one step back (--memory 1), which takes longer"
    elif not options.template.values:
        yield "a V with function values (--values)"
    if options.slack > WIDE:
        yield "a smaller slack (--slack 1e-6)"
