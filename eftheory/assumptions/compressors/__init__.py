"""Classes of compressors (see ``CompressorClass``), one file each; COMPRESSORS are those a claim may name."""

from eftheory.assumptions.compressors.contractive import Contractive
from eftheory.assumptions.compressors.unbiased import Unbiased

COMPRESSORS: dict[str, type] = {each.name: each for each in (Contractive, Unbiased)}
