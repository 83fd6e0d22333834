"""Every law names the theorem that proves it."""

from __future__ import annotations

import inspect
import re

import pytest

from eftheory import laws
from eftheory.proofkit.contents import packaged_files

NAMED = re.compile(r"Proof: `(\w+)`")
NONE = {"enclose", "Guarantee", "Chosen", "iterations_to_accuracy", "Complexity", "lower_bound_formula"}
"""Evaluations, which are no theorems, and what is cited."""


@pytest.mark.parametrize("name", [name for name in vars(laws) if callable(getattr(laws, name)) and name not in NONE])
def test_its_theorem_is_there(name) -> None:
    found = NAMED.findall(inspect.getdoc(getattr(laws, name)) or "")
    assert found, f"{name} names no theorem"
    for slug in found:
        assert slug in packaged_files()
