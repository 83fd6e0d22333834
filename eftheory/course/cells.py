"""Run lessons, and write down what each cell shows: ``python -m eftheory.course.cells FORMAT FILE...``."""

from __future__ import annotations

import ast
import io
import json
import sys
from base64 import b64encode
from code import InteractiveInterpreter
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from eftheory.course.lesson import Lesson

INK = "#1a1a1b"
"""What is neither ground nor data in a figure is drawn in it; pages put the reader's own colour in its place."""
STYLE = {
    "figure.figsize": (6.0, 3.4),
    "savefig.transparent": True,
    "savefig.bbox": "tight",
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "svg.hashsalt": "eftheory",
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
}
COLOURS = ("#0072b2", "#d55e00", "#008f68", "#b65f91")
"""After Okabe and Ito: told apart by those, too, who see few colours."""
WITHOUT_DATE: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}


class _Interpreter(InteractiveInterpreter):
    """Names and values of one lesson; what goes wrong is raised."""

    def showtraceback(self) -> None:
        raise


def main(suffix: str, *files: str) -> None:
    """Print a line of JSON for each lesson: what its cells print, and the figures they draw."""
    import matplotlib

    matplotlib.use("agg")
    matplotlib.rcParams.update(STYLE)
    matplotlib.rcParams["axes.prop_cycle"] = f"cycler('color', {list(COLOURS)})"
    for file in files:
        lesson = Lesson(Path(file).stem, Path(file))
        print(json.dumps(list(_run(lesson, suffix))), flush=True)


def _run(lesson: Lesson, suffix: str) -> Iterator[dict[str, Any]]:
    interpreter = _Interpreter({"__name__": "__main__", "__file__": str(lesson.path)})
    for number, cell in enumerate(lesson.read(), 1):
        printed = io.StringIO()
        if cell.is_code:
            try:
                with redirect_stdout(printed):
                    _run_cell(interpreter, cell.source, str(lesson.path))
            except Exception as error:
                raise RuntimeError(f"{lesson.path}, cell {number}: {type(error).__name__}: {error}") from error
        yield {"printed": printed.getvalue(), "figures": list(_figures(suffix))}


def _run_cell(interpreter: _Interpreter, source: str, file: str) -> None:
    """Run the statements; of a last one that is an expression, its value is shown, as in a notebook."""
    body = ast.parse(source, file).body
    shown = [body.pop()] if body and isinstance(body[-1], ast.Expr) else []
    interpreter.runcode(compile(ast.Module(body, []), file, "exec"))
    if shown:
        interpreter.runcode(compile(ast.Interactive(shown), file, "single"))


def _figures(suffix: str) -> Iterator[dict[str, str]]:
    """The figures that are open, which are closed."""
    import matplotlib.pyplot as plt

    for number in plt.get_fignums():
        figure, data = plt.figure(number), io.BytesIO()
        figure.savefig(data, format=suffix, metadata=WITHOUT_DATE[suffix])
        says = "; ".join(title for axes in figure.axes if (title := axes.get_title()))
        yield {"says": says, "data": b64encode(data.getvalue()).decode("ascii")}
        plt.close(figure)


if __name__ == "__main__":
    main(*sys.argv[1:])
