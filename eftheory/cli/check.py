"""``eftheory check``: the independent checker, under another name."""

from __future__ import annotations

from typing import Annotated

import typer

from eftheory.check.__main__ import main


def check(
    files: Annotated[
        list[str], typer.Argument(help="Certificate files, or archives (.zip) of them; - reads standard input.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Check certificates exactly; the same as python -m eftheory.check.

    Example: eftheory check ef21.cert.json
    """
    return main([*(["--json"] if json else []), "--", *files])
