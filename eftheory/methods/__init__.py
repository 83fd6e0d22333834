"""The methods that certificates speak about, one file each. METHODS is the whole list."""

from eftheory.methods.cgd import CGD
from eftheory.methods.ef import EF
from eftheory.methods.ef21 import EF21
from eftheory.methods.gd import GD
from eftheory.methods.method import Method, Observation
from eftheory.methods.recorded import EXTERNAL, Definition, Recorded
from eftheory.methods.template import Template
from eftheory.methods.world import World

__all__ = ["CGD", "EF", "EF21", "EXTERNAL", "GD", "METHODS", "Definition", "Method", "Observation", "Recorded"]
__all__ += ["Template", "World"]
CERTIFIED: tuple[type[Method], ...] = (GD, CGD, EF, EF21)
METHODS = {method.name: method for method in CERTIFIED}
