"""A page for each certificate of the reports, checked while it is built, and the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from eftheory.certificates import Certificate, read_certificate
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
ENDING = ".cert.json"
INDEX = "reports/certificates/index.md"


@dataclass(frozen=True)
class Kept:
    """A certificate of the reports.

    Attributes:
        name: of its file, without the ending.
        part: what its folder is about.
        data: what is in the file.
        certificate: what the file says.
    """

    name: str
    part: str
    data: bytes
    certificate: Certificate

    @property
    def method(self) -> str:
        """The name of the method that it is about."""
        return self.certificate.setting.method.name


@cache
def certificates() -> tuple[Kept, ...]:
    """All certificates of the reports, folder by folder."""
    return tuple(
        Kept(path.name.removesuffix(ENDING), part, data := path.read_bytes(), read_certificate(data))
        for folder, part in FOLDERS.items()
        for path in sorted((checkout() / "reports" / folder).glob(f"*{ENDING}"))
    )


def certificates_of(method: str) -> list[str]:
    """The names of the certificates of a method."""
    return [kept.name for kept in certificates() if kept.method == method]


def certificates_pages() -> Iterator[Page | Asset]:
    """The table of certificates, and a page and a file for each."""
    title, body = markdown_page((checkout() / INDEX).read_text("utf-8"), partial(resolve, INDEX, []))
    yield Page("certificates/index.html", title, body, "make certificates")
    for kept in certificates():
        yield from _certificate(kept)


def _certificate(kept: Kept) -> Iterator[Page | Asset]:
    told = explain(kept.certificate, check_certificate(kept.certificate))
    name, file = kept.name, f"certificates/{kept.name}{ENDING}"
    values = {"told": told, "write": _write, "file": file, "name": f"{name}{ENDING}", "method": kept.method}
    made_by = f"eftheory show {name}{ENDING}"
    yield Page(
        f"certificates/{name}.html",
        f"{told.title}: {name}",
        fill("certificate.html", **values),
        made_by,
        part=kept.part,
    )
    yield Asset(file, kept.data)


def _write(text: str) -> str:
    """Text of a certificate, whose formulas are in print; names in it may be anybody's."""
    return in_print(printable(text))
