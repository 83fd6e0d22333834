"""The command methods, and what is said of a name that is no method to certify."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from eftheory.methods import CERTIFIED
from eftheory.methods.catalogue import CATALOGUE, NOT_AVAILABLE
from eftheory.theory.named import name_of

AGENTS = ("--agents", "L=1,mu=1/10", "--alpha", "3/4")


def test_all_methods_are_listed_with_what_can_be_done(run):
    code, out, err = run("methods")
    rows = [re.split(r" {2,}", line) for line in out.splitlines()]
    names = [*map(name_of, CATALOGUE), *NOT_AVAILABLE]
    assert (code, err) == (0, "")
    assert [row[0] for row in rows[1 : len(names) + 1]] == names
    known = {row[0]: row[1] for row in rows[1:-2]}
    assert (known["marina"], known["diana"], known["dasha"]) == ("certified, theorem", "certified, theorem", "theorem")
    assert known["ef_sgd"] == "nothing"
    assert {known[name] for name in NOT_AVAILABLE} == {"original: text not available"}
    listed = json.loads(run("methods", "--json")[1])
    assert [each["method"] for each in listed if each["certify"]] == [kind.name for kind in CERTIFIED]
    assert {each["method"]: each["prove"] for each in listed}["marina"] == ["marina", "marina_perm_k"]
    assert all(each["is"].endswith(".") and "<-" in each["is"] + each["round"] for each in listed[: len(CATALOGUE)])
    without_theorem = ("ef_bv", "ef_sgd", *NOT_AVAILABLE)
    assert all(each["cite"] and (each["prove"] or each["method"] in without_theorem) for each in listed)


@pytest.mark.parametrize("name", ["EF21-SGD", "ef21_sgd"])
def test_of_one_method_all_is_told(run, name):
    code, out, _ = run("methods", name)
    rows = dict(re.split(r" {2,}", line) for line in out.splitlines())
    assert (code, rows["method"], rows["asks"]) == (0, "ef21_sgd", "noisy gradients, contractive messages")
    assert rows["round"].startswith("x <- x - step_size mean_i d_i")
    assert "eftheory certify ef21_sgd, eftheory rate ef21_sgd, eftheory prove stochastic_ef21" in rows["commands"]
    assert (
        run("methods", name, "--json")[1]
        == json.dumps(
            [each for each in json.loads(run("methods", "--json")[1]) if each["method"] == "ef21_sgd"], indent=1
        )
        + "\n"
    )


@pytest.mark.parametrize("kind", [kind for _, kind in NOT_AVAILABLE.values()])
def test_a_reconstruction_says_so(run, kind):
    doc = " ".join((kind.__doc__ or "").split())
    assert "reconstruction of ours" in run("methods", kind.name)[1]
    assert "original: text not available" in doc


@pytest.mark.parametrize(
    ("words", "message"),
    [(("ef22",), "'ef22': no such method; did you mean ef21?"), (("ef", "--steps"), "about all methods")],
)
def test_a_name_that_is_no_method_is_one_line(run, words, message):
    code, out, err = run("methods", *words)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert message in err


@pytest.mark.parametrize("options", [("--json", "--steps"), ("--coverage", "--json"), ("--steps", "--coverage")])
def test_of_two_outputs_one_is_to_be_chosen(run, options):
    assert run("methods", *options) == (2, "", "eftheory: --coverage, --json, --steps: choose one\n")


@pytest.mark.parametrize("command", ["certify", "rate"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ef22", "did you mean ef21?"),
        ("econtrl", "did you mean econtrol?"),
        ("heterogenous_law", "did you mean heterogeneous_law?"),
    ],
)
def test_a_slip_leads_on(run, command, name, words):
    test_a_name_that_is_not_certified_leads_on(run, command, name, words)


@pytest.mark.parametrize("command", ["certify"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ef21w-sgd", "no certificates are made of it; eftheory prove ef21_w_sgd"),
        ("EF21-Plus", "its numbers: eftheory rate ef21_plus --help"),
        ("EF21-W", "eftheory prove ef21_w"),
        ("EF21-W", "those of ef21 serve it, whatever the weights are, with n w_i d_i for d_i: eftheory certify ef21;"),
        ("MARINA-P", "eftheory prove marina_p"),
        ("EF21_nonconvex", "it is a theorem, not a method: eftheory prove ef21_nonconvex"),
        ("EF21_nonconvex", "its numbers: eftheory rate ef21_nonconvex --help"),
        ("theta_beta", "it is a theorem, not a method: eftheory prove theta_beta; choose"),
    ],
)
def test_a_name_that_is_not_certified_leads_on(run, command, name, words):
    code, out, err = run(command, name, *AGENTS)
    assert (code, out) == (2, "")
    assert f"method='{name}': " in err
    assert words in err
    assert "choose one of gd, cgd, ef, ef21" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["ef21-sgd", "EF21-PP", "MARINA", "EF21_nonconvex"])
def test_rate_takes_the_names_that_certify_does_not(run, name):
    """And has options of their own for them."""
    code, out, _ = run("rate", name, "--help")
    assert code == 0
    assert "--L" in out.split()


def test_the_coverage_is_a_table_of_each_method(run):
    code, out, _ = run("methods", "--coverage")
    rows = [line.split("|")[1:-1] for line in out.splitlines() if line.startswith("|")]
    assert code == 0
    named = [name.strip(" `") for row in rows[2:] for name in row[0].split(",")]
    assert sorted(named) == sorted(name_of(kind) for kind in CATALOGUE)
    assert len({tuple(row[1:]) for row in rows[2:]}) == len(rows) - 2  # those of which the same is known share a row
    assert len({len(row) for row in rows}) == 1


def test_a_class_keeps_its_capitals(run):
    _, _, err = run("rate", "Mine.py:MyEF", *AGENTS)
    assert "method='Mine.py:MyEF': no laws are known of your own methods" in err


@pytest.mark.parametrize("name", ["ef21-sgd", "MARINA", "Ef21-PP", "EF21"])
def test_every_method_can_be_cited(run, name):
    code, out, _ = run("cite", name)
    assert code == 0
    assert out.startswith("@")


def test_a_theorem_is_not_cited_but_its_source_is(run):
    assert "it is a theorem: eftheory prove ef21_nonconvex names its source" in run("cite", "ef21_nonconvex")[2]


def test_what_a_step_can_say_is_printed_whole(run):
    code, out, _ = run("methods", "--steps")
    assert code == 0
    assert out == files("eftheory.methods").joinpath("STEPS.md").read_text(encoding="utf-8")
    assert "eftheory methods --steps" in run("methods")[1]


@pytest.mark.parametrize("place", ["econtrol:EControl", "dcgd:DCGD", "heavy_ball:HeavyBallEF21"])
def test_what_is_said_to_be_certified_is(run, place):
    code, out, _ = run("certify", f"eftheory.methods.{place}", *AGENTS, "--step-size", "1/10")
    assert code == 0
    assert out.count("   proved\n") >= 2
