"""A process that runs proof files, each in a copy of itself, and sends what they say as plain data.

No file is run in this process either: for each it splits in two, and the copy runs the file and ends. Where a process
cannot split, it runs one file and ends.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from eftheory.loading import load_module
from eftheory.proofkit.lessons.script import Script
from eftheory.proofkit.loader import COPIES, LARGEST, OPEN, SPLITS
from eftheory.proofkit.theorem import Theorem
from eftheory.proofkit.told import write_told
from eftheory.proofkit.writer import Writer, write_theorem

HIGHEST = 1 << 16
"""No file that this process has opened has a higher number."""


def serve() -> None:
    """Answer each line of standard input with a length and as many bytes.

    A line is {"file": ..., "folder": ..., "path": [...], "open": [...]}; ``open`` are files that wait for this one.
    What proof files print goes to standard error.
    """
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    if SPLITS:
        COPIES.append(_asked_of_a_copy)
    for question in questions:
        found = _asked_of_a_copy(question) if SPLITS else answer(question)
        answers.write(b"%d\n" % len(found) + found)
        answers.flush()
        if not SPLITS:
            return


def answer(question: bytes) -> bytes:
    """Run the file; its theorem as data, or what is wrong with it."""
    asked = json.loads(question)
    os.chdir(asked["folder"])
    sys.path[:] = asked["path"]
    OPEN[:] = [*asked["open"], str(Path(asked["file"]).resolve())]
    try:
        return json.dumps({"theorem": theorem_in(asked["file"])}).encode()
    except Exception as error:  # whatever a file does is told, and is not the end of the others
        return json.dumps({"problem": str(error) or type(error).__name__}).encode()


def theorem_in(file: str) -> dict[str, Any]:
    """The data of the theorem that a file defines.

    Raises:
        ValueError: it defines none of its name.
    """
    path = Path(file)
    module = load_module(file)
    theorem = getattr(module, "theorem", None)
    if not isinstance(theorem, Theorem) or theorem.slug != path.stem:
        raise ValueError(f"{path.name}: it must define theorem = Theorem({path.stem!r}, ...)")
    try:
        writer = Writer()
        return write_theorem(theorem, writer) | {"told": write_told(theorem, Script.of(module), writer)}
    except RecursionError:
        raise ValueError(f"{path.name}: an expression is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None


def _asked_of_a_copy(question: bytes) -> bytes:
    """The answer of a copy of this process, which does not outlive it; nothing if it fails."""
    there, here = os.pipe()
    copy = os.fork()
    if copy == 0:
        try:
            os.closerange(3, here)  # nothing but its own answer: not that of a file that waits for this one
            os.closerange(here + 1, HIGHEST)
            with os.fdopen(here, "wb") as pipe:
                pipe.write(answer(question))
            sys.stderr.flush()
        finally:
            os._exit(0)
    os.close(here)
    with os.fdopen(there, "rb") as pipe:
        found = pipe.read(LARGEST + 1)
    os.waitpid(copy, 0)
    return found
