"""The parameters of the laws: their kinds and ranges, checked in one place by name."""

from __future__ import annotations

from eftheory.laws.kinds import Number, holds, one_kind

_POSITIVE = {
    "L": "the smoothness constant must be positive",
    "L_tilde": "the mean smoothness constant must be positive",
    "step_size": "the step size must be positive",
    "young": "the parameter of Young's inequality must be positive",
    "accuracy": "the accuracy must be positive",
    "constant": "the constant before the rate must be positive",
}
_NOT_NEGATIVE = {
    "mu": "the strong convexity (or PL) constant must not be negative",
    "a": "the quadratic coefficient must not be negative",
    "b": "the linear coefficient must not be negative",
    "rate": "a rate must not be negative",
}


def read(**values: object) -> tuple[Number, ...]:
    """The named parameters in one kind, each within its range.

    Relations between symbols that cannot be decided are taken to hold.

    Raises:
        TypeError: a value is no number.
        ValueError: a value is out of range; the message says which range.

    >>> read(L=1, alpha=0.5)
    (1.0, 0.5)
    >>> read(alpha=2)
    Traceback (most recent call last):
    ValueError: alpha=2: alpha must lie in (0, 1]; for Top-k of d entries, alpha = k/d
    """
    named = dict(zip(values, one_kind(**values)))
    for name, value in named.items():
        if name in _POSITIVE and not holds(value > 0):
            raise ValueError(f"{name}={value}: {_POSITIVE[name]}")
        if name in _NOT_NEGATIVE and not holds(value >= 0):
            raise ValueError(f"{name}={value}: {_NOT_NEGATIVE[name]}")
        if name == "alpha" and not (holds(value > 0) and holds(value <= 1)):
            raise ValueError(f"alpha={value}: alpha must lie in (0, 1]; for Top-k of d entries, alpha = k/d")
        if name == "ratio" and not (holds(value >= 0) and holds(value <= 1)):
            raise ValueError(f"ratio={value}: (L-mu)/(L+mu) must lie in [0, 1]")
    if "mu" in named and "L" in named and not holds(named["mu"] <= named["L"]):
        raise ValueError(f"mu={named['mu']}, L={named['L']}: mu must not exceed L; swap the two?")
    return tuple(named.values())
