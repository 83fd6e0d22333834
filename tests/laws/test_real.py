"""Numbers that are known by balls."""

from fractions import Fraction

import pytest

from eftheory.laws.enclosure import enclose, write_decimal
from eftheory.laws.real import real

ROOT = real(Fraction(2)).sqrt()


def test_fractions_stay_fractions():
    x = (real(Fraction(1, 4)).sqrt() + 1 - real(Fraction(3)) / 2) * 5
    assert x.exact == 0 if hasattr(x, "exact") else x == 0
    assert ROOT * 0 == 0
    assert enclose(real(Fraction(1, 3))) == (Fraction(1, 3), Fraction(1, 3))


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
