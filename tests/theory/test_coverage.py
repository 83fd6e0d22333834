"""The table of coverage says what the code has, of every method and every theorem, and nothing else."""

import re
from pathlib import Path

import pytest

from eftheory.assumptions import COMMON_MINIMISER, SmoothStronglyConvex
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser
from eftheory.assumptions.mean.noise import IndependentNoise, Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.methods import CERTIFIED, METHODS
from eftheory.methods.catalogue import CATALOGUE
from eftheory.proofkit.catalogue import slugs_in
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.classes import CONVEX, NONCONVEX, NONE, PL, STRONGLY_CONVEX, VARIANCE
from eftheory.theory.coverage import HEADS, WIDER, as_markdown, covered
from eftheory.theory.look_up import look_up
from eftheory.theory.named import name_of
from tests.kit.second import SECOND, second

ROOT = Path(__file__).resolve().parents[2]
every = pytest.mark.parametrize("kind", CATALOGUE, ids=name_of)


def case_of(certificate):
    """Of a certificate of the second format: the method, the class of functions, the noise, and what is starred."""
    setting = certificate.setting
    assumed = {type(assumption) for assumption in setting.assumptions}
    usual = all(type(agent.functions) is SmoothStronglyConvex for agent in setting.agents)
    convex = STRONGLY_CONVEX if all(agent.mu > 0 for agent in setting.agents) else CONVEX
    functions = PL if PolyakLojasiewicz in assumed else convex if usual else NONCONVEX
    noise = VARIANCE if assumed & {Noise, IndependentNoise} else NONE
    common = COMMON_MINIMISER in setting.method.hypotheses
    return type(setting.method), functions, noise, common or bool(assumed & {CommonGlobalMinimiser, Similar})


SEEN = {case_of(second(name)) for name in SECOND}


@every
def test_what_is_certified_is_seen_in_a_certificate(kind):
    """Those of the first format, of strongly convex functions and exact gradients, are seen elsewhere."""
    for functions, noise in HEADS:
        cell = covered(kind, functions, noise)
        first = kind in METHODS.values() and (functions, noise) == (STRONGLY_CONVEX, NONE)
        if cell.status == "certified" and not first:
            assert {(kind, functions, noise, cell.starred), (kind, functions, VARIANCE, cell.starred)} & SEEN


@every
def test_what_is_seen_in_a_certificate_is_certified(kind):
    for _, functions, noise, _ in (case for case in SEEN if case[0] is kind):
        assert covered(kind, functions, noise).status == "certified"


@every
def test_only_methods_that_a_certificate_may_name_are_certified(kind):
    certified = [case for case in HEADS if covered(kind, *case).status == "certified"]
    assert bool(certified) == (kind in CERTIFIED)


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
