"""What is found covers random instances with all their chance, exactly; the numbers share no code with the forms."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.compressors import Unbiased
from eftheory.assumptions.functions import Smooth
from eftheory.assumptions.mean import (
    BoundedBelow,
    CommonGlobalMinimiser,
    GlobalMinimiser,
    IndependentNoise,
    Noise,
    PolyakLojasiewicz,
)
from eftheory.claims import Setting
from eftheory.methods import EF, EF21, Template
from eftheory.methods.dcgd import DCGD
from eftheory.methods.diana import Diana
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.marina import Marina
from eftheory.search.general import search_general
from tests.kit.covering import slacks
from tests.search.general.settings import GRADIENT, nonconvex

F = Fraction
TWO, TYPES, CONVEX = (
    nonconvex((1, 2)),
    nonconvex((1, 1), (F(1, 2), 2)),
    (AgentType(functions=Smooth(1, F(1, 10)), count=2),),
)
LOSSY, RANDOM, STEP = Contractive(F(3, 4)), Unbiased(F(1)), F(1, 5)
BOUNDED, GENERAL = (BoundedBelow(),), Template(gradients=True)
CASES: dict[str, tuple[Setting, str, Template, int]] = {
    "ef21": (Setting(TYPES, LOSSY, EF21(STEP), BOUNDED, GRADIENT), "sum", GENERAL, 1),
    "ef21, unbiased": (Setting(TYPES, Unbiased(F(1, 4)), EF21(STEP), BOUNDED, GRADIENT), "sum", GENERAL, 1),
    "ef21, pl": (Setting(TWO, LOSSY, EF21(STEP), (PolyakLojasiewicz(F(1, 10)),), GRADIENT), "rate", GENERAL, 1),
    "ef21_pp": (Setting(TWO, LOSSY, EF21PP(STEP, F(1, 2)), BOUNDED, GRADIENT), "sum", GENERAL, 2),
    "ef21_sgd": (Setting(TWO, LOSSY, EF21SGD(STEP), (*BOUNDED, IndependentNoise()), GRADIENT), "sum", GENERAL, 2),
    "ef21_sgd, types": (Setting(TYPES, LOSSY, EF21SGD(STEP), (*BOUNDED, Noise()), GRADIENT), "sum", GENERAL, 2),
    "marina": (Setting(TWO, RANDOM, Marina(STEP, F(1, 4)), BOUNDED, GRADIENT), "sum", GENERAL, 1),
    "ef": (Setting(CONVEX, LOSSY, EF(STEP), (CommonGlobalMinimiser(),), "f - inf f"), "sum", Template(values=True), 1),
    "diana": (Setting(CONVEX, RANDOM, Diana(STEP), (GlobalMinimiser(),)), "rate", Template(), 1),
    "dcgd": (Setting(CONVEX, RANDOM, DCGD(STEP)), "rate", Template(), 1),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_found_covers_every_instance(name: str) -> None:
    setting, kind, template, draws = CASES[name]
    found: Any = search_general(setting, kind=kind, template=template).upper
    assert found is not None
    for seed in range(6):
        assert min(slacks(setting, found, seed, draws=draws)) >= 0
