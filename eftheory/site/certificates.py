"""A page for each certificate of the reports, checked while it is built, and the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from eftheory.certificates import read_certificate
from eftheory.check import check_certificate
from eftheory.pages.escape import printable
from eftheory.report.explain import explain
from eftheory.site.checkout import checkout
from eftheory.site.documents import resolve
from eftheory.site.markdown import markdown_page
from eftheory.site.page import Asset, Page
from eftheory.site.templating import fill
from eftheory.site.words import in_print

FOLDERS = {
    "certificates": "Certificates of the law",
    "findings": "Agents with different constants",
    "general": "Beside theorems",
    "nonconvex": "Nonconvex functions",
}
"""The folders of reports that hold certificates, and what these are about."""
INDEX = "reports/certificates/index.md"


def certificates_pages() -> Iterator[Page | Asset]:
    """The table of certificates, and a page and a file for each."""
    title, body = markdown_page((checkout() / INDEX).read_text("utf-8"), partial(resolve, INDEX, []))
    yield Page("certificates/index.html", title, body, "make certificates")
    for folder, part in FOLDERS.items():
        for path in sorted((checkout() / "reports" / folder).glob("*.cert.json")):
            yield from _certificate(path, part)


def _certificate(path: Path, part: str) -> Iterator[Page | Asset]:
    data, name = path.read_bytes(), path.name.removesuffix(".cert.json")
    certificate = read_certificate(data)
    told = explain(certificate, check_certificate(certificate))
    file = f"certificates/{path.name}"
    body = fill("certificate.html", told=told, write=_write, file=file, name=path.name)
    yield Page(f"certificates/{name}.html", f"{told.title}: {name}", body, f"eftheory show {path.name}", part=part)
    yield Asset(file, data)


def _write(text: str) -> str:
    """Text of a certificate, whose formulas are in print; names in it may be anybody's."""
    return in_print(printable(text))
