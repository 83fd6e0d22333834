"""Many claims, settled one by one."""

from eftheory.sweep.case import Case as Case
from eftheory.sweep.case import Outcome as Outcome
from eftheory.sweep.case import settle as settle
from eftheory.sweep.case import settle_all as settle_all
