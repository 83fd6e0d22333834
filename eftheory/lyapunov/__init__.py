"""Lyapunov functions known in closed form, rounded to rationals on the safe side."""

from eftheory.certificates.certificate import Upper
from eftheory.claims import Setting
from eftheory.lyapunov.averages import mean_constants as mean_constants
from eftheory.lyapunov.compressed_gradient_descent import compressed_gradient_descent
from eftheory.lyapunov.gradient_descent import gradient_descent
from eftheory.lyapunov.rounding import round_down as round_down
from eftheory.lyapunov.rounding import round_up as round_up
from eftheory.lyapunov.rounding import sqrt_above as sqrt_above
from eftheory.lyapunov.rounding import sqrt_below as sqrt_below
from eftheory.lyapunov.step_size import law_step_size as law_step_size
from eftheory.lyapunov.theorem_a import error_feedback, tight_error_feedback
from eftheory.methods import METHODS

_CLOSED_FORMS = {
    "gd": gradient_descent,
    "cgd": compressed_gradient_descent,
    "ef": error_feedback,
    "ef21": error_feedback,
}


def closed_form(setting: Setting) -> Upper | None:
    """V, multipliers and rate of a setting from the closed forms; None where they give no rate < 1, or are not known.

    >>> from fractions import Fraction
    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import GD
    >>> setting = Setting((AgentType(L=1, mu=Fraction(1, 3)),), Contractive(Fraction(1)), GD(Fraction(3, 2)))
    >>> closed_form(setting).rate
    Fraction(1, 4)
    """
    method = setting.method
    if METHODS.get(method.name) is not type(method):  # a name alone is no method
        return None
    return _CLOSED_FORMS[method.name](setting)


def tight_form(setting: Setting) -> Upper | None:
    """A closed form whose rate is attained exactly; None where there is none in rationals, or none is known.

    >>> from fractions import Fraction
    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import EF21
    >>> setting = Setting((AgentType(L=7, mu=2, count=1000),), Contractive(Fraction(15, 16)), EF21(Fraction(2, 15)))
    >>> tight_form(setting).rate
    Fraction(9, 16)
    """
    method = setting.method
    if METHODS.get(method.name) is not type(method):
        return None
    return tight_error_feedback(setting) if method.name in ("ef", "ef21") else _exactly(setting)


def _exactly(setting: Setting) -> Upper | None:
    """The closed form of GD or CGD, if the worst case attains it: without radicals it is exact."""
    s = sqrt_below(1 - setting.compressor.alpha, bits=8)
    return closed_form(setting) if s * s == 1 - setting.compressor.alpha else None
