"""Claims that go beyond strongly convex functions and exact gradients, and how they are settled: from above."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256
from time import perf_counter

from eftheory.bounds import certify
from eftheory.certificates import load, read_certificate
from eftheory.certificates.codec import entry_of
from eftheory.check import check_bytes
from eftheory.claims import DRIFT, LOWER, UPPER, Setting
from eftheory.report.guarantee import Guarantee
from eftheory.sweep.store import Store
from eftheory.writing import write_certificate


@dataclass(frozen=True)
class GeneralCase:
    """A claim about a setting, its step size included.

    Attributes:
        name: of the case, and of its file.
        kept: whether the certificate is published beside the page of the study.
    """

    name: str
    setting: Setting
    kept: bool = True

    @property
    def digest(self) -> str:
        """sha256 of all that a certificate says of the setting; the name is no part of it."""
        return sha256(repr(entry_of(self.setting)).encode()).hexdigest()


@dataclass(frozen=True)
class Certified:
    """A case with what the checker accepted.

    Attributes:
        rate: 1 where a sum is bounded.
        guarantee: the constants, if the bound is a general one.
        lower: what no rate, or no constant of f - inf f, goes below; None where nothing is known.
        seconds: that finding it took.
        digest: the first twelve digits of the certificate's.
        data: the certificate.
    """

    case: GeneralCase
    rate: Fraction
    guarantee: Guarantee | None
    lower: Fraction | None
    seconds: str
    digest: str
    data: bytes = field(repr=False)

    def constant(self, name: str) -> Fraction:
        """The constant of a quantity at the start, or of noise, in the guarantee."""
        said = self.guarantee
        return dict((*said.initial, *said.noise)).get(name, Fraction(0)) if said else Fraction(0)


@dataclass(frozen=True)
class Uncertified:
    """A case without a certificate, with what certifying it remarked."""

    case: GeneralCase
    notes: tuple[str, ...]


def settle_general(case: GeneralCase, store: Store, *, again: bool = False) -> Certified | Uncertified:
    """The proof of a case in the store, the newest; if there is none, or it is asked again, after a search."""
    if not again and (known := _known(case, store)):
        return known
    data, notes = search(case.setting)
    if data:
        store.add(case.digest, data)
    return _known(case, store) or Uncertified(case, notes)


def search(setting: Setting) -> tuple[bytes | None, tuple[str, ...]]:
    """A certificate that says how long finding it took; without one, why there is none."""
    began = perf_counter()
    found = certify(setting)
    if found.certificate is None or found.rate(UPPER) is None:
        return None, found.notes
    said = {**found.certificate.provenance, "seconds": f"{perf_counter() - began:.1f}"}
    return write_certificate(replace(found.certificate, provenance=said)), ()


def _known(case: GeneralCase, store: Store) -> Certified | None:
    return next((found for data in reversed(store.certificates(case.digest)) if (found := _read(case, data))), None)


def _read(case: GeneralCase, data: bytes) -> Certified | None:
    """What a file proves of a case; None if the checker does not accept all of it as that."""
    try:
        verdicts = check_bytes(data)
    except ValueError:
        return None
    rates = {verdict.claim.kind: verdict.claim.rate for verdict in verdicts if verdict.proved}
    certificate = read_certificate(data)
    upper = certificate.upper
    if not upper or len(rates) < len(verdicts) or certificate.setting != case.setting:
        return None
    general = bool(upper.tau or upper.initial)
    return Certified(
        case,
        rates[UPPER],
        Guarantee.of(case.setting, upper) if general else None,
        rates.get(DRIFT, rates.get(LOWER)),
        certificate.provenance.get("seconds", ""),
        load(data)["digest"].removeprefix("sha256:")[:12],
        data,
    )
