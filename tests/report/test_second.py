"""Certificates of the second format, told and written up: all of them, without slips."""

from __future__ import annotations

from functools import cache

import pytest

from eftheory.check import check_certificate
from eftheory.pages.console import as_text
from eftheory.pages.html import as_html
from eftheory.report import as_latex
from eftheory.report.explain import explain
from eftheory.report.formulas import formulas
from eftheory.report.style import ASCII
from tests.kit.second import SECOND, second
from tests.kit.tiers import one_in
from tests.kit.typeset import needs_latex, typeset
from tests.report.test_latex import check_source

every = pytest.mark.parametrize("name", SECOND)


@every
def test_it_is_explained(name):
    certificate = second(name)
    text = as_text(explain(certificate, check_certificate(certificate), style=ASCII), 10_000)
    assert ": proved" in text.splitlines()[0]
    alone = len(check_certificate(certificate)) == 1
    assert ("No lower bound is known here: the constants may be loose." in text) == alone
    assert "Guarantee, on every instance:" in text
    for assumption in certificate.setting.assumptions:
        assert assumption.sentence in text
    assert "valid inequalities only" in text or not certificate.setting.assumptions
    for parameter, value in certificate.setting.method.parameters.items():
        assert f"{parameter}={value}" in text
    assert certificate.upper.tau == 0 or "a sum" in text


@every
def test_it_is_a_page(name):
    certificate = second(name)
    assert as_html(explain(certificate, check_certificate(certificate))).rstrip().endswith("</html>")


some = pytest.mark.parametrize("name", one_in(3, SECOND))


@cache
def written(name):
    return as_latex(second(name), check_certificate(second(name)))


@some
def test_it_is_written_up_in_latex(name):
    source = written(name)
    check_source(source)
    assert source.isascii()
    assert r"\begin{theorem}" in source
    assert r"\textbar" not in source.partition(r"\begin{theorem}")[2]  # nothing is left in the words of the program


@needs_latex
@pytest.mark.parametrize(
    "names", [("documented", "ef21_pp", "marina", "gd_pl"), pytest.param(SECOND, marks=pytest.mark.thorough)]
)
def test_no_line_is_too_long_for_the_page(tmp_path, names):
    told = [as_latex(second(name), check_certificate(second(name))) for name in names]
    assert "Overfull" not in typeset("\n\\newpage\n".join(told), tmp_path)


@some
def test_its_lines_are_in_the_write_up(name):
    source = written(name)
    assert "The squares are found by elimination" in source or "the squares are found by elimination" in source


def test_negative_curvature_is_not_called_strong_convexity():
    """A class derived from another one is told by its own words."""
    certificate = second("documented")
    source = as_latex(certificate, check_certificate(certificate))
    assert "strongly convex" not in source
    assert r"curvatures between $\mu$ and $L$" in source


@pytest.mark.parametrize(
    ("name", "lines", "chance"),
    [
        ("ef21_pp", "d_i+ = d_i + b_i C_i(grad f_i(x+) - d_i)", "b_i is 1 with probability 1/4, else 0"),
        ("ef21_sgd", "d_i+ = d_i + C_i(grad f_i(x+) + xi_i - d_i)", "xi_i is noise of mean zero"),
        ("marina", "v+ = b (v + mean C_i(", "b is 1 with probability 3/4, else 0"),
    ],
)
def test_coins_and_noise_are_told(name, lines, chance):
    found = formulas(second(name).setting, ASCII)
    step = "\n".join(f"{new} = {old}" for new, old in found.step)
    assert lines in step
    assert [text for text in found.chance if text.startswith(chance)]
