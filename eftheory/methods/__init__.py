"""The methods that certificates speak about, one file each.

CERTIFIED is the whole list, NAMED has them by their names; METHODS are those of the first format, which have laws.
"""

from eftheory.methods.cgd import CGD
from eftheory.methods.dcgd import DCGD
from eftheory.methods.diana import Diana
from eftheory.methods.econtrol import EControl
from eftheory.methods.ef import EF
from eftheory.methods.ef21 import EF21
from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.methods.ef21_p import EF21P
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.gd import GD
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.methods.marina import Marina
from eftheory.methods.method import Method, Observation
from eftheory.methods.recorded import EXTERNAL, Definition, Recorded
from eftheory.methods.template import Template
from eftheory.methods.world import World

__all__ = ["CERTIFIED", "CGD", "DCGD", "EF", "EF21", "EF21BC", "EF21P", "EF21PP", "EF21SGD"]
__all__ += ["EF21SGDM", "EFBV", "EXTERNAL", "GD", "METHODS", "NAMED"]
__all__ += ["Definition", "Diana", "EControl", "HeavyBallEF21", "Marina", "Method", "Observation", "Recorded"]
__all__ += ["Template", "World"]
METHODS: dict[str, type[Method]] = {method.name: method for method in (GD, CGD, EF, EF21)}
CERTIFIED: tuple[type[Method], ...] = (*METHODS.values(), DCGD, EControl, HeavyBallEF21, EF21PP, EF21SGD, Diana, Marina)
CERTIFIED += (EF21BC, EF21P, EF21SGDM, EFBV)
NAMED: dict[str, type[Method]] = {method.name: method for method in CERTIFIED}
