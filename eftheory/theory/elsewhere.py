"""What is known of methods without laws: theorems about them, and their papers."""

from __future__ import annotations

from collections.abc import Mapping

from eftheory.methods.dasha import Dasha
from eftheory.methods.dcgd import DCGD
from eftheory.methods.diana import Diana
from eftheory.methods.econtrol import EControl
from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.methods.ef21_p import EF21P
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_rare import EF21RF
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.methods.ef21_w_sgd import EF21WSGD
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.ef_sgd import EFSGD
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.methods.m3 import M3
from eftheory.methods.m3_minibatch import M3Minibatch
from eftheory.methods.m3_variance_reduced import M3VarianceReduced
from eftheory.methods.marina import Marina
from eftheory.methods.marina_p import MarinaP
from eftheory.methods.marina_p_repeated import MarinaPRepeated
from eftheory.methods.marina_perm_k import MarinaPermK
from eftheory.theory.known import Known

_VARIANTS, _WEIGHTS = "FatkhullinEtAl2021", "RichtarikGasanovBurlachenko2024"
_DOWNLINK = "GruntkowskaTyurinRichtarik2024"

ELSEWHERE: Mapping[type, Known] = {
    DCGD: Known(theorems=("dcgd_diverges",), cites=("BeznosikovEtAl2020",)),
    Diana: Known(theorems=("diana",), cites=("MishchenkoEtAl2019",)),
    EControl: Known(theorems=("econtrol_at_zero_is_ef21",), cites=("GaoIslamovStich2024",)),
    HeavyBallEF21: Known(theorems=("ef21_heavy_ball", "ef21_heavy_ball_pl"), cites=(_VARIANTS,)),
    EF21W: Known(
        theorems=("ef21_w", "ef21_w_pl", "ef21_w_is_ef21"),
        certified_as="those of ef21 serve it, whatever the weights are, with n w_i d_i for d_i: eftheory certify ef21",
        cites=(_WEIGHTS,),
    ),
    EF21WSGD: Known(theorems=("ef21_w_sgd",), cites=(_WEIGHTS,)),
    EF21WPP: Known(theorems=("ef21_w_partial",), cites=(_WEIGHTS,)),
    EF21PP: Known(theorems=("ef21_partial", "ef21_partial_pl", "ef21_weighted_partial"), cites=(_VARIANTS,)),
    EF21SGD: Known(
        theorems=(
            "stochastic_ef21",
            "stochastic_ef21_pl",
            "ef21_weighted_sgd",
            "ef21_sgd_expected_smoothness",
            "ef21_sgd_expected_smoothness_pl",
        ),
        cites=("RichtarikSokolovFatkhullin2021",),
    ),
    EF21Plus: Known(theorems=("ef21_plus", "ef21_plus_pl"), cites=("RichtarikSokolovFatkhullin2021",)),
    EF21Prox: Known(theorems=("ef21_prox", "ef21_prox_pl"), cites=(_VARIANTS,)),
    EF21BC: Known(theorems=("ef21_bidirectional", "ef21_bidirectional_pl"), cites=(_VARIANTS,)),
    EF21P: Known(theorems=("ef21_p",), cites=("GruntkowskaTyurinRichtarik2023",)),
    EF21SGDM: Known(theorems=("ef21_sgdm",), cites=("FatkhullinTyurinRichtarik2023",)),
    EFBV: Known(theorems=("ef_bv",), cites=("CondatYiRichtarik2022",)),
    EFSGD: Known(cites=("SeideEtAl2014", "StichCordonnierJaggi2018")),
    EF21RF: Known(theorems=("ef21_sparse", "sparse_averages"), cites=("RichtarikGasanovBurlachenko2023", _WEIGHTS)),
    Marina: Known(theorems=("marina", "marina_perm_k"), cites=("GorbunovEtAl2021", "SzlendakTyurinRichtarik2022")),
    MarinaPermK: Known(theorems=("marina_perm_k",), cites=("SzlendakTyurinRichtarik2022",)),
    Dasha: Known(theorems=("dasha",), cites=("TyurinRichtarik2023",)),
    MarinaP: Known(theorems=("marina_p", "marina_p_minibatch"), cites=(_DOWNLINK,)),
    MarinaPRepeated: Known(
        theorems=("marina_p_repeated", "marina_p_repeated_time", "marina_p_repeated_beats"),
        cites=("BegunovTyurin2026", _DOWNLINK),
    ),
    M3: Known(theorems=("m3", "m3_communication"), cites=(_DOWNLINK,)),
    M3Minibatch: Known(
        theorems=("m3_minibatch", "m3_minibatch_time", "m3_minibatch_beats"), cites=("BegunovTyurin2026", _DOWNLINK)
    ),
    M3VarianceReduced: Known(
        theorems=("m3_variance_reduced", "m3_variance_reduced_time"), cites=(_DOWNLINK, "GorbunovEtAl2021")
    ),
}
