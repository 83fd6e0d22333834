"""Worst cases: explicit functions and compressors that attain a rate, made exact."""

from collections.abc import Callable
from importlib import import_module

from eftheory.certificates.certificate import Lower
from eftheory.claims import Setting
from eftheory.methods import METHODS
from eftheory.witnesses.gradient import gradient_witness
from eftheory.witnesses.self_similar import error_feedback_witness

spectral_witness: Callable[[Setting], Lower | None] | None
try:
    spectral_witness = import_module("eftheory.witnesses.spectral").spectral_witness
except ModuleNotFoundError:
    spectral_witness = None
_WITNESSES = {
    "gd": gradient_witness,
    "cgd": gradient_witness,
    "ef": error_feedback_witness,
    "ef21": error_feedback_witness,
}


def worst_case(setting: Setting) -> Lower | None:
    """The worst instance known for a setting, as evidence for a lower bound on its rate; None where none is.

    >>> from fractions import Fraction
    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import GD
    >>> setting = Setting((AgentType(L=1, mu=Fraction(1, 3)),), Contractive(Fraction(1)), GD(Fraction(3, 2)))
    >>> worst_case(setting).rate
    Fraction(1, 4)
    """
    method = setting.method
    if METHODS.get(method.name) is type(method):  # a name alone is no method
        return _WITNESSES[method.name](setting)
    return spectral_witness(setting) if spectral_witness else None
