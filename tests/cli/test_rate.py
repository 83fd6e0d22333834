"""The command rate: its table, its JSON, and what it refuses."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import pytest
import sympy

from eftheory import laws
from eftheory.cli.rate import rate
from eftheory.laws.cubic_root import LargestRoot
from eftheory.theory import survey
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.written import parse_agents
from tests.kit.tiers import one_in

EQUAL = ["L=1,mu=1/10,count=1000"]
DIFFERENT = ["L=1,mu=1/100", "L=1/10,mu=9/100,count=5"]


@pytest.fixture
def printed(capsys):
    """What the command prints on standard output; it must print nothing else."""

    def call(*arguments, **options) -> str:
        assert rate(*arguments, **options) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        return captured.out

    return call


@pytest.fixture
def figures(printed):
    """The JSON object the command prints."""
    return lambda *arguments, **options: json.loads(printed(*arguments, json=True, **options))


def test_equal_agents(figures) -> None:
    found = figures("ef21", ["L=25,mu=11,count=7"], alpha="15/16")
    assert found["rate_upper"] == found["rate_lower"] == "4/9"
    assert found["tight"] is True
    assert found["format"] == "eftheory-rate/1"
    assert Fraction(found["step_size"]) == laws.optimal_step_size(25, 11, alpha=Fraction(15, 16))
    assert Fraction(found["stability_limit"]) == laws.stability_limit(25, alpha=Fraction(15, 16))
    assert [found[name] for name in ("theta", "beta", "xi")] == ["3/4", "1/12", "1/3"]
    assert found["iterations"] == 18
    assert (found["n_agents"], found["n_types"]) == (7, 1)
    assert found["notes"] == []


def test_exact_strings_can_be_read_back(figures) -> None:
    found = figures("ef", EQUAL, alpha="3/5")
    exact = laws.tight_rate(1, Fraction(1, 10), alpha=Fraction(3, 5))
    assert abs(sympy.sympify(found["rate_upper"]) - exact).evalf(50) < 1e-45
    found = figures("ef", DIFFERENT, alpha="3/5")
    rho = sympy.sympify(found["rate_upper"], locals={"LargestRoot": LargestRoot}).evalf(30)
    assert abs(rho - Fraction(found["decimals"]["rate_upper"])) < 1e-12


@pytest.mark.parametrize("method", ["ef", "ef21", "EF21"])
@pytest.mark.parametrize("alpha", ["8/9", "0.6", "1e-6"])
def test_decimals_are_rounded_to_the_safe_side(figures, method, alpha) -> None:
    found = figures(method, DIFFERENT, alpha=alpha)
    overview = survey("ef", parse_agents(DIFFERENT), alpha=Fraction(alpha))
    for name, text in found["decimals"].items():
        below, above = laws.enclose(overview.figures[name], bits=200)
        shown = Fraction(text)
        if name in ("rate_upper", "beta", "xi", "ef21_pl_rate"):
            assert above <= shown <= above + Fraction(1, 10**12)
        else:
            assert below - Fraction(1, 10**12) <= shown <= below
    assert Fraction(found["decimals"]["rate_lower"]) < Fraction(found["decimals"]["rate_upper"]) < 1
    assert found["tight"] is False
    assert found["iterations"] < found["ef21_pl_iterations"]


def test_a_given_step(figures) -> None:
    found = figures("ef21", EQUAL, alpha="3/4", step_size="1/2", accuracy="0.01")
    assert found["step_size"] == "1/2"
    assert found["step_size_rule"] == "given"
    exact = laws.tight_rate(1, Fraction(1, 10), alpha=Fraction(3, 4), step_size=Fraction(1, 2))
    assert sympy.sympify(found["rate_upper"]) == exact
    assert found["iterations"] == laws.iterations_to_accuracy(exact, Fraction(1, 100))


def test_the_table(printed) -> None:
    table = printed("ef21", EQUAL, alpha="3/4")
    assert table.startswith("EF21 on 1000 agents of 1 type, alpha = 3/4")
    for part in ("0.606060606060", "0.884808290633", "113", "exact", "stability limit", "EF21 PL rate <="):
        assert part in table
    assert "20/33" in printed("ef21", EQUAL, alpha="3/4", exact=True)
    assert "rate >=" not in table
    assert "averaged constants" in printed("ef", DIFFERENT, alpha="3/4")


def test_the_optimal_step_of_unequal_agents_is_said_not_to_be_exact(figures) -> None:
    found = figures("ef", DIFFERENT, alpha="3/4", step_size="optimal")
    assert "nearly, not exactly, optimal" in found["notes"][0]
    assert figures("ef", EQUAL, alpha="3/4", step_size="optimal")["notes"] == []


@pytest.mark.parametrize(
    ("method", "agents", "alpha", "step"),
    [
        ("gd", EQUAL, "1", "2"),
        ("cgd", ["L=1,mu=1/10"], "3/4", "4/3"),
        ("ef", EQUAL, "3/4", "2/3"),
        ("ef21", DIFFERENT, "3/4", "9"),
    ],
)
def test_beyond_the_stability_limit(figures, method, agents, alpha, step) -> None:
    found = figures(method, agents, alpha=alpha, step_size=step)
    assert "does not converge" in found["notes"][0]
    assert Fraction(found["decimals"]["rate_lower"]) >= 1
    assert found["iterations"] is None
    assert found["rate_upper"] is None or sympy.sympify(found["rate_upper"]) >= 1


@pytest.mark.parametrize("method", ["gd", "cgd", "ef", "ef21"])
def test_without_strong_convexity_there_is_no_linear_rate(figures, method) -> None:
    agents = ["L=1,mu=0"] if method == "cgd" else ["L=1,mu=0", "L=3,mu=0"]
    found = figures(method, agents, alpha="1" if method == "gd" else "3/5")
    assert found["rate_upper"] == found["rate_lower"] == "1"
    assert len(found["notes"]) == 1
    assert "no linear rate" in found["notes"][0]
    assert found["iterations"] is None
    assert "ef21_pl_rate" not in found


def test_gradient_methods_have_their_own_laws(figures) -> None:
    assert figures("gd", ["L=1,mu=1/3", "L=3,mu=1"])["rate_upper"] == "1/4"
    assert figures("cgd", ["L=1,mu=1/3"], alpha="3/4")["rate_upper"] == "16/25"


@pytest.mark.parametrize(
    ("method", "agents", "options", "message"),
    [
        ("sgd", EQUAL, {}, "method='sgd': choose one of gd, cgd, ef, ef21"),
        ("cgd", EQUAL, {"alpha": "1/2"}, "n_agents=1000: CGD is covered for one agent only"),
        ("gd", EQUAL, {"alpha": "1/2"}, "alpha=1/2: GD does not compress"),
        ("ef", EQUAL, {"alpha": "2"}, r"alpha=2: alpha must lie in \(0, 1\]"),
        ("ef", EQUAL, {"step_size": "0"}, "step_size=0: the step size must be positive"),
        ("ef", EQUAL, {"step_size": "best"}, "'best' is not a number"),
        ("ef", EQUAL, {"accuracy": "0"}, "accuracy=0: the accuracy must be positive"),
        ("ef", [], {}, "no agents given"),
        ("ef", ["L=123e300,mu=1e-300", "L=7e-299,mu=0"], {"alpha": "3/5", "exact": True}, "too large, too small"),
    ],
)
def test_refusals_are_one_readable_line(method, agents, options, message) -> None:
    with pytest.raises(ValueError, match=message) as error:
        rate(method, agents, **options)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("method", ["cgd", "ef21"])
@pytest.mark.parametrize("alpha", one_in(2, ["3/4", "1", "1/1000", "7/10"]))
@pytest.mark.parametrize("step", ["law", "1/9", "100"])
@pytest.mark.parametrize(
    "agents",
    [EQUAL, ["L=2,mu=2"], ["L=1,mu=0"], DIFFERENT, ["L=6/5,mu=1/2", "L=8/5,mu=1/2"]],
    ids=["equal", "one curvature", "flat", "different", "sqrt(2) L_tilde = 2"],
)
def test_without_formulas_every_digit_is_the_same(method, alpha, step, agents, printed, monkeypatch) -> None:
    """Also where balls decide nothing: then the formulas are asked."""
    if method == "cgd":
        agents = [agents[0].removesuffix(",count=1000")]
    given = {"alpha": alpha, "step_size": step}
    without = printed(method, agents, **given)
    monkeypatch.setattr("eftheory.cli.rate.survey", lambda *asked, formulas=True, **named: survey(*asked, **named))
    assert printed(method, agents, **given) == without


@pytest.mark.parametrize("agents", [EQUAL, DIFFERENT, ["L=1,mu=0"]], ids=["equal", "different", "flat"])
@pytest.mark.parametrize(("method", "alpha"), [("gd", "1"), ("ef21", "3/5"), ("ef21", "1/100")])
def test_smooth_functions_have_rows_of_their_theorem(figures, printed, method, alpha, agents) -> None:
    """The formula is hardly above the largest step that the theorem itself allows; its bound is what the claim says."""
    found = figures(method, agents, alpha=alpha)["smooth"]
    answer = CALCULATORS[found["theorem"]].ask({"alpha": Fraction(alpha)}, agents=parse_agents(agents))
    step, bound = (Fraction(found["decimals"][name]) for name in ("step_size", "bound_times_T"))
    assert abs(step - answer["step_size"]) <= Fraction(2, 10**11)
    assert abs(bound / answer["bound_times_T"] - 1) <= Fraction(1, 10**9)
    table = printed(method, agents, alpha=alpha)
    assert found["decimals"]["step_size"] in table
    assert "no other theorem here yet" in table


@pytest.mark.parametrize(
    ("method", "key", "alpha"),
    [
        ("cgd", "smooth", "1/3"),
        ("cgd", "pl", "1/3"),
        ("gd", "pl", "1"),
        ("ef", "convex", "1/3"),
        ("ef", "convex", "3/4"),
    ],
)
def test_rows_for_wider_classes_are_those_of_their_theorems(figures, printed, method, key, alpha) -> None:
    found = figures(method, ["L=3,mu=1/2"], alpha=alpha)[key]
    answer = CALCULATORS[found["theorem"]].ask({"alpha": Fraction(alpha)}, agents=(3, "1/2"))
    last = "rate_upper" if key == "pl" else "bound_times_T"
    for name in ("step_size", last):
        assert abs(Fraction(found["decimals"][name]) / answer[name] - 1) <= Fraction(1, 10**9)
        assert found["decimals"][name] in printed(method, ["L=3,mu=1/2"], alpha=alpha)
    assert Fraction(found["decimals"]["step_size"]) <= answer["step_size"] * (1 + Fraction(1, 10**11))


def test_where_a_theorem_asks_for_more_numbers_its_command_is_named(figures, printed) -> None:
    assert figures("ef", ["L=1,mu=1/2"], alpha="3/4")["smooth"] is None
    assert "if agents are similar: eftheory rate ef_nonconvex --help" in printed("ef", ["L=1,mu=1/2"], alpha="3/4")
    assert figures("ef", ["L=1,mu=1/2"], alpha="1")["convex"] is None


def test_where_no_function_is_strongly_convex_no_rate_is_shown_as_a_result(printed) -> None:
    out = printed("ef21", ["L=1,mu=0"], alpha="3/4")
    assert "rate" not in {line.split()[0] for line in out.splitlines()}
    assert "eftheory rate ef21_nonconvex --agents L=1,mu=0 --alpha 3/4" in out
    assert "eftheory rate ef_convex --agents L=1,mu=0 --alpha 3/4" in printed("ef", ["L=1,mu=0"], alpha="3/4")


@pytest.mark.parametrize(
    ("method", "alpha"),
    [("gd", "1"), *((name, alpha) for name in ("cgd", "ef", "ef21") for alpha in ("1e-300", "1e-30"))],
)
def test_numbers_of_any_size_are_printed_short(printed, method, alpha) -> None:
    text = printed(method, ["L=1e100,mu=1e-100"], alpha=alpha)
    assert not re.search(r"[0-9.]{28,}", text)
    assert not re.search(r"rate( <=)? +1[.0]* (?!-)", text)  # which would say nothing


def test_options_of_other_commands_are_not_advised() -> None:
    with pytest.raises(ValueError, match=r"mu missing.*; or mu=0, for functions that are convex"):
        rate("ef21", ["L=1"])


def test_a_long_accuracy_is_told_about(printed) -> None:
    assert "until rate^t <= about 1e-400" in printed("ef21", EQUAL, alpha="3/4", accuracy="1e-400")
