"""A drifting orbit is shown with its numbers."""

from dataclasses import replace

from eftheory.certificates import Certificate
from eftheory.check.checker import check_certificate
from eftheory.lyapunov.error_feedback_nonconvex import error_feedback_nonconvex
from eftheory.pages.console import as_text
from eftheory.report.explain import explain
from eftheory.report.latex import as_latex
from eftheory.witnesses.drift import drifting_orbit
from tests.kit.nonconvex import setting
from tests.report.test_latex import check_source


def test_it_is_explained():
    certificate = Certificate(claimed := setting("1/2", "1/2"), drift=drifting_orbit(claimed))
    text = as_text(explain(certificate, check_certificate(certificate)))
    assert "constant >= 2.867181" in text.replace("\u2265", ">=")
    assert "drifting orbit" in text
    assert "message 0" in text


def test_what_fails_is_said():
    certificate = Certificate(claimed := setting("1/2", "1/2"), drift=drifting_orbit(claimed))
    wrong = replace(certificate, drift=replace(certificate.drift, fall=certificate.drift.fall / 2))
    text = as_text(explain(wrong, check_certificate(wrong)))
    assert "NOT PROVED by this file" in text


def test_it_is_written_in_latex():
    claimed = setting("1/2", "1/2")
    certificate = Certificate(claimed, upper=error_feedback_nonconvex(claimed), drift=drifting_orbit(claimed))
    for exact in (False, True):
        text = as_latex(certificate, check_certificate(certificate), exact=exact)
        check_source(text)
        theorem, orbit = text.split(r"\begin{proposition}")
        assert r"\begin{theorem}" in theorem
        assert "constant from below]\nIn the same setting,\nlet $C < " in orbit
        assert "message 1 of" in orbit
    alone = replace(certificate, upper=None)
    statement, _ = as_latex(alone, check_certificate(alone)).split(r"\end{proposition}")
    assert "is bounded below." in statement
    wrong = replace(alone, drift=replace(certificate.drift, fall=certificate.drift.fall / 2))
    text = as_latex(wrong, check_certificate(wrong))
    assert "The constant from below of this file is " in text
    assert r"\begin{proposition}" not in text


def test_beside_an_upper_bound_it_is_the_lower_one():
    claimed = setting("1/2", "1/2")
    certificate = Certificate(claimed, upper=error_feedback_nonconvex(claimed), drift=drifting_orbit(claimed))
    missing = "No lower bound is known here"
    assert missing not in as_text(explain(certificate, check_certificate(certificate)))
    alone = replace(certificate, drift=None)
    assert missing in as_text(explain(alone, check_certificate(alone)))
