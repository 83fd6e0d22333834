"""Exact arithmetic: numbers, vectors over named symbols, quadratic forms, semidefiniteness."""

from eftheory.exact.form import Form, inner, square
from eftheory.exact.number import parse_number
from eftheory.exact.semidefinite import negative_direction
from eftheory.exact.vector import Vector

__all__ = ["Form", "Vector", "inner", "negative_direction", "parse_number", "square"]
