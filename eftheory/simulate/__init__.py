"""Run methods on real functions: the numeric world, problems, data, and the demo.

Floats live here: a run is measured, not proved. Exact are only the constants in ``smoothness`` and
runs on the problems of ``rational``, which compute in Fractions; the code of both is the same.
"""

from eftheory.simulate.lyapunov import LyapunovFunction as LyapunovFunction
from eftheory.simulate.run import Trajectory as Trajectory
from eftheory.simulate.run import simulate as simulate
from eftheory.simulate.run_columns import at_multiples as at_multiples
from eftheory.simulate.run_columns import run_columns as run_columns
from eftheory.simulate.runs import Runs as Runs
from eftheory.simulate.runs import join as join
from eftheory.simulate.runs import read as read
from eftheory.simulate.smoothness import is_smooth as is_smooth
from eftheory.simulate.smoothness import prove_smoothness as prove_smoothness
from eftheory.simulate.world import NumericWorld as NumericWorld
