"""The unit of step size: what theory grants a method on a problem, for smooth functions that need not be convex."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from fractions import Fraction
from math import inf, sqrt
from typing import Any, NamedTuple

from eftheory.methods.dasha import Dasha
from eftheory.methods.diana import Diana
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.methods.marina import Marina
from eftheory.methods.marina_perm_k import MarinaPermK
from eftheory.methods.method import Method
from eftheory.simulate.problems.problem import Problem


class Facts(NamedTuple):
    """What a unit of step size is made of.

    Attributes:
        L: a smoothness constant of f.
        L_tilde: the root of the mean of the squares of the L_i.
        L_mean: the mean of the L_i.
        spread: L_pm, how much the gradients of agents differ in how they move, the problem's ``hessian_spread``;
            L_tilde, which is never smaller, where the problem does not say.
        alpha: of the compressor; of an unbiased one with omega >= 1, 1/(1 + omega).
        omega: of an unbiased compressor; inf if it is not unbiased.
        n: how many agents there are.
        parameters: of the method, beside the step size.
    """

    L: float
    L_tilde: float
    L_mean: float
    spread: float
    alpha: float
    omega: float
    n: int
    parameters: Mapping[str, Any]


Unit = Callable[[Facts], float]
"""The step size that theory grants."""

ROOM = 1 - 2.0**-40
"""Far more than floats lose here, and downward."""


def smoothness(problem: Problem) -> Fraction:
    """A smoothness constant L of f: the problem's own if it says one, else the mean of the L_i.

    >>> from eftheory.simulate.problems import Quadratic
    >>> smoothness(Quadratic.of_spectra([[1.0], [3.0]]))
    Fraction(2, 1)
    """
    own = getattr(problem, "L", None)
    if own is not None:
        return Fraction(own)
    constants = [agent.L for agent in problem.agents for _ in range(agent.count)]
    return sum(constants, Fraction(0)) / len(constants)


def contraction(compressor: Any, dimension: int) -> float:
    """The alpha of a compressor; of an unbiased one that is scaled by 1/(1 + omega), 1/(1 + omega).

    Raises:
        ValueError: nothing is known of it.
    """
    if isinstance(compressor, (list, tuple)):
        return min(contraction(each, dimension) for each in compressor)
    known = compressor.contraction(dimension) if hasattr(compressor, "contraction") else None
    if known is not None:
        return float(known.value)
    variance = compressor.variance(dimension) if hasattr(compressor, "variance") else None
    if variance is not None:
        return 1 / (1 + float(variance.value))
    if hasattr(compressor, "alpha"):
        return float(compressor.alpha(dimension))
    raise ValueError(f"{compressor!r}: no alpha is known of it, and so no unit of step size: give one, --step-size 1/8")


def ef21_unit(facts: Facts) -> float:
    """1/(L + L_tilde xi), xi = s/(1 - s) with s = sqrt(1 - alpha): EF21's on smooth functions.

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 1, at the best of its free parameters.
    """
    s = sqrt(1 - facts.alpha)
    return 1 / (facts.L + facts.L_tilde * s / (1 - s))


def marina_unit(facts: Facts) -> float:
    """1/(L + L_tilde sqrt((1 - p) omega / (p n))), p being how probable it is that all is sent.

    References:
        [GorbunovEtAl2021], Theorem 2.1; here ``marina`` in proofs/.
    """
    p = float(facts.parameters.get("full", 0.5))
    return 1 / (facts.L + facts.L_tilde * sqrt((1 - p) * facts.omega / (p * facts.n)))


def perm_k_unit(facts: Facts) -> float:
    """1/(L + L_pm sqrt((1 - p)/p)), for the messages of PermK.

    References:
        [SzlendakTyurinRichtarik2022]; here ``marina_perm_k`` in proofs/.
    """
    p = float(facts.parameters.get("full", 0.5))
    return 1 / (facts.L + facts.spread * sqrt((1 - p) / p))


def weighted_unit(facts: Facts) -> float:
    """1/(L + L_mean xi): the weights replace the root of the mean of squares by the mean.

    References:
        [RichtarikGasanovBurlachenko2024]; here ``ef21_w`` in proofs/.
    """
    s = sqrt(1 - facts.alpha)
    return 1 / (facts.L + facts.L_mean * s / (1 - s))


def dasha_unit(facts: Facts) -> float:
    """1/(L + L_tilde sqrt(2 omega (1 + 2 omega)/n)), for the momentum 1/(1 + 2 omega).

    References:
        [TyurinRichtarik2023]; here ``dasha`` in proofs/.
    """
    omega = facts.omega
    return 1 / (facts.L + facts.L_tilde * sqrt(2 * omega * (1 + 2 * omega) / facts.n))


def diana_unit(facts: Facts) -> float:
    """min(1/(2 L), 1/(L_tilde sqrt(4 omega (1 + omega) (3 + 2 omega)/n))), for beta = 1/(1 + omega).

    References:
        [MishchenkoEtAl2019]; here ``diana`` in proofs/.
    """
    omega = facts.omega
    turned = facts.L_tilde * sqrt(4 * omega * (1 + omega) * (3 + 2 * omega) / facts.n)
    return 1 / max(2 * facts.L, turned)


def calculated(slug: str, known: Callable[[Facts], Mapping[str, Any]]) -> Unit:
    """The step of a theorem with a calculator; EF21's where a number of the method is none that the theorem allows.

    Args:
        slug: of the theorem, proved in proofs/. For EF21 these are sharper than the paper's Theorem 1, whose step its
            own unit stays, so that multiples are those of the paper.
        known: the numbers that it asks for, beside alpha, L and L_tilde.
    """

    def unit(facts: Facts) -> float:
        from eftheory.theory.calculators import CALCULATORS

        usual = {"alpha": facts.alpha, "L": facts.L, "L_tilde": facts.L_tilde, "delta": 1}
        try:
            exact = {name: Fraction(number) for name, number in {**usual, **known(facts)}.items()}
            return float(Fraction(CALCULATORS[slug].ask(exact)["step_size"]))
        except ValueError:
            return ef21_unit(facts)

    return unit


def _least_chance(facts: Facts) -> Any:
    chance = facts.parameters["chance"]
    return min(chance) if isinstance(chance, tuple) else chance


UNITS: dict[type[Method], Unit] = {
    EF21PP: calculated("ef21_partial", lambda facts: {"p": _least_chance(facts)}),
    HeavyBallEF21: calculated("ef21_heavy_ball", lambda facts: {"momentum": facts.parameters["momentum"]}),
    EF21SGD: calculated("stochastic_ef21", lambda facts: {"sigma": 1}),
    EF21SGDM: calculated("ef21_sgdm", lambda facts: {"sigma": 1, "eta": facts.parameters["eta"], "n": facts.n}),
    Diana: diana_unit,
    Marina: marina_unit,
    MarinaPermK: perm_k_unit,
    EF21W: weighted_unit,
    Dasha: dasha_unit,
}
"""Methods with a unit of their own, which does not depend on how much noise there is; all others have EF21's, which
is 1/L for those that do not compress."""


def shares_of_theory(method: type[Method], omega: float) -> dict[str, Fraction]:
    """The parameters at which the unit of step size is granted, for messages of variance omega; inf: not unbiased.

    DIANA's beta is 1/(1 + omega), DASHA's momentum 1/(1 + 2 omega). EF-BV with beta = nu = 1/(1 + omega), or 1, is
    EF21.

    >>> shares_of_theory(Diana, 3.0)
    {'beta': Fraction(1, 4)}
    """
    if issubclass(method, EFBV):
        share = Fraction(1) if omega == inf else 1 / (1 + Fraction(omega))
        return {"beta": share, "nu": share}
    if issubclass(method, Diana) and omega < inf:
        return {"beta": 1 / (1 + Fraction(omega))}
    if issubclass(method, Dasha) and omega < inf:
        return {"momentum": 1 / (1 + 2 * Fraction(omega))}
    return {}


def unit_step_size(
    method: type[Method], problem: Problem, compressor: Any, parameters: Mapping[str, Any] | None = None
) -> Fraction:
    """The unit of step size, rounded down a little.

    Args:
        method: what runs.
        problem: on what.
        compressor: of all agents, or one for each.
        parameters: of the method, beside the step size; others have their default values.

    Raises:
        ValueError: nothing is known of the compressor.

    >>> from eftheory.compressors import TopK
    >>> from eftheory.methods import EF21
    >>> from eftheory.simulate.problems import Quadratic
    >>> round(float(unit_step_size(EF21, Quadratic.of_spectra([[1.0] * 4]), TopK(3))), 9)
    0.5
    """
    L = float(smoothness(problem))
    constants = [float(agent.L) for agent in problem.agents for _ in range(agent.count)]
    L_tilde, L_mean = sqrt(sum(each**2 for each in constants) / len(constants)), sum(constants) / len(constants)
    spread = min(L_tilde, getattr(problem, "hessian_spread", L_tilde))
    alpha = contraction(compressor, problem.dimension) if method.compresses else 1.0
    omega = variance(compressor, problem.dimension) if method.compresses else 0.0
    given = {each.name: each.default for each in fields(method)} | dict(parameters or {})
    unit = next((UNITS[kind] for kind in method.__mro__ if kind in UNITS), ef21_unit)
    found = unit(Facts(L, L_tilde, L_mean, spread, alpha, omega, problem.n_agents, given))
    if not found > 0:
        raise ValueError(f"{compressor!r}: {method.__name__} needs an unbiased compressor, or a step size of yours")
    return Fraction(ROOM * found)


def variance(compressor: Any, dimension: int) -> float:
    """The omega of an unbiased compressor, inf of any other.

    >>> from eftheory.compressors import RandK, TopK
    >>> variance(RandK(1, scaled=True), 4), variance(TopK(1), 4)
    (3.0, inf)
    """
    if isinstance(compressor, (list, tuple)):
        return max(variance(each, dimension) for each in compressor)
    known = compressor.variance(dimension) if hasattr(compressor, "variance") else None
    return inf if known is None else float(known.value)
