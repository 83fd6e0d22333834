"""``eftheory show``: a certificate explained to a person."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import Annotated

import typer

from eftheory.certificates import Certificate, read_certificate
from eftheory.certificates.document import MAX_BYTES, CertificateError
from eftheory.check import Verdict, check_certificate
from eftheory.cli.printing import UNWRAPPED, marker
from eftheory.reading import read_bytes
from eftheory.report.style import ASCII, UNICODE

PROVED, NOT_PROVED = 0, 1


def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A certificate file; - reads standard input.")],
    latex: Annotated[bool, typer.Option("--latex", help="Print a LaTeX proof to paste.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Print a self-contained HTML page.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="Print exact fractions.")] = False,
) -> int:
    """Check a certificate and explain it: claim, verdicts, guarantee, Lyapunov function, worst case.

    Example: eftheory show ef21.cert.json --html > ef21.html

    Exit code 0 if every bound in the file is proved, else 1, as when it is no certificate.
    """
    if latex and html:
        raise ValueError("--latex and --html: choose one")
    certificate = _read_certificate(file)
    verdicts = check_certificate(certificate)
    if latex:
        from eftheory.report.latex import as_latex

        typer.echo(as_latex(certificate, verdicts, exact=exact), nl=False)
    elif html:
        from eftheory.pages.html import as_html
        from eftheory.report.explain import explain

        typer.echo(as_html(explain(certificate, verdicts, exact=exact)), nl=False)
    else:
        _print(certificate, verdicts, exact)
    return PROVED if all(verdict.proved for verdict in verdicts) else NOT_PROVED


def _print(certificate: Certificate, verdicts: Sequence[Verdict], exact: bool) -> None:
    """Print in colours on a terminal, as plain text elsewhere, in ASCII where nothing else can be shown."""
    from eftheory.pages.console import as_text
    from eftheory.report.explain import explain

    unicode = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    told = explain(certificate, verdicts, style=UNICODE if unicode else ASCII, exact=exact)
    width = get_terminal_size((UNWRAPPED, 1)).columns  # of the terminal, or as COLUMNS says; a pipe has none
    text = as_text(told, width, marker())
    typer.echo(text if unicode else text.encode("ascii", "backslashreplace").decode("ascii"), nl=False)


def _read_certificate(file: str) -> Certificate:
    try:
        return read_certificate(_read(file))
    except CertificateError as error:
        raise CertificateError(f"{file!r} is not a certificate: {error}") from None


def _read(file: str) -> bytes:
    return sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else read_bytes(file)
