"""Classes of functions, one file each; FUNCTIONS are those a certificate may name."""

from eftheory.assumptions.function_class import FunctionClass
from eftheory.assumptions.functions.smooth_strongly_convex import SmoothStronglyConvex

FUNCTIONS: dict[str, type[FunctionClass]] = {each.name: each for each in (SmoothStronglyConvex,)}
