import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Certificate
from eftheory.check import check_certificate
from eftheory.claims import Setting
from eftheory.cli.commands import app
from eftheory.exact import Form
from eftheory.methods import METHODS
from eftheory.pages.escape import ascii_latex
from eftheory.pages.latex import blocks_as_latex
from eftheory.pages.signs import EXPECTATION, MEAN
from eftheory.proofkit.catalogue import examine
from eftheory.proofkit.certified.from_certificate import from_certificate
from eftheory.proofkit.lessons.latex import LATEX, as_document
from eftheory.proofkit.lessons.lesson import tell
from eftheory.report import as_latex
from eftheory.report.digits import Digits
from eftheory.report.proof import beginning, line_by_line
from eftheory.report.squares import sum_of_squares
from eftheory.theory import closed_form, law_step_size
from eftheory.writing import write_certificate
from tests.kit.examples import EXAMPLES, example
from tests.kit.hostile import hostile_names, hostile_provenance

COMMANDS = {
    "begin", "end", "item", "emph", "paragraph", "text", "overline", "widetilde", "operatorname", "mathcal",
    "mathrm", "nabla", "star", "gamma", "alpha", "mu", "lambda", "rho", "tau", "lVert", "rVert", "langle", "rangle",
    "le", "ge", "in", "mid", "cdot", "approx", "frac", "tfrac", "sum", "dots", "quad", "qquad", "bigl", "bigr",
    "textbackslash", "textasciicircum", "textasciitilde", "textless", "textgreater", "textbar", "char", "nu", "delta",
    "subsection", "hangindent", "hangafter", "par", "left", "right", "Bigl", "Bigr", "tag", "textit", "texttt", "times",
    "displaystyle", "allowdisplaybreaks", "ldots", "allowbreak", "footnotesize", "sloppy", "inf", "infty", "omega",
    "theta", "beta", "eta", "xi", "sigma", "zeta", "varphi", "max", "Psi",
}  # fmt: skip


def check_source(source: str) -> None:
    """Braces, environments and mathematics are closed in turn; only commands of ours occur."""
    assert source.isascii()
    lines = source.splitlines()
    comments = [line for line in lines if line.startswith("%")]
    body = "\n".join(line for line in lines if not line.startswith("%"))
    assert not re.search(r"(?<!\\)%", body)
    assert all(line.isprintable() for line in lines)
    assert set(re.findall(r"\\([a-zA-Z]+)", body)) <= COMMANDS
    for text in (*comments, body):
        depth = 0
        for token in re.findall(r"\\.|[{}]", text):
            depth += {"{": 1, "}": -1}.get(token, 0)
            assert depth >= 0
        assert depth == 0
    stack: list[str] = []
    for kind, name, maths in re.findall(r"\\(begin|end)\{([a-z*]+)\}|(\\\[|\\\]|(?<!\\)\$)", body):
        if kind == "begin" or maths == "\\[" or (maths == "$" and stack[-1:] != ["$"]):
            assert maths == "" or not {"$", "\\[", "align*"} & set(stack)
            stack.append(name or maths)
        else:
            assert stack.pop() == {"\\]": "\\[", "$": "$"}.get(maths, name)
    assert stack == []


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("name", EXAMPLES)
def test_all_methods_and_kinds(name, exact) -> None:
    certificate = example(name)
    source = as_latex(certificate, check_certificate(certificate), exact=exact)
    check_source(source)
    assert source.count(r"\begin{theorem}") == 1
    assert source.count(r"\begin{proposition}") == 1 + (certificate.class_bound is not None)
    assert source.count(r"\begin{proof}") == source.count(r"\begin{theorem}") + source.count(r"\begin{proposition}")
    assert source.count(rf"\gamma = {latex_fraction(certificate.setting.method.step_size)}$") == 1
    assert (r"\approx" in source) <= (not exact)


def latex_fraction(x: Fraction) -> str:
    return str(x) if x.denominator == 1 else rf"\tfrac{{{x.numerator}}}{{{x.denominator}}}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_proof_adds_up(name) -> None:
    """What a reader would verify, line by line; with a wrong rate it does not, and there are no lines."""
    certificate = example(name)
    assert line_by_line(certificate, Digits()) is not None
    wrong = replace(certificate, upper=replace(certificate.upper, rate=certificate.upper.rate / 2))
    assert line_by_line(wrong, Digits()) is None


def in_one_line(source: str) -> str:
    """Without what depends on where lines end: an article has narrower ones than a document of our own."""
    source = re.sub(r"\\tag\*\{\\textit\{.*?\}\}|\\(begin|end)\{align\*\}|\\[\[\]]", "", source)
    return re.sub(r"\\(left|right|Bigl|Bigr|qquad|quad|times)(?![a-z])|\\[,\\]|\{\}|[&\s]", "", source)


@pytest.mark.parametrize("name", EXAMPLES)
def test_show_and_prove_print_one_proof(name, tmp_path) -> None:
    path = tmp_path / "example.cert.json"
    path.write_bytes(write_certificate(example(name)))
    shown, proved = (
        CliRunner().invoke(app, [command, str(path), "--latex", *options]).stdout
        for command, options in (("show", ["--exact"]), ("prove", []))
    )
    lines = proved.partition("Source: our own.\\par\n\n")[2].partition("\n\n\\medskip\\textbf{PROVED}")[0]
    formulas = [part for part in lines.split("\n\n") if "\\[" in part or "\\begin{align" in part]
    assert len(formulas) > 3
    assert [part for part in formulas if in_one_line(part) not in in_one_line(shown)] == []
    assert "No axioms" not in shown


