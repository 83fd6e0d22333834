"""Classes of functions (see ``FunctionClass``), one file each; FUNCTIONS are those a claim may name."""

from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.functions.smooth_strongly_convex import SmoothStronglyConvex

FUNCTIONS: dict[str, type] = {each.name: each for each in (SmoothStronglyConvex, Smooth)}
