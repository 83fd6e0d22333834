"""Run methods on real functions: the numeric world, problems, data, and the demo.

Floats live here: a run is measured, not proved. Exact are only the constants in ``smoothness`` and
runs on the problems of ``rational``, which compute in Fractions; the code of both is the same.
"""

from eftheory.simulate.lyapunov import LyapunovFunction as LyapunovFunction
from eftheory.simulate.run import Trajectory as Trajectory
from eftheory.simulate.run import simulate as simulate
from eftheory.simulate.smoothness import is_smooth as is_smooth
from eftheory.simulate.smoothness import prove_smoothness as prove_smoothness
from eftheory.simulate.world import NumericWorld as NumericWorld
