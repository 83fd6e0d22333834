"""Error feedback with different agents: a rate that depends on two moments, whatever their number.

For agents with constants L_i, mu_i put sigma_i = L_i + mu_i, k_i = (L_i - mu_i)/sigma_i, weights
w_i = sigma_i / sum sigma_j, m = sum w_i k_i, K = sum w_i k_i^2 and s = sqrt(1 - alpha).
EF and EF21 have the same law. It is an upper bound, exact for its Lyapunov function and, where
K = m^2 or s = 0, for the methods; the averaged constants give a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from eftheory.assumptions import AgentType
from eftheory.assumptions.validation import require
from eftheory.laws.contraction import theta
from eftheory.laws.cubic import largest_root
from eftheory.laws.enclosure import sign
from eftheory.laws.kinds import Number, is_expression, is_symbolic, settle, sqrt
from eftheory.laws.parameters import read
from eftheory.laws.tight import optimal_step_size, rate_of_ratio, stability_limit, tight_rate

Agents = Iterable["AgentType | tuple[Any, ...]"]
"""Agent types, or tuples (L, mu) or (L, mu, count)."""

Types = list[tuple[Number, Number, Number]]


def heterogeneous_step_size(agents: Agents, *, alpha: Number) -> Number:
    """The step of the law for EF and EF21: (2n / sum_i (L_i + mu_i)) (1-s)/(1+s).

    It is optimal for the averaged constants, hence for equal agents; nearly so for others.

    Args:
        agents: types of agents, as AgentType, (L, mu) or (L, mu, count); 0 <= mu <= L, L > 0.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A step size; unit of x squared over unit of f.

    Raises:
        ValueError: a parameter is out of range, or there are no agents.

    Proof: `heterogeneous_law`.

    References:
        [ThomsenTaylorDieuleveut2026], Empirical Law 4.1; proved for every n in this project.

    >>> from fractions import Fraction
    >>> heterogeneous_step_size([(1, Fraction(1, 3)), (2, 1, 2)], alpha=Fraction(3, 4))
    Fraction(3, 11)
    """
    types, (alpha,) = _read(agents, alpha=alpha)
    return optimal_step_size(*_mean_constants(types), alpha=alpha)


def heterogeneous_moments(agents: Agents) -> tuple[Number, Number]:
    """The moments (m, K) of k = (L-mu)/(L+mu) through which the agents enter the law.

    K - m^2 >= 0 is the weighted variance of k: the heterogeneity.

    Args:
        agents: types of agents, as AgentType, (L, mu) or (L, mu, count); 0 <= mu <= L, L > 0.

    Returns:
        (m, K) with 0 <= m^2 <= K <= m <= 1, no unit.

    Raises:
        ValueError: a parameter is out of range, or there are no agents.

    Proof: `heterogeneous_law`.

    References:
        Of this project; for n = 2, K1 and K2 of [ThomsenTaylorDieuleveut2026], Empirical Law 4.3.

    >>> from fractions import Fraction
    >>> heterogeneous_moments([(1, Fraction(1, 3)), (1, 1)])
    (Fraction(1, 5), Fraction(1, 10))
    """
    types, _ = _read(agents)
    m, variance = _moments(types)
    return m, variance + m * m


def heterogeneous_rate(agents: Agents, *, alpha: Number, step_size: Number | None = None) -> Number:
    """A rate of EF and EF21 for any agents: the largest root of a cubic that knows them through m, K.

        (rho - s) (rho^2 - (s + s^2 + r s K) rho + s^3) = r m^2 rho (rho - s^3),   r = (1-s)^2/(1+s).

    For EF21 it is the exact one-step factor of V = sum ||g_i - d_i||^2/sigma_i + (s/sum sigma_i)
    ||sum g_i||^2; better V and better steps may exist where agents differ. Equal agents:
    ``tight_rate``. Another step than the law's is the law's step of larger L_i (a smaller step) or
    smaller mu_i (a larger one), scaled in proportion, and the rate is that of the wider classes.

    Args:
        agents: types of agents, as AgentType, (L, mu) or (L, mu, count); 0 <= mu <= L, L > 0.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.
        step_size: positive, below the stability limit of the mean L; by default the law's.

    Returns:
        The factor per step, no unit: a Fraction or an exact root for exact inputs; a float for
        floats; with symbols a ``LargestRoot`` of the cubic's coefficients. 1 if all mu = 0.

    Raises:
        ValueError: a parameter is out of range, there are no agents, the step size is not below
            the stability limit, or it is given together with symbols.

    Proof: `heterogeneous_law`.

    References:
        Of this project; n = 2 is [ThomsenTaylorDieuleveut2026], Empirical Law 4.3.

    >>> from fractions import Fraction
    >>> round(heterogeneous_rate([(1, 0.99), (1, 0.01)], alpha=8 / 9), 12)
    0.507461252032
    >>> heterogeneous_rate([(25, 11, 3), (50, 22, 7)], alpha=Fraction(15, 16))
    Fraction(4, 9)
    """
    given = {} if step_size is None else {"step_size": step_size}
    types, (alpha, *step) = _read(agents, alpha=alpha, **given)
    if len(types) == 1:
        return tight_rate(*types[0][:2], alpha=alpha, step_size=step[0] if step else None)
    if step:
        types = _with_law_step(types, alpha, step[0])
    m, variance = _moments(types)
    if variance == 0:
        return rate_of_ratio(m, alpha=alpha)
    return largest_root(sqrt(1 - alpha), theta(alpha), m, variance)


def averaged_constants_bound(agents: Agents, *, alpha: Number, step_size: Number | None = None) -> Number:
    """A lower bound on the worst-case rate of EF and EF21: the tight rate of the mean L and mean mu.

    Holds for every step size: agents with f_i = (h_i/2) x^2 and C(v) = (1+s) v act through the mean
    of h_i only. Least at the law's step.

    Args:
        agents: types of agents, as AgentType, (L, mu) or (L, mu, count); 0 <= mu <= L, L > 0.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.
        step_size: positive; by default the law's.

    Returns:
        The factor per step, no unit; >= 1 from the stability limit on.

    Raises:
        ValueError: a parameter is out of range, or there are no agents.

    Proof: `tight_rate`.

    References:
        Of this project.

    >>> round(averaged_constants_bound([(1, 0.99), (1, 0.01)], alpha=8 / 9), 6)
    0.488679
    """
    types, _ = _read(agents)
    return tight_rate(*_mean_constants(types), alpha=alpha, step_size=step_size)


def _read(agents: Agents, **others: object) -> tuple[Types, tuple[Number, ...]]:
    """The types with equal ones joined, and the other parameters; floats all if any number is one."""
    joined: dict[tuple[Number, Number], Number] = {}
    for agent in agents:
        L, mu, count = (agent.L, agent.mu, agent.count) if isinstance(agent, AgentType) else (*agent, 1)[:3]
        require(
            is_expression(count) or (isinstance(count, int) and not isinstance(count, bool) and count >= 1),
            f"count={count!r}: a type needs a whole number of agents, at least 1",
        )
        constants = read(L=L, mu=mu)
        joined[constants] = joined.get(constants, 0) + count
    require(bool(joined), "there are no agents: a law needs at least one")
    parameters = read(**others)
    numbers = [*parameters, *(x for constants in joined for x in constants)]
    if any(isinstance(x, float) for x in numbers) and not any(map(is_symbolic, numbers)):
        parameters = tuple(map(float, parameters))
        joined = {(float(L), float(mu)): count for (L, mu), count in joined.items()}
    return [(L, mu, count) for (L, mu), count in joined.items()], parameters


def _mean_constants(types: Types) -> tuple[Number, Number]:
    n = sum(count for _, _, count in types)
    return sum(count * L for L, _, count in types) / n, sum(count * mu for _, mu, count in types) / n


def _moments(types: Types) -> tuple[Number, Number]:
    """Mean m and variance K - m^2 of the k_i, the latter without cancellation."""
    total = sum(count * (L + mu) for L, mu, count in types)
    m = settle(sum(count * (L - mu) for L, mu, count in types) / total)
    spread = sum(count * (L + mu) * ((L - mu) / (L + mu) - m) ** 2 for L, mu, count in types)
    return m, settle(spread / total)


def _with_law_step(types: Types, alpha: Number, step_size: Number) -> Types:
    """Wider classes of which ``step_size`` is the law's step: L enlarged, or mu reduced, in proportion."""
    L, mu = _mean_constants(types)
    target = settle(2 * theta(alpha) / ((1 + sqrt(1 - alpha)) * step_size))
    if is_symbolic(target - L - mu):
        raise ValueError(f"step_size={step_size}: with symbols only the law's step is covered")
    if sign(target - L - mu) >= 0:
        return [(settle(L_i * (target - mu) / L), mu_i, count) for L_i, mu_i, count in types]
    if sign(target - L) <= 0:
        limit = stability_limit(L, alpha=alpha)
        raise ValueError(f"step_size={step_size}: not below the stability limit, {limit}")
    return [(L_i, settle(mu_i * (target - L) / mu), count) for L_i, mu_i, count in types]
