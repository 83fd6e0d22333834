"""Grids of claims, certified and indexed, and what they show."""

from eftheory.sweep.case import Case as Case
from eftheory.sweep.findings import write_findings as write_findings
from eftheory.sweep.grid import certificate_grid as certificate_grid
from eftheory.sweep.index import write_grid as write_grid
