"""Every method there is. The checker does not read this file: a certificate may name those in ``CERTIFIED`` only."""

from collections.abc import Mapping

from eftheory.methods import CERTIFIED
from eftheory.methods.dasha import Dasha
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_rare import EF21RF
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.methods.ef21_w_sgd import EF21WSGD
from eftheory.methods.ef_sgd import EFSGD
from eftheory.methods.m3 import M3
from eftheory.methods.m3_minibatch import M3Minibatch
from eftheory.methods.m3_variance_reduced import M3VarianceReduced
from eftheory.methods.marina_p import MarinaP
from eftheory.methods.marina_p_repeated import MarinaPRepeated
from eftheory.methods.marina_perm_k import MarinaPermK

CATALOGUE: tuple[type, ...] = (
    *CERTIFIED,
    EFSGD,
    EF21RF,
    MarinaPermK,
    Dasha,
    EF21W,
    EF21WSGD,
    EF21WPP,
    EF21Plus,
    EF21Prox,
    MarinaP,
    M3,
    MarinaPRepeated,
    M3Minibatch,
    M3VarianceReduced,
)
NOT_AVAILABLE: Mapping[str, tuple[str, type]] = {
    "inkheart_sgd": ("BegunovTyurin2026", MarinaPRepeated),
    "m4": ("BegunovTyurin2026", M3Minibatch),
}
"""Methods whose text is not available, by name: the paper, and what stands in their place, a reconstruction of ours."""
