"""What a constant buys: the theorems, put together."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from eftheory import laws
from eftheory.laws import Guarantee


@pytest.mark.parametrize("alpha", [Fraction(1, 10), Fraction(3, 4), Fraction(1), 1 / (1 + sympy.sqrt(3))])
def test_it_repeats_the_laws(alpha) -> None:
    bought = Guarantee(alpha, L=2, mu=Fraction(1, 10), accuracy=Fraction(1, 100), bits=64)
    assert bought.theta == laws.theta(alpha)
    assert bought.xi == laws.xi(alpha)
    assert bought.tight_step_size == laws.optimal_step_size(2, Fraction(1, 10), alpha=alpha)
    assert bought.pl_step_size == laws.ef21_pl_step_size(2, 2, mu=Fraction(1, 10), alpha=alpha)
    assert bought.nonconvex_step_size == laws.ef21_nonconvex_step_size(2, 2, alpha=alpha)
    assert bought.tight_iterations <= bought.pl_iterations
    assert bought.tight_bits == 64 * bought.tight_iterations


def test_without_bits_there_are_none() -> None:
    assert Guarantee(Fraction(1, 2)).tight_bits is None


@pytest.mark.parametrize(("options", "message"), [
    ({"alpha": Fraction(0)}, "alpha"),
    ({"L": 0}, "L=0"),
    ({"mu": 0}, "mu=0"),
    ({"mu": 2}, "mu"),
    ({"accuracy": 1}, "accuracy=1"),
    ({"bits": 0}, "bits=0"),
])  # fmt: skip
def test_what_is_out_of_range(options, message) -> None:
    with pytest.raises(ValueError, match=message):
        Guarantee(**{"alpha": Fraction(1, 2), **options})
