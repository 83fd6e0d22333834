"""The documents of the project as pages: how-tos, results, formats."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from eftheory.site.checkout import checkout
from eftheory.site.markdown import markdown_page
from eftheory.site.page import Asset, Page
from eftheory.site.templating import fill

HOW_TO = {
    "docs/certify.md": "docs/certify.html",
    "docs/compressors.md": "docs/compressors.html",
    "docs/proofs.md": "docs/proofs.html",
    "docs/closed_forms.md": "docs/closed_forms.html",
    "docs/own_method.md": "docs/own_method.html",
    "eftheory/methods/STEPS.md": "docs/steps.html",
    "docs/simulate.md": "docs/simulate.html",
    "proofs/README.md": "docs/writing_proofs.html",
}
DOORS = {
    "My step size": {
        "docs/certify.md": "the best step, a proved rate and a worst case, for your agents and compression",
        "docs/closed_forms.md": "what theorems and laws say of your numbers, at once and without a search",
        "docs/own_method.md": "a method of yours, written as in a paper, certified like EF21",
        "eftheory/methods/STEPS.md": "what a step may ask for: gradients, messages, means, coins",
        "docs/simulate.md": "run methods on data, step sizes side by side, next to what theory grants",
    },
    "My compressor": {
        "docs/compressors.md": "test it against what it claims, attack it, and learn what its constant buys",
    },
    "A proof to read": {
        "docs/proofs.md": "read a theorem line by line, or make one of any certificate",
        "proofs/README.md": "write a proof of your own that the kernel follows",
    },
}
"""What somebody comes for, and the documents that answer."""
RESULTS = {
    "docs/results.md": "docs/results.html",
    "reports/findings/index.md": "docs/findings.html",
    "reports/general/index.md": "docs/general.html",
    "reports/nonconvex/index.md": "docs/nonconvex.html",
    "reports/practice/index.md": "docs/practice.html",
    "reports/experiments/README.md": "docs/experiments.html",
    "reports/completeness.md": "docs/completeness.html",
}
TRUST = {
    "docs/trust.md": "docs/trust.html",
    "reports/soundness.md": "docs/soundness.html",
    "eftheory/certificates/FORMAT.md": "docs/format.html",
    "eftheory/proofkit/kernel/FORMAT.md": "docs/proof_format.html",
    "reports/speed.md": "docs/speed.html",
    "CONTRIBUTING.md": "docs/contributing.html",
    "CHANGELOG.md": "docs/changes.html",
}
"""Pages of the documents, by file, in reading order."""
PLACES = {
    **HOW_TO,
    **RESULTS,
    **TRUST,
    "README.md": "index.html",
    "docs": "docs/index.html",
    "proofs": "proofs/index.html",
    "reports/proofs/index.html": "proofs/index.html",
    "reports/certificates/index.md": "certificates/index.html",
    "eftheory/references.bib": "bibliography.html",
    "eftheory/methods": "methods/index.html",
    "eftheory/certificates/schema-1.json": "assets/schema-1.json",
    "eftheory/certificates/schema-2.json": "assets/schema-2.json",
}
"""Where a file of the project is on the site."""
ALL_PAGES = re.compile(r"^\[eftheory\]\(\.\./README\.md\) · all pages:.*\n\n", re.MULTILINE)
"""What documents lead with where there is no navigation."""
_ELSEWHERE = re.compile(r"(?:https?://|mailto:)")


def documents_pages() -> Iterator[Page | Asset]:
    """How to use the program."""
    doors = {
        door: [(HOW_TO[file], _title(file), says) for file, says in there.items()] for door, there in DOORS.items()
    }
    yield Page("docs/index.html", "How to", fill("doors.html", doors=doors), words="documentation guide start")
    yield from _documents(HOW_TO)


def results_pages() -> Iterator[Page | Asset]:
    """What was found."""
    yield from _documents(RESULTS)


def trust_pages() -> Iterator[Page | Asset]:
    """Why to believe it."""
    yield from _documents(TRUST)
    for name in ("schema-1.json", "schema-2.json"):
        yield Asset(f"assets/{name}", (checkout() / "eftheory" / "certificates" / name).read_bytes())


def _title(file: str) -> str:
    return markdown_page((checkout() / file).read_text("utf-8"), lambda link: None)[0]


def _documents(files: dict[str, str]) -> Iterator[Page | Asset]:
    for file, path in files.items():
        text = ALL_PAGES.sub("", (checkout() / file).read_text("utf-8"))
        pictures: list[Path] = []
        title, body = markdown_page(text, partial(resolve, file, pictures))
        yield Page(path, title, body)
        for picture in pictures:
            yield Asset(f"assets/{picture.parent.name}/{picture.name}", picture.read_bytes())


def resolve(file: str, found: list[Path], link: str) -> str | None:
    """Where a link of a document leads on the site; None where what it leads to is not part of it.

    Raises:
        ValueError: it leads to no file.
    """
    if _ELSEWHERE.match(link) or link.startswith("#"):
        return link
    target, mark, place = link.partition("#")
    full = os.path.normpath(os.path.join(os.path.dirname(file), target))
    path = checkout() / full
    if not path.exists():
        raise ValueError(f"{file}: {link} leads to no file")
    if full in PLACES:
        return f"/{PLACES[full]}{mark}{place}"
    if path.name.endswith(".cert.json"):
        return f"/certificates/{path.name.removesuffix('.cert.json')}.html"
    if path.suffix == ".py" and full.startswith("proofs/"):
        return f"/proofs/{path.stem}.html"
    if path.suffix == ".py" and full.startswith("eftheory/"):
        return None
    if path.suffix in (".svg", ".png", ".csv"):
        found.append(path)
        return f"/assets/{path.parent.name}/{path.name}"
    return None
