"""What is left of an inequality once hypotheses are taken off it, as squares; noise is taken off, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.validation import require
from eftheory.certificates.certificate import Block
from eftheory.proofkit.certified.method_world import ProofWorld
from eftheory.proofkit.certified.moments import Removal, Use, balanced
from eftheory.proofkit.completion import Products, Squares, products_of, squares_in
from eftheory.proofkit.kernel.expression import Inner, Mean, Node, Sum
from eftheory.proofkit.kernel.normal import normal_vector
from eftheory.proofkit.kernel.substitution import substitute
from eftheory.proofkit.tidy import names_in


@dataclass(frozen=True)
class Found:
    """Squares for ``combine``, what noise was taken off, and what the gradients at x* are multiplied with."""

    squares: Squares
    mean_squares: Squares
    uses: list[Use]
    balance: Node | None


def squares_with_noise(rest: Node, world: ProofWorld, vanishing: Sequence[Block]) -> Found:
    """A quadratic expression as squares, beside what noise has no part in, and what x* makes zero.

    Args:
        rest: the expression, in symbols of the theorem.
        world: in which it was made.
        vanishing: forms of a certificate, in symbols of the checker's world, that are added before squares are found;
            their expectation is zero.
    """
    moments = world.moments
    noisy = bool(moments.noises)
    if noisy:
        rest = substitute(rest, moments.inside)
    added = [_form(block, world) for block in vanishing]
    whole, deviating = products_of(rest)
    inputs = [v for noise in moments.noises if noise.variance for v in noise.variance[1]] if noisy else []
    names = {key: name for node in (rest, *added, *inputs) for key, name in names_in(node).items()}
    uses: list[Use] = []
    if noisy:
        _add(whole, deviating, added, Fraction(-1))
        uses = Removal(moments, whole, deviating, names).uses()
        _add(whole, deviating, added, Fraction(1))
    multiplier = None
    if world.balance is not None:
        shares = {next(iter(normal_vector(mean))): share for share, mean in world.balance[2]}
        multiplier = balanced(whole, shares, names)
    squares, mean_squares = squares_in(whole, deviating, names)
    if noisy:
        squares, mean_squares = ([(c, moments.shown(v)) for c, v in each] for each in (squares, mean_squares))
        multiplier = None if multiplier is None else moments.shown(multiplier)
    return Found(squares, mean_squares, uses, multiplier)


def _form(block: Block, world: ProofWorld) -> Node:
    """A form of the checker's world in symbols in which squares are found."""
    terms: list[Node] = []
    for (a, b), value in block.form().quadratic.items():
        require({a.removesuffix("'"), b.removesuffix("'")} <= world.checkers.keys(), f"{a[:40]!a}, {b[:40]!a}: unknown")
        (s, u), (t, v) = (world.checkers[name.removesuffix("'")] for name in (a, b))
        if a.endswith("'"):
            terms.append(value * world.shares[s or 0] * Mean(Inner(u - Mean(u), v - Mean(v))))
        else:
            means = (Mean(w) if k is not None and world.indexed[k] else w for k, w in ((s, u), (t, v)))
            terms.append(value * Inner(*means))
    return Sum(tuple(terms))


def _add(whole: Products, deviating: Products, forms: Sequence[Node], factor: Fraction) -> None:
    for form in forms:
        for products, more in zip((whole, deviating), products_of(form)):
            for pair, c in more.items():
                products[pair] += factor * c
