"""The theorems that provide the hypothesis about compressors are named where it stands, and are about just that."""

import pytest

from eftheory.proofkit import check, expectation, mean, square
from eftheory.proofkit.kernel.entailment import says
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.lemma_symbols import named
from eftheory.proofkit.lessons.compressors import PROVIDERS, compressed, providers
from eftheory.proofkit.lessons.lesson import Script, as_text, tell
from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofkit.claims import new

COMPRESSED = {
    "top_k": lambda s: (s["b"] * s["x"], s["x"], 1 - s["k"] / s["d"]),
    "rand_k": lambda s: (s["b"] * s["x"], s["x"], 1 - s["k"] / s["d"]),
    "scaled_sign": lambda s: (mean(s["a"]) * s["e"], s["x"], 1 - 1 / s["d"]),
    "unbiased_to_contractive": lambda s: (s["c"] / (1 + s["omega"]), s["v"], 1 - 1 / (1 + s["omega"])),
}


def same(value):
    return value


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda each: each.slug)
def test_the_claim_is_the_hypothesis(provider):
    theorem = packaged_theorem(provider.slug)
    image, vector, factor = COMPRESSED[provider.slug](named(theorem))
    norm = square if vector.is_vector else lambda entries: mean(square(entries))
    average = expectation if provider.slug in ("rand_k", "unbiased_to_contractive") else same
    hypothesis = average(norm(image - vector)) <= factor * norm(vector)
    assert says(theorem.conclusions[provider.claim], hypothesis)
    assert not says(theorem.conclusions[provider.claim], average(norm(image - vector)) <= factor * norm(vector) / 2)
    assert write(factor) == provider.factor


@pytest.mark.parametrize(
    "slug",
    ["ef21_nonconvex", "ef_nonconvex", "ef_equal_agents", "heterogeneous_law", "ef21_page", "ef21_sparse"],
)
def test_methods_ask_for_just_that(slug):
    theorem = packaged_theorem(slug)
    (hypothesis,) = (step for step in theorem.givens if step.name == "compressor")
    assert compressed(hypothesis.relation) is not None
    assert all(f"`{each.slug}`" in providers(hypothesis) for each in PROVIDERS)


def test_other_hypotheses_of_that_name_are_not_linked():
    t = new()
    v, c, q = t.vector("v"), t.vector("c", random=True), t.parameter("q", at_least=0)
    t.given("compressor", expectation(square(c - v)) <= q * square(v))
    assert providers(t.givens[-1])
    for j, other in enumerate(
        [
            expectation(square(c)) <= q * square(v),
            expectation(square(c - v)) <= 0 * square(v),
            expectation(square(c - v)).equals(q * square(v)),
            expectation(square(c - v)) <= q * square(v) + 1,
            square(c - v) <= q * square(v),
            expectation(square(c - 2 * v)) <= q * square(v),
            expectation(c).equals(v),
        ]
    ):
        t.given(f"compressor {j}", other)
        assert providers(t.givens[-1]) == ""


def test_a_lesson_says_it_after_the_hypothesis():
    t = new()
    v, c, q = t.vector("v"), t.vector("c", random=True), t.parameter("q", at_least=0)
    line = t.given("compressor", expectation(square(c - v)) <= q * square(v))
    t.qed(t.combine("a", t.claim(expectation(square(c - v)) <= q * square(v)), [line]))
    words = " ".join(as_text(tell(check(t), Script())).split())
    assert "q ||v||^2 In d dimensions this is proved for Top-k in `top_k` (factor 1 - k/d), Rand-k in" in words
