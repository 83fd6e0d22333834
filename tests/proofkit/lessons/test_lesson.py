"""Lessons in text, LaTeX and HTML, and the command that prints them."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
from typer.testing import CliRunner

from eftheory.cli.commands import app
from eftheory.proofkit import Theorem, check, expectation, inner, mean, square
from eftheory.proofkit.catalogue import load_one
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.lessons.html import as_page
from eftheory.proofkit.lessons.latex import LATEX, as_document
from eftheory.proofkit.lessons.lesson import Script, abbreviations, as_text, tell


def example():
    t = Theorem("example", "Young & co: <a title>")
    a = t.parameter("alpha", above=0, at_most=1)
    v = t.vector("v", indexed=True)
    half = t.given("half", mean(square(v)) <= a / 2, prose="at most half")
    t.qed(t.combine("whole", t.claim(mean(square(v)) / 2 <= a / 4), [(a / (2 * a), half)], prose="Halve."))
    return t


def test_text():
    text = as_text(tell(check(example()), Script()))
    for words in (
        "Young & co",
        "0 < alpha ≤ 1",
        "v_i: vectors, one for each agent i",
        "(half)  mean[||v_i||^2] <= alpha/2",
        "Halve.",
        "(half) times alpha/(2 alpha)",
        "No axioms.",
        "PROVED",
    ):
        assert words in text
    assert "UNPROVED" not in text


def test_the_first_step_that_fails_is_named():
    t = example()
    t.givens.clear()
    text = as_text(tell(check(t), Script()))
    assert "FAILS (whole): there is no line 'half' before this one" in text
    assert text.rstrip().endswith("UNPROVED: whole: there is no line 'half' before this one")


def test_expressions():
    t = Theorem("t", "t")
    x, y, u, v = t.scalar("x"), t.scalar("y_after"), t.vector("u"), t.vector("v", indexed=True, random=True)
    cases = {
        -x - (y - 1): ("-x - (y_after - 1)", r"-x - \left(y^{+} - 1\right)"),
        (x / y) * x: ("(x/y_after) x", r"\frac{x}{y^{+}}\,x"),
        (-x) ** 2: ("(-x)^2", r"{\left(-x\right)}^{2}"),
        x / (x / y): ("x/(x/y_after)", r"\frac{x}{\frac{x}{y^{+}}}"),
        expectation(inner(u, v)): ("E[<u, v_i>]", r"\operatorname{E}\left[\left\langle u,\,v_i\right\rangle\right]"),
    }
    for node, (text, latex) in cases.items():
        assert write(node) == text
        assert LATEX.write(node) == latex


def test_pages_are_well_formed_and_quiet():
    page = as_page(tell(check(example()), Script()))
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    body = re.sub(r"<meta[^>]*>", "", page.removeprefix("<!DOCTYPE html>\n"))
    ElementTree.fromstring(body)
    assert "&lt;a title&gt;" in page


def test_latex_is_balanced():
    text = as_document(tell(check(example()), Script()))
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")
    assert text.count(r"\left") == text.count(r"\right")
    assert r"Young \& co" in text


def run(*arguments):
    return CliRunner().invoke(app, ["prove", *arguments], standalone_mode=False)


def write_proof(folder, slug, right):
    (folder / "proofs").mkdir(exist_ok=True)
    (folder / "proofs" / f"{slug}.py").write_text(
        "# %% [markdown]\n# # Title\n# Some prose.\n# %%\nfrom eftheory.proofkit import Theorem\n"
        f"theorem = Theorem({slug!r}, 'A title')\nx = theorem.parameter('x', above=0)\nlimit = {right}\n"
        "theorem.qed(theorem.positive('less', theorem.claim(x / 2 < limit)))\n",
        "utf-8",
    )


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_proof(tmp_path, "right", "2 * x")
    write_proof(tmp_path, "wrong", "x / 4")
    good, bad = run("right"), run("--all")
    assert good.return_value == 0
    assert "limit := 2 x" in good.output
    assert "x/2 < limit" in good.output
    assert "Some prose." in good.output
    assert bad.return_value == 1
    assert "1 of 2 proved" in bad.output
    rows = json.loads(run("--all", "--json").output)
    assert [row["status"] for row in rows] == ["PROVED", "UNPROVED"]
    assert set(rows[0]) >= {"slug", "status", "seconds", "steps", "source", "lemmas", "axioms", "problem"}
    assert run("--all", "--html", "pages").return_value == 1
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["index.html", "right.html", "wrong.html"]
    assert run("--graph").output.split() == ["right", "wrong"]
    assert run("--axioms").return_value == 0
    assert "survives" in run("--attack", "right").output


@pytest.mark.parametrize("arguments", [[], ["no_such"], ["right", "--all"], ["--all", "--json", "--latex"]])
def test_usage(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    write_proof(tmp_path, "right", "x")
    assert isinstance(run(*arguments).exception, ValueError)


FILE = """\
# %% [markdown]
# # Title

