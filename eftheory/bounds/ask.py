"""What is known of a setting without a search, asked for as ``certify`` is."""

from __future__ import annotations

from typing import Any

from eftheory import theory
from eftheory.bounds.settings import read_setting
from eftheory.certificates import Lower, Upper
from eftheory.claims import Setting
from eftheory.methods import Method


def closed_form(method: Setting | str | type[Method], *agents: Any, **given: Any) -> Upper | None:
    """V, multipliers and rate from the closed forms; None where they give no rate < 1, or are not known.

    Args:
        method: a setting; or a method, followed by what ``make_setting`` takes.
        agents: as for ``make_setting``.
        given: alpha, step_size and parameters, as for ``make_setting``. No step size is searched: ``optimal`` is
            the law's.

    >>> closed_form("gd", (1, "1/3"), step_size=1.5).rate
    Fraction(1, 4)
    """
    return theory.closed_form(read_setting(method, *agents, **given))


def tight_form(method: Setting | str | type[Method], *agents: Any, **given: Any) -> Upper | None:
    """A closed form whose rate is attained exactly; None where there is none in rationals, or none is known.

    It is asked for as ``closed_form`` is.

    >>> tight_form("ef21", (7, 2, 1000), alpha="15/16").rate
    Fraction(9, 16)
    """
    return theory.tight_form(read_setting(method, *agents, **given))


def worst_case(
    method: Setting | str | type[Method], *agents: Any, thorough: bool = False, **given: Any
) -> Lower | None:
    """The worst instance known, as evidence for a lower bound on the rate; None where none is.

    It is asked for as ``closed_form`` is. Some methods have patterns of their own, which are strongest at the law's
    step; ``thorough`` also searches all growing modes, which takes 0.1 s for two types.

    >>> worst_case("gd", (1, "1/3"), step_size=1.5).rate
    Fraction(1, 4)
    """
    return theory.worst_case(read_setting(method, *agents, **given), thorough=thorough)
