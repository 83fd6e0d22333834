"""Studies: each is a set of claims, and a page of what is proved of them."""

from collections.abc import Callable

from eftheory.studies.certificates import certificate_study
from eftheory.studies.findings import findings_study
from eftheory.studies.general import general_study
from eftheory.studies.open_questions import open_study
from eftheory.studies.study import Study as Study

STUDIES: dict[str, Callable[[], Study]] = {
    "certificates": certificate_study,
    "findings": findings_study,
    "general": general_study,
    "open": open_study,
}
"""By name, which is also that of the folder."""
