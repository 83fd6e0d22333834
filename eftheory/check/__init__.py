"""The checker: exact, small, and ignorant of how a certificate was found."""

from eftheory.check.checker import check_bytes, check_certificate
from eftheory.check.verdict import INCONCLUSIVE, PROVED, REFUTED, Obligation, Verdict

__all__ = ["INCONCLUSIVE", "PROVED", "REFUTED", "Obligation", "Verdict", "check_bytes", "check_certificate"]
