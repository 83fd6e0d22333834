"""MARINA, DASHA, EF21-P, MARINA-P and M3: methods with unbiased messages, or with messages from the server."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.families import mean_over_time
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.calculators.vocabulary import contraction
from eftheory.theory.classes import VARIANCE

_ESTIMATE = of.G0.but(meaning="squared distance of the first estimate from the gradient at x0")
_MODELS = of.G0.but(
    name="P0",
    meaning="L_A^2 mean ||w_i - x0||^2 + L_B^2 ||mean w_i - x0||^2 of the agents' first models w_i",
)
_SERVER = of.G0.but(meaning="squared distance of the agents' first model from x0", unit="unit of x squared")


def _of_n(formula: Callable[[Fraction], Fraction]) -> Callable[[Given], Fraction]:
    return lambda given: formula(given["n"])


def _perm_k_down(given: Given) -> Fraction | None:
    """What the server sends to an agent if its messages are those of PermK."""
    perm_k = given["omega"] == given["n"] - 1 and given["theta"] == 0
    return of.synchronised(given, given["p"], max(given["d"] / given["n"], Fraction(1))) if perm_k else None


def _sent_down(given: Given) -> tuple[Fraction, Fraction] | None:
    down = _perm_k_down(given)
    return None if down is None else (given["d"], down)


def _sent_both_ways(given: Given) -> tuple[Fraction, Fraction] | None:
    down = _perm_k_down(given)
    up = of.synchronised(given, given["r"], max(given["d"] / (1 + given["omega_up"]), Fraction(1)))  # Rand-k, d/k - 1
    return None if down is None else (up, down)


_SERVER_ALPHA = of.SPARSE_ALPHA.but(meaning="contraction of the server's compressor")
_PERM_K = "as of PermK"
_FULL = of.P_FULL.but(default=_of_n(lambda n: 1 / n), usually="1/n")
_DOWN = of.OMEGA.but(
    meaning="variance of a message down over the square of what is sent",
    default=_of_n(lambda n: n - 1),
    usually=f"n - 1, {_PERM_K}",
)
_MEAN_DOWN = Quantity(
    "theta", f"the same of the mean of all messages down; default 0, {_PERM_K}", at_least=0, default=Fraction(0)
)
_L_A = Quantity("L_A", "constant of the functional inequality for differences of models", of.CURVATURE, at_least=0)
_L_B = Quantity("L_B", "constant of the functional inequality for their mean", of.CURVATURE, at_least=0)


_L_PM = Quantity("L_pm", "root of the Hessian variance: how far gradients' moves differ", of.CURVATURE, at_least=0)
_A = Quantity("A", "constant of the AB inequality, at least B; 1 for PermK", at_least=0, default=1)
_B = Quantity("B", "constant of the AB inequality; 1 for PermK", at_least=0, default=1)
_R = of.P_FULL.but(name="r", meaning="probability that all is sent up", default=_FULL.default, usually="1/n")
_UP = _DOWN.but(
    name="omega_up",
    meaning="variance of a message up over the square of what is sent",
    usually="n - 1, as of Rand-k with k = d/n",
)
_SHARE_LEARNT = Quantity(
    "beta",
    "how fast the shifts follow the gradients",
    above=0,
    at_most=1,
    default=lambda given: 1 / (1 + given["omega"]),
    usually="1/(1 + omega)",
)
_SHARE_TAKEN = Quantity(
    "nu",
    "what share of the messages the step takes",
    above=0,
    at_most=1,
    default=lambda given: 1 / (1 + given["omega"] / given["n"]),
    usually="1/(1 + omega/n)",
)
_BETA = Quantity(
    "beta",
    "momentum",
    above=0,
    at_most=1,
    default=_of_n(lambda n: Fraction(1, of.cube_root(n**2))),
    usually="1/b, b the largest whole number with b^3 <= n^2",
)


def _sampled(*names: str) -> Callable[[Given], dict[str, Any]]:
    """Numbers as they are, and all agents with the root of the mean of the L_i^2."""
    return lambda given: {
        **{name: given[name] for name in names},
        "Ltilde": given["L_tilde"],
        "L_i": (given["L_tilde"],),
    }


def _marina_p(given: Given) -> dict[str, Any]:
    return {name: given[name] for name in ("p", "omega", "theta", "L", "L_A", "L_B")}


def _minibatch(given: Given) -> dict[str, Any]:
    return {**_marina_p(given), "N": of.variance(given["sigma"], given) / given["n"]}


def _m3(given: Given) -> dict[str, Any]:
    named = {name: given[name] for name in ("p", "r", "beta", "n", "omega", "theta", "L", "L_max", "L_A", "L_B")}
    return {**named, "omega'": given["omega_up"]}


def _shares(given: Given) -> dict[str, Any]:
    """Unbiased and independent messages; s is positive, and a little above what it is the root of."""
    omega, n, beta = (given[name] for name in ("omega", "n", "beta"))
    left = (1 - beta) ** 2 + beta**2 * omega
    s = max(contraction(1 - left), of.LEAST)
    of_mean = {"omega": omega, "omegabar": omega / n, "eta": Fraction(0), "beta": beta, "nu": given["nu"]}
    return of_mean | {"s": s, "L": given["L"], "Ltilde": given["L_tilde"], "L_i": (given["L_tilde"],)}


_MODELLED = (of.D, of.N, of.L, _L_A, _L_B.but(default=Fraction(0)), _FULL, _DOWN, _MEAN_DOWN)

CALCULATORS = (
    mean_over_time(
        "marina",
        (of.N, of.L, of.L_TILDE, of.D, of.K, of.SPARSE_OMEGA, of.SPARSE_FULL),
        _sampled("p", "n", "omega", "L"),
        {"f0": of.DELTA, "G0": _ESTIMATE},
        sends=lambda given: (of.synchronised(given, given["p"], given["k"]), given["d"]) if "k" in given else None,
    ),
    mean_over_time(
        "marina_perm_k",
        (of.L, of.L_TILDE, _L_PM, of.P_FULL, _A, _B),
        _sampled("p", "A", "B", "L", "L_pm"),
        {"f0": of.DELTA, "G0": _ESTIMATE},
    ),
    mean_over_time(
        "diana",
        (of.N, of.L, of.L_TILDE, of.D, of.K, of.SPARSE_OMEGA),
        _sampled("n", "omega", "L"),
        {"f0": of.DELTA, "G0": of.G0.but(meaning="mean of ||h_i - grad f_i(x0)||^2 over the agents' first shifts h_i")},
        sends=lambda given: (given["k"], given["d"]) if "k" in given else None,
        notes=("beta 1/(1 + omega)",),
    ),
    mean_over_time(
        "ef_bv",
        (of.N, of.L, of.L_TILDE, of.D, of.K, of.SPARSE_OMEGA, _SHARE_LEARNT, _SHARE_TAKEN),
        _shares,
        {"f0": of.DELTA, "G0": of.G0.but(meaning="mean of ||h_i - grad f_i(x0)||^2 over the agents' first shifts h_i")},
        sends=lambda given: (given["k"], given["d"]) if "k" in given else None,
        notes=("messages are unbiased and independent",),
    ),
    mean_over_time(
        "dasha",
        (of.N, of.L, of.L_TILDE, of.D, of.K, of.SPARSE_OMEGA),
        _sampled("n", "omega", "L"),
        {"f0": of.DELTA, "G0": _ESTIMATE, "H0": of.G0.but(name="H0")},
        sends=lambda given: (given["k"], given["d"]) if "k" in given else None,
        notes=("momentum 1/(1 + 2 omega)",),
    ),
    mean_over_time(
        "ef21_p",
        (of.D, of.K, _SERVER_ALPHA, of.L),
        lambda given: {"s": contraction(given["alpha"]), "L": given["L"]},
        {"f0": of.DELTA, "G0": _SERVER},
        sends=lambda given: (given["d"], given["k"]) if "k" in given else None,
    ),
    mean_over_time("marina_p", _MODELLED, _marina_p, {"f0": of.DELTA, "P0": _MODELS}, sends=_sent_down),
    mean_over_time(
        "marina_p_minibatch",
        (*_MODELLED, of.SIGMA, of.BATCH),
        _minibatch,
        {"f0": of.DELTA, "P0": _MODELS},
        noise=VARIANCE,
        sends=_sent_down,
        notes=("the noise of different agents is independent",),
    ),
    mean_over_time(
        "m3",
        (*_MODELLED, of.L_MAX, _R, _UP, _BETA),
        _m3,
        {"f0": of.DELTA},
        sends=_sent_both_ways,
        notes=("at the start agents know x0 and the server the exact gradients",),
    ),
)
"""One for each theorem."""
