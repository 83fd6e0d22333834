"""EF21 with minibatches under expected smoothness, where noise may grow with f."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.families import linear_rate, mean_over_time
from eftheory.theory.calculators.instance import Instance, Values
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.calculators.vocabulary import noisy, spread, variance
from eftheory.theory.classes import VARIANCE


def _no_gap(given: Given) -> Fraction | None:
    return None if given["growth_f"] or given["growth_gradient"] else Fraction(0)


_QUANTITIES = (
    of.ALPHA,
    of.L,
    of.L_TILDE,
    of.L_MAX,
    Quantity(
        "growth_f",
        "A, if the variance of one sample is at most 2 A (f_i - inf f_i) + B ||grad f_i||^2 + sigma^2",
        of.CURVATURE,
        at_least=0,
        default=0,
    ),
    Quantity("growth_gradient", "that B", at_least=0, default=0),
    of.SIGMA.but(meaning="that sigma", default=0),
    of.BATCH,
    Quantity(
        "gap",
        "inf f less the mean of the inf f_i",
        "unit of f",
        at_least=0,
        default=_no_gap,
        usually="0 where the variance does not grow",
        sometimes=True,
    ),
)
_NOTES = ("the variance of samples may grow with f; bounded variance is the case A = B = 0",)


def _growing(given: Given) -> Values:
    """Values for agents whose samples are alike; what a theorem divides by is never zero, but hardly more.

    The largest of the L_i is at least the root of the mean of their squares.
    """
    one, more = 1 / given["batch"], given["growth_gradient"]
    most = max(given["L_max"], given["L_tilde"])
    grows = 2 * one * (given["growth_f"] + most * more)
    return {
        **noisy(spread(given)),
        "v_i": (one,),
        "A_i": (given["growth_f"],),
        "B_i": (1 + more,),
        "C_i": (given["sigma"] ** 2,),
        "Atilde": max(grows, of.LEAST * given["L"]),
        "Ctilde": variance(given["sigma"], given),
        "D": given["gap"],
    }


def _of_weights(instance: Instance) -> Mapping[str, Fraction]:
    """The power at which the weights of all points have the sum 1, so that their sum of squares is an average."""
    line = next(step.relation for step in instance.theorem.givens if step.name == "S next")
    return {"power": instance.at(S=Fraction(1), h_i=([Fraction(0)],)).value(line.right)}


CALCULATORS = (
    mean_over_time(
        "ef21_sgd_expected_smoothness",
        _QUANTITIES,
        _growing,
        {"f0": of.DELTA, "G0": of.G0},
        noise=VARIANCE,
        measure="E ||grad f(x)||^2 at x drawn from the first T points, the earlier the likelier",
        conclusion={"of": "ST", "more": _of_weights, "floor_of": "the noise"},
        notes=_NOTES,
    ),
    linear_rate("ef21_sgd_expected_smoothness_pl", _QUANTITIES, _growing, noise=VARIANCE, notes=_NOTES),
)
"""One for each theorem."""
