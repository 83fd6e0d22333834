"""EF21 where two errors are followed: of agents and server, or of what is sent and of estimated gradients."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory.algebra.rounding import sqrt_above
from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.families import linear_rate, mean_over_time
from eftheory.theory.calculators.instance import Values
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.calculators.vocabulary import contraction, spread
from eftheory.theory.classes import VARIANCE

_BOTH_WAYS = (
    of.ALPHA,
    of.L,
    of.L_TILDE,
    of.ALPHA.but(name="alpha_down", meaning="contraction of the server's compressor"),
)
_PAGE = (
    of.ALPHA,
    of.L,
    of.L_TILDE,
    Quantity(
        "L_sample",
        "root of the mean over agents and samples of the squared smoothness constants of the samples' functions",
        of.CURVATURE,
        at_least=0,
    ),
    of.BATCH,
    of.P.but(meaning="probability that an agent takes its full gradient in a round"),
)
_PAGE_NOTES = ("else agents move their estimates by the gradients of a minibatch; the noise of these vanishes",)
_EIGHTHS = tuple(Fraction(share, 8) for share in range(1, 8))
_SERVER = of.G0.but(name="P0", meaning="squared distance of the server's first estimate from the mean of the agents'")
_SENT = of.G0.but(meaning="mean of ||g_i - v_i||^2, of what the server has from what the agents estimate at first")
_ESTIMATED = of.G0.but(name="P0", meaning="mean of ||v_i - grad f_i(x0)||^2 over the agents' first estimates v_i")


_OF_MEAN = of.G0.but(name="R0", meaning="squared length of the mean of v_i - grad f_i(x0)")


def _momentum(given: Given) -> Values:
    sigma = sqrt_above(of.variance(given["sigma"], given), bits=of.BITS)
    return {**spread(given), "n": given["n"], "eta": given["eta"], "sigma": sigma}


def _two_way(given: Given) -> Values:
    values = spread(given)
    return {**values, "s": max(values["s"], of.LEAST), "r": max(contraction(given["alpha_down"]), of.LEAST)}


def _page(given: Given) -> Values:
    K = sqrt_above(given["L_sample"] ** 2 / given["batch"], bits=of.BITS)
    return {**spread(given), "p": given["p"], "Ktilde": K, "K_i": (K,)}


def _any_t(values: Values) -> Iterator[Values]:
    yield {"t": values["r"]}
    yield from ({"t": t} for t in _EIGHTHS)


def _any_t_with_weights(values: Values) -> Iterator[Values]:
    """And the weights A and B as `ef21_bidirectional_pl` has them."""
    s, r = values["s"], values["r"]
    for t in (r, *_EIGHTHS):
        moved = 4 * r**2 / t * (1 + s) ** 2 / (1 - r) ** 2
        yield {"t": t, "A": 2 / (t * (1 - r)), "B": 2 / (1 - s) * (1 / (1 - t) + moved)}


def _page_weights(values: Values) -> Iterator[Values]:
    """Any t, with the weights A and B as `ef21_page` has them; twice as large if a rate needs its half."""
    s, p, share = values["s"], values["p"], 2 if "mu" in values else 1
    for t in _EIGHTHS:
        B = share / ((1 - t) * (1 - s))
        yield {"t": t, "A": share / p * (1 / t + 2 * p * B * s**2 / (1 - s)), "B": B}


CALCULATORS = (
    mean_over_time(
        "ef21_sgdm",
        (
            of.ALPHA,
            of.N,
            of.L,
            of.L_TILDE,
            Quantity("eta", "weight of the newest gradients in an agent's average", above=0, at_most=1),
            of.SIGMA,
            of.BATCH,
        ),
        _momentum,
        {"f0": of.DELTA, "G0": _SENT, "P0": _ESTIMATED, "R0": _OF_MEAN},
        noise=VARIANCE,
        notes=("the noise of different agents is independent",),
    ),
    mean_over_time(
        "ef21_bidirectional",
        _BOTH_WAYS,
        _two_way,
        {"f0": of.DELTA, "G0": of.G0, "P0": _SERVER},
        choices=_any_t,
    ),
    linear_rate(
        "ef21_bidirectional_pl",
        _BOTH_WAYS,
        _two_way,
        measure="E of f - f* and multiples of the errors of agents and server",
        choices=_any_t_with_weights,
    ),
    mean_over_time(
        "ef21_page",
        _PAGE,
        _page,
        {"f0": of.DELTA, "G0": _SENT, "P0": _ESTIMATED},
        choices=_page_weights,
        notes=_PAGE_NOTES,
    ),
    linear_rate("ef21_page_pl", _PAGE, _page, choices=_page_weights, notes=_PAGE_NOTES),
)
"""One for each theorem."""
