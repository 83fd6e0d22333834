"""Whether a function that somebody wrote takes a generator."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

GENERATORS = ("rng", "generator", "random_state")
_PLACES = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class Call(NamedTuple):
    """How a compressor is called.

    Attributes:
        takes_rng: it has a second argument for a generator, or one of such a name.
        required: it has no default.
        keyword: the name by which it is passed, if it has to be.
    """

    takes_rng: bool
    required: bool
    keyword: str | None = None

    def __call__(self, function: Callable[..., Any], v: Any, rng: Any) -> Any:
        """function(v), with the generator where it belongs."""
        if self.keyword is not None:
            return function(v, **{self.keyword: rng})
        return function(v, rng) if self.takes_rng else function(v)


def read_call(function: Callable[..., Any]) -> Call:
    """How a function f(x) or f(x, rng) is called, from its signature.

    >>> read_call(lambda x: x).takes_rng, read_call(lambda x, rng: x).required, read_call(lambda x, rng=0: x).required
    (False, True, False)
    """
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # a C function that does not say
        return Call(False, False)
    places = [parameter for parameter in parameters if parameter.kind in _PLACES]
    required = sum(parameter.default is parameter.empty for parameter in places) > 1
    if required or any(parameter.name in GENERATORS for parameter in places[1:2]):
        return Call(True, required)
    named = [p for p in parameters if p.kind is p.KEYWORD_ONLY and p.name in GENERATORS]
    return Call(True, named[0].default is named[0].empty, named[0].name) if named else Call(False, False)
