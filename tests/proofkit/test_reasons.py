"""How many steps rest on which kind of reason."""

import pytest

from eftheory.proofkit import check
from eftheory.proofkit.kernel.reason import Given, Lemma
from eftheory.proofkit.kernel.rules import RULES
from eftheory.proofkit.lessons.lesson import Script, as_text, tell
from eftheory.proofkit.reasons import DERIVED, count_expanded, count_reasons, in_words, kind_of
from tests.proofkit.claims import new


def halves():
    t = new()
    x = t.parameter("x", above=0)
    t.combine("same", (x / 2 + x / 2).equals(x))
    t.root("root", x <= x, t.positive("squares", x**2 <= x**2))
    t.qed(t.positive("less", t.claim(x / 2 < x)))
    return t


def test_each_step_counts_once():
    counts = count_reasons(halves().steps)
    assert counts == {"primitive": {"combination": 2, "positivity": 2}, "derived": {}}
    assert in_words(counts) == "4 steps have primitive reasons (2 sums, 2 sign arguments)."


def test_a_lemma_expands_to_the_proof_of_its_theorem():
    t = new("user")
    x = t.parameter("x", above=0)
    t.qed(t.lemma("less", t.claim(x / 2 < x), "t", {x: x}), t.lemma("again", x / 2 < x, "user"))
    assert count_expanded(t) == count_reasons(t.steps)
    t.shelf = {"t": halves()}
    assert count_expanded(t) == {
        "primitive": {"combination": 2, "positivity": 2},
        "derived": {"lemma": 1},
    }


def test_a_chain_of_lemmas_that_use_each_other_twice_is_counted_at_once():
    shelf = {"t0": halves()}
    for j in range(1, 100):
        t = shelf[f"t{j}"] = new(f"t{j}")
        x, t.shelf = t.parameter("x", above=0), shelf
        t.qed(*(t.lemma(name, x / 2 < x, f"t{j - 1}", {x: x}) for name in ("once", "again")))
    assert count_expanded(t) == {"primitive": {"combination": 2**100, "positivity": 2**100}, "derived": {}}


@pytest.mark.parametrize("kind", [kind for kind in RULES if kind is not Given])
def test_each_kind_has_words(kind):
    name = kind_of(kind.__new__(kind))
    assert in_words({"primitive": {name: 1}, "derived": {name: 2}})
    assert Lemma in DERIVED


def test_it_is_said_before_the_verdict():
    *_, counted, _, verdict = as_text(tell(check(halves()), Script())).rstrip().split("\n")
    assert (counted[:26], verdict) == ("4 steps have primitive rea", "PROVED")
