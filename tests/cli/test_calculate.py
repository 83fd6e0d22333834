"""The command rate of a theorem: its options, its table, its JSON, and what it refuses."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from eftheory.cli.app import main
from eftheory.methods import CERTIFIED
from eftheory.methods.catalogue import CATALOGUE
from eftheory.methods.ef21_partial import EF21PP
from eftheory.theory import look_up
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.named import name_of

ONE = ["--agents", "L=1,mu=1/10,count=8"]
FEW = ("ef21_nonconvex", "stochastic_ef21_pl", "ef21_heavy_ball", "heterogeneous_law", "m3")
OTHERS = {
    "alpha": "3/4", "p": "1/2", "sigma": "1/100", "sigma_weighted": "1/100",
    "momentum": "1/5", "alpha_down": "1/2", "kappa": "1/4", "omega": "3",
    "L_pm": "1", "L_A": "1", "a": "1", "L_sample": "1", "zeta": "1/100", "eta": "1/2",
}  # fmt: skip


def run(*words, capsys) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(["rate", *words])
    captured = capsys.readouterr()
    return stop.value.code, captured.out, captured.err


def given(quantities) -> list[str]:
    names = {each.name: each.option for each in quantities if each.name in OTHERS}
    return [word for name, option in names.items() for word in (option, OTHERS[name])]


@pytest.mark.parametrize("slug", CALCULATORS)
def test_every_theorem_answers(slug, capsys):
    calculator = CALCULATORS[slug]
    own = (
        ["--L", "1", "--mu", "1/10"] if slug in ("gd", "cgd") else ["--agents", "L=1,mu=1/10"] if "cgd" in slug else ONE
    )
    words = [slug, *own, *given(calculator.quantities)]
    code, out, err = run(*words, "--json", capsys=capsys)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["theorem"] == slug
    assert found["format"] == "eftheory-theorem-rate/1"
    for name, shown in found["decimals"].items():
        exact, shown = Fraction(found[name]), Fraction(shown)
        slack = Fraction(1, 10**9) * max(exact, 1)
        assert exact - slack <= shown <= exact if name == "step_size" else exact <= shown <= exact + slack
    if slug in FEW:
        code, out, err = run(*words, capsys=capsys)
        assert (code, err) == (0, "")
        assert f"eftheory prove {slug}" in out
        assert found["decimals"]["step_size"] in out


@pytest.mark.parametrize("slug", FEW)
def test_help_lists_the_options_with_range_and_unit(slug, capsys):
    code, out, _ = run(slug, "--help", capsys=capsys)
    words = " ".join(out.split())
    assert code == 0
    for quantity in CALCULATORS[slug].quantities:
        assert quantity.option in words
        assert quantity.told[1:] in words


@pytest.mark.parametrize("kind", CATALOGUE, ids=name_of)
def test_every_method_answers_by_name_or_says_what_there_is(kind, capsys):
    words = [word for name, value in OTHERS.items() for word in (f"--{name.replace('_', '-')}", value)]
    code, out, err = run(name_of(kind), "--help", capsys=capsys)
    if "no theorem here gives a rate" in err:
        assert code == 2
        assert (f"eftheory certify {name_of(kind)}" in err) == (kind in CERTIFIED)
        assert ("eftheory prove " in err) == bool(look_up(kind).theorems)
        assert len(err.splitlines()) == 1
        return
    assert code == 0
    words = [word for name, value in OTHERS.items() for word in (f"--{name.replace('_', '-')}", value)]
    takes = [(a, b) for a, b in zip(words[::2], words[1::2]) if a in out.split()]
    one = ["--agents", "L=1,mu=1/10"] if name_of(kind) in ("cgd", "gd") else ONE
    takes = [] if name_of(kind) == "gd" else takes
    code, out, err = run(name_of(kind), *one, *(word for pair in takes for word in pair), capsys=capsys)
    assert (code, err) == (0, "")
    assert "step size" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ef21_partial", *ONE, "--alpha", "1/2"], "ef21_partial asks for --p, probability"),
        (["ef21_partial", "--sigma", "1"], "--sigma: ef21_partial has no such option; it takes --alpha, --L, "),
        (["ef21_partial", "--aplha", "1"], "did you mean --alpha?"),
        (
            ["ef21_partial", "--alpha", "1/2", "--L", "1e300", "--L-tilde", "1e300", "--p", "1e-300"],
            "no largest step size was found between 1e-331 and 1e331",
        ),
        (["ef21_nonconvex", "--alpha", "x"], "alpha: 'x' is not a number"),
        (["ef21_nonconvx", *ONE], "did you mean ef21_nonconvex?"),
        (["theta_beta", *ONE], "theta_beta has no rate to compute: it says: Estimates of EF21 contract"),
        (["dcgd", *ONE], "no theorem here gives a rate of dcgd; of it, dcgd_diverges says:"),
        (["ef21_pp", *ONE, "--alpha", "1/2", "--p", "1/2", "--step-size", "9"], "covers steps up to"),
        ([], "name a method or a theorem"),
        (["adamw", *ONE], "eftheory methods lists all; eftheory rate --list lists the theorems that say numbers"),
        (["adamw", "--help"], "method='adamw': choose one of gd, cgd, ef, ef21"),
        (["ef21_pl", "--alpha", "1/2", "--L", "1", "--L-tilde", "1", "--mu", "5"], "mu=5, L=1: mu must not exceed L"),
        (["tight_rate", *ONE, "--agents", "L=2,mu=1", "--alpha", "1/2"], "tight_rate: it is about equal agents"),
        (["gd", "--L", "1", "--mu", "0"], "mu=0: their strong convexity constant: > 0; "),
        (["ef21_pl", "--agents", "L=1,mu=0", "--alpha", "1/2"], "none; theorems that need none: eftheory rate --list"),
        (["heterogeneous_law", "--agents", "L=1,mu=0", "--alpha", "1/2"], "all mu = 0: there is no linear rate; "),
        (["cgd_pl", *ONE, "--alpha", "1/2"], "cgd_pl: it is about one agent"),
        (["ef_nonconvex", *ONE, "--alpha", "1/2", "--a", "1"], "ef_nonconvex asks for --zeta, "),
        (["ef21_sgd_expected_smoothness_pl", *ONE, "--alpha", "1/2", "--growth-f", "9", "--gap", "0"], "large minib"),
        (["optimal_step", *ONE], "numbers near it: eftheory rate tight_rate --help"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line(words, message, capsys):
    code, out, err = run(*words, capsys=capsys)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert message in err


def test_of_several_theorems_those_answer_that_can(capsys):
    _, out, _ = run("EF21-PP", "--agents", "L=1,mu=0", "--alpha", "1/2", "--p", "1/2", capsys=capsys)
    assert "eftheory prove ef21_partial;" in out
    assert "note: ef21_partial_pl asks for --mu" in out
    _, out, _ = run("ef21_pp", *ONE, "--alpha", "1/2", "--p", "1/2", "--json", capsys=capsys)
    assert tuple(each["theorem"] for each in json.loads(out)) == look_up(EF21PP).theorems


def test_the_list_has_all(capsys):
    _, out, _ = run("--list", capsys=capsys)
    assert all(slug in out.split() for slug in CALCULATORS)


@pytest.mark.parametrize(
    "words",
    [
        ["--L", "1", "--L-tilde", "1", "--alpha", "1/2", "--T", "1e300", "--delta", "1e200"],
        ["--L", "1e-300", "--L-tilde", "1e-300", "--alpha", "1/2"],
        ["--L", "1", "--L-tilde", "1", "--alpha", "1e-30"],
    ],
)
def test_numbers_of_any_size_are_written_short_and_on_the_safe_side(words, capsys):
    code, out, _ = run("ef21_nonconvex", *words, capsys=capsys)
    assert code == 0
    assert "about 0.0" not in out
    _, told, _ = run("ef21_nonconvex", *words, "--json", capsys=capsys)
    found = json.loads(told)
    assert Fraction(found["decimals"]["bound_times_T"]) >= Fraction(found["bound_times_T"])
    assert Fraction(found["decimals"]["step_size"]) <= Fraction(found["step_size"])
    assert len(found["decimals"]["bound_times_T"]) < 30


def test_a_rate_that_no_decimal_tells_from_one_is_told_by_its_distance(capsys):
    numbers = ["ef21_pl", "--L", "1", "--L-tilde", "1", "--alpha", "1/2", "--mu", "1e-200"]
    _, out, _ = run(*numbers, capsys=capsys)
    loss = next(line for line in out.splitlines() if line.startswith("rate <=")).rpartition("1 - ")[2]
    _, told, _ = run(*numbers, "--json", capsys=capsys)
    exact = 1 - Fraction(json.loads(told)["rate_upper"])
    assert exact * (1 - Fraction(1, 10**9)) <= Fraction(loss) <= exact


@pytest.mark.parametrize("slug", ["ef21_nonconvex", "ef21_weighted", "stochastic_ef21"])
def test_theorems_about_functions_of_any_curvature_ask_for_no_mu(slug, capsys):
    more = [*given(CALCULATORS[slug].quantities), "--json"]
    answers = [run(slug, "--agents", f"L=2,count=3{mu}", *more, capsys=capsys)[1] for mu in ("", ",mu=1/10")]
    assert answers[0] == answers[1]
    _, _, err = run("ef21_pl", "--agents", "L=1", "--alpha", "3/4", capsys=capsys)
    assert "ef21_pl asks for --mu" in err
