"""Whether a claim is false: by what eftheory has proved of the same setting, and by an oracle that is not eftheory."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from typing import Any

from eftheory.check.lower import check_lower
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods import Recorded
from eftheory.theory import closed_form, worst_case
from tests.check.oracle import refuted
from tests.check.replay import unfounded
from tests.kit.examples import twin


@cache
def proved_lower(setting: Setting) -> Fraction | None:
    """A lower bound on the rate of a setting, checked; None where none is known."""
    known = twin(setting)
    evidence = None if isinstance(known.method, Recorded) else worst_case(known)
    return evidence.rate if evidence and check_lower(setting, evidence).proved else None


@cache
def proved_upper(setting: Setting) -> Fraction | None:
    """An upper bound on the rate of a setting, checked; None where none is known."""
    known = twin(setting)
    evidence = None if isinstance(known.method, Recorded) else closed_form(known)
    return evidence.rate if evidence and check_upper(setting, evidence).proved else None


def contradiction(setting: Setting, bound: str, evidence: Any) -> str:
    """Why a proved claim is false, as far as eftheory knows; empty if nothing speaks against it."""
    if bound == "upper":
        floor = proved_lower(setting)
        if floor is not None and evidence.rate < floor:
            return f"upper rate {evidence.rate} < proved lower {floor}"
        return "" if 0 < evidence.c <= evidence.C else f"c = {evidence.c}, C = {evidence.C}"
    if bound == "lower" and evidence.rate < 0 and abs(evidence.rate) > evidence.growth**2:
        return f"rate {evidence.rate}, growth^2 {evidence.growth**2}"
    ceiling = proved_upper(setting)
    if ceiling is not None and evidence.rate > ceiling:
        return f"{bound} rate {evidence.rate} > proved upper {ceiling}"
    return ""


def heard(data: bytes, bound: str) -> str:
    """What the oracle says against a bound of a file; empty if nothing, or if the oracle does not know such bounds."""
    if bound == "class_bound":
        return ""
    return {"upper": refuted, "lower": unfounded}[bound](json.loads(data))
