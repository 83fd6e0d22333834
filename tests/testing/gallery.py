"""A gallery of broken compressors, and whether a vector shows what is wrong with one."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.testing.claim import limit

CONTRACTION = ("contraction", "scale", "ties", "zeros")
"""The checks that ask for the claimed constant."""


@dataclass(frozen=True)
class Broken:
    """A compressor, what is claimed of it, and what is found.

    Args:
        make: the compressor.
        claim: what is claimed.
        fails: the checks that fail, each with words of its message.
        shows: whether a vector shows the defect; by default, whether it refutes the claim.
        dims: in which it is tried.
    """

    make: Callable[[], Any]
    claim: Any
    fails: Mapping[str, str]
    shows: Callable[[Any, np.ndarray], bool] | None
    dims: tuple[int, ...]


BROKEN: dict[str, Broken] = {}


def broken(claim, fails, *, shows=None, dims=(2, 5)):
    """Enter a function, or a class whose instances are compressors, into the gallery."""

    def enter(compressor):
        def make():
            return compressor() if isinstance(compressor, type) else compressor

        BROKEN[compressor.__name__] = Broken(make, claim, dict(fails), shows, dims)
        return compressor

    return enter


def everywhere(words, checks=CONTRACTION):
    return dict.fromkeys(checks, words)


def read_vector(example: str) -> np.ndarray:
    """The vector in a line ``@example(np.array([0.0] * 3 + [1.0]))``."""
    call = ast.parse(example.removeprefix("@"), mode="eval").body
    assert isinstance(call, ast.Call)
    (array,) = call.args
    assert ast.unparse(array.func) == "np.array"
    return np.array(_entries(array.args[0]))


def _entries(node):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _entries(node.left) + _entries(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _entries(node.left) * ast.literal_eval(node.right)
    return list(ast.literal_eval(node))


def squared_error(compressor, v, seeds=range(300)):
    """The mean of ||C(v) - v||^2, which is exact for floats without randomness."""
    errors = [
        sum((Fraction(float(c)) - Fraction(float(x))) ** 2 for c, x in zip(run(compressor, v, s), v)) for s in seeds
    ]
    return sum(errors) / len(errors)


def run(compressor, v, seed=0):
    """C(v) for a compressor with or without a generator."""
    try:
        return compressor(v.copy(), np.random.default_rng(seed))
    except TypeError:
        return compressor(v.copy())


def refutes(entry: Broken, compressor, v) -> bool:
    """Whether a vector refutes the claim, computed anew."""
    claim = entry.claim(v.size) if callable(entry.claim) else entry.claim
    square = sum(Fraction(x) ** 2 for x in v.tolist())
    return squared_error(compressor, v) > limit(claim, square)
