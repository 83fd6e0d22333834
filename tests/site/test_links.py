"""Links: from the root where they are written, relative where they are read, and never dead."""

from posixpath import dirname, join, normpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.site.links import dead_links, ids, links, relative, with_relative_links

PATHS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3).map(lambda folders: "/".join([*folders, "x.html"]))


@given(PATHS, PATHS, st.sampled_from(["", "#place"]))
def test_a_relative_link_leads_where_the_one_from_the_root_did(path, page, place):
    way = relative(path + place, page)
    file, _, rest = way.partition("#")
    assert (normpath(join(dirname(page), file)) if file else page) == path
    assert f"#{rest}" * bool(rest) == place


def test_all_links_from_the_root_are_made_relative_and_nothing_else_is():
    html = (
        '<a class="x" href="/a.html#i">href="/a.html"</a><img src="/p.svg" alt="/a.html">'
        '<a href="https://example.org/a">/a.html</a><a href="#i">i</a>'
    )
    assert with_relative_links(html, "sub/page.html") == html.replace('href="/a.html#i"', 'href="../a.html#i"').replace(
        'src="/p.svg"', 'src="../p.svg"'
    )


def test_quotes_of_either_kind_hold_a_link():
    html = """<a title='"' href='/a.html' xlink:href="/b.html">"""
    assert list(links(html)) == ["/a.html", "/b.html"]
    assert list(links(with_relative_links(html, "sub/page.html"))) == ["../a.html", "../b.html"]


def test_links_and_ids_are_those_of_tags():
    html = '<p id="one" class="id">href="no.html" <a id="two" href="yes.html?a=1&amp;b=2">x</a></p>'
    assert (list(links(html)), ids(html)) == (["yes.html?a=1&b=2"], ["one", "two"])


PAGES = {"a.html": '<p id="here"></p>', "sub/b.html": "%s"}


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("/c.html", "sub/b.html: /c.html leads to no page or file of the site"),
        ("/a.html#gone", "sub/b.html: /a.html#gone leads to no id of a.html"),
        ("#gone", "sub/b.html: #gone leads to no id of sub/b.html"),
        ("/sub/", "sub/b.html: /sub/ leads to no page or file of the site"),
        ("b.html", "sub/b.html: 'b.html' must start at the root of the site, as /b.html, or with # or https"),
        ("javascript:alert(1)", "must start at the root of the site"),
        ("//example.org/a.html", "leads to no page or file"),
    ],
)
def test_a_dead_link_is_named_with_its_page(link, says):
    bodies = {**PAGES, "sub/b.html": f'<a href="{link}">x</a>'}
    (found,) = dead_links(bodies, {*bodies, "assets/x.svg"})
    assert says in found


@pytest.mark.parametrize("link", ["/a.html", "/a.html#here", "#own", "/assets/x.svg", "https://example.org"])
def test_a_link_that_leads_somewhere_is_none(link):
    bodies = {**PAGES, "sub/b.html": f'<a id="own" href="{link}">x</a>'}
    assert list(dead_links(bodies, {*bodies, "assets/x.svg"})) == []
