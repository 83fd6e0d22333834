"""The words of expressions, for proof files; they are those of the kernel."""

from eftheory.proofkit.kernel.expression import Node as Node
from eftheory.proofkit.kernel.expression import Relation as Relation
from eftheory.proofkit.kernel.expression import Symbol as Symbol
from eftheory.proofkit.kernel.expression import wrap as wrap
