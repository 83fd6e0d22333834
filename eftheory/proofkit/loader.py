"""Theorems of proof files, read as plain data: this process runs no proof file."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from eftheory.loading import LoadingError
from eftheory.proofkit.compiled import keep
from eftheory.proofkit.contents import library_of
from eftheory.proofkit.kernel import theorem as plain
from eftheory.proofkit.kernel.reader import Data, DataError, Reader, keys_of, object_of, parse, read_theorem, text_of

if TYPE_CHECKING:
    from eftheory.proofkit.theorem import Theorem

_PROGRAM = """
import sys
sys.path[:] = sys.argv[1:]
from eftheory.proofkit import decay, loading_process, one_step
from eftheory.proofkit.lessons import theorem
loading_process.serve()
"""
"""What proof files need is there before they are run, each in a copy; nothing is imported from the current folder."""
SPLITS = hasattr(os, "fork")
"""Whether a process can split in two; else there is a new one for each file."""
LARGEST = 64 << 20
"""So many bytes may be sent for one theorem."""
OPEN: list[str] = []
"""In a process that runs a proof file: this file, after those that wait for its symbols."""
COPIES: list[Callable[[bytes], bytes]] = []
"""In a process that runs proof files: how it asks a copy of itself, if it can."""


def load_one(path: Path) -> Theorem:
    """The theorem of a file, with what the file tells of it, and its example.

    Raises:
        ValueError: the file defines none of its name.
        LoadingError: it is not there, or fails.
    """
    from eftheory.proofkit.models.recorded import read_examples  # which who asks for the statement only does not need

    try:
        theorem = theorem_of(_read(path), path)
        theorem.recorded = read_examples(library_of(path)).get(theorem.slug)
        return theorem
    except DataError as error:
        raise ValueError(f"{path.name}: {error}") from None


def load_statement(path: Path) -> plain.Theorem:
    """The theorem of a file, without what is only told of it.

    Raises:
        ValueError: the file defines none of its name.
        LoadingError: it is not there, or fails.
    """
    try:
        return _named(read_theorem(_read(path)), path)
    except DataError as error:
        raise ValueError(f"{path.name}: {error}") from None


def theorem_of(data: Data, path: Path) -> Theorem:
    """The theorem that data are, and what they tell of it.

    Raises:
        DataError: they are none.
        ValueError: it has another name than the file.
    """
    from eftheory.proofkit.theorem import Theorem
    from eftheory.proofkit.told import add_told

    theorem = _named(read_theorem(data), path)
    return add_told(theorem, data["told"], Reader(data["symbols"])) if "told" in data else Theorem(**vars(theorem))


def _named(theorem: plain.Theorem, path: Path) -> plain.Theorem:
    if theorem.slug != path.stem:
        raise ValueError(f"{path.name}: it must define theorem = Theorem({path.stem!r}, ...)")
    return theorem


def _read(path: Path) -> Data:
    """What the file says of its theorem."""
    answer = object_of(parse(_PROCESS.ask(path) if OPEN else keep(path, _PROCESS.ask)))
    if "problem" in answer:
        raise LoadingError(text_of(answer["problem"]))
    return keys_of(answer, {"theorem"})["theorem"]


class _LoadingProcess:
    """The process that runs proof files; there is one, from the first file on."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        atexit.register(self.end)

    def ask(self, path: Path) -> bytes:
        """What it says of a file."""
        if str(path.resolve()) in OPEN:
            raise LoadingError(f"a circle: {' -> '.join(Path(file).stem for file in (*OPEN, str(path)))}")
        question = {"file": str(path), "folder": str(Path.cwd()), "path": sys.path, "open": OPEN}
        for asked in COPIES:
            return asked(json.dumps(question).encode())
        with self._lock:
            try:
                return self._ask(json.dumps(question).encode() + b"\n")
            except BaseException:  # it may be in the midst of an answer
                self.end()
                raise

    def _ask(self, question: bytes) -> bytes:
        if self._process is None or self._process.poll() is not None:
            self.end()
            command = [sys.executable, "-c", _PROGRAM, *sys.path]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise LoadingError("the process that runs proof files has no pipes")
        to.write(question)
        to.flush()
        size = back.readline(20)
        if not size.strip().isdigit():
            raise LoadingError("the process that runs proof files ended; is sys.executable a Python?")
        if int(size) > LARGEST:
            raise DataError(f"{int(size)} bytes: a theorem has at most {LARGEST}")
        answer = back.read(int(size))
        if not SPLITS:
            self.end()
        if not answer:
            raise DataError("the file ended the process before its theorem could be read")
        return answer

    def end(self) -> None:
        """End it; the next file starts another one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


_PROCESS = _LoadingProcess()
