"""The checker: exact, small, and ignorant of how a certificate was found."""

from eftheory.check.checker import check_bytes as check_bytes
from eftheory.check.checker import check_certificate as check_certificate
from eftheory.check.verdict import INCONCLUSIVE as INCONCLUSIVE
from eftheory.check.verdict import PROVED as PROVED
from eftheory.check.verdict import REFUTED as REFUTED
from eftheory.check.verdict import Obligation as Obligation
from eftheory.check.verdict import Verdict as Verdict
