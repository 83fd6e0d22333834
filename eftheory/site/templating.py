"""The templates of the pages."""

from __future__ import annotations

from functools import cache
from typing import Any

from eftheory.site.needed import need


@cache
def environment() -> Any:
    """Templates; what is filled in is escaped, and what is not given is an error."""
    jinja2 = need("jinja2")
    loader = jinja2.PackageLoader("eftheory.site", "templates")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )


def fill(template: str, **values: Any) -> str:
    """A template with its values."""
    return str(environment().get_template(template).render(values))
