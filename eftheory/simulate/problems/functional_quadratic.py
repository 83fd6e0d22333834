"""Quadratics whose agents differ as a functional inequality with prescribed L_A and L_B allows, and no less."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeVar

import numpy as np

from eftheory.algebra.rounding import sqrt_below
from eftheory.assumptions import AgentType
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.exact import negative_direction
from eftheory.simulate.problems.quadratic import Quadratic
from eftheory.simulate.rational.arrays import as_fractions

BITS = 40
"""By which square roots are rounded down, so that the inequality holds exactly; it is tight but for that."""

Q = TypeVar("Q", bound=Quadratic)


def functional_quadratic(
    kind: type[Q],
    n_agents: int,
    dimension: int,
    *,
    L_A: Fraction,
    L_B: Fraction,
    mu: Fraction,
    spread: Fraction,
    rng: np.random.Generator,
) -> Q:
    """Quadratics with ||mean (grad f_i(x + u_i) - grad f_i(x))||^2 <= L_A^2 mean ||u_i||^2 + L_B^2 ||mean u_i||^2.

    With one basis for all agents, mean curvatures m_k in [mu, C], C^2 = L_A^2 + L_B^2, and curvatures m_k + s_i v_k,
    the inequality is (mean s_i^2) v_k^2/L_A^2 + m_k^2/C^2 <= 1 for every k. It is an equation where m_k = mu, but for
    rounding, and where m_k = C, with v_k = 0; between, v_k is random. Single agents need not be convex; f is.

    Args:
        kind: ``Quadratic``, or ``RationalQuadratic`` for Fractions in which the inequality holds exactly.
        n_agents: n; L_A = 0 if n = 1.
        dimension: d >= 2.
        L_A, L_B: of the inequality, not negative, not both zero.
        mu: the least curvature of f, 0 < mu <= C.
        spread: by what the distance of the c_i from a common point is multiplied; 0 for a common minimiser.
        rng: where bases, centres and curvatures are drawn from.

    Raises:
        ValueError: a number is none of these.

    References:
        Here ``functional_quadratics_exact`` in proofs/.

    >>> one = Fraction(1)
    >>> f = functional_quadratic(
    ...     Quadratic, 4, 3, L_A=3 * one, L_B=4 * one, mu=one, spread=one, rng=np.random.default_rng(0)
    ... )
    >>> round(float(np.linalg.eigvalsh(f.hessians.mean(axis=0))[-1]), 9)
    5.0
    """
    if n_agents < 1 or dimension < 2:
        raise ValueError(f"n_agents={n_agents}, dimension={dimension}: give at least 1 and 2")
    square = L_A**2 + L_B**2
    if min(L_A, L_B) < 0 or not square or (n_agents == 1 and L_A):
        raise ValueError(f"L_A={L_A}, L_B={L_B}: not negative, not both zero, and L_A = 0 for one agent")
    if not 0 < mu <= sqrt_below(square, bits=BITS):
        raise ValueError(f"mu={mu}: positive, and at most the root of L_A^2 + L_B^2, {float(square) ** 0.5:.6g}")
    C, inner = sqrt_below(square, bits=BITS), rng.integers(0, 9, size=(2, dimension - 2))
    signs = [0] * (n_agents % 2) + [1, -1] * (n_agents // 2)
    means = [mu, *(mu + Fraction(int(k), 8) * (C - mu) for k in inner[0]), C]
    parts = [Fraction(1), *(Fraction(int(k), 8) for k in inner[1]), Fraction(0)]
    share = Fraction(sum(map(abs, signs)), n_agents) or Fraction(1)
    aparts = [p * sqrt_below(L_A**2 * (1 - m**2 / square) / share, bits=BITS) for p, m in zip(parts, means)]
    spectra = [[m + s * v for m, v in zip(means, aparts)] for s in signs]
    arithmetic = kind.arithmetic
    basis = arithmetic.draw_basis(dimension, rng)
    turned = [(basis * arithmetic.array(row)) @ basis.T for row in spectra]
    apart = arithmetic.array([spread])[0] * arithmetic.draw_centres(n_agents, dimension, rng, common=False)
    centres = apart + arithmetic.draw_centres(n_agents, dimension, rng, common=True)
    return kind(np.stack([(H + H.T) / 2 for H in turned]), centres, tuple(map(_agent, spectra)))


def satisfies_functional(hessians: Any, L_A: Fraction, L_B: Fraction) -> bool:
    """Whether quadratics with these matrices of Fractions satisfy the functional inequality, decided exactly.

    It is mean (A_i - A)^2/L_A^2 + A^2/(L_A^2 + L_B^2) <= I, A being the mean of the A_i.

    Args:
        hessians: shape (n, d, d), ints and Fractions.
        L_A, L_B: L_A > 0, L_B >= 0.

    References:
        Here ``functional_quadratics_exact`` in proofs/.

    >>> satisfies_functional([[[1]], [[3]]], Fraction(1), Fraction(0))
    False
    >>> satisfies_functional([[[1]], [[3]]], Fraction(3), Fraction(0))
    True
    """
    A = as_fractions(hessians)
    mean = A.sum(axis=0) / Fraction(len(A))
    differ = sum(((each - mean) @ (each - mean) for each in A), 0 * mean) / (len(A) * L_A**2)
    rest = as_fractions(np.eye(len(mean), dtype=int)) - differ - mean @ mean / (L_A**2 + L_B**2)
    return negative_direction(rest.tolist()) is None


def _agent(spectrum: list[Fraction]) -> AgentType:
    L, mu = max(map(abs, spectrum)), min(spectrum)
    return AgentType(L, mu) if mu >= 0 else AgentType(functions=Smooth(L, mu))
