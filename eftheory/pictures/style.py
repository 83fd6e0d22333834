"""The one style of all pictures: colours that most people tell apart, and files that are always the same."""

from __future__ import annotations

import io
from typing import Any

DATA, WORST, BOUND, QUIET = "#1f6f9f", "#e39a4a", "#1b1f24", "#6a737d"

HUES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8a6d3b")
"""Okabe and Ito's colours, which people who see few colours tell apart; black last but one."""

SHADES = "cividis"
"""The colour map of maps: even in lightness, and the same to people who see few colours."""

DASHES = (0, (5, 3))

KINDS = (".svg", ".png", ".pdf")
"""Endings of files of pictures."""

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.edgecolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": BOUND,
    "ytick.labelcolor": BOUND,
    "svg.hashsalt": "eftheory",
}


def as_bytes(figure: Any, kind: str) -> bytes:
    """The file of a figure of matplotlib, without the date on which it is made.

    Args:
        figure: what is drawn.
        kind: svg, png or pdf.
    """
    from matplotlib.style import context

    drawn = io.BytesIO()
    stamp = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind)
    with context(["default", STYLE]):  # which has the salt of the names in an svg file
        figure.savefig(drawn, format=kind, metadata=stamp, dpi=160)
    return drawn.getvalue()
