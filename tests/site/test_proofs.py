"""Proof pages: links lead somewhere, claims have numbers, symbols have words, and what a file says is escaped."""

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from eftheory.pages.folded import Way
from eftheory.pages.fragments import Link
from eftheory.pages.html import sentence
from eftheory.proofkit import Theorem
from eftheory.proofkit.catalogue import load_named, prove
from eftheory.proofkit.contents import files_in
from eftheory.proofkit.lessons.html import Library, as_page, body
from eftheory.proofkit.lessons.lesson import Script, tell
from eftheory.site.glossary import GLOSSARY
from eftheory.site.pictures import PICTURES, STEP, run
from eftheory.site.proofs import PATH, _methods, way_from_root

PROOFS = Path(__file__).resolve().parents[2] / "proofs"
THEOREMS = load_named(PATH, PROOFS)
LIBRARY = Library(THEOREMS, {"All": list(THEOREMS)})
ENTRIES = prove(THEOREMS, list(PATH))
BODIES = {slug: body(tell(ENTRIES[slug].told), slug, LIBRARY, way_from_root(LIBRARY)) for slug in PATH}


@pytest.mark.parametrize("slug", PATH)
def test_links_lead_to_places_of_the_site(slug):
    places = set(re.findall(r' id="([^"]*)"', BODIES[slug]))
    for href in re.findall(r'href="([^"]*)"', BODIES[slug]):
        page, _, place = href.partition("#")
        if page == "/glossary.html":
            assert place in GLOSSARY
        elif page:
            assert page == "/bibliography.html" or page[8:-5] in THEOREMS
        else:
            assert place in places


@pytest.mark.parametrize("slug", PATH)
def test_claims_have_numbers_and_lead_to_their_proofs(slug):
    several = len(THEOREMS[slug].conclusions) > 1
    numbers = [int(found) for found in re.findall(r'id="claim-(\d+)"', BODIES[slug])]
    assert numbers == list(range(1, len(THEOREMS[slug].conclusions) + 1))
    assert BODIES[slug].count('<span class="proof"><a href="#line-') == len(numbers)
    assert ("This is <a" in BODIES[slug]) == several


@pytest.mark.parametrize("slug", [slug for slug in PATH if slug != "law_step_is_not_best"])
def test_each_symbol_has_words(slug):
    listed = BODIES[slug].partition('<ul class="symbols">')[2].partition("</ul>")[0]
    for row in re.findall(r"<li>(.*?)</li>", listed):
        words = re.sub(r"<[^>]*>", "", re.sub(r"(?s)<math.*?</math>", "", row))
        assert not re.fullmatch(
            r"[ ,:≤<]*(a )?(random )?(number|vector|linear map)?s?(, one for each \w+ i)?", words
        ), row


@pytest.mark.parametrize("slug", PATH)
def test_one_name_for_the_step(slug):
    """What formulas write as gamma no sentence calls by the word step beside other mathematics."""
    words = re.sub(r"<[^>]*>", "", re.sub(r"(?s)<math.*?</math>", "", BODIES[slug]))
    assert not re.findall(r"(?<!\w)[-−+/]\s?step\b|/step\b|\bstep [μL]\b", words)


def test_the_path_is_there_and_its_ideas_are_told():
    for slug in PATH[:-1]:
        untold = [step.name for step in THEOREMS[slug].steps if not step.prose]
        assert len(untold) <= 5, untold  # those that a helper writes for several theorems


def test_every_picture_is_named_and_drawn():
    named = {name for path in files_in(PROOFS).values() for name in re.findall(r"\]\((\w+)\.svg\)", path.read_text())}
    assert named == PICTURES.keys()
    assert "<svg" in BODIES["dcgd_diverges"]


def test_the_run_is_that_of_the_theorem():
    points = run(False)
    assert all(x[0] == x[1] == x[2] for x in points)
    assert {after[0] / now[0] for now, after in pairwise(points)} == {1 + Fraction(11, 6) * STEP}


def test_lines_with_one_idea_are_shown_once():
    page = BODIES["dcgd_diverges"]
    assert page.count("By symmetry it is the same") == 3  # the first, and the two that fold
    assert "Likewise, and checked one by one: claim 2 to claim 3." in page


def test_methods_are_those_of_the_theory():
    assert _methods()["tight_lower_bound"] == ("ef", "ef21")


HOSTILE = 'A <b>"title" & more'


def hostile():
    t = Theorem("hostile", HOSTILE, source="own")
    x = t.parameter("x", above=0)
    t.qed(t.positive('l<"&', t.claim(x / 2 < x), prose="<script>alert(1)</script> `no_such`"))
    return t


def test_what_a_file_says_is_escaped():
    told = tell(prove({"hostile": hostile()})["hostile"].told, Script())
    page = as_page(told, "hostile", Library({"hostile": hostile()}, {'"<&': ["hostile"]}))
    for bad in ("<b>", "<script", "</title> more", 'id="l<', '›  "<&'):
        assert bad not in page
    assert "&lt;script&gt;" in page
    assert "<code>no_such</code>" in page


def test_a_way_is_escaped():
    told = tell(prove({"hostile": hostile()})["hostile"].told, Script())
    way = Way(lambda link: '"><script>' if link.kind == "theorem" else "")
    assert "<script>" not in body(told, "hostile", LIBRARY, way)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(-3, 2) and -t", "(−3, 2) and −<i>t</i>"),
        ("||x||_1 is 2 sqrt 2", "‖<i>x</i>‖<sub>1</sub> is 2 √2"),
        ("<a_i, x>^2", "⟨<i>a</i><sub>i</sub>, <i>x</i>⟩<sup>2</sup>"),
        ("EF21 and Top-1", "EF21 and Top-1"),
    ],
)
def test_words_are_written_as_in_print(text, shown):
    assert sentence(text) == shown


def test_a_link_without_a_way_is_words():
    assert Link("`a`", "theorem", "a").words == "`a`"


@pytest.mark.thorough  # a browser
@pytest.mark.parametrize(("width", "dark"), [(400, True), (1200, False)])
def test_pages_fit_and_show_no_stray_scroll_bars(open_page, tmp_path, width, dark):
    path = tmp_path / "page.html"
    path.write_text(as_page(tell(ENTRIES["tight_rate"].told), "tight_rate", LIBRARY), "utf-8")
    page = open_page(path.as_uri(), width=width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bars = "e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY == 'auto'"
    assert page.evaluate(f"[...document.querySelectorAll('body *')].filter({bars}).length") == 0
    page.locator(".step > summary .idea").first.click()
    assert page.locator(".step[open]").count() == 1
