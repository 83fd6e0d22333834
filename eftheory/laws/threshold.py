"""The step-size lemma: where a quadratic stays below one."""

from __future__ import annotations

from eftheory.laws.kinds import Number, holds, settle, sqrt
from eftheory.laws.parameters import read


def exact_step_size_threshold(a: Number, b: Number) -> Number:
    """The largest step with a step^2 + b step <= 1: 2 / (b + sqrt(b^2 + 4a)).

    The usual 1/(sqrt(a) + b) is smaller, by a factor of 5/4 at most.

    Args:
        a: quadratic coefficient, a >= 0; unit of 1/step^2.
        b: linear coefficient, b >= 0, not both zero; unit of 1/step.

    Returns:
        A positive number; for a = 0 it is 1/b.

    Raises:
        ValueError: a coefficient is negative, or both are zero.

    Proof: `step_size_lemma`.

    References:
        Sharpens [RichtarikSokolovFatkhullin2021], the step-size lemma.

    >>> from fractions import Fraction
    >>> exact_step_size_threshold(2, 1), exact_step_size_threshold(1, 1)
    (Fraction(1, 2), -1/2 + sqrt(5)/2)
    """
    a, b = read(a=a, b=b)
    if not holds(a + b > 0):
        raise ValueError("a=0, b=0: every step size satisfies the inequality; there is no largest")
    return settle(2 / (b + sqrt(b * b + 4 * a)), a, b)
