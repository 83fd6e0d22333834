"""Where in somebody's code something happened."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from traceback import walk_stack, walk_tb
from types import FrameType

_HERE = str(Path(__file__).parent)
_PACKAGE = str(Path(__file__).parents[1]) + os.sep
_ABC = ("abc", "<frozen abc>", "_py_abc")  # isinstance may go through it, whoever asks


def say_place(filename: str, line: int | None) -> str:
    """A file and a line, as messages name them.

    >>> say_place("somewhere/mine.py", 17)
    'mine.py, line 17'
    """
    return f"{Path(filename).name}, line {line}"


def locate(what: str, place: str) -> str:
    """What something is said of, with its place where that is known.

    >>> locate("Mine.step", "mine.py, line 17")
    'Mine.step (mine.py, line 17)'
    """
    return f"{what} ({place})" if place else what


def place_of_error(error: BaseException) -> str:
    """The innermost line of the user's code that an error went through; "" if it went through none."""
    return _innermost(reversed([*_lines(walk_tb(error.__traceback__))]))


def place_here() -> str:
    """The innermost line of the user's code that is running now; "" if none is."""
    return _innermost(_lines(walk_stack(sys._getframe(1))))


def asked_by_library() -> bool:
    """Whether the code that is running now, outside of this room, is a library's."""
    lines = (name for name, _ in _lines(walk_stack(sys._getframe(1))))
    return is_library(next(name for name in lines if str(Path(name).parent) != _HERE and Path(name).stem not in _ABC))


@lru_cache(maxsize=256)
def is_library(filename: str) -> bool:
    """Whether a file belongs to Python or to an installed package: it is not code that a user wrote for this."""
    installed = {"site-packages", "dist-packages"} & {*Path(filename).parts}
    return bool(installed) or filename.startswith((*_libraries(), "<frozen"))


@cache
def _libraries() -> tuple[str, ...]:
    import sysconfig  # which takes longer to load than all of this room, and is seldom asked

    return tuple({sysconfig.get_path(kind) + os.sep for kind in ("stdlib", "platstdlib")})


def is_own(filename: str) -> bool:
    """Whether a file is one of eftheory's."""
    return filename.startswith(_PACKAGE)


def is_users(cls: type) -> bool:
    """Whether a class was written for the method, or near it."""
    file = file_of_class(cls)
    return not is_own(file) and not is_library(file)


def file_of_class(cls: type) -> str:
    """The file of a class; one of Python's own where there is none."""
    module = sys.modules.get(cls.__module__)
    if module is None or cls.__module__ == "builtins":
        return "<frozen builtins>"
    return getattr(module, "__file__", None) or ("" if cls.__module__ == "__main__" else "<frozen>")


def _innermost(lines: Iterable[tuple[str, int]]) -> str:
    """The first line, from the inside out, outside of libraries; if there is none, outside of this room."""
    outside = [(name, line) for name, line in lines if str(Path(name).parent) != _HERE]
    users = [(name, line) for name, line in outside if not is_library(name)]
    return say_place(*(users or outside)[0]) if outside else ""


def _lines(frames: Iterable[tuple[FrameType, int]]) -> Iterator[tuple[str, int]]:
    return ((frame.f_code.co_filename, line) for frame, line in frames)


def place_of_function(function: object) -> str:
    """Where a function is defined; "" if that is not known."""
    function = inspect.unwrap(getattr(function, "__func__", function))  # type: ignore[arg-type]
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return say_place(code.co_filename, code.co_firstlineno) if code else ""


def place_of_class(cls: type) -> str:
    """Where a class is defined, or the nearest of those it inherits from; "" if that is not known."""
    for known in cls.__mro__:
        try:
            file, line = inspect.getfile(known), inspect.getsourcelines(known)[1]
        except (OSError, TypeError):  # made at run time, or its source is gone
            continue
        if str(Path(file).parent) != _HERE:
            return say_place(file, line)
    return ""
