"""What a step is called with: the world and its state, and nothing else."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from eftheory.methods.method import Method
from eftheory.recording.places import locate, place_of_function
from eftheory.recording.vectors import RecordingError


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
            raise RecordingError(
                f"{locate(f'{type(method).__name__}.{place}', place_of_function(function))}: {place} has a parameter "
                f"{name}, which nobody passes; it is called with the world and {', '.join(state)}: name the vectors of "
                "the state in server_state and agent_state, put what depends on time into the state, and make numbers "
                "fields of the class"
            )


def _wrapped(function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """A function, and those that it is wrapped around."""
    yield function
    while wrapped := getattr(function, "__wrapped__", None):
        function = wrapped.__get__(object()) if hasattr(wrapped, "__get__") else wrapped  # bound, as the outer one is
        yield function


def _find_strange(function: Callable[..., Any], count: int) -> Iterator[str]:
    """The parameters that so many positional arguments do not fill."""
    try:
        signature = inspect.signature(function, follow_wrapped=False)
        filled = signature.bind_partial(*range(count)).arguments
    except (TypeError, ValueError):  # nothing is known of it, or it takes less, as the call will say
        return
    for it in signature.parameters.values():
        if it.kind is it.VAR_KEYWORD:  # a wrapper hands on what it gets
            if not hasattr(function, "__wrapped__") and _reads(function, it.name):
                yield f"**{it.name}"
        elif it.name not in filled and it.kind is not it.VAR_POSITIONAL:
            yield it.name


def _reads(function: Any, name: str) -> bool:
    """Whether code looks at a local name of it."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    loads = (it.argval for it in dis.get_instructions(code) if it.opname.startswith("LOAD")) if code else ()
    return any(name in (it if isinstance(it, tuple) else (it,)) for it in loads)
