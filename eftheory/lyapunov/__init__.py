"""Lyapunov functions known in closed form, rounded to rationals on the safe side."""

from eftheory.lyapunov.averages import mean_constants as mean_constants
from eftheory.lyapunov.rounding import round_down as round_down
from eftheory.lyapunov.rounding import round_up as round_up
from eftheory.lyapunov.rounding import sqrt_above as sqrt_above
from eftheory.lyapunov.rounding import sqrt_below as sqrt_below
