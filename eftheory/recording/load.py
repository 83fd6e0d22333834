"""Find a method in a file or module, and give it its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction

from eftheory.loading import LoadingError, load_module, split_place
from eftheory.methods import NAMED, Method, Recorded
from eftheory.recording.record import complete, record
from eftheory.recording.vectors import RecordingError


def load_method(place: str) -> type[Method]:
    """The class at ``file.py:Class`` or ``package.module:Class``; its code is run.

    Raises:
        ValueError: there is no such file, module or class, or it fails when it is loaded.

    >>> load_method("eftheory.methods.ef21:EF21").__name__
    'EF21'
    """
    try:
        source, name = split_place(place)
        module = load_module(source)
    except LoadingError as error:
        words = f"method={place!r}: write file.py:Class or package.module:Class"
        raise RecordingError(words if error.misspelt else str(error)) from error
    found = getattr(module, name, None)
    if not (isinstance(found, type) and issubclass(found, Method)):
        methods = [
            n for n, v in vars(module).items() if isinstance(v, type) and issubclass(v, Method) and v is not Method
        ]
        known = f"it has: {', '.join(methods)}" if methods else "it has none"
        raise RecordingError(f"{source} has no eftheory.Method named {name!r}; {known}")
    return found


def _whole_where_annotated(method: type[Method], given: Mapping[str, Fraction | int]) -> dict[str, Fraction | int]:
    """The values, as ints where a field is annotated int.

    Raises:
        RecordingError: one of these is no whole number.
    """
    whole = {field.name for field in fields(method) if field.type in (int, "int")} if is_dataclass(method) else set()
    for name in sorted(whole & given.keys()):
        if given[name].denominator != 1:
            raise RecordingError(f"{method.__name__}: {name}={given[name]} is annotated int: write a whole number")
    return {name: int(value) if name in whole else value for name, value in given.items()}


def make_method(
    method: type[Method], step_size: Fraction, parameters: Mapping[str, Fraction | int] | None = None
) -> Method:
    """The method with its numbers: itself if it is one of eftheory's, else recorded as data.

    Args:
        method: the class.
        step_size: a positive number.
        parameters: values of its other fields.

    Raises:
        ValueError: a parameter is unknown or missing, or the method cannot be recorded.

    >>> from eftheory.methods import EF
    >>> make_method(EF, Fraction(1, 2))
    EF(step_size=Fraction(1, 2))
    """
    given = dict(parameters or {})
    known = {field.name for field in fields(method) if field.init} if is_dataclass(method) else set()
    if strange := sorted(given.keys() - known | given.keys() & {"step_size"}):
        ours = method in NAMED.values()
        own = "" if ours else " (a field needs @dataclass(frozen=True) on the class)"
        has = ", ".join(sorted(known - {"step_size"})) or f"none{own}"
        raise RecordingError(
            f"{method.name if ours else method.__name__} has no parameter {strange[0]!r}; it has: {has}"
        )
    if method in NAMED.values():
        return method(step_size, **given)
    try:
        made = complete(method)(step_size, **_whole_where_annotated(method, given))
    except TypeError as error:
        raise RecordingError(f"{method.__name__}: {error}; give parameters as --param name=value") from None
    except SystemExit as error:
        raise RecordingError(f"{method.__name__}: SystemExit: {error}") from None
    return Recorded(step_size, record(made))
