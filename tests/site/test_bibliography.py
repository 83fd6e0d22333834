"""The bibliography: every paper, its BibTeX, and who cites it."""

import re

import pytest

from eftheory.proofkit.contents import packaged_files
from eftheory.site.bibliography import bibliography_pages, labels, plain_tex, with_citations
from eftheory.site.links import ids, links
from eftheory.theory.bibliography import bibliography


@pytest.fixture(scope="module")
def page():
    (page,) = bibliography_pages()
    return page


def test_every_paper_has_its_place_and_its_bibtex(page):
    assert ids(page.body) == sorted(bibliography(), key=lambda key: labels()[key])
    assert page.body.count("@") >= len(bibliography())


def test_titles_and_authors_are_text_without_tex(page):
    told = re.sub(r"<details>.*?</details>", "", page.body, flags=re.DOTALL)
    assert not re.search(r"[\\{}]", told)
    assert "Peter Richtárik" in told


def test_a_paper_leads_to_the_proofs_and_methods_that_cite_it(page):
    (entry,) = re.findall(r'<dt id="RichtarikSokolovFatkhullin2021">.*?</dd>', page.body, re.DOTALL)
    assert {"/proofs/ef21_nonconvex.html", "/methods/ef21.html"} <= {*links(entry)}
    cited = {link.removeprefix("/proofs/").removesuffix(".html") for link in links(page.body) if "/proofs/" in link}
    assert cited <= {*packaged_files()}


def test_labels_tell_papers_apart_enough_to_be_read():
    assert labels()["SeideEtAl2014"] == "Seide et al. 2014"
    assert labels()["BegunovTyurin2026"] == "Begunov and Tyurin 2026"
    assert all(re.fullmatch(r"[^\W\d].* \d{4}", label) for label in labels().values())


@pytest.mark.parametrize(
    "html",
    ["<code>[SeideEtAl2014]</code>", "<pre>x [SeideEtAl2014]</pre>", '<a href="#x">[SeideEtAl2014]</a>',
     '<img alt="[SeideEtAl2014]">', "[Nobody2014]"],
)  # fmt: skip
def test_in_code_and_links_nothing_becomes_a_citation(html):
    assert with_citations(html) == html


def test_accents_of_all_kinds_are_written():
    assert plain_tex(r"Horv{\'a}th, {\v{L}}udov{\'i}t, Fran{\c{c}}ois, {\L}ojasiewicz") == (
        "Horváth, Ľudovít, François, Łojasiewicz"
    )
