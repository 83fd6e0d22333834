"""The index of the search: what a page and a term is found by."""

import json

from eftheory.site.builder import Placed
from eftheory.site.page import Page
from eftheory.site.search import search_index
from eftheory.site.sections import Section

SECTION = Section("Proofs", "a.html", lambda: iter(()))


def entries(page):
    text = search_index([Placed(page, SECTION)]).decode()
    name, _, data = text.partition("=")
    assert name == "window.eftheoryPages"
    return json.loads(data.rstrip(";\n"))


def test_a_page_is_found_by_title_part_words_and_headings():
    body = '<h2 id="x">The <i>μ</i> &lt; <i>L</i></h2><p>not this</p><h3>Again</h3>'
    page = Page("proofs/a.html", "A & B", body, part="First", words="EF21")
    assert entries(page) == [["A & B", "proofs/a.html", "Proofs: First", "EF21 The μ < L Again"]]


def test_a_term_is_found_at_its_place():
    page = Page("glossary.html", "Glossary", '<dl><dt id="alpha"><i>α</i>, contraction</dt><dd>x</dd></dl>')
    assert entries(page)[1:] == [["α, contraction", "glossary.html#alpha", "Glossary", "alpha"]]


def test_what_is_in_a_title_cannot_end_the_script():
    text = search_index([Placed(Page("a.html", '";alert(1)//</script>', ""), SECTION)]).decode()
    assert json.loads(text.partition("=")[2].rstrip(";\n"))[0][0] == '";alert(1)//</script>'
