"""Quadratics with exact constants."""

from __future__ import annotations

import numpy as np

from eftheory.exact import negative_direction
from eftheory.simulate.problems.quadratic import Quadratic
from eftheory.simulate.rational.rationals import RATIONALS


class RationalQuadratic(Quadratic):
    """``Quadratic`` in Fractions, with mu_i I <= H_i <= L_i I proved exactly.

    Raises:
        TypeError: an entry is no int or Fraction.
        ValueError: the shapes do not fit, a matrix is not symmetric, or an eigenvalue lies outside [mu_i, L_i].

    >>> RationalQuadratic.of_spectra([[1, 2]]).gradients(RATIONALS.array([3, 4]))
    array([[Fraction(3, 1), Fraction(8, 1)]], dtype=object)
    """

    arithmetic = RATIONALS

    def __post_init__(self) -> None:
        super().__post_init__()
        identity = RATIONALS.array(np.eye(self.dimension, dtype=int))
        for i, (agent, hessian) in enumerate(zip(self.agents, self.hessians)):
            for rest in (hessian - agent.mu * identity, agent.L * identity - hessian):
                if negative_direction(rest.tolist()) is not None:
                    raise ValueError(f"agent {i}: a curvature lies outside [{agent.mu}, {agent.L}], its mu and L")
