"""The words of expressions, for proof files; they are those of the kernel."""

from __future__ import annotations

from eftheory.proofkit.kernel.expression import Expectation as Expectation
from eftheory.proofkit.kernel.expression import Expression as Expression
from eftheory.proofkit.kernel.expression import Image as Image
from eftheory.proofkit.kernel.expression import Inner as Inner
from eftheory.proofkit.kernel.expression import Linear as Linear
from eftheory.proofkit.kernel.expression import Mean as Mean
from eftheory.proofkit.kernel.expression import Node as Node
from eftheory.proofkit.kernel.expression import Number as Number
from eftheory.proofkit.kernel.expression import Power as Power
from eftheory.proofkit.kernel.expression import Product as Product
from eftheory.proofkit.kernel.expression import Quotient as Quotient
from eftheory.proofkit.kernel.expression import Relation as Relation
from eftheory.proofkit.kernel.expression import Sum as Sum
from eftheory.proofkit.kernel.expression import Symbol as Symbol
from eftheory.proofkit.kernel.expression import expectation as expectation
from eftheory.proofkit.kernel.expression import inner as inner
from eftheory.proofkit.kernel.expression import mean as mean
from eftheory.proofkit.kernel.expression import square as square
from eftheory.proofkit.kernel.expression import wrap as wrap
