"""Functions to run methods on, one family a file, each agent with exact constants L_i and mu_i."""

from eftheory.simulate.problems.finite_sum import FiniteSum as FiniteSum
from eftheory.simulate.problems.huber import Huber as Huber
from eftheory.simulate.problems.least_squares import LeastSquares as LeastSquares
from eftheory.simulate.problems.logistic_regression import LogisticRegression as LogisticRegression
from eftheory.simulate.problems.problem import Problem as Problem
from eftheory.simulate.problems.quadratic import Quadratic as Quadratic
from eftheory.simulate.problems.tanh_network import TanhNetwork as TanhNetwork
from eftheory.simulate.problems.tridiagonal import Tridiagonal as Tridiagonal
