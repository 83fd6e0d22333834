"""An explanation as one HTML page: no scripts, nothing from the network."""

from __future__ import annotations

from importlib.resources import files

from eftheory import __version__
from eftheory.report.escape import printable
from eftheory.report.sections import Explanation


def as_html(explanation: Explanation) -> str:
    """The explanation as a page of its own, in ASCII; everything is escaped, asides can be unfolded.

    Raises:
        ValueError: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        raise ValueError('HTML needs jinja2: pip install "eftheory[report]"') from None
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_finalize, trim_blocks=True, lstrip_blocks=True
    )
    source = files("eftheory.report").joinpath("page.html").read_text(encoding="utf-8")
    page = environment.from_string(source).render(page=explanation, version=__version__, kind=_kind)
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _finalize(value: object) -> object:
    return printable(value) if type(value) is str else value


def _kind(body: object) -> str:
    return type(body).__name__
