"""A page for each method: what it is, what it assumes, what is known of it, and where it comes from."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

from eftheory.site.certificates import certificates_of
from eftheory.site.library import library
from eftheory.site.page import Page
from eftheory.site.templating import fill
from eftheory.site.words import in_print


def methods_pages() -> Iterator[Page]:
    """The table of all methods, and a page for each."""
    from eftheory.methods.catalogue import CATALOGUE
    from eftheory.theory.described import described

    records = described()
    rows = [{**each, "told": in_print(each["is"])} for each in records]
    yield Page("methods/index.html", "Methods", fill("methods.html", rows=rows), "eftheory methods")
    for record, kind in zip(records, CATALOGUE):
        name = record["method"]
        body = fill("method.html", **_told(record, kind))
        yield Page(f"methods/{name}.html", title_of(name), body, f"eftheory methods {name}", words=record["is"])


def title_of(name: str) -> str:
    """The name of a method as papers write it.

    >>> title_of("ef21_pp"), title_of("gd")
    ('EF21-PP', 'GD')
    """
    return name.upper().replace("_", "-")


def _classes(kind: type) -> Iterator[dict[str, Any]]:
    """What there is, by class of functions and noise."""
    from eftheory.theory.coverage import HEADS, covered

    for column, head in HEADS.items():
        cell = covered(kind, *column)
        if cell.status not in ("not yet", "runs"):
            yield {"about": head, "status": cell.status.strip("()"), "slug": cell.slug, "starred": cell.starred}


def _told(record: dict[str, Any], kind: type) -> dict[str, Any]:
    theorems = library()
    code = inspect.getsource(kind.step)  # type: ignore[attr-defined]
    return {
        "record": record,
        "told": in_print(record["is"]),
        "round": in_print(record["round"]),
        "code": dedent(code).rstrip(),
        "measure": in_print(getattr(kind, "measure_name", "")),
        "hypotheses": [in_print(each.sentence) for each in getattr(kind, "hypotheses", ())],
        "classes": [*_classes(kind)],
        "certificates": certificates_of(record["method"]),
        "theorems": [(slug, in_print(theorems.title(slug))) for slug in record["prove"] if slug in theorems.entries],
    }
