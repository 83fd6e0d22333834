"""What IPython and Jupyter show of classes that write no pages themselves: certificates, and what they consist of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def register(shell: Any) -> None:
    """Tell a running IPython how to show certificates, claims, settings and checked theorems; nothing is loaded."""
    text, html = (shell.display_formatter.formatters[kind] for kind in ("text/plain", "text/html"))
    for module, name, lines in (
        ("eftheory.certificates.certificate", "Certificate", _certificate),
        ("eftheory.claims", "Setting", _setting),
        ("eftheory.claims", "Claim", _claim),
        ("eftheory.proofkit.kernel.verdict", "Entry", _checked),
        ("eftheory.proofkit.kernel.outcome", "Outcome", _checked),
    ):
        text.for_type_by_name(module, name, _plain(lines))
    html.for_type_by_name("eftheory.certificates.certificate", "Certificate", _page_of_certificate)
    html.for_type_by_name("eftheory.proofkit.kernel.verdict", "Entry", _page_of_checked)
    html.for_type_by_name("eftheory.proofkit.kernel.outcome", "Outcome", _page_of_checked)


def _plain(lines: Callable[[Any], str]) -> Callable[[Any, Any, bool], None]:
    return lambda shown, printer, cycle: printer.text(lines(shown))


def _certificate(certificate: Any) -> str:
    from eftheory.bounds import Certification

    return repr(Certification.of(certificate))


def _page_of_certificate(certificate: Any) -> str:
    from eftheory.bounds import Certification

    return Certification.of(certificate)._repr_html_()


def _setting(setting: Any) -> str:
    from eftheory.bounds.summary import describe

    return describe(setting)


def _claim(claim: Any) -> str:
    from eftheory.numbers import decimal_down, decimal_up

    above = claim.kind == "upper"
    number = decimal_up(claim.rate) if above else decimal_down(claim.rate)
    what = "constant" if claim.kind == "drift" else "rate"
    return f"claim ({claim.kind}): {what} {'<=' if above else '>='} {number}\n{_setting(claim.setting)}"


def _checked(found: Any) -> str:
    lines = [f"{found.theorem.slug}: {found.status}", found.theorem.title]
    return "\n".join([*lines, found.problem] if found.problem else lines)


def _page_of_checked(found: Any) -> str:
    from eftheory.proofkit.lessons.html import lesson_in_html

    return lesson_in_html(found.theorem)
