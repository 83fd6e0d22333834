"""General guarantees in words, in three styles."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.certificates import Upper
from eftheory.claims import Setting
from eftheory.methods import EF21, EF21PP
from eftheory.methods.marina import Marina
from eftheory.report.digits import Digits
from eftheory.report.guarantee import Guarantee, quantity_at
from eftheory.report.style import ASCII, LATEX, UNICODE

LONG = Fraction(10**9 + 1, 3 * 10**8)
START = (("f - inf f", LONG), ("mean ||g - d||^2", Fraction(1)))
SUM = Guarantee("||mean g||^2", Fraction(1), START, (("sigma2", Fraction(1, 2)),), True)
RATE = Guarantee("f - inf f", Fraction(1, 2), START[:1], (), False)


def test_sums():
    assert SUM.sentence(ASCII, Digits()) == (
        "(1/T) sum_{t<T} E ||grad f(x_t)||^2 <= (3.33334 (f(x_0) - inf f) + (mean ||g - d||^2 at 0))/T "
        "+ 1/2 sigma2 for all T"
    )


def test_rates():
    assert RATE.sentence(ASCII, Digits()) == "f(x_t) - inf f <= 3.33334 (f(x_0) - inf f) (1/2)^t for all t"


def test_exact_numbers_on_request():
    assert str(LONG) in SUM.sentence(ASCII, Digits(exact=True))


def test_the_same_in_latex():
    text = SUM.sentence(LATEX, Digits())
    assert text.startswith(
        r"\frac1T \sum_{t<T} \operatorname{E} \lVert \nabla f(x_t) \rVert^2 \le \frac{1}{T} (3.33334 "
    )
    assert r"\bigl(\operatorname{mean} \lVert g - d \rVert^2\bigr)_0" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("style", [ASCII, UNICODE, LATEX])
def test_rounds_are_those_that_make_the_bound_small(style):
    assert "3333.34" in SUM.rounds(style, Digits())
    assert "from t = 10 on" in RATE.rounds(style, Digits())  # 2^-10 < 1/1000 < 2^-9


@pytest.mark.parametrize("name", ["||mean g||^2", "f - inf f", "||x - x*||^2"])
def test_general_quantities_are_written_at_a_time(name):
    assert "x_t" in quantity_at(ASCII, name, "t")
    assert "x_7" in quantity_at(LATEX, name, "7")


@pytest.mark.parametrize(
    ("method", "alpha", "expected"),
    [
        (EF21(Fraction(1, 2)), Fraction(1, 2), True),
        (EF21(Fraction(1, 2)), Fraction(1), False),
        (EF21PP(Fraction(1, 2), chance=Fraction(1, 2)), Fraction(1), True),
        (Marina(Fraction(1, 2), full=Fraction(1, 2)), Fraction(1), True),
    ],
)
def test_coins_are_chance_too(method, alpha, expected):
    """Of exact messages and exact gradients, but agents that take part by chance, only the expectation is small."""
    agents = (AgentType(functions=Smooth(L=1, mu=-1), count=3),)
    setting = Setting(agents, Contractive(alpha), method, (BoundedBelow(),), "||mean g||^2")
    upper = Upper(
        Fraction(1), (), (Fraction(2),), {}, Fraction(0), Fraction(0), tau=Fraction(1), initial={"f - inf f": 2}
    )
    assert Guarantee.of(setting, upper).random == expected
    assert ("E ||" in Guarantee.of(setting, upper).sentence(ASCII, Digits())) == expected
