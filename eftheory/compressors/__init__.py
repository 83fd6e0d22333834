"""Runnable compressors, one file each, with a naive reference and the exact contraction constant."""

from eftheory.compressors.compressor import Compressor as Compressor
from eftheory.compressors.identity import Identity as Identity
from eftheory.compressors.overshoot import Overshoot as Overshoot
from eftheory.compressors.rand_k import RandK as RandK
from eftheory.compressors.scaled_sign import ScaledSign as ScaledSign
from eftheory.compressors.top_k import TopK as TopK
