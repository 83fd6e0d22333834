"""What gives another answer each time it is asked: chance, clocks, and the machine it runs on."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any

from eftheory.recording.places import is_library, is_own, say_place
from eftheory.recording.trace import Refusal

_MODULES = {
    "random": "chance", "_random": "chance", "secrets": "chance", "numpy.random": "chance", "uuid": "chance",
    "torch.random": "chance", "jax.random": "chance",
    "time": "the clock", "datetime": "the clock", "_datetime": "the clock",
    "inspect": "who calls it", "traceback": "who calls it",
}  # fmt: skip
_NAMES = {
    os: {
        **dict.fromkeys(("urandom", "getrandom"), "chance"),
        **dict.fromkeys(("environ", "environb", "getenv", "getenvb", "getpid"), "the environment"),
        "times": "the clock",
    },
    sys: dict.fromkeys(("argv", "_getframe", "gettrace", "getprofile"), "who calls it"),
    builtins: {
        **dict.fromkeys(("id", "hash"), "addresses in memory"),
        **dict.fromkeys(("input", "open"), "something outside of it"),
        **dict.fromkeys(("eval", "exec", "compile", "__import__", "breakpoint"), "code that cannot be read"),
        **dict.fromkeys(("globals", "locals", "setattr", "delattr"), "names that it makes up"),
    },
}
_SINGLE = {
    id(getattr(module, name)): (module.__name__, kind)
    for module, names in _NAMES.items()
    for name, kind in names.items()
    if hasattr(module, name)
}
ADVICE = "a step must be the same at every call, with exact constants and what is in its state"


def find_chance(value: object) -> str:
    """What a value makes a step depend on, in words; "" if nothing.

    >>> import random
    >>> find_chance(random.Random(1).random)
    'chance (random)'
    """
    single = _SINGLE.get(id(value))
    if single:
        return f"{single[1]} ({single[0]})"
    for module in _modules_of(value):
        for name, kind in _MODULES.items():
            if module == name or module.startswith(f"{name}."):
                return f"{kind} ({name.removeprefix('_')})"
    if not isinstance(value, type) and hasattr(type(value), "__next__"):
        return f"how often it was called ({type(value).__name__})"
    return ""


def find_chance_in_import(name: str) -> str:
    """The same for a module by its name, which need not be loaded."""
    kind = next((kind for known, kind in _MODULES.items() if f"{name}.".startswith(f"{known}.")), "")
    return f"{kind} ({name})" if kind else ""


def _modules_of(value: object) -> Iterator[str]:
    owner = getattr(value, "__self__", None) if callable(value) else None
    if isinstance(value, ModuleType):
        yield value.__name__
        return
    bound = owner is not None and not isinstance(owner, ModuleType)
    for it in (value, type(value), *[type(owner)] * bound):
        name = getattr(it, "__module__", None)
        if isinstance(name, str):
            yield name


@contextmanager
def watch_calls() -> Iterator[list[Refusal]]:
    """Note every call, while this lasts, of what gives another answer each time, from wherever it is called."""
    met: list[Refusal] = []

    def watch(frame: FrameType, event: str, called: Any) -> None:
        if met:
            return
        if event == "c_call":
            found = "" if getattr(builtins, called.__name__, None) is called else find_chance(called)
            caller: FrameType | None = frame
        elif event == "call":
            found, caller = find_chance_in_import(str(frame.f_globals.get("__name__"))), frame.f_back
        else:
            return
        harmless = found.startswith("who calls") and caller is not None and is_library(caller.f_code.co_filename)
        if found and not harmless and not found.startswith("how often"):
            place = _ask_for_place(caller)
            if place:
                met.append(Refusal(f"it depends on {found}: {ADVICE}", place))

    if sys.getprofile() is not None:  # somebody measures; what code refers to is inspected all the same
        yield met
        return
    sys.setprofile(watch)
    try:
        yield met
    finally:
        sys.setprofile(None)


def _ask_for_place(frame: FrameType | None) -> str:
    """The line of the user's code that called; "" if it only logs, or eftheory itself called."""
    while frame is not None:
        name = frame.f_code.co_filename
        if frame.f_globals.get("__name__") == "logging" or is_own(name):
            return ""
        if not is_library(name):
            return say_place(name, frame.f_lineno)
        frame = frame.f_back
    return ""
