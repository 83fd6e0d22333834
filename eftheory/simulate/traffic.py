"""How many bits a round takes, in both directions, from what was said in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from eftheory.compressors.compressor import NUMBER_BITS
from eftheory.methods.m3 import M3
from eftheory.methods.m3_minibatch import M3Minibatch
from eftheory.methods.m3_variance_reduced import M3VarianceReduced
from eftheory.methods.marina import Marina
from eftheory.methods.marina_p import MarinaP
from eftheory.methods.method import Method
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.columns import Heard


class Sizes(NamedTuple):
    """Bits: of a message of an agent, of one of the server, and of a vector in full."""

    up: float
    down: float
    full: float


Traffic = Callable[[Heard, Sizes], tuple[Any, Any]]
"""Bits up and bits down, for each agent, from what was heard."""


def message_bits(compressor: Any, dimension: int, *, convention: str = "exact") -> float:
    """The bits of one message of an agent; of several compressors, on average.

    Args:
        compressor: one, or a sequence with one for each agent.
        dimension: d.
        convention: ``exact``, as ``Compressor.bits`` counts; or ``32k``, as the EF21 paper does: 32 for each number
            that is kept, and nothing for its position.

    Returns:
        NaN where nobody has counted.

    >>> from eftheory.compressors import TopK
    >>> message_bits(TopK(2), 8), message_bits(TopK(2), 8, convention="32k")
    (69.0, 64.0)
    """
    if isinstance(compressor, (list, tuple)):
        return float(np.mean([message_bits(one, dimension, convention=convention) for one in compressor]))
    if convention == "32k" and hasattr(compressor, "k"):
        return float(NUMBER_BITS * compressor.k)
    bits = compressor.bits(dimension) if hasattr(compressor, "bits") else None
    return float("nan") if bits is None else float(bits)


def usual(heard: Heard, bits: Sizes) -> tuple[Any, Any]:
    """A message for each call of ``compress`` from those whose coins fell on 1, else the vector in full; x comes down.

    Of two candidates between which ``nearer`` chooses one is sent, and a bit says which.
    """
    part = heard.coins[-1].mean(axis=0) if heard.coins else 1.0
    messages = heard.compressed - heard.chosen
    up = part * (messages * bits.up + heard.chosen) if heard.compressed else part * bits.full
    down = (heard.down + heard.sent) * bits.down or bits.full
    return up, down


def _or_in_full(coin: Array, message: float, full: float) -> Array:
    return np.where(coin > 0, message, full)


def _both_ways(heard: Heard, bits: Sizes) -> tuple[Any, Any]:
    """By one coin down, and then by one up."""
    return _or_in_full(heard.coin[1], bits.up, bits.full), _or_in_full(heard.coin[0], bits.down, bits.full)


TRAFFIC: dict[type[Method], Traffic] = {
    Marina: lambda heard, bits: (_or_in_full(heard.coin[0], bits.up, bits.full), bits.full),
    MarinaP: lambda heard, bits: (usual(heard, bits)[0], _or_in_full(heard.coin[0], bits.down, bits.full)),
    **dict.fromkeys((M3, M3Minibatch, M3VarianceReduced), _both_ways),
}
"""Methods of which ``usual`` does not know what is sent."""


def traffic_of(method: type[Method]) -> Traffic:
    """How its bits are counted."""
    return next((TRAFFIC[kind] for kind in method.__mro__ if kind in TRAFFIC), usual)
