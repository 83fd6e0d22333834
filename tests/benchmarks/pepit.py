"""PEPit on the same claims.

PEPit is given V, that of Theorem A, and computes in floats how much one step of EF21 can
increase it: one programme, no proof.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from eftheory.claims import Setting
from eftheory.theory import closed_form
from tests.oracles.test_pepit import ef21, weights_of


def programme(setting: Setting) -> Callable[[], float | None]:
    """What PEPit does: from the setting to the worst V after a step over V before, None where its solver finds none."""
    return partial(ef21, setting, *weights_of(closed_form(setting)))
