from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType
from eftheory.certificates import Block, ClassBound
from eftheory.check.class_bound import check_class_bound
from eftheory.claims import Setting
from eftheory.theory import closed_form
from tests.kit.examples import EXAMPLES, example, make_setting, twin
from tests.kit.gram import class_bound, symbol_values
from tests.kit.strategies import rationals

NAMES = [name for name in EXAMPLES if example(name).class_bound]
names = pytest.mark.parametrize("name", NAMES)


def failures(setting, evidence) -> list[str]:
    return [failure.name for failure in check_class_bound(setting, evidence).failures]


@names
def test_the_worst_case_is_a_class_bound(name):
    certificate = example(name)
    assert failures(certificate.setting, class_bound(twin(certificate.setting), certificate.lower)) == []
    assert certificate.class_bound.rate == certificate.lower.rate


@names
@pytest.mark.parametrize("factor", [Fraction(1, 10**9), Fraction(10**9)])
def test_a_multiple_of_the_gram_matrix_does_as_well(name, factor):
    setting, bound = example(name).setting, example(name).class_bound
    assert failures(setting, replace(bound, gram=(times(factor, bound.gram[0]),))) == []


@names
def test_the_zero_matrix_is_seen_through(name):
    setting, bound = example(name).setting, example(name).class_bound
    assert failures(setting, replace(bound, gram=(times(Fraction(0), bound.gram[0]),))) == [
        "the measure of the Gram matrix is positive"
    ]
    assert failures(setting, replace(bound, gram=())) == ["the measure of the Gram matrix is positive"]


@names
def test_minus_a_gram_matrix_is_none(name):
    setting, bound = example(name).setting, example(name).class_bound
    found = failures(setting, replace(bound, gram=(times(Fraction(-1), bound.gram[0]),)))
    assert "Gram block 0 is positive semidefinite" in found
    assert "the measure of the Gram matrix is positive" in found


def times(factor: Fraction, block: Block) -> Block:
    return Block(block.symbols, tuple(tuple(factor * value for value in row) for row in block.rows))


@names
def test_smaller_rates_are_proved_too_and_larger_ones_are_not(name):
    setting, bound = example(name).setting, example(name).class_bound
    assert failures(setting, replace(bound, rate=bound.rate / 2)) == []
    above = bound.rate + Fraction(1, 10**60)
    grow = "Gram(z+) - rate Gram(z) >= 0: mean"
    if example(name).lower.growth ** 2 == bound.rate:
        assert failures(setting, replace(bound, rate=above)) == [grow]
    assert grow in failures(setting, replace(bound, rate=(1 + bound.rate) / 2))


@names
@pytest.mark.parametrize("rate", [Fraction(0), Fraction(-1), Fraction(-1, 10**30)])
def test_rates_are_positive(name, rate):
    setting, bound = example(name).setting, example(name).class_bound
    assert failures(setting, replace(bound, rate=rate)) == ["rate > 0"]


@names
def test_no_class_bound_exceeds_a_certified_rate(name):
    """What no quadratic V can do, the closed form has not done."""
    setting, bound = example(name).setting, example(name).class_bound
    assert bound.rate <= closed_form(twin(setting)).rate


def test_function_values_are_not_covered():
    setting = make_setting("cgd")
    bound = ClassBound(Fraction(1, 2), (Block(("x",), ((Fraction(1),),)),))
    assert failures(setting, bound) == ["the template has no function values"]


def test_symbols_may_not_occur_twice():
    setting, bound = example("ef21").setting, example("ef21").class_bound
    again = Block(("x",), ((Fraction(1),),))
    assert failures(setting, replace(bound, gram=(*bound.gram, again))) == ["no symbol occurs twice"]
    double = Block(("x", "x"), ((Fraction(1),), (Fraction(0), Fraction(1))))
    assert failures(setting, replace(bound, gram=(double,))) == ["no symbol occurs twice"]


def indefinite(name: str) -> ClassBound:
    """A matrix that is negative in a symbol of this name and, in <g, r>, no Gram matrix at all."""
    entries = {(name, name): -1, ("e0[0]", "e0[0]"): 35, ("g[0]", "g[0]"): 1, ("g[0]", "r1[0]"): 10}
    symbols = (name, "e0[0]", "g[0]", "r1[0]")
    rows = tuple(tuple(Fraction(entries.get((b, a), 0)) for b in symbols[: i + 1]) for i, a in enumerate(symbols))
    return ClassBound(Fraction(2), (Block(symbols, rows),))


def test_an_indefinite_matrix_is_none():
    """The rate 2 is false: 16/25 is certified. Nothing but its semidefiniteness is amiss."""
    assert failures(example("ef21").setting, indefinite("x")) == ["Gram block 0 is positive semidefinite"]


@pytest.mark.parametrize("name", ["", " ", "0", "None", "nonsense", "d[1]", "g[0]'"])
def test_symbols_are_those_of_the_step(name):
    """An empty name once passed for "nothing found": the block was indefinite, and accepted."""
    assert failures(example("ef21").setting, indefinite(name)) == ["the symbols are those of the step"]


def test_a_gram_matrix_of_deviations():
    """Deviations of equal agents can shrink by 1 - alpha only, which bounds every V from below by itself."""
    certificate = example("ef21, alike")
    assert certificate.setting.alpha == Fraction(3, 4)
    quarter, nothing = Fraction(1, 4), Fraction(0)
    deviations = Block(("e0[0]'", "g[0]'"), ((quarter,), (nothing, Fraction(1))))
    assert failures(certificate.setting, ClassBound(quarter, (deviations,))) == []
    shrink = "Gram(z+) - rate Gram(z) >= 0: deviations of type 0"
    assert failures(certificate.setting, ClassBound(quarter + Fraction(1, 10**30), (deviations,))) == [shrink]
    both = (*certificate.class_bound.gram, deviations)
    assert failures(certificate.setting, replace(certificate.class_bound, gram=both)) == [shrink]
    large = Block(deviations.symbols, ((quarter + Fraction(1, 10**30),), (nothing, Fraction(1))))
    assert failures(certificate.setting, ClassBound(quarter, (large,))) == ["compression 0 holds for type 0"]


@given(st.sampled_from(NAMES), st.data())
def test_a_random_gram_matrix_on_top_never_helps_against_a_certified_rate(name, data):
    """Whatever is added, a class bound above the certified rate is not accepted."""
    certificate = example(name)
    block = certificate.class_bound.gram[0]
    v = [data.draw(rationals(-2, 2)) for _ in block.symbols]
    rows = tuple(
        tuple(value + v[i] * v[j] * abs(block.rows[0][0]) for j, value in enumerate(row))
        for i, row in enumerate(block.rows)
    )
    rate = (certificate.upper.rate * 9 + 1) / 10
    assert failures(certificate.setting, ClassBound(rate, (Block(block.symbols, rows),))) != []


def test_the_symbol_values_are_those_of_the_trajectory():
    certificate = example("ef21")
    values = symbol_values(certificate.setting, certificate.lower)
    assert {name: str(value) for name, (value,) in values.items()} == {
        "x": "-5",
        "d[0]": "-60",
        "g[0]": "-65",
        "e0[0]": "-4",
        "r1[0]": "-1",  # as long as the move -step d = 1, since the curvature is mu
    }


def test_counts_matter():
    """The same numbers do not fit when the shares of the types change."""
    certificate = example("ef21, two types")
    first, second = certificate.setting.agents
    shifted = (AgentType(first.L, first.mu, first.count + 1), second)
    setting = Setting(shifted, certificate.setting.compressor, certificate.setting.method)
    assert failures(setting, certificate.class_bound) != []
