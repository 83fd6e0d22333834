"""The builder: one frame, one path for each page, and the same bytes for the same site."""

import re

import pytest

from eftheory.site.builder import MANIFEST, build_site, gather, manifest, render, stale
from eftheory.site.page import Asset, Page
from eftheory.site.sections import Section
from eftheory.site.validation import faults

HOME = Section("Home", "index.html", lambda: iter([Page("index.html", "A <site>", "<p>Hello.</p>")]), header=False)
FOOT = Section(
    "Foot",
    "glossary.html",
    lambda: iter([Page("glossary.html", "Glossary", ""), Page("bibliography.html", "Bibliography", "")]),
    header=False,
)


def section(*produced, title="Proofs", first="proofs/index.html"):
    return Section(title, first, lambda: iter(produced))


LIST = Page("proofs/index.html", "Proofs", '<p><a href="/proofs/a.html#line">a</a></p>')
A = Page("proofs/a.html", "A & B", '<p id="line">A</p>', "eftheory prove a", ("assets/a.js",), "First part")
B = Page("proofs/b.html", "B", '<p><a href="/index.html">home</a></p>')
SITE = (HOME, section(LIST, A, B, Asset("assets/a.js", b"")), FOOT)


def built(*sections):
    return render(gather(sections))


def text(path, *sections):
    return built(*(sections or SITE))[path].decode()


def test_each_page_is_valid_and_has_the_frame():
    for path, content in built(*SITE).items():
        if path.endswith(".html"):
            assert list(faults(content.decode())) == [], path


def test_a_page_has_its_title_its_place_and_the_pages_beside_it():
    html = text("proofs/a.html")
    assert "<title>A &amp; B – eftheory</title>" in html
    assert "<h1>A &amp; B</h1>" in html
    trail = re.search(r'aria-label="Breadcrumb">(.*?)</nav>', html, re.DOTALL)[1]
    assert re.findall(r"<li[^>]*>(?:<a[^>]*>)?([^<]*)", trail) == ["Home", "Proofs", "First part", "A &amp; B"]
    assert re.findall(r'<a rel="(\w+)" href="([^"]*)"', html) == [("prev", "index.html"), ("next", "b.html")]
    assert '<a href="index.html" aria-current="true">Proofs</a>' in html
    assert 'aria-current="page">Proofs</a>' in text("proofs/index.html")
    assert "<code>eftheory prove a</code>" in html
    assert '<script src="../assets/a.js" defer></script>' in html


def test_the_first_page_has_no_breadcrumb_and_names_of_the_site_are_escaped():
    html = text("index.html")
    assert "Breadcrumb" not in html
    assert "<title>A &lt;site&gt;</title>" in html


def test_a_title_with_formulas_is_shown_as_in_print_and_is_text_where_there_is_no_html():
    page = Page("proofs/index.html", "At most r²", "", heading="At most <i>r</i><sup>2</sup>")
    html = text("proofs/index.html", HOME, section(page), FOOT)
    assert "<title>At most r² – eftheory</title>" in html
    assert "<h1>At most <i>r</i><sup>2</sup></h1>" in html


def test_sections_without_header_are_in_the_list_of_all_pages_only():
    html = text("contents.html")
    assert re.findall(r"<h2>(.*?)</h2>", html) == ["Home", "Proofs", "Foot"]
    assert re.findall(r"<h3>(.*?)</h3>", html) == ["First part"]
    header = re.search(r'aria-label="Sections">(.*?)</nav>', html, re.DOTALL)[1]
    assert re.findall(r">(\w+)</a>", header) == ["Proofs"]


def test_the_same_site_is_the_same_bytes_and_says_no_time_and_no_folder(tmp_path):
    first, second = built(*SITE), built(*SITE)
    assert first == second
    everything = b"".join(first.values())
    assert str(tmp_path.parent).encode() not in everything
    assert not re.search(rb"\d{4}-\d\d-\d\d|\d\d:\d\d", everything)


@pytest.mark.parametrize(
    ("produced", "says"),
    [
        ((LIST, A, A), "proofs/a.html: two pages have this path"),
        ((LIST, A, Asset("proofs/a.html", b"")), "proofs/a.html: two pages have this path"),
        ((LIST, Asset("assets/a.js", b"1"), Asset("assets/a.js", b"2")), "assets/a.js: two different files"),
        ((LIST, Page("/proofs/a.html", "A", "")), "a path starts at the root"),
        ((LIST, Page("proofs/../../a.html", "A", "")), "a path starts at the root"),
        ((LIST, Asset("../a.js", b"")), "a path starts at the root"),
        ((LIST,), "proofs/index.html: /proofs/a.html#line leads to no page"),
        ((LIST, A), "proofs/a.html: /assets/a.js leads to no page or file"),
    ],
)
def test_a_site_that_does_not_hold_together_is_refused(produced, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        built(HOME, section(*produced), FOOT)


def test_many_dead_links_are_counted_and_the_first_are_named():
    page = Page("proofs/index.html", "P", "".join(f'<a href="/no{i}.html">x</a>' for i in range(40)))
    with pytest.raises(ValueError, match=r"^40 dead links: .*no0\.html .*; and 28 more$"):
        built(HOME, section(page), FOOT)


def test_a_second_build_removes_what_is_no_longer_there_and_nothing_else(tmp_path):
    out = tmp_path / "site"
    assert build_site(out, SITE) == 7
    (out / "mine.txt").write_text("kept")
    smaller = section(Page("proofs/index.html", "Proofs", ""), B)
    build_site(out, (HOME, smaller, FOOT))
    assert not (out / "proofs" / "a.html").exists()
    assert (out / "mine.txt").exists()
    assert {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} == {*manifest(out), "mine.txt"}


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(ValueError, match="it holds files that are no site"):
        build_site(tmp_path, SITE)
    with pytest.raises(ValueError, match="it is not a folder"):
        build_site(tmp_path / "thesis.tex", SITE)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize("outside", ["../thesis.tex", "/thesis.tex", "a/../../thesis.tex"])
def test_a_list_of_files_that_leads_outside_is_refused(tmp_path, outside):
    (tmp_path / MANIFEST).write_text(f"{outside}\n")
    with pytest.raises(ValueError, match="which is not in the folder"):
        build_site(tmp_path, SITE)


def test_a_stale_page_is_named(tmp_path):
    build_site(tmp_path / "site", SITE)
    rendered, out = built(*SITE), tmp_path / "site"
    assert stale(out, rendered) == []
    (out / "index.html").write_text("old")
    (out / "glossary.html").unlink()
    (out / MANIFEST).write_text((out / MANIFEST).read_text() + "gone.html\n")
    assert sorted(stale(out, rendered)) == [
        f"{MANIFEST}: stale",
        "glossary.html: missing",
        "gone.html: no longer part of the site",
        "index.html: stale",
    ]
    assert len(stale(tmp_path / "nowhere", rendered)) == len(rendered)
