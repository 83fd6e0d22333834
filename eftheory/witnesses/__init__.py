"""Worst cases: explicit functions and compressors that attain a rate, made exact."""

from eftheory.certificates.certificate import Lower
from eftheory.claims import Setting
from eftheory.methods import METHODS
from eftheory.witnesses.gradient import gradient_witness
from eftheory.witnesses.self_similar import error_feedback_witness

_WITNESSES = {
    "gd": gradient_witness,
    "cgd": gradient_witness,
    "ef": error_feedback_witness,
    "ef21": error_feedback_witness,
}


def worst_case(setting: Setting, *, thorough: bool = False) -> Lower | None:
    """The worst instance known for a setting, as evidence for a lower bound on its rate; None where none is.

    The methods of eftheory have patterns of their own, which are strongest at the law's step. ``thorough``
    also searches all growing modes, as is done for any other method; it takes 0.1 s for two types.

    >>> from fractions import Fraction
    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import GD
    >>> setting = Setting((AgentType(L=1, mu=Fraction(1, 3)),), Contractive(Fraction(1)), GD(Fraction(3, 2)))
    >>> worst_case(setting).rate
    Fraction(1, 4)
    """
    method, found = setting.method, []
    known = METHODS.get(method.name) is type(method)  # a name alone is no method
    if known:
        found.append(_WITNESSES[method.name](setting))
    if thorough or not known:
        from eftheory.witnesses.spectral import spectral_witness  # imports numpy

        found.append(spectral_witness(setting))
    return max((lower for lower in found if lower), key=lambda lower: lower.rate, default=None)
