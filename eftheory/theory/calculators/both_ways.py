"""MARINA, DASHA, EF21-P, MARINA-P and M3: methods with unbiased messages, or with messages from the server."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.calculator import Calculator
from eftheory.theory.calculators.conclusions import average
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.calculators.vocabulary import NONCONVEX, NONE, VARIANCE, contraction

_END = (of.DELTA, of.G0, of.T, of.ACCURACY)
_ESTIMATE = of.G0.but(meaning="squared distance of the first estimate from the gradient at x0")
_MODELS = of.G0.but(
    name="P0",
    meaning="L_A^2 mean ||w_i - x0||^2 + L_B^2 ||mean w_i - x0||^2 of the agents' first models w_i",
)
_SERVER = of.G0.but(meaning="squared distance of the agents' first model from x0", unit="unit of x squared")


def _of_n(formula: Callable[[Fraction], Fraction]) -> Callable[[Given], Fraction]:
    return lambda given: formula(given["n"])


def _slowness(n: Fraction) -> Fraction:
    """1/b for the largest whole b with b^3 <= n^2, found by halving."""
    low, high = 1, 2 ** int(n).bit_length()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**3 <= n**2 else (low, middle)
    return Fraction(1, low)


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


def _marina(given: Given) -> dict[str, Any]:
    L_tilde = given["L_tilde"]
    named = {name: given[name] for name in ("p", "n", "omega", "L")}
    return {**named, "Ltilde": L_tilde, "L_i": (L_tilde,)}


def _dasha(given: Given) -> dict[str, Any]:
    L_tilde = given["L_tilde"]
    return {**{name: given[name] for name in ("n", "omega", "L")}, "Ltilde": L_tilde, "L_i": (L_tilde,)}


def _perm_k(given: Given) -> dict[str, Any]:
    L_tilde = given["L_tilde"]
    named = {name: given[name] for name in ("p", "A", "B", "L", "L_pm")}
    return {**named, "Ltilde": L_tilde, "L_i": (L_tilde,)}


def _marina_p(given: Given) -> dict[str, Any]:
    return {name: given[name] for name in ("p", "omega", "theta", "L", "L_A", "L_B")}


def _minibatch(given: Given) -> dict[str, Any]:
    return {**_marina_p(given), "N": of.variance(given["sigma"], given) / given["n"]}


def _m3(given: Given) -> dict[str, Any]:
    named = {name: given[name] for name in ("p", "r", "beta", "n", "omega", "theta", "L", "L_max", "L_A", "L_B")}
    return {**named, "omega'": given["omega_up"]}


_MODELLED = (of.D, of.N, of.L, _L_A, _L_B.but(default=Fraction(0)), _FULL, _DOWN, _MEAN_DOWN)

CALCULATORS = (
    Calculator(
        "marina",
        NONCONVEX,
        NONE,
        of.GRADIENT,
        (of.N, of.L, of.L_TILDE, of.D, of.K, of.SPARSE_OMEGA, of.SPARSE_FULL, of.DELTA, _ESTIMATE, of.T, of.ACCURACY),
        _marina,
        average({"f0": "delta", "G0": "G0"}),
        sends=lambda given: (of.synchronised(given, given["p"], given["k"]), given["d"]) if "k" in given else None,
    ),
    Calculator(
        "marina_perm_k",
        NONCONVEX,
        NONE,
        of.GRADIENT,
        (
            of.L,
            of.L_TILDE,
            Quantity("L_pm", "root of the Hessian variance: how far gradients' moves differ", of.CURVATURE, at_least=0),
            of.P_FULL,
            Quantity("A", "constant of the AB inequality, at least B; 1 for PermK", at_least=0, default=1),
            Quantity("B", "constant of the AB inequality; 1 for PermK", at_least=0, default=1),
            of.DELTA,
            _ESTIMATE,
            of.T,
            of.ACCURACY,
        ),
        _perm_k,
        average({"f0": "delta", "G0": "G0"}),
    ),
    Calculator(
        "dasha",
        NONCONVEX,
        NONE,
        of.GRADIENT,
        (
            of.N,
            of.L,
            of.L_TILDE,
            of.D,
            of.K,
            of.SPARSE_OMEGA,
            of.DELTA,
            _ESTIMATE,
            of.G0.but(name="H0"),
            of.T,
            of.ACCURACY,
        ),
        _dasha,
        average({"f0": "delta", "G0": "G0", "H0": "H0"}),
        sends=lambda given: (given["k"], given["d"]) if "k" in given else None,
        notes=("momentum 1/(1 + 2 omega)",),
    ),
    Calculator(
        "ef21_p",
        NONCONVEX,
        NONE,
        of.GRADIENT,
        (of.D, of.K, _SERVER_ALPHA, of.L, of.DELTA, _SERVER, of.T, of.ACCURACY),
        lambda given: {"s": contraction(given["alpha"]), "L": given["L"]},
        average({"f0": "delta", "G0": "G0"}),
        sends=lambda given: (given["d"], given["k"]) if "k" in given else None,
    ),
    Calculator(
        "marina_p",
        NONCONVEX,
        NONE,
        of.GRADIENT,
        (*_MODELLED, of.DELTA, _MODELS, of.T, of.ACCURACY),
        _marina_p,
        average({"f0": "delta", "P0": "P0"}),
        sends=_sent_down,
    ),
    Calculator(
        "marina_p_minibatch",
        NONCONVEX,
        VARIANCE,
        of.GRADIENT,
        (*_MODELLED, of.SIGMA, of.BATCH, of.DELTA, _MODELS, of.T, of.ACCURACY),
        _minibatch,
        average({"f0": "delta", "P0": "P0"}),
        sends=_sent_down,
        notes=("the noise of different agents is independent",),
    ),
    Calculator(
        "m3",
        NONCONVEX,
        NONE,
        of.GRADIENT,
        (
            *_MODELLED,
            of.L_MAX,
            of.P_FULL.but(name="r", meaning="probability that all is sent up", default=_FULL.default, usually="1/n"),
            _DOWN.but(
                name="omega_up",
                meaning="variance of a message up over the square of what is sent",
                usually="n - 1, as of Rand-k with k = d/n",
            ),
            Quantity(
                "beta",
                "momentum",
                above=0,
                at_most=1,
                default=_of_n(_slowness),
                usually="1/b, b the largest whole number with b^3 <= n^2",
            ),
            of.DELTA,
            of.T,
            of.ACCURACY,
        ),
        _m3,
        average({"f0": "delta"}),
        sends=_sent_both_ways,
        notes=("at the start agents know x0 and the server the exact gradients",),
    ),
)
"""One for each theorem."""
