"""What a certification shows beside its ten lines: pages, LaTeX, a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from eftheory.bounds.summary import as_text, rows, title
from eftheory.certificates import Certificate
from eftheory.check.verdict import overall
from eftheory.claims import LOWER, UPPER
from eftheory.pages.html import cell, rows_as_html, sections_as_html, titled
from eftheory.pages.picture import Picture

if TYPE_CHECKING:
    from eftheory.bounds.result import Certification

LONGEST = 200
REACHED = 1e-6
"""As many steps are drawn, or fewer, until the guarantee is as small."""


def as_html(result: Certification) -> str:
    """The rows that are printed, and the certificate to unfold."""
    from eftheory.report import explain  # with all reports, which take their time to load

    verdicts = tuple(result.verdicts.values())
    body = [titled(title(result), overall(verdicts) if verdicts else "inconclusive"), rows_as_html(rows(result))]
    if result.certificate is not None:
        told = sections_as_html(explain(result.certificate, verdicts))
        body.append(f"<details>\n<summary>The certificate</summary>\n{told}\n</details>")
    return cell("\n".join(body))


def as_latex(result: Certification) -> str:
    """See ``Certification.latex``."""
    from eftheory.report import as_latex as written

    return written(_evidence(result), tuple(result.verdicts.values()))


def show(result: Certification) -> None:
    """See ``Certification.show``."""
    from eftheory.report import as_text as written
    from eftheory.report import explain

    print(written(explain(_evidence(result), tuple(result.verdicts.values()))), end="")


def plot(result: Certification) -> Picture:
    """See ``Certification.plot``."""
    upper, lower, constant = result.rate(UPPER), result.rate(LOWER), result.constant
    noisy = result.certificate is not None and result.certificate.upper is not None and result.certificate.upper.noise
    guaranteed = None if upper is None or constant is None or noisy else (float(constant), float(upper))
    if guaranteed is None and lower is None:
        raise ValueError("plot: no rate is proved, so there is nothing to draw over steps; print the result for why")
    found = f"{title(result)}, step size {float(result.setting.method.step_size):.4g}"
    worst = None if lower is None else float(lower)
    return Picture(lambda path: _draw(path, found, result.setting.measure_name, guaranteed, worst))


def _draw(path: Path, words: str, measure: str, guaranteed: tuple[float, float] | None, worst: float | None) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    rate = guaranteed[1] if guaranteed else worst or 0.0
    steps = range(next((t for t in range(1, LONGEST) if rate**t <= REACHED), LONGEST) + 1)
    if guaranteed:
        axes.plot(steps, [guaranteed[0] * rate**t for t in steps], "--", color="#222222", label="guaranteed")
    if worst is not None:
        axes.plot(steps, [worst**t for t in steps], color="#d55e00", label="a worst case: at least")
    axes.set(yscale="log", xlabel="step t", ylabel=f"{measure}, share of the start", title=words)
    axes.legend()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _evidence(result: Certification) -> Certificate:
    if result.certificate is None:
        raise ValueError(f"nothing is proved, so there is no certificate to show:\n{as_text(result)}")
    return result.certificate
