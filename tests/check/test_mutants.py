"""A few thousand damaged certificates in every run of the suite; a million by hand."""

import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial

import pytest

from eftheory.certificates import CertificateError, read_certificate
from eftheory.check import check_certificate
from tests.check.judge import contradiction
from tests.check.mutants import CHUNK, Fuzz, Summary, chunk
from tests.check.mutations import EXTERNAL, mutate_text, places, put, sources, swap_types
from tests.kit.examples import EXAMPLES, example

STREAMS = 4


@cache
def stream(number: int) -> Summary:
    return Fuzz(f"suite {number}").run(1000)


@pytest.mark.parametrize("number", range(STREAMS))
def test_no_mutant_proves_a_falsehood(number):
    summary = stream(number)
    assert summary.false_accepts == []
    assert summary.crashes == []
    assert sum(summary.outcomes.values()) >= summary.mutants == 1000


def test_mutants_of_the_text():
    summary = Fuzz("text", text_share=1).run(1000)
    assert summary.false_accepts == []
    assert summary.crashes == []
    assert summary.outcomes["refused by the reader"] > 300


def test_the_strongest_claims_that_pass_are_true():
    """What a search finds for damaged definitions; some have no rate below 1."""
    pool = [source for source in sources() if source.bound == "upper" and source.name in EXTERNAL]
    summary = Fuzz("search", text_share=0, search_share=1, pool=pool).run(60)
    assert summary.false_accepts == []
    assert summary.crashes == []
    assert summary.outcomes["external upper: accepted, another true claim"] > 10
    assert summary.outcomes["nothing found"] > 2


def test_the_fuzz_has_teeth():
    """In some mutants one obligation alone stood between a false claim and its acceptance."""
    total = sum((stream(number) for number in range(STREAMS)), Summary())
    stopped = {name for name, count in total.saved.items() if count}
    assert stopped >= {
        "upper: decrease: rate V - V+ - sum of multipliers times inequalities >= 0: positive semidefinite",
        "upper: V >= c measure: positive semidefinite",
        "upper: C measure >= V: positive semidefinite",
        "upper: c > 0",
        "upper: the template is one of the method's",
        "upper: below names inequalities that always hold, one number for each type",
        "lower: message N of type N is contractive",
        "class_bound: Gram(z+) - rate Gram(z) >= 0: mean",
    }
    outcomes = total.outcomes
    assert (
        total.saved[
            "external upper: decrease: rate V - V+ - sum of multipliers times inequalities >= 0: positive semidefinite"
        ]
        > 10
    )
    for bound in ("upper", "lower", "class_bound"):
        assert outcomes[f"{bound}: rejected"] > 100
        assert outcomes[f"{bound}: accepted, no stronger"] > 10
        assert outcomes[f"{bound}: accepted, another true claim"] > 10
        assert outcomes[f"external {bound}: accepted, another true claim"] > 10


def test_what_is_accepted_of_external_methods_is_heard_by_the_oracle():
    """And there is a lot of it: the proofs have room to spare for other definitions."""
    total = sum((stream(number) for number in range(STREAMS)), Summary())
    for bound in ("upper", "lower"):
        accepted = sum(count for name, count in total.outcomes.items() if name.startswith(f"external {bound}: accept"))
        assert total.heard[f"external {bound}: heard by the oracle"] == accepted > 100


def test_the_judge_knows_falsehood():
    """What the fuzz calls false: claims on the wrong side of the worst case and of the closed form."""
    for name in EXAMPLES:
        certificate = example(name)
        setting, upper, lower = certificate.setting, certificate.upper, certificate.lower
        assert contradiction(setting, "upper", upper) == ""
        assert contradiction(setting, "lower", lower) == ""
        assert "< proved lower" in contradiction(setting, "upper", replace(upper, rate=lower.rate * Fraction(9, 10)))
        assert "> proved upper" in contradiction(setting, "lower", replace(lower, rate=(1 + upper.rate) / 2))
        assert "growth^2" in contradiction(setting, "lower", replace(lower, rate=Fraction(-1)))
        assert "c = " in contradiction(setting, "upper", replace(upper, c=2 * upper.C))


def test_the_same_seed_gives_the_same_mutants():
    assert Fuzz("x").run(60) == Fuzz("x").run(60) != Fuzz("y").run(60)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("factor", [1 - Fraction(1, 2**20), 1 + Fraction(1, 2**20), Fraction(0), Fraction(-1)])
def test_every_number_of_every_bound_in_turn(name, factor):
    """Systematically what the fuzz does at random: each number times each factor."""
    certificate = example(name)
    for bound in ("upper", "lower", "class_bound"):
        evidence = getattr(certificate, bound)
        for path, value in places(evidence) if evidence else ():
            changed = put(evidence, path, value * factor)
            for verdict in check_certificate(replace(certificate, **{bound: changed})):
                if verdict.proved and verdict.claim.kind == bound:
                    assert contradiction(certificate.setting, bound, changed) == "", path


def test_exchanging_types_twice_is_nothing():
    for name in EXAMPLES:
        for bound in ("upper", "lower", "class_bound"):
            evidence = getattr(example(name), bound)
            assert evidence is None or swap_types(swap_types(evidence)) == evidence


def test_texts_are_damaged_in_many_ways():
    rng, messages = random.Random(1), set()
    for _ in range(300):
        try:
            read_certificate(mutate_text(rng, "ef21"))
        except CertificateError as error:
            messages.add(str(error).split(":")[-1].strip()[:20])
    assert len(messages) > 15


@pytest.mark.slow(reason="most of an hour; thousands of mutants run every time")
def test_a_million_mutants():
    with ProcessPoolExecutor() as pool:
        total = sum(pool.map(partial(chunk, "slow"), range(10**6 // CHUNK)), Summary())
    assert total.mutants == 10**6
    assert total.false_accepts == []
    assert total.crashes == []
