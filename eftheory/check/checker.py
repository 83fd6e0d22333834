"""Check a whole certificate: each bound by itself, then the bounds against each other."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from eftheory.certificates.certificate import Certificate
from eftheory.certificates.codec import read_certificate
from eftheory.check.class_bound import check_class_bound
from eftheory.check.drift import check_drift
from eftheory.check.lower import check_lower
from eftheory.check.upper import check_upper
from eftheory.check.verdict import REFUTED, Obligation, Verdict
from eftheory.claims import CLASS_BOUND, DRIFT, LOWER, UPPER, Claim, Setting
from eftheory.exact.budget import BudgetError, limited
from eftheory.methods.quantities import EXCESS

_CHECKS: dict[str, Callable[..., Verdict]] = {
    UPPER: check_upper,
    LOWER: check_lower,
    CLASS_BOUND: check_class_bound,
    DRIFT: check_drift,
}


class ContradictionError(Exception):
    """Two bounds are proved that cannot both hold: the checker itself is wrong."""


@limited()  # one budget for all that stands in a file
def check_bytes(data: bytes) -> tuple[Verdict, ...]:
    """Read a certificate file and check it; CertificateError if the bytes are not a certificate."""
    return check_certificate(read_certificate(data))


@limited()
def check_certificate(certificate: Certificate) -> tuple[Verdict, ...]:
    """One verdict for each bound the certificate holds, upper bound first; ValueError if it holds none."""
    bounds = {kind: evidence for kind in _CHECKS if (evidence := getattr(certificate, kind))}
    if not bounds:
        raise ValueError("the certificate holds no evidence: there is nothing to check")
    verdicts = [_check(certificate.setting, kind, evidence) for kind, evidence in bounds.items()]
    proved = {verdict.claim.kind: verdict.claim.rate for verdict in verdicts if verdict.proved}
    upper, floor = certificate.upper, certificate.class_bound
    alike = upper and floor and upper.template == floor.template and not (upper.below or upper.values)
    for kind in (LOWER, *[CLASS_BOUND] * bool(alike)):
        if proved.keys() >= {UPPER, kind} and proved[UPPER] < proved[kind]:
            raise ContradictionError(f"it contradicts itself: proved are upper {proved[UPPER]}, {kind} {proved[kind]}")
    if upper and proved.keys() >= {UPPER, DRIFT} and upper.rate == 1 and not any(upper.noise.values()):
        C = upper.initial.get(EXCESS, Fraction(0)) / upper.tau
        if proved[DRIFT] > C:
            raise ContradictionError(f"it contradicts itself: proved are a sum <= {C} ({EXCESS}), and {proved[DRIFT]}")
    if upper and upper.noise:
        proved.pop(UPPER, None)  # noise may keep a measure from shrinking
    return tuple(_confront(verdict, proved) for verdict in verdicts)


def _check(setting: Setting, kind: str, evidence: Any) -> Verdict:
    try:
        return _CHECKS[kind](setting, evidence)
    except (BudgetError, MemoryError) as error:
        return Verdict.of(Claim(setting, kind, evidence.rate), [Obligation("cheap enough to check", False, str(error))])


def _confront(verdict: Verdict, proved: dict[str, Fraction]) -> Verdict:
    """Refute an unproved rate bound that a proved bound of the other side contradicts."""
    kind, rate, other = verdict.claim.kind, verdict.claim.rate, UPPER if verdict.claim.kind == LOWER else LOWER
    crossed = other in proved and (rate < proved[LOWER] if kind == UPPER else kind == LOWER and rate > proved[UPPER])
    if verdict.proved or not crossed:
        return verdict
    contradiction = Obligation(f"consistent with the proved {other} bound", False, f"{proved[other]}")
    return replace(verdict, status=REFUTED, obligations=(*verdict.obligations, contradiction))
