"""What a step is called with: the world and its state, and nothing else."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator, Sequence
from types import CodeType
from typing import Any

from eftheory.methods.method import Method
from eftheory.recording.places import place_of_function
from eftheory.recording.trace import RecordingError


def require_signature(method: Method, place: str, state: Sequence[str]) -> None:
    """Refuse parameters that are neither the world nor a vector of the state: they keep their defaults for ever.

    Args:
        method: the object.
        place: ``step``, ``observe`` or ``measure``.
        state: the names of its vectors.

    Raises:
        RecordingError: there is one.
    """
    for function in _wrapped(getattr(method, place)):
        for name in _find_strange(function, 1 + len(state)):
            line = place_of_function(function)
            raise RecordingError(
                f"{type(method).__name__}.{place}{f' ({line})' if line else ''}: {place} has a parameter {name}, which "
                f"nobody passes; it is called with the world and {', '.join(state)}: name the vectors of the state in "
                "server_state and agent_state, put what depends on time into the state, and make numbers fields of "
                "the class"
            )


def _wrapped(function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """A function, and those that it is wrapped around."""
    yield function
    while wrapped := getattr(function, "__wrapped__", None):
        function = wrapped.__get__(object()) if hasattr(wrapped, "__get__") else wrapped  # bound, as the outer one is
        yield function


def _find_strange(function: Callable[..., Any], count: int) -> Iterator[str]:
    """The parameters beyond so many."""
    try:
        parameters = [*inspect.signature(function, follow_wrapped=False).parameters.values()]
    except (TypeError, ValueError):  # nothing is known of it; it is called all the same
        return
    named = [it.name for it in parameters if it.kind in (it.POSITIONAL_ONLY, it.POSITIONAL_OR_KEYWORD)]
    yield from named[count:]
    yield from (it.name for it in parameters if it.kind is it.KEYWORD_ONLY)
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    for it in parameters:  # a wrapper hands on what it gets
        if it.kind is it.VAR_KEYWORD and code and not hasattr(function, "__wrapped__") and _reads(code, it.name):
            yield f"**{it.name}"


def _reads(code: CodeType, name: str) -> bool:
    """Whether code looks at a local name of it."""
    for instruction in dis.get_instructions(code):
        names = instruction.argval if isinstance(instruction.argval, tuple) else (instruction.argval,)
        if instruction.opname.startswith("LOAD") and name in names:
            return True
    return False
