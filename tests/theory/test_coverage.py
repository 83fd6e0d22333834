"""The table of coverage says what the code has, of every method and every theorem, and nothing else."""

import re
from pathlib import Path

import pytest

from eftheory import certify
from eftheory.methods import CERTIFIED
from eftheory.methods.catalogue import CATALOGUE
from eftheory.proofkit.catalogue import slugs_in
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.coverage import HEADS, WIDER, as_markdown, covered
from eftheory.theory.look_up import look_up
from eftheory.theory.named import name_of

ROOT = Path(__file__).resolve().parents[2]
every = pytest.mark.parametrize("kind", CATALOGUE, ids=name_of)


@every
def test_what_is_certified_is_what_certify_takes(kind):
    certified = [case for case in HEADS if covered(kind, *case).status == "certified"]
    assert len(certified) == (kind in CERTIFIED or look_up(kind).recorded)


@pytest.mark.parametrize("kind", [kind for kind in CATALOGUE if look_up(kind).recorded], ids=name_of)
def test_what_is_certified_by_its_place_is_proved(kind):
    result = certify(f"{kind.__module__}:{kind.__name__}", (1, "1/2", 3), alpha="9/10", step_size="1/10")
    assert result.status("upper") == "proved"


@every
def test_a_theorem_is_about_the_method_and_the_functions_or_more(kind):
    known = look_up(kind)
    for functions, noise in HEADS:
        cell = covered(kind, functions, noise)
        if not cell.slug:
            assert cell.status in ("certified", "runs", "not yet")
            continue
        theorem = CALCULATORS[cell.slug]
        assert cell.slug in (*known.theorems, known.on_smooth, known.on_convex, known.on_pl)
        assert theorem.functions in (functions, *WIDER[functions])
        assert cell.starred == bool(theorem.only_if)
        same = (theorem.functions, theorem.noise) == (functions, noise)
        assert cell.status == ("theorem" if same else "(theorem)")


def test_every_theorem_with_numbers_is_about_a_method_and_has_a_column():
    about = {slug for kind in CATALOGUE for slug in look_up(kind).theorems}
    assert set(CALCULATORS) <= about
    assert {(each.functions, each.noise) for each in CALCULATORS.values()} <= set(HEADS)
    assert set(CALCULATORS) <= set(slugs_in(ROOT / "proofs"))


@every
def test_its_theorem_fills_the_column_of_its_own_functions(kind):
    for slug in look_up(kind).theorems:
        if slug in CALCULATORS:
            own = covered(kind, CALCULATORS[slug].functions, CALCULATORS[slug].noise)
            assert own.status in ("certified", "theorem")


def test_links_lead_to_proofs():
    links = re.findall(r"\((proofs/\w+/\w+\.py)\)", as_markdown())
    assert len(links) > len(CATALOGUE)
    assert all((ROOT / link).is_file() for link in links)
