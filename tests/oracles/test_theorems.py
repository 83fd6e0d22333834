"""A checker that shares no code with the kernel comes to the same verdicts, on the theorems and on changed ones."""

from __future__ import annotations

import ast
import random
import sys
from pathlib import Path

import pytest

from eftheory.proofkit.attack import mutants
from eftheory.proofkit.catalogue import load_named, slugs_in
from eftheory.proofkit.kernel import check
from eftheory.proofkit.writer import write_theorem
from tests.oracles import theorems as oracle

PROOFS = Path(__file__).parents[2] / "proofs"
QUICK = ("gd", "theta_beta", "stability", "top_k", "ef_is_ef21", "marina", "perm_k", "stochastic_ef21", "ef21_pl_steps")
"""Theorems of all kinds that take seconds."""
PARTS = 4
MOST_LINES = 400
SAMPLE = 12
"""Changes that are tried of each."""


def data_of(theorems):
    return {slug: write_theorem(theorem) for slug, theorem in theorems.items()}


def test_it_is_short_and_shares_nothing_with_the_kernel():
    text = Path(oracle.__file__).read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    nodes = list(ast.walk(ast.parse(text)))
    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    assert {name.partition(".")[0] for name in imported} <= {"numpy", "sympy", *sys.stdlib_module_names}


@pytest.mark.thorough
@pytest.mark.parametrize("slug", QUICK)
def test_verdicts_agree_on_a_theorem_and_on_changes_of_it(slug):
    library = load_named([slug], PROOFS)
    data = data_of(library)
    assert set(oracle.check_all(data).values()) == {""}
    changed = list(mutants(library[slug]))
    for mutant in random.Random(slug).sample(changed, min(SAMPLE, len(changed))):
        kernel = check(mutant.theorem, library).problem
        found = oracle.check_all(data | {slug: write_theorem(mutant.theorem)})[slug]
        assert (kernel is None) == (found == ""), (mutant.what, kernel, found)


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(PARTS))
def test_every_theorem(part):
    library = load_named(slugs_in(PROOFS)[part::PARTS], PROOFS)
    problems = oracle.check_all(data_of(library))
    assert {slug: problem for slug, problem in problems.items() if problem} == {}


def halves(**changes):
    """x/2 < x for positive x, and what is changed in it."""
    return {
        "format": "eftheory-theorem/1", "slug": "halves", "symbols": {"x": {}}, "hypotheses": [], "qed": ["less"],
        "parameters": [{"symbol": "x", "above": "0"}], "claims": [[["/", "x", "2"], "<", "x"]],
        "steps": [{"name": "less", "says": [["/", "x", "2"], "<", "x"], "reason": "positivity"}], **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"parameters": [{"symbol": "x", "at_least": "0"}]},
        {"parameters": []},
        {"claims": [[["/", "x", "2"], "<", "0"]]},
        {"claims": []},
        {"steps": [{"name": "less", "says": ["0", "=", "x"], "reason": "positivity"}], "claims": [["0", "=", "x"]]},
        {"qed": ["more"]},
        {"steps": [{"name": "less", "says": [["/", "x", "2"], "<", "x"], "reason": "given"}]},
        {"steps": [{"name": "less", "says": [["/", "x", "2"], "<", "x"], "reason": "lemma", "slug": "halves"}]},
        {"steps": [{"name": "less", "says": [["/", "x", "2"], "<", "x"], "reason": "time", "now": "x"}]},
        {"symbols": {"x": {"random": True}}},
        {"symbols": {"x": {"kind": "vector"}}},
        {"symbols": {"x": {}, "(1/2)^T": {}}},
        {"format": "eftheory-theorem/2"},
        {"parameters": [{"symbol": "x", "above": "0", "at_least": "1"}]},
        {"parameters": [{"symbol": "x", "above": "0/1"}]},
        {"symbols": {"x": {}, "C": {"kind": "map", "random": True}}},
        {"symbols": {"x": {}, "C": {"kind": "matrix"}}},
        {"claims": [[["/", "x", "2"], "<", "x", "x"]]},
    ],
)
def test_refused(changes):
    assert oracle.check_all({"halves": halves()}) == {"halves": ""}
    assert oracle.check_all({"halves": halves(**changes)})["halves"]


@pytest.mark.parametrize("name", ["mean", "agent", "inner", "number"])
def test_names_mean_nothing(name):
    """A symbol may be called as a part of the format, or of this checker, is."""
    u = ["inner", name, name]
    says = [["mean", "1"], "<=", ["+", "1", u]]
    data = halves(symbols={name: {"kind": "vector"}}, parameters=[], claims=[says])
    data["steps"] = [{"name": "less", "says": says, "reason": "combination", "squares": [["1", name]]}]
    assert oracle.check_all({"halves": data}) == {"halves": ""}


def test_what_holds_if_nothing_is_said_may_be_said():
    plain = {"kind": "scalar", "indexed": False, "random": False}
    assert oracle.check_all({"halves": halves(symbols={"x": plain})}) == {"halves": ""}


def test_a_product_of_nothing_is_one():
    says = [["/", "x", ["+", "1", ["*"]]], "<", "x"]
    line = {"name": "less", "says": says, "reason": "positivity"}
    assert oracle.check_all({"halves": halves(claims=[says], steps=[line])}) == {"halves": ""}
    says[0][2] = ["+"]
    assert oracle.check_all({"halves": halves(claims=[says], steps=[line])})["halves"]


def of_vectors(says, claim, **reason):
    kinds = {"u": {"kind": "vector"}, "x": {}}
    given = [{"name": "vectors", "says": ["u", "=", "0"]}, {"name": "numbers", "says": ["x", "=", "x"]}]
    given[0]["says"][2] = ["*", "0", "u"]
    line = {"name": "less", "says": says, "reason": "combination", **reason}
    return halves(symbols=kinds, parameters=[], hypotheses=given, steps=[line], claims=[claim])


def test_vectors_have_no_order_and_multiply_no_equation_of_numbers():
    says = ["u", "=", ["*", "0", "u"]]
    for claim, reason, fine in (
        (says, {"using": [["1", "vectors"]]}, True),
        (["u", "<=", ["*", "0", "u"]], {"using": [["1", "vectors"]]}, False),
        (says, {"using": [["1", "vectors"], ["u", "numbers"]]}, False),
    ):
        assert (oracle.check_all({"halves": of_vectors(says, claim, **reason)})["halves"] == "") is fine


@pytest.mark.parametrize(("values", "fine"), [({"x": "y"}, True), ({"x": "y", "z": "y"}, False)])
def test_a_lemma_has_values_for_its_symbols_only(values, fine):
    says = [["/", "y", "2"], "<", "y"]
    line = {"name": "less", "says": says, "reason": "lemma", "slug": "halves", "values": values}
    changes = {"symbols": {"x": {}, "y": {}, "z": {}}, "parameters": [{"symbol": "y", "above": "0"}]}
    user = halves(slug="user", claims=[says], steps=[line], **changes)
    assert (oracle.check_all({"halves": halves(), "user": user})["user"] == "") is fine
