"""Documents as HTML: titles, links that lead on the site, tables and code."""

import pytest

from eftheory.site.markdown import markdown_page

RESOLVED = {"x.md": "/x.html", "y.py": None, "#place": "#place", "p.svg": "/assets/p.svg"}


def html(text):
    return markdown_page(f"# T\n\n{text}", RESOLVED.__getitem__)[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a `b`](x.md)", '<p><a href="/x.html">a <code>b</code></a></p>\n'),
        ("[`b`](y.py) and", "<p><code>b</code> and</p>\n"),
        ("[n1_2](x.md)", '<p><a href="/x.html">n1_2</a></p>\n'),
        ("![a line](p.svg)", '<p><img src="/assets/p.svg" alt="a line" class="picture" /></p>\n'),
        ("`dcgd_diverges`", '<p><a href="/proofs/dcgd_diverges.html"><code>dcgd_diverges</code></a></p>\n'),
        ("[`dcgd_diverges`](x.md)", '<p><a href="/x.html"><code>dcgd_diverges</code></a></p>\n'),
        ("x^2 <= mu_i", "<p><i>x</i><sup>2</sup> ≤ <i>μ</i><sub><i>i</i></sub></p>\n"),
        ("```\na < b_1\n```", "<pre><code>a &lt; b_1\n</code></pre>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<!-- not\nsaid -->said", "<p>said</p>\n"),
        ("## A place", '<h2 id="a-place">A place</h2>\n'),
    ],
)
def test_markdown_is_written_as_html(text, told):
    assert html(text) == told


def test_a_table_scrolls_and_its_columns_have_classes():
    table = html("| | b |\n|---|--:|\n| 1 | 2 |")
    assert table.startswith('<div class="wide">\n<table>')
    assert '<th class="right">' in table
    assert "style" not in table
    assert table.count("<th") == 2, "the head, and one cell: an empty one is no heading"


def test_the_title_is_text():
    assert markdown_page("# The *title* of `x_1`\n", {}.get)[0] == "The title of x_1"
