"""The command certify, and how the program reports errors."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from eftheory.writing import seal

AGENTS = ("--agents", "L=1,mu=1/10,count=1000000")
UNEQUAL = ("--agents", "L=1,mu=1/10", "--agents", "L=2,mu=1/2")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ef21", *AGENTS, "--alpha", "3/4"),
        ("ef", *AGENTS, "--alpha", "0.75"),
        ("EF21", "--agents", "L=1,mu=1/100", "--agents", "L=.1,mu=9/100,count=5", "--alpha", "8/9", "--engine", "law"),
        ("cgd", "--agents", "L=1,mu=1e-1", "--alpha", "3/4"),
        ("gd", "--agents", "L=1,mu=0.1,count=3"),
    ],
)
def test_json_has_the_promised_keys_and_the_file_checks(run, tmp_path, arguments) -> None:
    path = tmp_path / "c.json"
    code, out, err = run("certify", *arguments, "-o", str(path), "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert {
        "method", "n_agents", "n_types", "alpha", "step_size", "rate_upper", "rate_lower", "gap",
        "status_upper", "status_lower", "certificate", "seconds",
    } <= set(answer)  # fmt: skip
    assert answer["status_upper"] == answer["status_lower"] == "proved"
    assert Fraction(answer["gap"]) == Fraction(answer["rate_upper"]) - Fraction(answer["rate_lower"])
    assert answer["certificate"] == str(path)
    assert {"search", "round", "check"} <= set(answer["seconds"])
    code, out, _ = run("check", str(path), "--json")
    assert code == 0
    assert json.loads(out)[str(path)]["status"] == "proved"


@pytest.mark.parametrize(
    ("arguments", "known"),
    [
        (("ef21", *AGENTS, "--alpha", "3/4"), {"rate_upper", "rate_lower", "constant"}),
        (("ef21", *AGENTS, "--alpha", "3/4", "--step-size", "1"), {"rate_lower"}),
        (
            ("ef21", *UNEQUAL, "--alpha", "3/4", "--step-size", "law"),
            {"rate_upper", "rate_class_bound", "slack"},
        ),
    ],
)
def test_decimals_stand_beside_the_fractions_on_the_safe_side(run, arguments, known) -> None:
    answer = json.loads(run("certify", *arguments, "--json")[1])
    assert answer["format"] == "eftheory-certify/2"
    assert all(name in answer["decimals"] for name in known)
    for name in ("rate_upper", "rate_lower", "rate_class_bound", "gap", "constant", "slack"):
        exact, decimal = answer[name], answer["decimals"].get(name)
        assert (exact is None) == (decimal is None)
        if exact is not None:
            above = Fraction(decimal) - Fraction(exact)
            assert len(decimal) < 40
            error = -above if name in ("rate_lower", "rate_class_bound") else above
            assert 0 <= error <= (Fraction(exact) / 100 if "e" in decimal else Fraction(1, 10**8))


def test_numbers_are_read_exactly(run) -> None:
    _, out, _ = run("certify", "ef21", "--agents", "L=1,mu=0.1", "--alpha", "75e-2", "--step-size", "0.6", "--json")
    answer = json.loads(out)
    assert (answer["alpha"], answer["step_size"]) == ("3/4", "3/5")


def test_lowered_rate_is_rejected_by_name(run, tmp_path) -> None:
    path = tmp_path / "c.json"
    run("certify", "ef21", *AGENTS, "--alpha", "3/4", "-o", str(path))
    document = json.loads(path.read_text())
    document["upper"]["rate"] = str(Fraction(document["upper"]["rate"]) - Fraction(1, 10**5))
    path.write_text(json.dumps(seal(document)))
    code, out, _ = run("check", str(path))
    assert code == 1
    assert "FAILS: decrease" in out
    assert "refuted" in out  # the worst case in the same file contradicts it


def test_human_output_is_rounded_to_the_safe_side(run) -> None:
    code, out, err = run("certify", "ef21", *AGENTS, "--alpha", "3/4")
    assert (code, err) == (0, "")
    shown = {line[:7]: line.split()[2] for line in out.splitlines() if line.startswith("rate")}
    upper, lower = shown["rate <="], shown["rate >="]
    assert Fraction(upper) >= Fraction("0.88480829063288") >= Fraction(lower) - Fraction(1, 10**10)
    assert "guarantee" in out
    _, exact, _ = run("certify", "ef21", *AGENTS, "--alpha", "3/4", "--exact")
    assert "/" in next(line for line in exact.splitlines() if line.startswith("rate <="))


def test_beyond_stability_convergence_is_refuted(run) -> None:
    code, out, _ = run("certify", "ef21", *AGENTS, "--alpha", "3/4", "--step-size", "1", "--json")
    answer = json.loads(out)
    assert code == 1
    assert (answer["status_upper"], answer["status_lower"]) == ("inconclusive", "proved")
    assert Fraction(answer["rate_lower"]) >= 1


def test_no_strong_convexity_is_inconclusive(run) -> None:
    code, out, _ = run("certify", "ef21", "--agents", "L=1,mu=0", "--alpha", "3/4")
    assert code == 3
    assert "no linear rate exists" in out
    assert "certify sums over time instead, with the class convex (--class convex)" in out
    assert "by ef21_nonconvex with the step 0.618033988749" in out
    assert "eftheory rate ef21_nonconvex --agents L=1,mu=0 --alpha 3/4" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--agents", "L=1,mu=1/10", "--alpha", "1.3"), "alpha must lie in (0, 1]"),
        (("--agents", "L=1,mu=1/10", "--alpha", "0"), "alpha must lie in (0, 1]"),
        (("--agents", "L=1,mu=2", "--alpha", "1/2"), "mu must not exceed L"),
        (("--agents", "L=1,mu=-1", "--alpha", "1/2"), "mu=-1"),
        (("--agents", "L=0,mu=0", "--alpha", "1/2"), "must be positive"),
        (("--agents", "L=1,mu=1/10,count=0", "--alpha", "1/2"), "at least 1"),
        (("--agents", "L=1,mu=1/10,count=1.5", "--alpha", "1/2"), "whole number"),
        (("--agents", "L=1,mu=1/10", "--alpha", "nan"), "not a number"),
        (("--agents", "L=inf,mu=1/10", "--alpha", "1/2"), "not a number"),
        (("--agents", "L=1/0,mu=0", "--alpha", "1/2"), "divides by zero"),
        (("--agents", "L=1,mu=1/10", "--alpha", "1/2", "--step-size", "0"), "must be positive"),
        (("--agents", "L=1,mu=1/10", "--alpha", "1/2", "--step-size", "-1/3"), "must be positive"),
        (("--agents", "L=1", "--alpha", "1/2"), "mu"),
        (("--agents", "L=1,mu=1/10", "--alpha", "1/2", "-o", "no/such/folder/c.json"), "no/such/folder"),
        (("--agents", "L=1,mu=1/10", "--alpha", "1/2", "--memory", "2"), "memory must be 0 or 1"),
        (("--agents", "L=1,mu=1/10", "--alpha", "1/2", "--values"), "no second point"),
        (("--agents", "L=1,mu=1/10", "--alpha", "1/2", "--simple", "rank"), "choose trace or logdet"),
        (("--agents", "L=1,mu=1/10", "--alpha", "1/2", "--sparsity", "g | d"), "unknown or twice"),
        (("--agents", "L=1,mu=1/10", "--alpha", "1/2", "--engine", "mosek"), "choose one of"),
        ((), "--agents"),
        (("--agents", "L=1,mu=1/10", "--colour", "red"), "--colour"),
        (("--alpha", "1", *(w for k in range(1, 66) for w in ("--agents", f"L={k},mu=1"))), "at most 64"),
    ],
)
def test_bad_input_is_one_readable_line_and_exit_2(run, arguments, words) -> None:
    code, out, err = run("certify", "ef21", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert words in err


@pytest.mark.parametrize("arguments", [("certfy",), ("certify", "sgd", *AGENTS), ("check",), ("show",)])
def test_unknown_words_are_usage_errors(run, arguments) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert err


def test_missing_file_is_one_line(run) -> None:
    code, out, err = run("check", "missing.json")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_help_and_version(run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert all(command in out for command in ("certify", "check", "show", "rate", "cite"))
    assert run("--version")[1].startswith("eftheory ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ef21", "--class", "nonconvex", "--agents", "L=1,count=12", "--alpha", "1/10"),
        ("ef21", "--class", "nonconvex", "--agents", "L=1,count=12", "--alpha", "1/10", "--participation", "1/4"),
        ("ef21", "--class", "nonconvex", "--agents", "L=1", "--alpha", "3/4", "--sigma", "1", "--minibatch", "32"),
        ("ef", "--class", "convex", "--agents", "L=1,count=12", "--alpha", "1/10"),
        ("ef21", "--class", "convex", "--agents", "L=1,count=12", "--alpha", "3/4"),
        ("ef21", "--class", "weakly-convex", "--agents", "L=1,mu=-1/10", "--alpha", "3/4", "--measure", "||mean g||^2"),
        ("marina", "--class", "nonconvex", "--agents", "L=1,count=12", "--omega", "3", "--param", "full=1/3"),
        ("ef", "--class", "nonconvex", "--agents", "L=1,count=5", "--alpha", "3/4", "--similar", "2"),
        ("ef21_bc", "--class", "nonconvex", "--agents", "L=1,count=5", "--alpha", "3/4", "--param", "alpha_down=1/2"),
        ("ef21_p", "--class", "nonconvex", "--agents", "L=1,count=5", "--alpha", "3/4"),
        ("ef21", "--class", "nonconvex", "--agents", "L=1,count=5", "--alpha", "3/4", "--mean", "L=1/4"),
    ],
)
def test_other_classes_noise_and_chance_are_certified(run, tmp_path, arguments) -> None:
    path = tmp_path / "c.json"
    code, out, err = run("certify", *arguments, "--step-size", "law", "-o", str(path), "--json")
    answer = json.loads(out)
    assert (code, err, answer["status_upper"], answer["rate_upper"]) == (0, "", "proved", None)
    guarantee = answer["guarantee"]
    assert guarantee["kind"] == "sum"
    assert guarantee["in_expectation"] is True
    assert all(Fraction(constant) >= 0 for constant in guarantee["initial"].values())
    least, first = answer["constant_lower"], guarantee["initial"].get("f - inf f")
    assert least is None or 0 < Fraction(least) <= Fraction(first)
    assert guarantee["sigma2"] == ("1/32" if "--sigma" in arguments else None)
    assert run("check", str(path))[0] == 0
    code, out, err = run("show", str(path))
    assert (code, err) == (0, "")
    assert "for all T" in out
    code, out, err = run("prove", str(path))
    assert (code, err) == (0, "")
    assert out.rstrip().endswith("\nPROVED")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ef21", "--class", "pl", "--mu", "1/10", "--agents", "L=1", "--alpha", "3/4", "--step-size", "1/2"),
        ("diana", "--agents", "L=1,mu=1/10,count=3", "--omega", "1", "--step-size", "1/2"),
    ],
)
def test_rates_of_general_bounds_are_told(run, arguments) -> None:
    code, out, err = run("certify", *arguments, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert 0 < Fraction(answer["rate_upper"]) < 1
    assert answer["guarantee"]["rate"] == answer["rate_upper"]
    assert answer["constant"] is None


def test_a_class_is_named_where_agents_are_told(run) -> None:
    _, out, _ = run("certify", "gd", "--class", "nonconvex", "--agents", "L=1", "--step-size", "1", "--json")
    assert json.loads(out)["agents"] == [{"class": "smooth", "L": "1", "mu": "-1", "count": 1}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--class", "nonconvex", "--agents", "L=1,mu=-2", "--alpha", "1/2"), "no curvature below -L"),
        (("--class", "concave", "--agents", "L=1", "--alpha", "1/2"), "choose one of strongly-convex, convex"),
        (("--class", "pl", "--agents", "L=1", "--alpha", "1/2"), "mu is missing"),
        (("--class", "nonconvex", "--agents", "L=1"), "alpha is missing"),
        (("--class", "nonconvex", "--agents", "L=1", "--alpha", "1/2", "--participation", "2"), "in (0, 1]"),
        (("--class", "nonconvex", "--agents", "L=1", "--alpha", "1/2", "--sigma", "x"), "'x' is not a number"),
        (
            ("--class", "nonconvex", "--agents", "L=1", "--alpha", "1/2", "--memory", "1"),
            "memory: for the rates of strongly",
        ),
        (("--class", "nonconvex", "--agents", "L=1", "--alpha", "1/2", "--measure", "loss"), "is no quantity of ef21"),
    ],
)
def test_mistakes_about_classes_end_in_one_line(run, arguments, message) -> None:
    code, out, err = run("certify", "ef21", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_what_a_method_prints_is_not_in_the_json(run, tmp_path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(
        "from eftheory import Method\nprint('loaded')\n"
        "class Mine(Method):\n    server_state = ('x',)\n    agent_state = ()\n"
        "    def step(self, world, x):\n        return (x - self.step_size * world.mean(world.gradient(x)),)\n"
    )
    given = ("--agents", "L=1,mu=1/10", "--alpha", "1", "--step-size", "1")
    code, out, err = run("certify", f"{path}:Mine", *given, "--json")
    assert (code, json.loads(out)["status_upper"]) == (0, "proved")
    assert "loaded" in err
