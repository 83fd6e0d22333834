"""An explanation as one HTML page."""

from __future__ import annotations

from eftheory import __version__
from eftheory.pages.fragments import Explanation
from eftheory.pages.html import explanation_page

_FOOTER = f"""Written by eftheory {__version__}. The verdicts come from exact rational arithmetic; check them with
<code>python -m eftheory.check FILE</code>."""


def as_html(explanation: Explanation) -> str:
    """The explanation as a page of its own, in ASCII; everything is escaped, asides can be unfolded."""
    return explanation_page(explanation, _FOOTER)
