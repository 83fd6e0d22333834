"""Many claims, settled one by one: a store of certificates, what it cannot prove yet, and who searches for that."""

from eftheory.sweep.case import Case as Case
from eftheory.sweep.case import Question as Question
from eftheory.sweep.executors import Executor as Executor
from eftheory.sweep.executors import in_process as in_process
from eftheory.sweep.executors import processes as processes
from eftheory.sweep.item import Item as Item
from eftheory.sweep.outcome import Outcome as Outcome
from eftheory.sweep.outcome import Proved as Proved
from eftheory.sweep.outcome import Unproved as Unproved
from eftheory.sweep.outcome import require_proved as require_proved
from eftheory.sweep.settle import settle as settle
from eftheory.sweep.settle import settle_all as settle_all
from eftheory.sweep.store import Store as Store
