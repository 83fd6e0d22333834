"""Every method there is. The checker does not read this file: a certificate may name those in ``CERTIFIED`` only."""

from eftheory.methods import CERTIFIED
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.methods.ef21_w_sgd import EF21WSGD
from eftheory.methods.m3 import M3
from eftheory.methods.marina_p import MarinaP

CATALOGUE: tuple[type, ...] = (
    *CERTIFIED,
    EF21W,
    EF21WSGD,
    EF21WPP,
    EF21Plus,
    EF21Prox,
    MarinaP,
    M3,
)
