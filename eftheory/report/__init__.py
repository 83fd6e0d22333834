"""Certificates explained to people: text, LaTeX, HTML. Nothing here solves, and nothing here is trusted.

The writers load lazily, so that who prints text does not wait for LaTeX.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from eftheory.pages.fragments import Explanation as Explanation
from eftheory.report.explain import explain as explain

if TYPE_CHECKING:
    from eftheory.pages.console import as_text as as_text
    from eftheory.pages.html import as_html as as_html
    from eftheory.report.latex import as_latex as as_latex

_WRITERS = {
    "as_html": "pages.html",
    "as_latex": "report.latex",
    "as_text": "pages.console",
}


def __getattr__(name: str) -> Any:
    if name not in _WRITERS:
        raise AttributeError(f"module 'eftheory.report' has no attribute {name!r}; it has: {', '.join(_WRITERS)}")
    return getattr(import_module(f"eftheory.{_WRITERS[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_WRITERS})
