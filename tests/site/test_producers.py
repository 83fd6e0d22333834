"""What the producers yield: a page for each method and each room, and what is said of them."""

import re

import pytest

import eftheory
from eftheory.methods.catalogue import CATALOGUE
from eftheory.site.home import home_pages
from eftheory.site.links import ids, links
from eftheory.site.methods import title_of
from eftheory.site.reference import ROOMS, docstring, reference_pages
from eftheory.site.sketch import Curve, logarithmic
from eftheory.theory.described import described
from eftheory.theory.named import name_of


def test_the_first_page_has_a_picture_and_three_doors():
    (page,) = home_pages()
    doors = re.search(r'<ul class="doors">(.*?)</ul>', page.body, re.DOTALL)[1]
    assert re.findall(r'<h3><a href="([^"]*)">(.*?)</a>', doors) == [
        ("/docs/certify.html", "My step size"),
        ("/docs/compressors.html", "My compressor"),
        ("/docs/proofs.html", "A proof to read"),
    ]
    (lead,) = re.findall(r'<p class="lead">(.*?)</p>', page.body, re.DOTALL)
    assert len(re.findall(r"[.](?:\s|$)", lead)) == 3, "what error feedback is, in three sentences"
    assert page.body.count('<polyline class="curve') == 3


def test_the_picture_is_that_of_the_runs():
    """Without feedback the gradient grows in every round, by the factor of the theorem; with it, it shrinks."""
    (page,) = home_pages()
    heights = [
        [float(point.split(",")[1]) for point in points.split()]
        for points in re.findall(r'points="([^"]*)"', page.body)
    ]
    assert all(len(curve) == 201 for curve in heights)
    without, *others = heights
    assert sorted(without, reverse=True) == without
    for curve in others:
        assert curve[-1] > curve[0] + 50


def test_names_in_a_picture_do_not_lie_upon_each_other_and_are_escaped():
    svg = logarithmic([Curve("a<b", [1, 2]), Curve("c", [1, 2]), Curve("d", [1, 1000])], "round", "value", 'says "it"')
    ends = [float(y) for y in re.findall(r'class="name-\d" x="[\d.]+" y="([\d.]+)"', svg)]
    assert abs(ends[0] - ends[1]) >= 16
    assert "a&lt;b" in svg
    assert "says &quot;it&quot;" in svg


def test_each_method_is_described():
    assert [each["method"] for each in described()[: len(CATALOGUE)]] == [name_of(kind) for kind in CATALOGUE]
    assert title_of("ef21_sgdm") == "EF21-SGDM"


@pytest.fixture(scope="module")
def reference():
    return {page.path: page for page in reference_pages()}


def test_every_public_name_that_can_be_called_is_in_the_reference(reference):
    called = {name for name in eftheory.__all__ if callable(getattr(eftheory, name))}
    assert called <= {*ids(reference["reference/eftheory.html"].body)}


def test_each_room_has_its_page_and_signatures_have_no_places_in_memory(reference):
    assert len(reference) == len(ROOMS) + 1
    assert set(links(reference["reference/index.html"].body)) == {
        f"/{path}" for path in reference if path != "reference/index.html"
    }
    for page in reference.values():
        assert not re.search(r"0x[0-9a-f]{4}|ForwardRef|&lt;function|&lt;class", page.body), page.path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One <thing>.", "<p>One &lt;thing&gt;.</p>"),
        ("One.\n\n    a = b\n    c = d", "<p>One.</p>\n<pre><code>a = b\nc = d</code></pre>"),
        (">>> 1\n1", "<pre><code>&gt;&gt;&gt; 1\n1</code></pre>"),
        (
            "Args:\n    x: a vector,\n        of any length.\n    y, z: ``more``.",
            '<p class="heading">Args</p>\n<dl>\n<dt><code>x</code></dt><dd>a vector, of any length.</dd>\n'
            "<dt><code>y, z</code></dt><dd><code>more</code>.</dd>\n</dl>",
        ),
        ("Returns:\n    A number.", '<p class="heading">Returns</p>\n<p>A number.</p>'),
    ],
)
def test_a_docstring_is_written_by_its_parts(text, told):
    assert docstring(text) == told
