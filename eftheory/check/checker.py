"""Check a whole certificate: each bound by itself, then the bounds against each other."""

from dataclasses import replace

from eftheory.certificates.certificate import Certificate
from eftheory.certificates.codec import read_certificate
from eftheory.check.class_bound import check_class_bound
from eftheory.check.lower import check_lower
from eftheory.check.upper import check_upper
from eftheory.check.verdict import REFUTED, Obligation, Verdict
from eftheory.claims import LOWER, UPPER


def check_bytes(data: bytes) -> tuple[Verdict, ...]:
    """Read a certificate file and check it; CertificateError if the bytes are not a certificate."""
    return check_certificate(read_certificate(data))


def check_certificate(certificate: Certificate) -> tuple[Verdict, ...]:
    """One verdict for each bound the certificate holds, upper bound first; ValueError if it holds none."""
    setting, verdicts = certificate.setting, list[Verdict]()
    if certificate.upper:
        verdicts.append(check_upper(setting, certificate.upper))
    if certificate.lower:
        verdicts.append(check_lower(setting, certificate.lower))
    if certificate.class_bound:
        verdicts.append(check_class_bound(setting, certificate.class_bound))
    if not verdicts:
        raise ValueError("the certificate holds no evidence: there is nothing to check")
    return tuple(_confront(verdict, verdicts) for verdict in verdicts)


def _confront(verdict: Verdict, verdicts: list[Verdict]) -> Verdict:
    """Refute an unproved rate bound that a proved bound of the other side contradicts."""
    for other in verdicts:
        rates = {bound.claim.kind: bound.claim.rate for bound in (verdict, other)}
        crossed = rates.keys() == {UPPER, LOWER} and rates[UPPER] < rates[LOWER]
        if crossed and other.proved and not verdict.proved:
            name = f"consistent with the proved {other.claim.kind} bound"
            contradiction = Obligation(name, False, f"{other.claim.rate}")
            return replace(verdict, status=REFUTED, obligations=(*verdict.obligations, contradiction))
    return verdict
