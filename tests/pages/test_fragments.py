"""The same fragments as text, LaTeX and HTML."""

import xml.etree.ElementTree as ElementTree
from fractions import Fraction

import pytest

from eftheory.pages.console import as_text
from eftheory.pages.folded import blocks_as_html
from eftheory.pages.fragments import Block, Explanation, Formula, Items, Section, Table
from eftheory.pages.html import as_html, page
from eftheory.pages.latex import blocks_as_latex, document
from eftheory.pages.text import blocks_as_text


class Numbers:
    """Formulas are fractions."""

    def inline(self, shown, kind):
        return f"{shown}"

    def displayed(self, shown, name):
        return f"{name}: {shown}"


BLOCKS = [
    Block("title", ("Us & them",)),
    Block("prose", ("mu_i is ", Fraction(1, 2), " or 100%.")),
    Block("line", ("Look:",), "first", Fraction(2, 3)),
    Block("reason", ("as alpha <= 1",)),
    Block("reason", ("and so on",)),
    Block("failure", ("50%",), "second"),
    Block("verdict", ("PROVED",)),
]
PAGE = Explanation(
    "Us & them",
    "proved",
    (
        Section("What", ("<b>", Formula(("x <= y", "+ z")), Items(("one", "two")))),
        Section("All", (Table(("a", "b"), (("1", "2"), ("\x1b", "&amp;"))),), aside=True),
    ),
    "By <hand>.",
)


def test_blocks_as_text():
    assert blocks_as_text(BLOCKS, Numbers()).splitlines() == [
        "Us & them",
        "=========",
        "",
        "mu_i is 1/2 or 100%.",
        "",
        "  first: 2/3",
        "      Look:",
        "      . as alpha <= 1",
        "      . and so on",
        "  FAILS (second): 50%",
        "",
        "PROVED",
    ]


def test_blocks_in_html():
    assert blocks_as_html(BLOCKS, Numbers()).splitlines() == [
        "<h1>Us &amp; them</h1>",
        '<p class="prose"><i>μ</i><sub>i</sub> is 1/2 or 100%.</p>',
        '<details class="step" id="line-1" open="">',
        '<summary><span class="idea">Look:</span><span class="line">first: 2/3</span></summary>',
        '<ul class="why">',
        "<li>as <i>α</i> ≤ 1</li>",
        "<li>and so on</li>",
        "</ul>",
        "</details>",
        '<p class="failure">50%</p>',
        '<p class="verdict proved">PROVED</p>',
    ]


def test_blocks_in_latex():
    text = blocks_as_latex(BLOCKS, Numbers())
    assert text.split("\n\n") == [
        r"\section*{Us \& them}",
        r"$\mu_{i}$ is 1/2 or 100\%.\par",
        "Look:\nfirst: 2/3",
        r"{\hangindent=1.5em\hangafter=0 as $\alpha$ $\le$ 1\par}",
        r"{\hangindent=1.5em\hangafter=0 and so on\par}",
        r"\medskip\textbf{50\%}\par",
        "\\medskip\\textbf{PROVED}\\par\n",
    ]
    assert document(text).endswith(text + "\\end{document}\n")


def test_an_explanation_as_a_page():
    source = as_html(PAGE)
    assert source.isascii()
    assert "<b>" not in source
    for part in (
        '<h1>Us &amp; them <span class="proved">proved</span></h1>',
        "<p>&lt;b&gt;</p>",
        '<div class="formula"><div>x &lt;= y</div><div>+ z</div></div>',
        "<li>one</li><li>two</li>",
        "<details>\n<summary>All</summary>",
        r"<td>\x1b</td><td>&amp;amp;</td>",
        "<footer>By &lt;hand&gt;.</footer>",
    ):
        assert part in source


def test_an_explanation_on_a_terminal_leaves_out_asides():
    assert as_text(PAGE).splitlines() == [
        "Us & them: proved", "", "What", "  <b>", "    x <= y", "    + z", "    -  one", "    -  two",
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["</title><script>", "\x00 & \u202e"])
def test_titles_are_escaped_and_pages_load_nothing(title):
    source = page(title, "<p>x</p>")
    assert "default-src 'none'" in source
    assert "<script" not in source
    without_metas = "\n".join(line for line in source.splitlines()[1:] if not line.startswith("<meta"))
    found = ElementTree.fromstring(without_metas).find("head/title").text
    assert found.isprintable()