@pytest.mark.parametrize("name", EXAMPLES)
def test_unless_exact_long_numbers_are_cut(name) -> None:
    certificate = example(name)
    exact, cut = line_by_line(certificate, Digits(exact=True)), line_by_line(certificate, Digits())
    assert [(block.kind, block.name) for block in exact] == [(block.kind, block.name) for block in cut]
    assert max(map(len, re.findall("[0-9]+", blocks_as_latex(cut, LATEX)))) < 20
    assert r"\ldots" not in blocks_as_latex(exact, LATEX)


@given(st.fractions().filter(lambda x: abs(x) not in (0, 1)), st.integers(-40, 40))
def test_numbers_that_are_cut_begin_as_they_do(x, shift) -> None:
    x *= Fraction(10) ** shift
    assume(abs(x) != 1)
    written = LATEX.write(beginning(x, 6))
    sign, digits, power = re.fullmatch(r"(-?)([0-9.]+)\\ldots(?:\\cdot 10\^\{(-?[0-9]+)\})?", written).groups()
    unit = Fraction(10) ** (int(power or 0) - len(digits.partition(".")[2]))
    size = Fraction(digits) * Fraction(10) ** int(power or 0)
    assert size <= abs(x) < size + unit
    assert (sign == "-") == (x < 0)
    assert size != 1 or abs(x) > 1


def test_a_proof_in_full() -> None:
    source = as_latex(example("ef21, alike"), check_certificate(example("ef21, alike")))
    for part in (
        r"type $0$: $3$ agents with $L = 27$, $\mu = 13$",
        r"Let $\gamma = \tfrac{1}{60}$ and $\alpha = 3/4$, and consider",
        r"d_i^+ &= d_i + \mathcal{C}_i(\nabla f_i(x^+) - d_i)",
        r"\[ m_t \le 2 \cdot 0.6400000001^t\, m_0 . \]",
        r"V &= \lVert \overline{g - d}_{0} \rVert^2 + \tfrac{1}{2} \lVert \operatorname{mean} g \rVert^2",
        r"\[ \rho V - V^+ = \sum_k \sum_\tau \lambda_{k,\tau}\, I_{k,\tau} + Q , \]",
        r"with a quadratic form $Q$ that is nonnegative: see its squares below.",
        r"\emph{Line by line.} One step again, with names of its own, without rounding; dots stand for further digits.",
        r"\tfrac{1}{2}\,\left\lVert",
    ):
        assert part in source


def test_a_proof_with_memory() -> None:
    source = as_latex(example("ef21, memory and values"), check_certificate(example("ef21, memory and values")))
    for part in (
        r"Here $(g - g^-)_i = \nabla f_i(x) - \nabla f_i(x^-)$.",
        r"Here $x^-$ is $x$ one step before; at the start, let $x^- = x$.",
        r"Put $y_{0} = x$, $y_{1} = x^-$, $y_{2} = x^+$.",
        r"\lVert x - x^- \rVert^2",
        r"$c\, m \le V$ and at the start $V \le C\, m$",
        r"From $V - c\, m$ these nonnegative terms",
    ):
        assert part in source


@pytest.mark.parametrize("certificate", [hostile_provenance("ef21"), hostile_names()], ids=["provenance", "names"])
def test_text_from_the_file_stays_text(certificate) -> None:
    source = as_latex(certificate, check_certificate(certificate))
    check_source(source)
    assert r"\input" not in source.replace(r"\textbackslash{}input", "")


def test_what_is_not_proved_is_no_theorem() -> None:
    certificate = example("ef21, two types")
    false = replace(certificate, upper=replace(certificate.upper, rate=certificate.upper.rate / 2))
    source = as_latex(false, check_certificate(false))
    check_source(source)
    assert r"\begin{theorem}" not in source
    assert "The upper bound of this file is refuted." in source
    assert r"\begin{proposition}" in source
    nothing = hostile_names()
    source = as_latex(nothing, check_certificate(nothing))
    assert "theorem}" not in source.split("newtheorem", 1)[1].split("\n", 1)[1]
    assert r"\begin{proof}" not in source


@given(st.text())
def test_any_text_is_made_harmless(text) -> None:
    check_source(f"x {ascii_latex(text)} x\n")


def test_long_leftovers_are_described() -> None:
    assert sum_of_squares(Form()) == []


def test_of_many_types_there_are_no_lines() -> None:
    """They would fill a book."""
    agents = tuple(AgentType(10 + k, 1, 2) for k in range(4))
    setting = Setting(
        agents, Contractive(Fraction(1, 3)), METHODS["ef21"](law_step_size("ef21", agents, Fraction(1, 3)))
    )
    certificate = Certificate(setting, closed_form(setting))
    assert line_by_line(certificate, Digits()) is None
    source = as_latex(certificate, check_certificate(certificate))
    check_source(source)
    assert "exact elimination meets no negative pivot" in source
    assert "Line by line" not in source


def test_numbers_very_close_to_one_are_not_cut_to_one() -> None:
    near = 1 - Fraction(1, 3 * 10**50)
    assert LATEX.write(beginning(near, 6)).startswith(f"0.{'9' * 50}6666")


def test_the_signs_are_those_of_the_proof() -> None:
    """Show and prove write norms, means and expectations of one file alike, with bars as tall as they need to be."""
    certificate = example("ef21, alike")
    shown = as_latex(certificate, check_certificate(certificate))
    told = from_certificate(certificate, "certificate")
    proved = as_document(tell(examine(told.theorem), told.script))
    for text in (shown, proved):
        assert EXPECTATION in text
        assert MEAN in text
        assert set(re.findall(r"\\operatorname\{(\w+)\}", text)) <= {"E", "mean", "diag"}
        assert not re.search(r"\\(mathbb|mathbf|\|)", text)
        assert r"\lVert" in text
