"""Every method there is. The checker does not read this file: a certificate may name those in ``CERTIFIED`` only."""

from eftheory.methods import CERTIFIED
from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.methods.ef21_p import EF21P
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.methods.ef21_w_sgd import EF21WSGD
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.m3 import M3
from eftheory.methods.marina_p import MarinaP

CATALOGUE: tuple[type, ...] = (
    *CERTIFIED,
    EF21W,
    EF21WSGD,
    EF21WPP,
    EF21Plus,
    EF21Prox,
    EF21BC,
    EF21P,
    EF21SGDM,
    EFBV,
    MarinaP,
    M3,
)
