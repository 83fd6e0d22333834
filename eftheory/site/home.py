"""The first page: what error feedback is, why it is needed, and three doors."""

from __future__ import annotations

from collections.abc import Iterator

from eftheory.site.page import Page
from eftheory.site.sketch import Curve, logarithmic


def home_pages() -> Iterator[Page]:
    """The first page alone."""
    from eftheory.site.sections import SECTIONS
    from eftheory.site.templating import fill

    body = fill("home.html", picture=_why(), sections=[each for each in SECTIONS if each.says])
    yield Page("index.html", "eftheory: error feedback, proved", body, "eftheory experiment dcgd-diverges")


def _why() -> str:
    """Compressed gradients with feedback and without, on the three functions of `dcgd_diverges`."""
    from eftheory.simulate.experiments.dcgd_diverges import EXPERIMENT
    from eftheory.simulate.experiments.experiment import Figure, Request

    (figure,) = EXPERIMENT.run(Request(rounds=200))
    assert isinstance(figure, Figure), "the experiment runs methods"
    runs = figure.runs
    names = {"dcgd": "without feedback", "ef": "error feedback", "ef21": "EF21"}
    curves = [
        Curve(names[column.method], [float(x) ** 0.5 for x in runs["grad2"][:, i]])
        for i, column in enumerate(runs.columns)
    ]
    return logarithmic(
        curves,
        across="round",
        up="length of the gradient",
        says="The length of the gradient over 200 rounds: it grows without end if compressed gradients are used as "
        "they are, and shrinks with error feedback and with EF21.",
    )
