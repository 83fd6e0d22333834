"""What a page asks the Python in the reader's browser: check a certificate, or mark an exercise.

This file and all it imports need the standard library only; ``kernel_archive`` packs them.
"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from eftheory.check.__main__ import ACCEPTED, main
from eftheory.loading import load_module
from eftheory.proofkit.kernel.outcome import PROVED
from eftheory.proofkit.kernel.reader import parse, read_theorem
from eftheory.proofkit.kernel.verdict import prove as prove_theorems
from eftheory.proofkit.statement import statement
from eftheory.proofkit.theorem import Theorem
from eftheory.proofkit.writer import write_theorem

CERTIFICATE = "certificate.json"


def check(text: str) -> tuple[bool, str]:
    """Run the checker of the command line on a text, as on a file of the current folder.

    Args:
        text: that of a certificate.

    Returns:
        Whether it is accepted, and what the checker prints.
    """
    Path(CERTIFICATE).write_text(text, "utf-8", errors="replace")
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        code = main(["--", CERTIFICATE])
    return code == ACCEPTED, printed.getvalue()


def prove(name: str, text: str, expected: str) -> tuple[bool, str]:
    """Run the text of an exercise, have the kernel read what comes of it as plain data, and mark it.

    Args:
        name: of the exercise.
        text: of the proof, a Python file.
        expected: what the exercise says, as JSON; see ``proofkit.statement``.

    Returns:
        Whether it is solved, and what is said of it; what the text prints comes first.
    """
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            solved, said = _mark(name, text, expected)
    except (ValueError, RecursionError, ArithmeticError) as error:
        solved, said = False, f"it does not run: {error}"
    return solved, f"{printed.getvalue()}{said}\n"


def _mark(name: str, text: str, expected: str) -> tuple[bool, str]:
    file = f"{name}.py"
    Path(file).write_text(text, "utf-8", errors="replace")
    found = getattr(load_module(file), "theorem", None)
    if not isinstance(found, Theorem):
        return False, f"{file}: it must define theorem = Theorem({name!r}, ...)"
    theorem = read_theorem(parse(json.dumps(write_theorem(found)).encode()))
    if statement(theorem) != json.loads(expected):
        return False, f"NOT THE EXERCISE {name}: hypotheses, claims or parameters are others than it has"
    entry = prove_theorems({theorem.slug: theorem}, [theorem.slug])[theorem.slug]
    if entry.status != PROVED:
        return False, f"{entry.status}: {entry.problem}"
    return True, f"{PROVED}\nSOLVED: exercise {name}"
