"""Distributed compressed gradient descent: why error feedback exists."""

# ruff: noqa: D102 -- documented in Method
from typing import Any

from eftheory.assumptions.hypothesis import COMMON_MINIMISER
from eftheory.methods import Method


class DCGD(Method):
    """Compressed gradients without feedback: with two agents or more it may diverge at every step size.

        x <- x - step_size mean C_i(grad f_i(x))

    For agents with the Hessians diag(L, mu) and diag(mu, L) at x = (1, 1), messages h_i - (a, a) contract as soon as
    a sqrt(2) <= s |h_i|, and their mean points uphill as soon as a > (L + mu)/2: x grows at any step size.

    References:
        [BeznosikovEtAl2020], Example 1.
    """

    hypotheses = (COMMON_MINIMISER,)

    def step(self, world: Any, x: Any) -> Any:
        return (x - self.step_size * world.mean(world.compress(world.gradient(x))),)
