"""The words in which proofs are written, and the kernel that checks them."""

from eftheory.proofkit.completion import complete_squares as complete_squares
from eftheory.proofkit.decay import Decay as Decay
from eftheory.proofkit.expression import expectation as expectation
from eftheory.proofkit.expression import inner as inner
from eftheory.proofkit.expression import mean as mean
from eftheory.proofkit.expression import square as square
from eftheory.proofkit.kernel import check as check
from eftheory.proofkit.lessons.theorem import Theorem as Theorem
from eftheory.proofkit.one_step import OneStep as OneStep
from eftheory.proofkit.one_step import rewritten as rewritten
from eftheory.proofkit.reason import Geometric as Geometric
from eftheory.proofkit.reason import Repeated as Repeated
from eftheory.proofkit.reason import Telescoped as Telescoped
