"""V of many coordinates: types in the order of their numbers, squares first, large blocks row by row."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Block, Certificate, Upper
from eftheory.check import check_certificate
from eftheory.claims import Setting
from eftheory.exact import Form
from eftheory.methods import EF21
from eftheory.report import as_latex, as_text, explain
from eftheory.report.digits import Digits
from eftheory.report.facts import Facts
from eftheory.report.lyapunov import matrices, matrix_rows
from eftheory.report.style import ASCII, LATEX
from eftheory.search import search_upper
from eftheory.theory import law_step_size, worst_case
from eftheory.wording.coordinate import Coordinate, in_order
from tests.kit.typeset import needs_latex, typeset
from tests.report.test_latex import check_source

F = Fraction
N = 12


@pytest.fixture(scope="module")
def of_twelve() -> Certificate:
    """Of twelve types, with a V of all products."""
    agents = tuple(AgentType(1, F(1, k)) for k in range(2, N + 2))
    setting = Setting(agents, Contractive(F(3, 4)), EF21(law_step_size("ef21", agents, F(3, 4))))
    return Certificate(setting, search_upper(setting, slack=F(1, 10)).upper, worst_case(setting))


def test_numbers_count_as_numbers() -> None:
    deviation = Coordinate("g - d", 3, deviation=True)
    names = [*(Coordinate("g - d", t) for t in range(12)), deviation, Coordinate("mean g")]
    ordered = ["mean g", *(f"g - d[{t}]" for t in range(4)), "g - d[3]'", *(f"g - d[{t}]" for t in range(4, 12))]
    assert sorted(names, key=in_order) == ordered


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_names_can_be_ordered(names: list[str]) -> None:
    assert sorted(map(in_order, names)) == [in_order(name) for name in sorted(names, key=in_order)]


def test_products_come_after_squares_and_the_largest_first() -> None:
    d2, d10 = Coordinate("d", 2), Coordinate("d", 10)
    form = Form({(d10, d10): F(1), (d10, d2): F(-1, 2), (d2, d2): F(3), ("a", d2): F(1, 3)})
    terms = [text for _, text in ASCII.form(form, None, Digits())]
    assert terms == ["||d[2]||^2", "||d[10]||^2", "<d[2], d[10]>", "<a, d[2]>"]


def test_a_large_block_is_a_matrix_in_order(of_twelve: Certificate) -> None:
    (block,) = matrices(Facts(of_twelve, ASCII, Digits()).upper)
    names, rows, rounded = matrix_rows(block, ASCII, Digits())
    assert names == ["mean g", *(f"g - d[{t}]" for t in range(N))]
    assert [len(row) for row in rows] == [*range(1, N + 2)]
    entries = block.entries()
    for k, name in enumerate(names):
        assert float(rows[k][k]) == pytest.approx(float(entries[name, name]), rel=1e-2)
    assert rounded


def test_small_blocks_and_diagonal_ones_are_none(of_twelve: Certificate) -> None:
    small = Block(("a", "b"), ((F(2),), (F(1), F(2))))
    names = tuple(Coordinate("d", t) for t in range(40))
    diagonal = Block(names, tuple(tuple(F(i == j) for j in range(i + 1)) for i in range(40)))
    assert matrices(replace(of_twelve.upper, lyapunov=(small, diagonal))) == []


def test_several_matrices_have_numbers(of_twelve: Certificate) -> None:
    (block,) = matrices(of_twelve.upper)
    twice: Upper = replace(of_twelve.upper, lyapunov=(block, block))
    shown = as_text(explain(replace(of_twelve, upper=twice), check_certificate(of_twelve)), width=120)
    assert "P0_jk" in shown
    assert "P1[12] ≈" in shown


def test_the_report_shows_every_row_in_short_lines(of_twelve: Certificate) -> None:
    shown = as_text(explain(of_twelve, check_certificate(of_twelve), style=ASCII), width=80)
    assert "V = sum_jk P_jk <z_j, z_k>" in shown
    assert "z = mean g, g - d[0], g - d[1], g - d[2]" in shown
    for k in range(N + 1):
        assert f"    P[{k}] ~ " in shown
    assert "more terms" not in shown
    exact = as_text(explain(of_twelve, check_certificate(of_twelve), style=ASCII, exact=True), width=80)
    assert "    P[12] = " in exact


@pytest.mark.parametrize("exact", [False, True])
def test_latex_has_the_rows(of_twelve: Certificate, exact: bool) -> None:
    source = as_latex(of_twelve, check_certificate(of_twelve), exact=exact)
    check_source(source)
    assert r"\sum_{j,k} P_{jk} \langle z_j,\, z_k \rangle" in source
    assert all(f"$P_{{{k}}} " in source for k in range(N + 1))
    assert LATEX.symbol(Coordinate("g - d", 11)) in source


@pytest.fixture(scope="module")
def of_three() -> Certificate:
    """Of three types, as many as there is a proof line by line of."""
    agents = tuple(AgentType(1, F(1, k)) for k in (2, 3, 4))
    setting = Setting(agents, Contractive(F(3, 4)), EF21(law_step_size("ef21", agents, F(3, 4))))
    return Certificate(setting, search_upper(setting, slack=F(1, 10)).upper, None)


def letters(line: str) -> int:
    """About how many letters wide a line of a display is in print."""
    bare = re.sub(r"\\(left|right|Bigl|Bigr|quad|operatorname|mathrm|overline|widetilde|tfrac|tag\*|textit)", "", line)
    return len(re.sub(r"[{}^_&\\ ]", "", re.sub(r"\\[A-Za-z]+|\\[,.]", "x", bare)))


@pytest.mark.parametrize("which", ["of_twelve", "of_three"])
def test_displays_are_no_wider_than_a_page(which: str, request: pytest.FixtureRequest) -> None:
    certificate = request.getfixturevalue(which)
    source = as_latex(certificate, check_certificate(certificate))
    check_source(source)
    displays = re.findall(r"\\begin\{align\*\}\n(.*?)\n\\end\{align\*\}|\\\[\n?(.*?)\n?\\\]", source, re.DOTALL)
    lines = [line for display in displays for line in "".join(display).split(r"\\")]
    assert len(lines) > 4
    assert max(map(letters, lines)) <= 64


@pytest.mark.parametrize("which", ["of_twelve", "of_three"])
@needs_latex
def test_no_line_is_too_long_for_the_page(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    certificate = request.getfixturevalue(which)
    assert "Overfull" not in typeset(as_latex(certificate, check_certificate(certificate)), tmp_path)
