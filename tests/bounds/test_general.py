"""Bounds beyond strongly convex functions: asked for, found, written, read back, told."""

from __future__ import annotations

from fractions import Fraction

import pytest

import eftheory
from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser
from eftheory.check import PROVED, check_bytes
from eftheory.claims import Setting
from eftheory.methods import Diana
from eftheory.report.digits import Digits
from eftheory.report.style import ASCII

QUICK = {"alpha": "3/4", "step_size": "1/2"}


@pytest.fixture(scope="module")
def nonconvex():
    return eftheory.certify("ef21", (1, None, 12), functions="nonconvex", **QUICK)


def test_a_sum_is_bounded_and_the_file_is_checked(nonconvex):
    verdict = check_bytes(nonconvex.data)[0]
    assert verdict.status == nonconvex.status("upper") == PROVED
    assert nonconvex.engine == "general"
    assert nonconvex.constant is None
    assert nonconvex.guarantee.sums
    first, constant = nonconvex.guarantee.initial[0]
    assert first == "f - inf f"
    assert constant < 3  # the theorem of this step says 2/step_size = 4


def test_what_is_told_names_constants_hypotheses_and_the_missing_bound(nonconvex):
    told = str(nonconvex)
    assert nonconvex.guarantee.sentence(ASCII, Digits()) in told
    assert "(1/T) sum_{t<T} E ||grad f(x_t)||^2 <= " in told
    assert "what falls is at most 1/1000 from T = " in told
    assert "f = mean f_i is bounded below [valid inequalities only" in told
    assert "lower        2.86718 (f(x_0) - inf f) are needed" in told
    other = eftheory.certify("ef21", (1, None, 2), functions="nonconvex", participation="1/2", **QUICK)
    assert "lower        none is known here" in str(other)


def test_the_guarantee_is_rounded_up(nonconvex):
    for name, constant in nonconvex.guarantee.initial:
        shown = eftheory.read_number(Digits(short=0).up(constant))
        assert constant <= shown <= constant * Fraction(100001, 100000), name


def test_the_setting_itself_may_be_certified(nonconvex):
    again = eftheory.certify(nonconvex.setting)
    assert again.setting == nonconvex.setting
    assert again.guarantee.initial[0][1] < 3


def test_a_setting_says_all(nonconvex):
    with pytest.raises(TypeError, match="the setting says it"):
        eftheory.certify(nonconvex.setting, functions="convex")


def test_noise_enters_as_the_variance_of_a_minibatch():
    result = eftheory.certify("ef21", (1, None, 3), functions="nonconvex", sigma=2, minibatch=16, **QUICK)
    assert result.variance == Fraction(1, 4)
    assert result.setting.method.name == "ef21_sgd"
    assert [name for name, _ in result.guarantee.noise] == ["sigma2"]
    assert "with sigma2 = 1/4 the last term is" in str(result)


def test_the_term_of_the_noise_is_named_where_it_is_not_the_last():
    result = eftheory.certify("ef21", (1, None, 3), functions="nonconvex", sigma=1, similar=2, **QUICK)
    assert [name for name, _ in result.guarantee.noise] == ["sigma2", "zeta2"]
    assert "with sigma2 = 1 the term of sigma2 is" in str(result)


def test_a_mean_that_is_smoother_than_its_parts_allows_longer_steps_and_smaller_constants():
    plain = eftheory.certify("ef21", (1, None, 3), functions="nonconvex", **QUICK)
    mean = eftheory.certify("ef21", (1, None, 3), functions="nonconvex", mean={"L": "1/4"}, **QUICK)
    first, least = (dict(found.guarantee.initial)["f - inf f"] for found in (plain, mean))
    assert least < first
    assert "f = mean f_i has curvatures between -1/4 and 1/4" in str(mean)


def test_a_mean_that_is_no_smoother_than_its_parts_changes_nothing():
    plain = eftheory.certify("gd", (1, None, 3), functions="nonconvex", step_size=1)
    mean = eftheory.certify("gd", (1, None, 3), functions="nonconvex", step_size=1, mean={"L": 2, "mu": -2})
    first, other = (dict(found.guarantee.initial)["f - inf f"] for found in (plain, mean))
    assert abs(first - other) < Fraction(1, 10**4)


LEAST = "with the least constant before f(x_0) - inf f that is known"


@pytest.mark.parametrize(
    ("functions", "agents", "compressor", "least"),
    [
        ("nonconvex", (1, None, 3), {"alpha": "3/4"}, True),
        ("weakly-convex", (1, "-1/10", 3), {"alpha": "3/4"}, False),
        ("nonconvex", (1, None, 3), {"omega": "1/4"}, False),
    ],
)
def test_a_constant_is_called_least_only_where_that_is_a_theorem(functions, agents, compressor, least):
    notes = eftheory.certify("ef21", agents, functions=functions, **compressor).notes
    assert any(LEAST in note for note in notes) == least
    assert not any("fails at" in note for note in notes)


def test_ef21_with_unbiased_messages_that_are_not_contractive_is_inconclusive():
    """No law and no theorem speaks of alpha = 0."""
    result = eftheory.certify("ef21", (1, None, 3), functions="nonconvex", omega=3)
    assert result.status("upper") == "inconclusive"


