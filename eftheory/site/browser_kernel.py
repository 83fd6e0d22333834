"""The checker in the reader's browser: a page that checks a certificate, and what runs it there."""

from __future__ import annotations

from collections.abc import Iterator

from eftheory.site.kernel_archive import kernel_archive
from eftheory.site.page import Asset, Page

SCRIPT = "assets/kernel.js"
"""Runs the checker and the kernel in a worker, and says what they say."""


def browser_kernel_pages() -> Iterator[Page | Asset]:
    """The page, and the archive of the sources that it runs."""
    from eftheory.site.templating import fill

    yield Page("check.html", "Check a certificate here", fill("check.html"), scripts=(SCRIPT,))
    yield Asset("assets/eftheory-kernel.zip", kernel_archive())
