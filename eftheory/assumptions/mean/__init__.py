"""Assumptions on f = mean f_i (see ``Assumption``), one file each; ASSUMPTIONS are those a claim may name."""

from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser, GlobalMinimiser
from eftheory.assumptions.mean.noise import IndependentNoise, Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.assumptions.mean.smooth import SmoothMean

_OF_F = (BoundedBelow, PolyakLojasiewicz, GlobalMinimiser, CommonGlobalMinimiser, Similar, SmoothMean)
_KNOWN = (*_OF_F, Noise, IndependentNoise)
ASSUMPTIONS: dict[str, type] = {each.name: each for each in _KNOWN}
