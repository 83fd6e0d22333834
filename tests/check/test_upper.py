import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.certificates import Block, Upper
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from tests.kit.examples import EXAMPLES, example

TWO_TYPES = [name for name in EXAMPLES if "two types" in name]
names = pytest.mark.parametrize("name", EXAMPLES)


def failures(setting, evidence) -> list[str]:
    return [failure.name for failure in check_upper(setting, evidence).failures]


@names
def test_weaker_statements_are_proved_too(name):
    setting, upper = example(name).setting, example(name).upper
    assert failures(setting, replace(upper, rate=(upper.rate + 1) / 2, c=upper.c / 2, C=upper.C * 2)) in (
        [],
        # with function values, c measure <= V <= C measure holds with the one coefficient of V only
        [
            "decrease: rate V - V+ - sum of multipliers times inequalities >= 0: function values cancel",
            "V >= c measure: function values cancel",
            "C measure >= V: function values cancel",
        ],
        ["decrease: rate V - V+ - sum of multipliers times inequalities >= 0: function values cancel"],
    )


@names
@pytest.mark.parametrize("factor", [Fraction(1, 10**9), Fraction(3, 7), Fraction(10**9)])
def test_a_multiple_of_a_lyapunov_function_is_one(name, factor):
    setting, upper = example(name).setting, example(name).upper
    assert failures(setting, scaled(upper, factor)) == []


@names
def test_minus_a_lyapunov_function_is_none(name):
    setting, upper = example(name).setting, example(name).upper
    found = failures(setting, scaled(upper, Fraction(-1)))
    assert "c > 0" in found
    assert any(re.fullmatch("multiplier .* >= 0", each) for each in found)


def scaled(upper: Upper, factor: Fraction) -> Upper:
    return replace(
        upper,
        lyapunov=tuple(
            Block(block.symbols, tuple(tuple(factor * value for value in row) for row in block.rows))
            for block in upper.lyapunov
        ),
        values=tuple(factor * value for value in upper.values),
        multipliers={name: tuple(factor * value for value in row) for name, row in upper.multipliers.items()},
        below={name: tuple(factor * value for value in row) for name, row in upper.below.items()},
        above={name: tuple(factor * value for value in row) for name, row in upper.above.items()},
        c=factor * upper.c,
        C=factor * upper.C,
    )


@pytest.mark.parametrize("name", TWO_TYPES)
def test_the_order_of_the_types_is_a_convention(name):
    setting, upper = example(name).setting, example(name).upper
    swapped = Setting(setting.agents[::-1], setting.compressor, setting.method)
    assert failures(swapped, swap_types(upper)) == []
    assert failures(swapped, upper) != []
    assert failures(setting, swap_types(upper)) != []


def swap_types(upper: Upper) -> Upper:
    def swap(symbol: str) -> str:
        return re.sub(r"\[([01])\]", lambda match: f"[{1 - int(match[1])}]", symbol)

    return replace(
        upper,
        lyapunov=tuple(Block(tuple(map(swap, block.symbols)), block.rows) for block in upper.lyapunov),
        multipliers={name: row[::-1] for name, row in upper.multipliers.items()},
    )


@given(st.sampled_from(list(EXAMPLES)), st.randoms(use_true_random=False))
def test_blocks_and_symbols_may_stand_in_any_order(name, random):
    setting, upper = example(name).setting, example(name).upper
    blocks = []
    for block in upper.lyapunov:
        order = list(range(len(block.symbols)))
        random.shuffle(order)
        rows = tuple(
            tuple(block.rows[max(i, j)][min(i, j)] for j in order[: position + 1]) for position, i in enumerate(order)
        )
        blocks.append(Block(tuple(block.symbols[i] for i in order), rows))
    random.shuffle(blocks)
    assert failures(setting, replace(upper, lyapunov=tuple(blocks))) == []


@given(st.sampled_from(list(EXAMPLES)), st.integers(1, 200))
def test_no_rate_below_the_proved_lower_bound_is_accepted(name, power):
    certificate = example(name)
    below = certificate.lower.rate * (1 - Fraction(1, 2**power))
    assert failures(certificate.setting, replace(certificate.upper, rate=below)) != []


@names
def test_the_guarantee_states_constant_and_rate(name):
    setting, upper = example(name).setting, example(name).upper
    verdict = check_upper(setting, upper)
    measure = setting.method.measure_name
    assert verdict.guarantee == f"({measure})_t <= {upper.C / upper.c} * ({upper.rate})^t * ({measure})_0 for all t"
    assert check_upper(setting, replace(upper, rate=upper.rate / 2)).guarantee == ""


@pytest.mark.parametrize(("c", "C"), [(0, 1), (-1, 1), (1, 0), (0, 0), (1, -1)])
def test_domination_constants_are_positive(c, C):
    setting, upper = example("ef21").setting, example("ef21").upper
    found = failures(setting, replace(upper, c=Fraction(c), C=Fraction(C)))
    assert ("c > 0" in found) == (c <= 0)
    assert ("C > 0" in found) == (C <= 0)


@names
@pytest.mark.parametrize("rate", [Fraction(1), Fraction(10**9 + 1, 10**9), Fraction(-1, 10**9), Fraction(-5)])
def test_rates_lie_in_the_unit_interval(name, rate):
    setting, upper = example(name).setting, example(name).upper
    assert "rate in [0, 1)" in failures(setting, replace(upper, rate=rate))


@names
def test_every_multiplier_is_asked_for(name):
    setting, upper = example(name).setting, example(name).upper
    for missing in upper.multipliers:
        rest = {key: row for key, row in upper.multipliers.items() if key != missing}
        assert "one multiplier for each inequality and type" in failures(setting, replace(upper, multipliers=rest))
        negative = upper.multipliers | {missing: (Fraction(-1),) * len(setting.agents)}
        assert f"multiplier {missing} >= 0" in failures(setting, replace(upper, multipliers=negative))


def test_evidence_is_not_good_for_another_method():
    """EF and EF21 share their dynamics, but not their coordinates."""
    ef, ef21 = example("ef"), example("ef21")
    assert failures(ef.setting, ef21.upper) == ["V is over the method's coordinates"]
    assert failures(ef21.setting, ef.upper) == ["V is over the method's coordinates"]
    assert "V is over the method's coordinates" in failures(example("gd").setting, ef21.upper)


def test_long_numbers_are_reported_without_trouble():
    """Python refuses to print integers of more than 4300 digits; the checker must not stumble over that."""
    setting, upper = example("cgd").setting, example("cgd").upper
    long = [Fraction(3**830 + k, 7**470 + k) for k in range(2 * len(upper.multipliers))]
    multipliers = {key: (long[k],) for k, key in enumerate(upper.multipliers)}
    assert failures(setting, replace(upper, multipliers=multipliers, c=1 / long[-1], C=long[-1])) != []
