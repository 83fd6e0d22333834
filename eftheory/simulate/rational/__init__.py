"""Runs in exact arithmetic: the same methods, on quadratics whose constants are exact, without rounding."""

from eftheory.simulate.rational.branches import enumerate_steps as enumerate_steps
from eftheory.simulate.rational.instance import Instance as Instance
from eftheory.simulate.rational.instance import replay_worst_case as replay_worst_case
from eftheory.simulate.rational.quadratic import RationalQuadratic as RationalQuadratic
from eftheory.simulate.rational.rationals import RATIONALS as RATIONALS
from eftheory.simulate.rational.rules import draw_fresh as draw_fresh
from eftheory.simulate.rational.rules import fix_draw as fix_draw
from eftheory.simulate.rational.run import simulate_exactly as simulate_exactly
from eftheory.simulate.world import NumericWorld as RationalWorld  # noqa: F401 -- the name of one in Fractions
