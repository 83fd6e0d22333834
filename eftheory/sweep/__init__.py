"""Grids of claims, certified and indexed."""

from eftheory.sweep.grid import Case as Case
from eftheory.sweep.grid import certificate_grid as certificate_grid
from eftheory.sweep.index import write_grid as write_grid
