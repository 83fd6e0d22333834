"""Studies: each asks a set of claims, and writes a page of what is proved of them."""

from eftheory.studies.certificates import certificate_grid as certificate_grid
from eftheory.studies.certificates import write_grid as write_grid
from eftheory.studies.findings import write_findings as write_findings
