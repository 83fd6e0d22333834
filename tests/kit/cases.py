"""Two claims that are settled in no time."""

from dataclasses import replace
from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.sweep import Case

ONE = Case("one", "ef21", (AgentType(L=1, mu=Fraction(1, 10), count=3),), Fraction(3, 4))
OTHER = replace(ONE, name="other", alpha=Fraction(1, 2))
HOPELESS = replace(ONE, name="hopeless", agents=(AgentType(L=1, mu=0),))
