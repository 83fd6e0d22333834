"""Classes of compressors, one file each; COMPRESSORS are those a claim may name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eftheory.assumptions.compressors.contractive import Contractive

if TYPE_CHECKING:
    from eftheory.assumptions.compressor_class import CompressorClass

COMPRESSORS: dict[str, type[CompressorClass]] = {each.name: each for each in (Contractive,)}
