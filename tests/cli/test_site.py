"""``eftheory site``: what it writes and refuses, in one readable line."""

import pytest

from eftheory.site import builder, pyodide
from eftheory.site.page import Asset, Page
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


def test_python_for_the_browser_is_there_if_asked_for_and_checked_as_it_is(run, pages, tmp_path, monkeypatch):
    place = f"{pyodide.FOLDER}/pyodide.mjs"
    monkeypatch.setattr(pyodide, "fetched_pyodide", lambda: iter([Asset(place, b"x")]))
    out = tmp_path / "site"
    assert run("site", "--out", str(out), "--with-kernel")[0] == 0
    assert (out / place).read_bytes() == b"x"
    assert place in builder.manifest(out)
    for more in ((), ("--with-kernel",)):
        assert run("site", "--out", str(out), "--check", *more)[0] == 0
    (out / place).write_bytes(b"y")
    assert run("site", "--out", str(out), "--check")[0] == 0, "without it, it is taken as it is"
    assert run("site", "--out", str(out), "--check", "--with-kernel")[0] == 1
    run("site", "--out", str(out))
    assert not (out / place).exists()


NPM = {
    "no npm": (None, "--with-kernel: there is no npm on the path"),
    "it fails": (
        "echo 'npm error code E404' >&2; echo more >&2; exit 1",
        "npm cannot fetch pyodide@314.0.7: npm error",
    ),
    "another package": ("echo x > pyodide.tgz", "npm fetched another package than the one of this name"),
}


@pytest.mark.parametrize("case", NPM)
def test_what_npm_cannot_do_is_one_line(run, pages, tmp_path, monkeypatch, case):
    program, said = NPM[case]
    folder = tmp_path / "path"
    folder.mkdir()
    if program is not None:
        (folder / "npm").write_text(f"#!/bin/sh\n{program}\n")
        (folder / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    code, out, err = run("site", "--out", str(tmp_path / "site"), "--with-kernel")
    assert (code, out, err.count("\n"), said in err) == (2, "", 1, True), err
    assert not (tmp_path / "site").exists()
