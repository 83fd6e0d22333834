"""Classes of functions, one file each; FUNCTIONS are those a claim may name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eftheory.assumptions.functions.smooth_strongly_convex import SmoothStronglyConvex

if TYPE_CHECKING:
    from eftheory.assumptions.function_class import FunctionClass

FUNCTIONS: dict[str, type[FunctionClass]] = {each.name: each for each in (SmoothStronglyConvex,)}
