"""Exact arithmetic: numbers, vectors over named symbols, quadratic forms, semidefiniteness."""

from eftheory.exact.form import Form as Form
from eftheory.exact.form import inner as inner
from eftheory.exact.form import square as square
from eftheory.exact.number import parse_number as parse_number
from eftheory.exact.number import print_number as print_number
from eftheory.exact.polynomial import Polynomial as Polynomial
from eftheory.exact.semidefinite import negative_direction as negative_direction
from eftheory.exact.vector import Vector as Vector
