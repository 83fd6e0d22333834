"""Numbers that are known by balls."""

from fractions import Fraction

import pytest

from eftheory.laws import heterogeneous_rate
from eftheory.laws.enclosure import enclose, write_decimal
from eftheory.laws.real import real

ROOT = real(Fraction(2)).sqrt()


def test_fractions_stay_fractions():
    x = (real(Fraction(1, 4)).sqrt() + 1 - real(Fraction(3)) / 2) * 5
    assert x.exact == 0 if hasattr(x, "exact") else x == 0
    assert ROOT * 0 == 0
    assert enclose(real(Fraction(1, 3))) == (Fraction(1, 3), Fraction(1, 3))


def test_roots_of_what_a_root_of_a_square_enters_need_no_formula():
    nested = (real(Fraction(1, 4)).sqrt() + 2) ** 2 - 4
    assert nested.exact == Fraction(9, 4)
    assert nested.sqrt().exact == Fraction(3, 2)
    assert (nested + 1).sqrt().exact is None


@pytest.mark.parametrize("alpha", [Fraction(1), Fraction(15, 16), Fraction(3, 4), Fraction(7, 10), Fraction(1, 1000)])
@pytest.mark.parametrize("agents", [[(25, 11, 3), (50, 22, 7)], [(1, Fraction(1, 10)), (3, 1, 5)], [(1, 1), (1, 0)]])
def test_the_root_of_the_cubic_by_balls_is_that_of_the_formula(alpha, agents):
    """Enclosures of one number meet."""
    low, high = enclose(heterogeneous_rate(agents, alpha=real(alpha)), bits=240)
    below, above = enclose(heterogeneous_rate(agents, alpha=alpha), bits=240)
    assert max(low, below) <= min(high, above)
    assert high - low <= high / 2**240


def test_what_balls_decide():
    assert Fraction(141421, 100000) < ROOT < Fraction(141422, 100000)
    assert 2 / ROOT > 1
    assert 1 - ROOT < 0
    assert (ROOT + 1) ** 2 >= 5
    assert write_decimal(ROOT, up=True, digits=3) == "1.415"
    assert write_decimal(ROOT, up=False, digits=3) == "1.414"


def test_what_balls_do_not_decide_is_not_guessed():
    with pytest.raises(ArithmeticError, match="not told from zero"):
        assert ROOT * ROOT > 2
    with pytest.raises(ArithmeticError, match="not decided"):
        write_decimal(ROOT * ROOT, up=True, digits=3)
