"""EF21 and its relatives on smooth functions, without and with the Polyak-Lojasiewicz inequality."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from eftheory.algebra.rounding import sqrt_above
from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.families import linear_rate, mean_over_time
from eftheory.theory.calculators.instance import Values
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.calculators.vocabulary import contraction, noisy, spread, variance
from eftheory.theory.classes import PROX, PROX_PL, VARIANCE

_START = {"f0": of.DELTA, "G0": of.G0}


def _mean(given: Given, name: str) -> Values:
    """Values of symbols for agents whose constants enter by their mean."""
    mean = given["L_mean"]
    return {"s": contraction(given["alpha"]), "L": given["L"], name: mean, "L_i": (mean,)}


def _partial(values: Values, given: Given) -> Values:
    """Values for agents that take part with the same probability."""
    return {**values, "q": given["p"], "p_i": (given["p"],)}


def _any_rho(values: Values) -> Iterator[Values]:
    """Values of rho, which may be any for which theta_p is positive; M, with M^2 = B/theta_p, is rounded up."""
    s, p, squares = values["s"], values["q"], values["L_i"][0] ** 2
    for share in (Fraction(eighths, 8) for eighths in range(1, 8)):
        rho = share * p * (1 - s) / (1 - p) if p < 1 else Fraction(1)
        moved = p * s**2 / (1 - s) + (1 - p) * (1 + 1 / rho)
        theta = p * (1 - s) - (1 - p) * rho
        yield {"rho": rho, "M": sqrt_above(moved * squares / theta, bits=of.BITS)}


_SPREAD, _MEAN = (of.ALPHA, of.L, of.L_TILDE), (of.ALPHA, of.L, of.L_MEAN)
_SIGMA = (of.SIGMA, of.BATCH)
_WEIGHTED_SIGMA = (
    of.SIGMA.but(
        name="sigma_weighted",
        meaning="root of the mean over agents of L_mean/L_i times the variance of the gradient of one sample of f_i",
    ),
    of.BATCH,
)
_PARTIAL: dict[str, Any] = {"choices": _any_rho, "rounded": frozenset({"M"})}

_KAPPA = Quantity("kappa", "largest share of the agents that know a coordinate", above=0, at_most=1)
_MOMENTUM = Quantity("momentum", "share of the last direction", above=0, below=1)
_LAMBDA: dict[str, Any] = {"step": "lambda", "share": lambda given: 1 - given["momentum"]}
_START_OF_MOMENTUM = {
    "fz0": of.DELTA.but(meaning="f(z0) - inf f, z0 = x0 - step momentum/(1 - momentum) times the first momentum"),
    "G0": of.G0,
    "R0": Quantity("R0", "square of the first momentum", of.G0.unit, at_least=0, default=0),
}
_FIRST_STEP = of.G0.but(name="H0", meaning="first step size times the error of the first estimates", unit="unit of f")


def _stochastic(given: Given) -> Values:
    return {**noisy(spread(given)), "N": variance(given["sigma"], given)}


def _partially(given: Given) -> Values:
    return {name: value for name, value in _partial(spread(given), given).items() if name != "Ltilde"}


def _weighted_partially(given: Given) -> Values:
    return {**_partial(_mean(given, "A"), given), "v_i": (Fraction(1),)}


def _weighted(given: Given) -> Values:
    return {**_mean(given, "M"), "v_i": (Fraction(1),)}


def _weighted_noisy(given: Given) -> Values:
    B = variance(given["sigma_weighted"], given)
    return {**noisy(_mean(given, "M")), "B": B, "v_i": (Fraction(1),), "N_i": (B,)}


def _momentum(given: Given) -> Values:
    return {**spread(given), "eta": given["momentum"]}


def _rare(given: Given) -> Values:
    root = sqrt_above(given["kappa"], bits=of.BITS)
    values = {name: value for name, value in spread(given).items() if name not in ("Ltilde", "L_i")}
    return {**values, "M": given["L_tilde"], "K_i": (given["L_tilde"],), "w_i": (Fraction(1),), "k": root}


CALCULATORS = (
    mean_over_time(
        "ef21_nonconvex",
        (of.D, of.K, of.SPARSE_ALPHA, of.L, of.L_TILDE),
        spread,
        _START,
        sends=lambda given: (given["k"], given["d"]) if "k" in given else None,
    ),
    linear_rate("ef21_pl", _SPREAD, spread),
    mean_over_time("ef21_plus", _SPREAD, spread, _START),
    linear_rate("ef21_plus_pl", _SPREAD, spread),
    mean_over_time("stochastic_ef21", (*_SPREAD, *_SIGMA), _stochastic, _START, noise=VARIANCE),
    linear_rate("stochastic_ef21_pl", (*_SPREAD, *_SIGMA), _stochastic, noise=VARIANCE),
    mean_over_time("ef21_partial", (*_SPREAD, of.P), _partially, _START, **_PARTIAL),
    linear_rate("ef21_partial_pl", (*_SPREAD, of.P), _partially, **_PARTIAL),
    mean_over_time("ef21_heavy_ball", (*_SPREAD, _MOMENTUM), _momentum, _START_OF_MOMENTUM, **_LAMBDA),
    linear_rate("ef21_heavy_ball_pl", (*_SPREAD, _MOMENTUM), _momentum, **_LAMBDA),
    mean_over_time(
        "ef21_prox",
        _SPREAD,
        lambda given: {**spread(given), "psi0": Fraction(0)},
        {"f0": of.DELTA.but(meaning="f + psi at x0, less its infimum"), "G0": of.G0},
        functions=PROX,
        measure="E ||(x - xbar)/step||^2 at x drawn evenly from the first T points, xbar the step with the exact "
        "gradient",
    ),
    linear_rate(
        "ef21_prox_pl",
        _SPREAD,
        spread,
        functions=PROX_PL,
        measure="E of f + psi, less its infimum, and a multiple of the error of the estimates",
        mu=of.MU.but(meaning="constant of the proximal PL inequality"),
    ),
    mean_over_time("ef21_w", _MEAN, lambda given: _mean(given, "A"), _START),
    linear_rate("ef21_w_pl", _MEAN, lambda given: _mean(given, "M")),
    mean_over_time("ef21_w_sgd", (*_MEAN, *_WEIGHTED_SIGMA), _weighted_noisy, _START, noise=VARIANCE),
    mean_over_time("ef21_w_partial", (*_MEAN, of.P), _weighted_partially, _START, **_PARTIAL),
    mean_over_time("ef21_weighted", _MEAN, _weighted, _START),
    linear_rate("ef21_weighted_pl", _MEAN, _weighted),
    mean_over_time("ef21_weighted_sgd", (*_MEAN, *_WEIGHTED_SIGMA), _weighted_noisy, _START, noise=VARIANCE),
    mean_over_time("ef21_weighted_partial", (*_MEAN, of.P), _weighted_partially, _START, **_PARTIAL),
    mean_over_time("ef21_sparse", (*_SPREAD, _KAPPA), lambda given: {**_rare(given), "d": Fraction(1)}, _START),
    mean_over_time(
        "ef21_decreasing_steps",
        _SPREAD,
        spread,
        {"f0": of.DELTA, "H0": _FIRST_STEP},
        measure="the mean of the step size times E ||grad f(x)||^2 over the first T points x",
        accuracy=of.ACCURACY.but(unit="unit of f"),
        notes=("steps may change, if they never increase; the bound holds at any that are at most this one",),
    ),
)
"""One for each theorem."""
