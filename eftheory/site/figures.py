"""The pages of the figures: what each shows in words, its files, and the command that made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from eftheory.site.page import Asset, Page

FOLDER = Path(__file__).parents[2] / "reports" / "figures"
"""Written by make figures, in a checkout."""
COMMAND = "make figures"
_FIGURE = re.compile(r"^## (?P<title>.*)\n\n(?P<says>.*)\n\n!\[.*\]\((?P<name>\w+)\.svg\)", re.MULTILINE)


def figure_pages() -> Iterator[Page | Asset]:
    """An index, and a page for each figure that is kept; the index alone outside a checkout."""
    index = FOLDER / "index.md"
    found = list(_FIGURE.finditer(index.read_text("utf-8"))) if index.is_file() else []
    listed = "".join(
        f'<li><a href="/figures/{each["name"]}.html">{escape(each["title"])}</a><br>{escape(each["says"])}</li>'
        for each in found
    )
    draw = '<a href="/docs/plot.html">eftheory plot</a>'
    intro = (
        f'<p>For agents of your own {draw} draws the like; the <a href="/explorer.html">explorer</a> is quicker.</p>'
    )
    yield Page("figures/index.html", "Figures", f"{intro}<ul>{listed}</ul>", COMMAND)
    for each in found:
        name, says = each["name"], escape(each["says"])
        kinds = ", ".join(f'<a href="/assets/figures/{name}.{kind}">{kind}</a>' for kind in ("svg", "pdf", "csv"))
        image = f'<img class="picture drawn" src="/assets/figures/{name}.svg" alt="{says}">'
        picture = f'<div class="wide" tabindex="0" role="group" aria-label="Picture">{image}</div>'
        files = f"<p>Files, with its numbers as csv: {kinds}.</p>"
        body = f"<figure>{picture}<figcaption>{says}</figcaption></figure>\n{files}"
        yield Page(f"figures/{name}.html", each["title"], body, COMMAND)
        for kind in ("svg", "pdf", "csv"):
            yield Asset(f"assets/figures/{name}.{kind}", (FOLDER / f"{name}.{kind}").read_bytes())
