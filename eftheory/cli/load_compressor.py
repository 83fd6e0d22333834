"""A compressor from the command line: found, and built if it is a class."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from eftheory import compressors
from eftheory.compressors import Compressor
from eftheory.loading import LoadingError, load_object
from eftheory.numbers import read_number

_INTEGER, _FRACTION = re.compile(r"[+-]?[0-9]{1,18}"), re.compile(r"[+-]?[0-9]{1,18}/[0-9]{1,18}")
_BUILT = re.compile(r"(?P<place>[\w.]+(:\w+)?)\((?P<parameters>[^()]*)\)")
_DECIMAL = re.compile(r"[+-]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][+-]?[0-9]{1,3})?")


SHORT = {name.lower(): name for name, kind in vars(compressors).items() if isinstance(kind, type)}
"""Names of eftheory's compressors as they are typed."""


def load_compressor(place: str, parameters: Sequence[str] = ()) -> Any:
    """The function, or the object that the class makes of its parameters.

    Args:
        place: file.py:name or package.module:name; or the short name of one of eftheory's, as topk:k=10.
        parameters: ``name=value``: whole numbers, fractions p/q, decimals, true, false, none, several of
            these with commas between, another compressor as in RandK(k=2,scaled=true), or text.

    Raises:
        ValueError: it is not there, takes other parameters, or refuses these.

    >>> load_compressor("eftheory.compressors:TopK", ["k=3"])
    TopK(k=3)
    >>> load_compressor("topk:k=10")
    TopK(k=10)
    >>> load_compressor("eftheory.compressors:Scaled", ["compressor=RandK(k=2,scaled=true)"])
    Scaled(compressor=RandK(k=2, scaled=True), factor=None)
    """
    short, _, given_there = place.partition(":")
    if short.lower() in SHORT and (not given_there or "=" in given_there):
        place = f"eftheory.compressors:{SHORT[short.lower()]}"
        parameters = [*filter(None, given_there.split(",")), *parameters]
    elif short.lower() in SHORT and not _is_module(short):
        raise ValueError(f"{place}: {given_there[:40]!r} is not NAME=VALUE; write {short}:name=value, as topk:k=10")
    elif (near := get_close_matches(short.lower(), SHORT, n=1)) and "." not in short and not _is_module(short):
        raise ValueError(f"{place}: there is no compressor {short!r}; did you mean {near[0]}?; --list lists them")
    try:
        found = load_object(place)
    except LoadingError as error:
        if not error.misspelt:
            raise
        raise ValueError(f"{place[:40]!r}: {error}, or one that --list has, as topk:k=10") from None
    if not callable(found):
        raise ValueError(f"{place} is of type {type(found).__name__}: a compressor is a function or a class")
    exact = isinstance(found, type) and issubclass(found, Compressor)
    given = _parse(parameters, exact=exact, kinds=_annotated(found))
    if not isinstance(found, type) and not given:
        return found
    try:
        inspect.signature(found).bind(**given)
    except ValueError:  # a class in C that does not say what it takes
        pass
    except TypeError as error:
        if not isinstance(found, type):
            raise ValueError(f"{place} is a function: --param is for classes; wrap it in one") from None
        names = inspect.signature(found).parameters
        wanted, unknown = ", ".join(names) or "none", [repr(name[:40]) for name in given if name not in names]
        problem = f"has no parameter {unknown[0]}" if unknown else error
        raise ValueError(f"{place}: {problem}; its parameters: {wanted}; give them as --param name=value") from None
    try:
        return found(**given)
    except Exception as error:  # a stranger's constructor
        raise ValueError(f"{place}: {type(error).__name__}: {error}") from error


def _is_module(name: str) -> bool:
    """Whether there is a module of this name, also in the current folder, which a script has not on its path."""
    return any(map(Path.exists, (Path(name), Path(f"{name}.py")))) or find_spec(name) is not None


def as_typed(compressor: Compressor) -> str:
    """How one of eftheory's is typed; with options where it holds another one.

    >>> from eftheory.compressors import Repeated, TopK
    >>> as_typed(TopK(10)), as_typed(Repeated(TopK(1), 2))
    ('topk:k=10', 'repeated --param "compressor=TopK(k=1)" --param rounds=2')
    """
    name, given = type(compressor).__name__.lower(), _given(compressor)
    if not any("(" in text for text in given):
        return ":".join(filter(None, (name, ",".join(given))))
    return " ".join([name, *(f'--param "{text}"' if "(" in text else f"--param {text}" for text in given)])


