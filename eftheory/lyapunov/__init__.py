"""Lyapunov functions known in closed form, rounded to rationals on the safe side."""