# %%
from eftheory.proofkit import Theorem
theorem = Theorem("cells", "Cells", index="entry")
A = theorem.parameter("A", above=0)
L = theorem.parameter("Lmax", above=A, latex="L_{\\\\max}")
x = theorem.scalar("x", indexed=True)

# %% [markdown]
# ## Hypotheses
# Lmax is larger than a number A.

# %%
whole = 2 * (A + L)
half = (A + L) / 2
theorem.given("A", half >= 1)

# %% [markdown]
# ## Claim

# %%
claims = []
for z in (A, L):
    twice = 2 * z
    claims.append(twice > 0)
theorem.claim(whole + 0 * A >= 4, *claims)
again = A + L
again = again + half

# %% [markdown]
# ## Proof

# %%
part = A + L
theorem.combine("first", whole + 0 * A >= 4, [(4, "A")])
theorem.positive("sum", part > 0)
for j, claim in enumerate(claims):
    theorem.positive(f"claim {j}", claim)
theorem.qed("first", "claim 0", "claim 1")
"""


@pytest.fixture
def cells(tmp_path):
    (tmp_path / "cells.py").write_text(FILE, "utf-8")
    return tell(check(load_one(tmp_path / "cells.py")))


def test_lines_stand_in_their_cells_and_names_are_defined_before_they_are_used(cells):
    text = as_text(cells)
    order = ["Notation", "Hypotheses", "whole := 2 (A + Lmax)", "half := (A + Lmax)/2", "(A)  1 <= half", "\nClaim",
             "\n  (claim 1)  4 <= whole", "\nProof", "part := A + Lmax", "(first)  4 <= whole", "(sum)  0 < part",
             "(claim 0)  0 < 2 A", "(claim 1)  0 < 2 Lmax"]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    for words in ("twice", "again", "0 A", "agent"):
        assert words not in text
    assert text.count(":=") == 3


def test_prose_and_pages_show_what_latex_shows(cells):
    page = as_page(cells)
    name = "<msub><mi>L</mi><mi>max</mi></msub>"
    assert f'<p class="prose"><math>{name}</math> is larger than a number <i>A</i>.' in page
    assert "Lmax" not in page


def test_what_looks_the_same_is_told_apart():
    t = Theorem("alike", "Alike")
    x, after = t.scalar("x"), t.scalar("V+", latex="V^{+}")
    (symbol,) = abbreviations({"V_after": (1, x + 1)}, [x + 1, after]).values()
    assert LATEX.write(symbol) == r"V_{\mathrm{after}}"


@pytest.mark.parametrize("name", ["x_i", "C", "gamma", "free"])
def test_no_name_of_a_file_looks_like_a_symbol(name):
    """The file calls 1 + y so, and a reader would take it for the symbol."""
    t = Theorem("t", "a statement")
    x, g = t.scalar("x", indexed=True), t.scalar("g", latex=r"\gamma")
    y, v, C = t.parameter("y", above=0), t.vector("v"), t.linear("C")
    t.parameter("free", above=1)
    t.given("a", mean(x) * g * square(C(v)) <= 0)
    t.qed(t.positive("b", t.claim(1 + y > 0)))
    lesson = as_text(tell(check(t), Script({name: (1, 1 + y)}, there=True)))
    assert ":=" not in lesson
    assert ":=" in as_text(tell(check(t), Script({"whole": (1, 1 + y)}, there=True)))


def test_two_names_of_a_file_do_not_look_alike():
    x = Theorem("t", "a statement").scalar("x")
    first, second = x + 1, x + 2
    found = abbreviations({"y1": (1, first), "y_1": (2, second)}, [first, second])
    assert len({LATEX.write(symbol) for symbol in found.values()}) == 2


def test_names_of_a_file_that_look_like_others_are_left_out(tmp_path):
    text = "from eftheory.proofkit import Theorem\ntheorem = t = Theorem('t', 'b')\ny = t.parameter('y', above=0)\n"
    cyrillic = "\N{CYRILLIC SMALL LETTER U}"
    (tmp_path / "t.py").write_text(
        f"{text}{cyrillic} = 1 + y\nt.qed(t.positive('s', t.claim({cyrillic} > 0)))\n", "utf-8"
    )
    assert load_one(tmp_path / "t.py").script.names == {}
