"""Lyapunov functions known in closed form, rounded to rationals on the safe side."""

from eftheory.lyapunov.closed_form import closed_form as closed_form
from eftheory.lyapunov.closed_form import law_step_size as law_step_size
from eftheory.lyapunov.rounding import sqrt_above as sqrt_above
from eftheory.lyapunov.rounding import sqrt_below as sqrt_below
