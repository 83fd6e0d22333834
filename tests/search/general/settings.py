"""Settings of the general search."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from eftheory.assumptions import AgentType
from eftheory.assumptions.compressors import Contractive
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean import BoundedBelow
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods.ef21 import EF21
from eftheory.search.general import search_general

F = Fraction
GRADIENT = "||mean g||^2"


def nonconvex(*types: tuple[Any, int]) -> tuple[AgentType, ...]:
    """Agents with L-smooth functions: (L, count) for each type."""
    return tuple(AgentType(functions=Smooth(F(L), -F(L)), count=count) for L, count in types)


def ef21(step_size: Any, s: Any, *types: tuple[Any, int]) -> Setting:
    """EF21 on functions of which nothing is assumed but smoothness and a lower bound; alpha = 1 - s^2."""
    return Setting(nonconvex(*types), Contractive(1 - F(s) ** 2), EF21(F(step_size)), (BoundedBelow(),), GRADIENT)


def smooth(mu: Any, *types: tuple[Any, int]) -> tuple[AgentType, ...]:
    """Agents with L-smooth functions of curvature at least mu."""
    return tuple(AgentType(functions=Smooth(F(L), F(mu)), count=count) for L, count in types)


def found(setting: Setting, **options: Any) -> dict[str, Fraction]:
    """The constants of a search that ends with a proof, which is checked here once more."""
    result = search_general(setting, **options)
    assert result.status == "proved", result.status
    assert result.upper is not None
    assert check_upper(setting, result.upper).proved
    return result.constants
