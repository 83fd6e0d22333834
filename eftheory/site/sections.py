"""What the site has, in the order in which it is read: a section is a line here and a file beside this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eftheory.site.bibliography import bibliography_pages
from eftheory.site.certificates import certificates_pages
from eftheory.site.documents import documents_pages, results_pages, trust_pages
from eftheory.site.glossary import glossary_pages
from eftheory.site.home import home_pages
from eftheory.site.methods import methods_pages
from eftheory.site.page import Asset, Page
from eftheory.site.proofs import proof_pages
from eftheory.site.reference import reference_pages


@dataclass(frozen=True)
class Section:
    """Pages that belong together.

    Attributes:
        title: what the navigation calls it.
        produce: yields its pages in reading order, the first of them its own, and the files they need.
        header: whether the head of each page has it; the foot has some of the others.
    """

    title: str
    produce: Callable[[], Iterator[Page | Asset]]
    header: bool = True


SECTIONS: tuple[Section, ...] = (
    Section("Home", home_pages),
    Section("How to", documents_pages),
    Section("Proofs", proof_pages),
    Section("Methods", methods_pages),
    Section("Certificates", certificates_pages),
    Section("Results", results_pages),
    Section("Trust", trust_pages),
    Section("Reference", reference_pages),
    Section("Glossary", glossary_pages),
    Section("Bibliography", bibliography_pages, header=False),
)
"""The sections; the first page of the first one is ``index.html``."""
