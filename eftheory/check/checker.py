"""Check a whole certificate: each bound by itself, then the bounds against each other."""

from __future__ import annotations

from dataclasses import replace

from eftheory.certificates.certificate import Certificate
from eftheory.certificates.codec import read_certificate
from eftheory.check.class_bound import check_class_bound
from eftheory.check.lower import check_lower
from eftheory.check.upper import check_upper
from eftheory.check.verdict import REFUTED, Obligation, Verdict
from eftheory.claims import LOWER, UPPER


def check_bytes(data: bytes) -> tuple[Verdict, ...]:
    """Read a certificate file and check it.

    Raises:
        CertificateError: the bytes are not a certificate.
    """
    return check_certificate(read_certificate(data))


def check_certificate(certificate: Certificate) -> tuple[Verdict, ...]:
    """One verdict for each bound the certificate holds, upper bound first."""
    verdicts: list[Verdict] = []
    if certificate.upper:
        verdicts.append(check_upper(certificate.setting, certificate.upper))
    if certificate.lower:
        verdicts.append(check_lower(certificate.setting, certificate.lower))
    if certificate.class_bound:
        verdicts.append(check_class_bound(certificate.setting, certificate.class_bound))
    return tuple(_confront(verdict, verdicts) for verdict in verdicts)


def _confront(verdict: Verdict, all_verdicts: list[Verdict]) -> Verdict:
    """Refute an unproved rate bound that a proved bound of the other side contradicts."""
    if verdict.proved:
        return verdict
    for other in all_verdicts:
        kinds = (verdict.claim.kind, other.claim.kind)
        too_low = kinds == (UPPER, LOWER) and verdict.claim.rate < other.claim.rate
        too_high = kinds == (LOWER, UPPER) and verdict.claim.rate > other.claim.rate
        if other.proved and (too_low or too_high):
            contradiction = Obligation(
                f"consistent with the proved {other.claim.kind} bound", False, f"{other.claim.rate}"
            )
            return replace(verdict, status=REFUTED, obligations=(*verdict.obligations, contradiction))
    return verdict
