"""The methods that certificates speak about, one file each. METHODS is the whole list."""

from eftheory.methods.cgd import CGD as CGD
from eftheory.methods.ef import EF as EF
from eftheory.methods.ef21 import EF21 as EF21
from eftheory.methods.gd import GD as GD
from eftheory.methods.method import Method as Method
from eftheory.methods.method import Observation as Observation
from eftheory.methods.world import World as World

METHODS: dict[str, type[Method]] = {method.name: method for method in (GD, CGD, EF, EF21)}
