"""What the site has, in the order in which it is read: a section is a line here and a file beside this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eftheory.site.bibliography import bibliography_pages
from eftheory.site.browser_kernel import browser_kernel_pages
from eftheory.site.certificates import certificates_pages
from eftheory.site.course import course_pages
from eftheory.site.documents import documents_pages, results_pages, trust_pages
from eftheory.site.exercises import exercise_pages
from eftheory.site.explorer import explorer_pages
from eftheory.site.figures import figure_pages
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
        first: the path of its first page.
        produce: yields its pages in reading order, and the files they need.
        says: what is in it, for the first page of the site; empty if that does not name it.
        header: whether the head of each page has it.
    """

    title: str
    first: str
    produce: Callable[[], Iterator[Page | Asset]]
    says: str = ""
    header: bool = True


SECTIONS: tuple[Section, ...] = (
    Section("Home", "index.html", home_pages, header=False),
    Section("How to", "docs/index.html", documents_pages, "each task with its commands, and what they print"),
    Section("Course", "course/index.html", course_pages, "ten lessons, from compression to proofs"),
    Section("Exercises", "exercises/index.html", exercise_pages, "proofs with holes, marked by the kernel"),
    Section("Proofs", "proofs/index.html", proof_pages, "theorems of the literature and our own, line by line"),
    Section("Explorer", "explorer.html", explorer_pages, "move sliders, see rates and worst cases"),
    Section("Figures", "figures/index.html", figure_pages, "those of the papers, and ours, with their data"),
    Section("Methods", "methods/index.html", methods_pages, "what each is, what it assumes, what is known of it"),
    Section("Certificates", "certificates/index.html", certificates_pages, "proved rates, with their files to check"),
    Section("Check", "check.html", browser_kernel_pages, "the checker in your browser, for a certificate of yours"),
    Section("Results", "docs/results.html", results_pages, "what was found, errata, and measurements"),
    Section("Trust", "docs/trust.html", trust_pages, "what decides, the file formats, and how they are attacked"),
    Section("Reference", "reference/index.html", reference_pages, "the names of the package, from their docstrings"),
    Section("Glossary", "glossary.html", glossary_pages, "every symbol and term"),
    Section("Bibliography", "bibliography.html", bibliography_pages, "the papers, with BibTeX", header=False),
)
"""The sections; the first page of the first one is ``index.html``."""