def test_the_step_is_searched_from_a_published_one():
    result = eftheory.certify("marina", (1, None, 12), functions="nonconvex", omega=3)
    law = eftheory.certify("marina", (1, None, 12), functions="nonconvex", omega=3, step_size="law")
    assert result.setting.method.step_size >= law.setting.method.step_size
    assert result.guarantee.initial[0][1] <= law.guarantee.initial[0][1]
    assert any("of the theorem marina" in note for note in law.notes)


def test_where_nothing_is_found_it_is_said():
    result = eftheory.certify("ef21", (1, None, 2), functions="nonconvex", alpha="3/4", step_size=5)
    assert result.rate("upper") is result.guarantee is None
    assert any(note.startswith("no bound was found") for note in result.notes)
    assert "a shorter step" in str(result)


@pytest.mark.parametrize("option", [{"engine": "law"}, {"memory": 1}, {"sparsity": "diagonal"}, {"exact": True}])
def test_options_of_other_searches_are_refused(option):
    with pytest.raises(ValueError, match="for the rates of strongly convex functions and exact gradients"):
        eftheory.certify("ef21", (1, None, 2), functions="nonconvex", **QUICK, **option)


def test_a_method_of_ones_own_is_certified_on_other_functions():
    result = eftheory.certify("eftheory.methods.ef21:EF21", (1, None, 2), functions="nonconvex", **QUICK)
    assert result.status("upper") == PROVED


def test_of_convex_functions_more_is_proved_where_the_least_constant_is_not_attained():
    result = eftheory.certify("ef21", (1, None, 12), functions="convex", alpha="1/10", step_size="1/19")
    assert result.status("upper") == PROVED
    assert result.setting.agents[0].mu == 0
    assert result.guarantee.initial[0][1] < 23  # less than the 31 of all smooth functions


def test_where_both_sides_are_known_the_file_holds_both():
    found = eftheory.certify(
        "ef21", [{"L": 1, "count": 12}, {"L": "1/10", "count": 10**6}], functions="nonconvex", alpha="1/10"
    )
    assert {verdict.claim.kind: verdict.status for verdict in check_bytes(found.data)} == {
        "upper": PROVED,
        "drift": PROVED,
    }
    constant, least = dict(found.guarantee.initial)["f - inf f"], found.rate("drift")
    assert 0 <= constant - least < constant / 10**5
    assert "are needed" in str(found)


def test_a_closed_form_about_another_claim_is_not_used():
    found = eftheory.certify("ef21", [{"L": 1}], functions="pl", mu="1/100", alpha="3/4", step_size="1/2")
    assert found.status("upper") == PROVED
    assert found.engine == "general"
    assert not any("drift" in note for note in found.notes)


def test_on_convex_functions_less_is_paid_than_without_convexity():
    """The bound of smooth functions holds for them too, so that theirs is no larger, at no absurd price beside it."""
    constants = dict(eftheory.certify("ef21", (1, None, 12), functions="convex", alpha="1/10").guarantee.initial)
    assert constants["f - inf f"] < Fraction(316304, 10000)  # what nonconvex functions need
    assert max(constants.values()) < 100


def of_diana_with_an_alpha():
    agents, at = (AgentType(functions=Smooth(L=Fraction(1), mu=Fraction(0)), count=3),), Contractive(Fraction(1, 10))
    return eftheory.certify(Setting(agents, at, Diana(Fraction(5)), (CommonGlobalMinimiser(),)))


def of_another_measure():
    said = {"functions": "nonconvex", "alpha": "3/4", "measure": "f - inf f"}
    return eftheory.certify("ef21", (1, None, 3), step_size=5, **said)


@pytest.mark.parametrize(
    ("ask", "advice"),
    [(of_diana_with_an_alpha, "say omega instead of alpha"), (of_another_measure, "or another measure")],
)
def test_advice_is_about_what_was_asked(ask, advice):
    result = ask()
    assert result.guarantee is None
    assert advice in str(result)
    assert "may be loose" not in str(result)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("engine", "law"), ("memory", 1), ("values", True), ("sparsity", "diagonal"), ("simple", "trace"),
        ("exact", True),
    ],
)  # fmt: skip
def test_options_for_rates_are_refused_by_their_names(option, said):
    with pytest.raises(ValueError, match=f"^{option}: for the rates of strongly convex functions"):
        eftheory.certify("ef21", (1, None, 3), functions="nonconvex", alpha="3/4", **{option: said})


def test_all_options_that_are_refused_are_named():
    with pytest.raises(ValueError, match=r"^engine and sparsity: "):
        eftheory.certify("ef21", (1, None), functions="nonconvex", alpha="3/4", engine="center", sparsity="diagonal")


def test_no_other_measure_is_advised_than_the_one_asked_for():
    result = eftheory.certify("ef21", (1, None, 2), functions="nonconvex", alpha="3/4", step_size=5)
    assert "another measure" not in str(result)


def test_the_law_is_the_same_by_its_name_and_by_default():
    said = {"functions": "nonconvex", "alpha": "1/10"}
    law, best = (eftheory.certify("ef21", (1, None, 2), step_size=step, **said) for step in ("law", "optimal"))
    assert law.setting == best.setting
    assert law.notes == best.notes


@pytest.mark.parametrize("step_size", [5, "optimal"])
def test_messages_that_do_not_contract_are_told_to_shrink(step_size):
    result = eftheory.certify("ef21", (1, None, 3), functions="nonconvex", omega=3, step_size=step_size)
    assert result.guarantee is None
    assert "omega >= 1 do not contract; messages times 1/(1 + omega) do" in str(result)
