"""Every formula on the pages of all proofs is MathML that a browser shows as it is meant."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from eftheory.cli.cite import bibliography
from eftheory.proofkit import Theorem, check, inner, mean, square
from eftheory.proofkit.catalogue import find_proof, load, load_one
from eftheory.proofkit.contents import read_contents
from eftheory.proofkit.lessons.html import Library, as_page, beside
from eftheory.proofkit.lessons.latex import as_document
from eftheory.proofkit.lessons.lesson import Script, tell

PROOFS = Path(__file__).resolve().parents[3] / "proofs"
THEOREMS = load(PROOFS)
LIBRARY = Library(THEOREMS, read_contents(PROOFS, THEOREMS))
WAY = beside(LIBRARY, bibliography())
CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "mover": 2, "munder": 2, "mroot": 2, "msubsup": 3, "munderover": 3}
WORDS = {"mi", "mn", "mo", "mtext"}
ROWS = {"math", "mrow", "mtd", "msqrt", "mstyle"}
BLOCKS = {"body", "div", "p", "li", "span", "td"}


def defects(element, outside="body"):
    """What is wrong with an element of MathML, and with those in it."""
    inside, text = list(element), element.text or ""
    tails = "".join(child.tail or "" for child in inside)
    if element.tag in WORDS:
        if inside or not text.strip():
            yield f"{element.tag}: text, and nothing but text"
    elif element.tag == "mspace":
        if inside or text:
            yield "mspace is empty"
    elif text.strip() or tails.strip():
        yield f"{element.tag}: words stand outside {', '.join(sorted(WORDS))}: {text + tails!r}"
    if element.tag in CHILDREN and len(inside) != CHILDREN[element.tag]:
        yield f"{element.tag} has {len(inside)} children"
    elif element.tag in ("mtable", "mtr"):
        wanted = {"mtable": "mtr", "mtr": "mtd"}[element.tag]
        if not inside or {child.tag for child in inside} != {wanted}:
            yield f"{element.tag} is made of {wanted}"
    elif element.tag not in {*CHILDREN, *WORDS, *ROWS, "mspace"}:
        yield f"{element.tag} is no element of MathML that is used here"
    if element.tag == "math" and outside not in BLOCKS:
        yield f"a formula in {outside}"
    for child in inside:
        yield from defects(child, element.tag)


def page_defects(page):
    """What is wrong with the formulas of a page; the page itself is parsed as XML."""
    body = re.sub(r"<meta[^>]*>", "", page.removeprefix("<!DOCTYPE html>\n"))
    found = []
    for parent in ElementTree.fromstring(body).iter():
        for child in parent:
            if child.tag == "math":
                found += defects(child, parent.tag)
    return found


def raw(page):
    """Words with underscores, signs of programs, and step for gamma, outside of code and formulas."""
    body = re.sub(r"(?s)<style>.*?</style>|<title>.*?</title>|<code>.*?</code>|<math.*?</math>", "", page)
    return re.findall(r"\w*_\w+|<=|\bsqrt\b|\w\^\w|/step\b|\bstep [μL]\b", re.sub(r"(?s)<[^>]*>", " ", body))


def nowhere(page):
    """Links that lead to no page beside this one, and to no place on it."""
    places = re.findall(r' id="([^"]*)"', page)
    assert len(set(places)) == len(places)
    pages = {f"{slug}.html" for slug in (*THEOREMS, "index")}
    return [
        href
        for href in re.findall(r'href="([^"]*)"', page)
        if href not in pages
        and href[1:] not in places
        and href.removeprefix("bibliography.html#") not in bibliography()
    ]


@pytest.mark.parametrize("slug", THEOREMS)
def test_page_and_document(slug):
    theorem = load_one(find_proof(slug, PROOFS))  # its module is then the last of this name
    theorem.shelf = THEOREMS
    blocks = tell(check(theorem, THEOREMS))
    page = as_page(blocks, slug, LIBRARY, WAY)
    assert page_defects(page) == []
    assert raw(page) == []
    assert nowhere(page) == []
    assert (PROOFS.parent / "reports" / "proofs" / f"{slug}.html").read_text("utf-8") == page, "make proofs"
    text = as_document(blocks)
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")
    for left, right in ((r"\\left(?![a-z])", r"\\right(?![a-z])"), (r"\\Bigl", r"\\Bigr")):
        assert len(re.findall(left, text)) == len(re.findall(right, text))
    assert not re.search(r"(?<!\\)_(\{[^{}]*\}|[A-Za-z0-9])_", text)  # a double subscript


def test_all_kinds_of_expressions_are_valid():
    t = Theorem("kinds", "x <= y & <z>")
    a = t.parameter("a_1", above=0, at_most=1)
    u, v = t.vector("u_after"), t.vector("Cv'", indexed=True)
    left = -(a**2) / (1 + a) * square(u - mean(v)) + inner(u, mean(a * v)) * 3 / 2 + a / (a / 7)
    t.qed(t.combine("same", t.claim((left + left + left + left).equals(4 * left))))
    assert page_defects(as_page(tell(check(t), Script()))) == []


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("<mfrac><mi>a</mi></mfrac>", "mfrac has 1 children"),
        ("<mi>a</mi>b", "words stand outside"),
        ("<mi><mn>1</mn></mi>", "nothing but text"),
        ("<msub><mi>a</mi></msub>", "msub has 1 children"),
        ("<mtable><mtd><mi>a</mi></mtd></mtable>", "made of mtr"),
        ("<b>a</b>", "no element"),
    ],
)
def test_defects_are_seen(formula, words):
    assert any(words in found for found in page_defects(f"<body><p><math>{formula}</math></p></body>"))
