"""Worst cases: explicit functions and compressors that attain a rate, made exact."""

from eftheory.certificates.certificate import Lower
from eftheory.claims import Setting
from eftheory.witnesses.gradient import gradient_witness
from eftheory.witnesses.self_similar import error_feedback_witness

_WITNESSES = {
    "gd": gradient_witness,
    "cgd": gradient_witness,
    "ef": error_feedback_witness,
    "ef21": error_feedback_witness,
}


def worst_case(setting: Setting) -> Lower | None:
    """The worst instance known for a setting, as evidence for a lower bound on its rate.

    >>> from fractions import Fraction
    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import GD
    >>> setting = Setting((AgentType(L=1, mu=Fraction(1, 3)),), Contractive(Fraction(1)), GD(Fraction(3, 2)))
    >>> worst_case(setting).rate
    Fraction(1, 4)
    """
    return _WITNESSES[setting.method.name](setting)
