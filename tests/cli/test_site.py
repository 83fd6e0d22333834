"""``eftheory site``: what it writes and refuses, in one readable line."""

import pytest

from eftheory.site import builder
from eftheory.site.page import Page
from eftheory.site.sections import Section

PAGES = {"index.html": "Home", "glossary.html": "Glossary", "bibliography.html": "Bibliography"}


@pytest.fixture
def pages(monkeypatch):
    """The site is these pages alone."""
    bodies = dict.fromkeys(PAGES, "")

    def produce():
        return iter([Page(path, PAGES[path], body) for path, body in bodies.items()])

    monkeypatch.setattr(builder, "SECTIONS", (Section("Home", "index.html", produce, header=False),))
    return bodies


def test_a_site_is_built_and_in_order(run, pages, tmp_path):
    assert run("site", "--out", str(tmp_path / "site"))[:2] == (
        0,
        f"4 pages in {tmp_path}/site: open {tmp_path}/site/index.html\n",
    )
    code, out, _ = run("site", "--out", str(tmp_path / "site"), "--check")
    assert (code, out.endswith("as they would be built, and in order\n")) == (0, True)


def test_stale_and_faulty_pages_are_named(run, pages, tmp_path):
    run("site", "--out", str(tmp_path / "site"))
    pages["index.html"] = "<h3>too deep</h3>"
    pages["glossary.html"] = "<img src='/assets/icon.svg'>"
    code, out, _ = run("site", "--out", str(tmp_path / "site"), "--check")
    assert code == 1
    told = out.splitlines()
    assert {"index.html: stale", "glossary.html: stale", "5 faults"} <= {*told}
    assert any(line.startswith("index.html: h3 after h1") for line in told)
    assert any(line.startswith("glossary.html: no alt: <img") for line in told)
    assert not (tmp_path / "site" / "index.html").read_text().count("too deep"), "it changes nothing"


@pytest.mark.parametrize("check", [(), ("--check",)])
def test_a_dead_link_is_one_line(run, pages, tmp_path, check):
    pages["index.html"] = '<a href="/gone.html">x</a>'
    code, out, err = run("site", "--out", str(tmp_path / "site"), *check)
    assert (code, out) == (1, "")
    assert err == "eftheory: 1 dead links: index.html: /gone.html leads to no page or file of the site\n"


def test_a_folder_that_is_none_is_refused(run, pages, tmp_path):
    (tmp_path / "file").write_text("x")
    assert run("site", "--out", "")[::2] == (2, "eftheory: --out '': name a folder\n")
    code, _, err = run("site", "--out", str(tmp_path / "file"))
    assert (code, err.count("\n")) == (2, 1)
    assert "it is not a folder" in err


def test_without_its_packages_it_says_how_to_get_them(run, pages, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    builder.fill.__globals__["environment"].cache_clear()
    code, _, err = run("site", "--out", str(tmp_path / "site"))
    assert (code, "pip install 'eftheory[report]'" in err, err.count("\n")) == (2, True, 1)
