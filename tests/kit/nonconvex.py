"""EF21 on smooth functions that need not be convex."""

from fractions import Fraction

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean import BoundedBelow
from eftheory.claims import Setting
from eftheory.methods import EF21
from eftheory.methods.quantities import GRADIENT

TABLE = [
    ("1/10", "1.06798", "1.424071"),
    ("1/10", "9/10", "1.489809"),
    ("1/4", "0.90893", "1.707317"),
    ("1/4", "3/4", "1.825482"),
    ("1/2", "0.59244", "2.687611"),
    ("1/2", "1/2", "2.867181"),
    ("3/4", "0.27283", "5.911522"),
    ("3/4", "1/4", "6.066006"),
    ("9/10", "0.10204", "15.849411"),
    ("9/10", "1/10", "15.886844"),
]
"""s, the step, and the constant before f - inf f, for L = 1."""


def smooth(L, count=1):
    return (AgentType(functions=Smooth(L=Fraction(L), mu=-Fraction(L)), count=count),)


def setting(s, step, agents=()):
    agents = agents or smooth(1)
    return Setting(agents, Contractive(1 - Fraction(s) ** 2), EF21(Fraction(step)), (BoundedBelow(),), GRADIENT)
