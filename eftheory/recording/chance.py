"""What gives another answer each time it is asked: chance, clocks, files, and the machine it runs on."""

from __future__ import annotations

import builtins
import functools
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any

from eftheory.recording.places import is_library, is_own, say_place
from eftheory.recording.trace import TEXTS, Refusal

_KINDS = {
    "chance": "random _random secrets numpy.random uuid torch.random jax.random",
    "the clock": "time datetime _datetime",
    "who calls it": (
        "inspect traceback sys:argv sys:orig_argv sys:_getframe sys:_getframemodulename sys:_current_frames "
        "sys:_current_exceptions sys:gettrace sys:getprofile sys:settrace sys:setprofile"
    ),
    "something outside of it": (
        "os posix nt posixpath ntpath genericpath pathlib io _io glob shutil tempfile socket _socket subprocess "
        "sqlite3 _sqlite3 urllib platform sys:stdin builtins:input builtins:open"
    ),
    "what else runs": (
        "gc contextvars _contextvars threading _thread multiprocessing _multiprocessing concurrent asyncio "
        "sys:modules sys:getrefcount sys:getallocatedblocks"
    ),
    "addresses in memory": "builtins:id builtins:hash",
    "code that cannot be read": "builtins:eval builtins:exec builtins:compile builtins:__import__ builtins:breakpoint",
    "names that it makes up": "builtins:globals builtins:locals builtins:setattr builtins:delattr",
}
"""Modules, and single ones of the names in others."""
_FOUND = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_SINGLE = {
    id(getattr(module, name)): f"{kind} ({module.__name__})"
    for module in (sys, builtins)
    for text, kind in _FOUND.items()
    if text.startswith(f"{module.__name__}:") and hasattr(module, name := text.partition(":")[2])
}
FRAMES = ("tb_frame", "f_back", "gi_frame", "cr_frame", "ag_frame", "f_locals", "f_globals")
"""Attributes that lead to the code that runs and to who called it."""

_CACHE = type(functools.lru_cache(len))
_OF_LIBRARIES = ("who calls it", "what else runs")  # what a library may ask for, since it tells nobody
_SILENT = ("logging", "warnings", "linecache")  # they ask the clock and read files, and give nothing back
ADVICE = "a step must do the same at every call; chance belongs into the compressors, constants into parameters"


def find_chance(value: object) -> str:
    """What a value makes a step depend on, in words; "" if nothing.

    >>> import random
    >>> find_chance(random.Random(1).random)
    'chance (random)'
    """
    if single := _SINGLE.get(id(value)):
        return single
    owner = getattr(value, "__self__", None) if callable(value) else None
    if getattr(value, "__objclass__", type(owner)) is _CACHE and getattr(value, "__name__", "") == "cache_info":
        return "what was asked before (cache_info)"
    for stream in (sys.stdout, sys.stderr):
        if value is stream or (owner is stream and getattr(value, "__name__", "") in ("write", "flush")):
            return ""
    for module in _modules_of(value, owner):
        if found := find_chance_in_import(module):
            return found
    if not isinstance(value, type) and hasattr(type(value), "__next__"):
        return f"how often it was called ({type(value).__name__})"
    return ""


@functools.lru_cache(maxsize=1024)
def find_chance_in_import(name: str) -> str:
    """What importing a module makes a step depend on; it need not be loaded.

    >>> find_chance_in_import("numpy.random.mtrand")
    'chance (numpy.random)'
    """
    parts = name.split(".")
    for k in range(len(parts), 0, -1):
        module = ".".join(parts[:k])
        if module in _FOUND:
            return f"{_FOUND[module]} ({module.removeprefix('_')})"
    return ""


def _modules_of(value: object, owner: object) -> Iterator[str]:
    """The modules that a value, its class and that of what it is bound to come from."""
    if isinstance(value, ModuleType):
        return iter([value.__name__])
    bound = [] if owner is None or isinstance(owner, ModuleType) else [type(owner)]
    names = (getattr(it, "__module__", None) for it in (value, type(value), *bound))
    return (name for name in names if isinstance(name, str))


@contextmanager
def watch_calls() -> Iterator[list[Refusal]]:
    """Note every call, while this lasts, of what gives another answer each time, from wherever the step reaches it.

    Nothing is collected meanwhile: what others do when Python collects garbage is no part of the step.
    """
    met: list[Refusal] = []
    printing = 0

    def watch(frame: FrameType, event: str, called: Any) -> None:
        nonlocal printing
        if called is print and event.startswith("c_"):  # it gives nothing back, whatever the stream asks for
            printing += 1 if event == "c_call" else -1
        if met or printing or event not in ("c_call", "call"):
            return
        text = event == "call" and frame.f_code in TEXTS
        caller = frame if event == "c_call" else frame.f_back
        found, name = _find_in_call(frame, event, called)
        if found.startswith(_OF_LIBRARIES) and caller and is_library(caller.f_code.co_filename):
            found = ""
        if (text or found) and (place := _ask_for_place(caller)):
            met.append(Refusal(_TEXT if text else f"{name} makes it depend on {found}: {ADVICE}", place))

    if sys.getprofile() is not None:  # somebody measures; what code refers to is inspected all the same
        yield met
        return
    collects = gc.isenabled()
    gc.disable()
    sys.setprofile(watch)
    try:
        yield met
    finally:
        sys.setprofile(None)
        if collects:
            gc.enable()


_TEXT = (
    "the text of a vector is asked for (str, repr, format), which is another one in each world: "
    "a step knows vectors by + - and multiples only; to see one, write print(x) or log it"
)


def _find_in_call(frame: FrameType, event: str, called: Any) -> tuple[str, str]:
    """What a call makes a step depend on, and the name of what is called."""
    if event == "call":
        home = str(frame.f_globals.get("__name__"))
        return find_chance_in_import(home), f"{home}.{frame.f_code.co_name}"
    name = called.__name__
    if getattr(builtins, name, None) is called and called is not open and called is not input:
        return "", ""  # libraries need them; where the step itself does, its code says so
    module = getattr(called, "__module__", None)
    return find_chance(called), f"{module}.{name}" if isinstance(module, str) else name


def _ask_for_place(frame: FrameType | None) -> str:
    """The line of the user's code that called; "" if it only logs or imports, or eftheory itself called."""
    while frame is not None:
        name = frame.f_code.co_filename
        silent = frame.f_globals.get("__name__") in _SILENT or name.startswith("<frozen importlib")
        if silent or is_own(name):
            return ""
        if not is_library(name):
            return say_place(name, frame.f_lineno)
        frame = frame.f_back
    return ""
