"""What a session shows of results: short texts, pages, pictures; in a notebook without any call."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import html5lib
import pytest

import eftheory
from eftheory import AgentType, certify, check_bytes, closed_form, make_setting, read_certificate, worst_case
from eftheory.bounds import Certification
from eftheory.compressors import TopK
from eftheory.laws import Guarantee
from eftheory.proofkit.catalogue import examine as examine_theorem
from eftheory.proofkit.catalogue import find_proof, load_one, proofs_folder
from eftheory.testing import Effort, check_compressor, estimate_alpha
from eftheory.testing.examination import examine

AGENTS = [AgentType(1 + Fraction(k, 7), Fraction(1, 10 + k), 1 + k) for k in range(12)]
ALPHA = Fraction(3, 4)
MOST_LINES, MOST_CHARACTERS = 22, 1800
"""Eight of them for types of agents, which are listed up to that many."""


def sign(v):
    return v / abs(v).max()


@pytest.fixture(scope="module")
def found():
    return certify("ef21", AGENTS[:2], alpha=ALPHA, engine="law")


@pytest.fixture(scope="module")
def many():
    return certify("ef", AGENTS, alpha=ALPHA, engine="law")


@pytest.fixture(scope="module")
def runs():
    import numpy as np

    from eftheory.simulate import Runs
    from eftheory.simulate.runs import Column

    rounds = np.arange(30)
    columns = tuple(Column("ef21", 0.1 * r, seed=r) for r in range(40))
    data = {name: np.ones((30, 40)) / (1 + rounds[:, None]) for name in ("f", "grad2", "measure", "bits_up")}
    return Runs(rounds, columns, data, {"problem": "<b>", "compressor": "topk:k=1"})


@pytest.fixture(scope="module")
def results(found, many, runs):
    """Each is made once."""
    return {name: make(found, many, runs) for name, make in RESULTS.items()}


RESULTS = {
    "a certification": lambda found, many, runs: found,
    "of many types": lambda found, many, runs: many,
    "nothing proved": lambda found, many, runs: certify("cgd", AGENTS[:1], alpha=Fraction(1, 100), step_size=9),
    "certificate": lambda found, many, runs: found.certificate,
    "certificate of many types": lambda found, many, runs: many.certificate,
    "upper": lambda found, many, runs: many.certificate.upper,
    "closed form": lambda found, many, runs: closed_form("ef21", AGENTS[:1], alpha=ALPHA),
    "worst case": lambda found, many, runs: worst_case("ef21", AGENTS[:1], alpha=ALPHA),
    "setting": lambda found, many, runs: make_setting("ef21", AGENTS, alpha=ALPHA),
    "claim": lambda found, many, runs: many.verdicts["upper"].claim,
    "verdicts": lambda found, many, runs: check_bytes(found.data),
    "read again": lambda found, many, runs: read_certificate(found.data),
    "compressor": lambda found, many, runs: TopK(3),
    "report": lambda found, many, runs: check_compressor(TopK(1), effort=Effort(examples=5)),
    "failing report": lambda found, many, runs: examine(sign, 9, effort=Effort(examples=5)).report,
    "examination": lambda found, many, runs: examine(TopK(1), 200, effort=Effort(examples=5)),
    "estimate": lambda found, many, runs: estimate_alpha(TopK(1), 200, steps=3),
    "what alpha buys": lambda found, many, runs: Guarantee(ALPHA),
    "runs": lambda found, many, runs: runs,
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_text_of_a_result_is_short(name, results):
    text = repr(results[name])
    assert len(text) <= MOST_CHARACTERS, text
    assert text.count("\n") < MOST_LINES, text


def well_formed(html):
    parser = html5lib.HTMLParser(strict=True)
    parser.parseFragment(html)
    assert "<script" not in html
    return re.sub("<[^>]*>", " ", html)


@pytest.mark.parametrize(
    "name", ["a certification", "of many types", "nothing proved", "report", "examination", "runs"]
)
def test_a_page_of_a_result_is_html_without_scripts(name, results):
    well_formed(results[name]._repr_html_())


def test_a_page_is_escaped(found):
    noted = replace(found, notes=("<script>alert(1)</script>",))
    assert "&lt;script&gt;" in noted._repr_html_()
    assert "<script" not in noted._repr_html_()


def test_a_page_says_what_the_text_says(found):
    page = well_formed(found._repr_html_())
    rate = re.search(r"rate <= +([0-9.]+)", repr(found))[1]
    assert rate in page
    assert "The certificate" in page


def test_the_style_of_a_page_leaves_the_notebook_alone(found):
    theorem = load_one(find_proof("balls_add", proofs_folder()))
    from eftheory.proofkit.lessons.html import lesson_in_html

    for html in (found._repr_html_(), lesson_in_html(theorem)):
        style = re.search("<style>(.*?)</style>", html, re.DOTALL)[1]
        assert style.startswith(".eftheory {")
        assert style.count("{") == style.count("}")


def test_a_certification_writes_latex_and_shows_itself(found, capsys):
    assert found.latex().startswith("%") or "\\documentclass" in found.latex() or "\\begin" in found.latex()
    found.show()
    assert "Lower bound: a worst case" in capsys.readouterr().out


def test_a_certificate_read_again_says_the_same(found):
    again = Certification.of(read_certificate(found.data))
    assert again.rate("upper") == found.rate("upper")
    assert again.latex() == found.latex()


def test_what_proves_nothing_has_nothing_to_show():
    nothing = Certification(make_setting("ef21", AGENTS[:1], alpha=ALPHA), None, None, {}, {})
    for ask in (nothing.latex, nothing.show, nothing.plot):
        with pytest.raises(ValueError, match=r"nothing is proved|no rate is proved"):
            ask()
    assert "inconclusive" in nothing._repr_html_()


def test_pictures_of_results(found, runs, tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib draws: pip install eftheory[report]")
    assert "guaranteed" not in repr(found.plot())
    assert found.plot()._repr_svg_().lstrip().startswith("<?xml")
    found.plot().save(tmp_path / "worst.png")
    assert (tmp_path / "worst.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in runs.plot(against="round")._repr_svg_()


def test_a_picture_says_what_is_not_installed(found, monkeypatch):
    monkeypatch.setattr("eftheory.pages.picture.find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"pip install .eftheory\[report\]"):
        found.plot()


@pytest.fixture(scope="module")
def shell():
    reason = "IPython shows results: pip install ipython"
    formatters = pytest.importorskip("IPython.core.formatters", reason=reason)
    shell = SimpleNamespace(display_formatter=formatters.DisplayFormatter())
    eftheory.load_ipython_extension(shell)
    return shell


@pytest.mark.parametrize("name", RESULTS)
def test_what_ipython_shows_is_short(name, shell, results):
    shown, _ = shell.display_formatter.format(results[name])
    assert shown["text/plain"].count("\n") < MOST_LINES
    assert len(shown["text/plain"]) <= MOST_CHARACTERS, shown["text/plain"]
    well_formed(shown.get("text/html", ""))


def test_what_ipython_shows_of_a_certificate_is_what_the_command_prints(shell, found):
    shown, _ = shell.display_formatter.format(found.certificate)
    assert "rate <=" in shown["text/plain"]
    assert "proved" in shown["text/html"]
    claim, _ = shell.display_formatter.format(found.verdicts["lower"].claim)
    assert claim["text/plain"].startswith("claim (lower): rate >= 0.")


def test_what_ipython_shows_of_a_theorem(shell):
    entry = examine_theorem(load_one(find_proof("balls_add", proofs_folder())))
    shown, _ = shell.display_formatter.format(entry)
    assert shown["text/plain"].startswith("balls_add: PROVED")
    well_formed(shown["text/html"])


def test_where_ipython_runs_nothing_need_be_called(tmp_path):
    pytest.importorskip("IPython", reason="IPython shows results: pip install ipython")
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "import sys, eftheory\n"
        "assert not [name for name in sys.modules if name.startswith('eftheory.') and name != 'eftheory.notebook']\n"
        "from eftheory import AgentType, certify, read_number\n"
        "found = certify('gd', [AgentType(1, read_number('1/10'))], alpha=1, engine='law')\n"
        "print(shell.display_formatter.format(found.certificate)[0]['text/plain'])\n"
    )
    home = os.environ | {"IPYTHONDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=home)
    assert done.returncode == 0, done.stderr
    assert "rate <=" in done.stdout