def _given(compressor: Compressor) -> list[str]:
    """The parameters of a compressor that are not those by default."""
    parameters = inspect.signature(type(compressor)).parameters
    values = ((key, value) for key, value in vars(compressor).items() if value != parameters[key].default)
    return [f"{key}={_written(value)}" for key, value in values]


def _written(value: Any) -> str:
    """A parameter, as ``_read`` reads it."""
    if isinstance(value, Compressor):
        return f"{type(value).__name__}({','.join(_given(value))})"
    return str(value).lower() if isinstance(value, bool) else str(value)


def parse_expected(texts: Sequence[str]) -> dict[str, str]:
    """Expected failures written as ``check=reason``.

    Raises:
        ValueError: there is no reason.

    >>> parse_expected(["huge=float16 ends at 65504"])
    {'huge': 'float16 ends at 65504'}
    """
    pairs = [text.partition("=") for text in texts]
    for name, _, reason in pairs:
        if not reason.strip():
            raise ValueError(f"--expect-failure {name[:40]!r}: write check=reason, as in huge='float16 ends at 65504'")
    return {name.strip(): reason.strip() for name, _, reason in pairs}


def parse_magnitudes(text: str) -> tuple[float, float]:
    """Two sizes, written as ``1e-4,6e4``.

    Raises:
        ValueError: they are not.

    >>> parse_magnitudes("1e-4,6e4")
    (0.0001, 60000.0)
    """
    low, comma, high = text.partition(",")
    if not comma:
        raise ValueError(f"--magnitudes {text[:40]!r}: write two numbers, as 1e-4,6e4")
    return float(read_number(low, "magnitudes")), float(read_number(high, "magnitudes"))


def _annotated(found: Any) -> dict[str, Any]:
    """The types that a class says its parameters have; of X | None, X."""
    try:
        parameters = inspect.signature(found, eval_str=True).parameters
    except Exception:  # a stranger's names, which need not be there when the program runs
        return {}
    return {name: _without_none(parameter.annotation) for name, parameter in parameters.items()}


def _without_none(hint: Any) -> Any:
    rest = [kind for kind in get_args(hint) if kind is not NoneType]
    return rest[0] if len(rest) == 1 and get_origin(hint) in (Union, UnionType) else hint


def _parse(texts: Sequence[str], *, exact: bool, kinds: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for text in texts:
        name, equals, value = (piece.strip() for piece in text.partition("="))
        if not equals or not name or name in given:
            problem = "is given twice" if name in given else "is not NAME=VALUE"
            raise ValueError(f"--param {text[:40]!r} {problem}; write k=10")
        read, what = _KINDS.get(kinds.get(name), (lambda text: _read(text, exact), ""))
        try:
            given[name] = None if value.lower() == "none" and kinds.get(name) is not str else read(value)
        except (KeyError, ValueError):
            if not what:
                raise
            raise ValueError(f"--param {text[:40]!r}: {name} is annotated {what}") from None
    return given


_KINDS: dict[Any, tuple[Callable[[str], Any], str]] = {
    int: (int, "int: write a whole number"),
    float: (lambda text: float(read_number(text)), "float: write a number"),
    Fraction: (read_number, "Fraction: write a number, as 1/4"),
    bool: (lambda text: {"true": True, "false": False}[text.lower()], "bool: write true or false"),
    str: (str, "str"),
}
"""How a text is read where the annotation of a parameter says what it is, and what to write."""


def _read(text: str, exact: bool) -> Any:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text) and not text.endswith("/0"):
        return Fraction(text) if exact else float(Fraction(text))
    if _DECIMAL.fullmatch(text):
        return Fraction(text) if exact else float(text)
    built = _BUILT.fullmatch(text)
    if built:
        place = built["place"] if ":" in built["place"] else f"eftheory.compressors:{built['place']}"
        return load_compressor(place, [part for part in built["parameters"].split(",") if part.strip()])
    if "," in text:
        return tuple(_read(part.strip(), exact) for part in text.split(","))
    return {"true": True, "false": False, "none": None}.get(text.lower(), text)
