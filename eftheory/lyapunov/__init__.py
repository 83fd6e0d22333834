"""Lyapunov functions known in closed form, rounded to rationals on the safe side."""

from eftheory.algebra.averages import mean_constants as mean_constants
from eftheory.algebra.rounding import round_down as round_down
from eftheory.algebra.rounding import round_up as round_up
from eftheory.algebra.rounding import sqrt_above as sqrt_above
from eftheory.algebra.rounding import sqrt_below as sqrt_below
