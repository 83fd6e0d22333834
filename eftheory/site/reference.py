"""The reference: what the docstrings of the public names say, a page for each room."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib import import_module
from types import ModuleType
from typing import Any

from eftheory.site.page import Page
from eftheory.site.templating import fill

_NAMES = "methods assumptions claims certificates check bounds laws compressors testing adapters simulate proofkit"
ROOMS = ("eftheory", *(f"eftheory.{name}" for name in (*_NAMES.split(), "report", "recording", "worlds", "sweep")))
"""Rooms whose names are meant for users."""
_HEADING = re.compile(r"(Args|Attributes|Returns|Raises|Yields|References):\s*(.*)", re.DOTALL)
_ENTRY = re.compile(r"^(?P<indent> *)(?P<name>[\w*][\w, *]*)(?: \([^)]*\))?: (?P<words>.*)$")
_CRUFT = (
    (re.compile(r"<(\S+) object at 0x[0-9a-f]+>|<(?:function|class) '?([\w.]+)'?[^>]*>"), r"\1\2"),
    (re.compile(r"ForwardRef\('([^']*)'\)"), r"\1"),
    (re.compile(r"[~+](?=[A-Z]\b)"), ""),
    (re.compile(r"\b(?:eftheory|collections|fractions|typing|pathlib)\.(?:\w+\.)*(?=[A-Z])"), ""),
)
"""What Python writes into signatures that is of no use to a reader."""
_CODE = re.compile(r"``([^`]+)``|`([^`]+)`")


def reference_pages() -> Iterator[Page]:
    """The list of rooms, and a page for each."""
    yield Page("reference/index.html", "Reference", fill("reference.html", rooms=[*map(_room, ROOMS)]))
    for name in ROOMS:
        names = [_name(module, each) for module in [import_module(name)] for each in public_names(module)]
        body = fill("room.html", room=_room(name), names=names)
        words = " ".join(each["name"] for each in names)
        yield Page(path_of(name), name, body, "python -m pydoc " + name, words=words)


def path_of(room: str) -> str:
    """The page of a room.

    >>> path_of("eftheory.laws")
    'reference/laws.html'
    """
    return f"reference/{room.rpartition('.')[2]}.html"


def public_names(module: ModuleType) -> list[str]:
    """What a room offers: its ``__all__``, or else what it defines or passes on, but no modules."""
    names = getattr(module, "__all__", None) or [name for name in dir(module) if not name.startswith("_")]
    return [name for name in names if _is_ours(getattr(module, name))]


def _is_ours(thing: Any) -> bool:
    home = getattr(thing, "__module__", "") or ""
    return (inspect.isclass(thing) or callable(thing)) and home.startswith("eftheory")


@cache
def _room(name: str) -> dict[str, Any]:
    return {"name": name, "path": path_of(name), "doc": docstring(inspect.getdoc(import_module(name)) or "")}


def _name(module: ModuleType, name: str) -> dict[str, Any]:
    thing = getattr(module, name)
    return {
        "name": name,
        "home": thing.__module__,
        "kind": "class" if inspect.isclass(thing) else "function",
        "signature": f"{name}{_signature(thing)}",
        "doc": docstring(inspect.getdoc(thing) or ""),
        "methods": [*_methods(thing)] if inspect.isclass(thing) else [],
    }


def _methods(kind: type) -> Iterator[dict[str, str]]:
    for name, member in vars(kind).items():
        shown = inspect.isroutine(member) or isinstance(member, property)
        if shown and not name.startswith("_") and (said := inspect.getdoc(getattr(kind, name))):
            called = "" if isinstance(member, property) else str(_signature(getattr(kind, name)))
            yield {"signature": f"{name}{called}", "doc": docstring(said)}


class _Written(str):
    """An annotation as its source has it, without quotes."""

    __repr__ = str.__str__


def _signature(thing: Any) -> str:
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):
        return ""
    given = [each.replace(annotation=_written(each.annotation)) for each in signature.parameters.values()]
    back = _written(signature.return_annotation)
    written = str(signature.replace(parameters=given, return_annotation=signature.empty if back == "None" else back))
    for pattern, instead in _CRUFT:
        written = pattern.sub(instead, written)
    return written


def _written(annotation: Any) -> Any:
    return _Written(annotation) if isinstance(annotation, str) else annotation


def docstring(text: str) -> str:
    """A docstring as HTML: paragraphs, formulas, lists of arguments, examples.

    >>> docstring("It is ``one``.")
    '<p>It is <code>one</code>.</p>'
    """
    return "\n".join(_paragraph(part) for part in re.split(r"\n\s*\n", text.strip("\n")) if part.strip())


def _paragraph(part: str) -> str:
    if part.lstrip().startswith(">>>") or part.startswith("    "):
        return _verbatim(inspect.cleandoc(part))
    heading = _HEADING.match(part)
    if heading:
        return f'<p class="heading">{heading[1]}</p>\n{_entries(heading[2])}'
    return f"<p>{_words(part)}</p>"


def _entries(text: str) -> str:
    """Entries of arguments, or a paragraph."""
    entries: list[tuple[str, str]] = []
    for line in text.splitlines():
        found = _ENTRY.match(line)
        if found and (not entries or len(found["indent"]) <= 4):
            entries.append((found["name"], found["words"]))
        elif entries:
            entries[-1] = (entries[-1][0], f"{entries[-1][1]} {line.strip()}")
    if not entries:
        return f"<p>{_words(text)}</p>"
    told = "".join(f"<dt><code>{escape(name)}</code></dt><dd>{_words(words)}</dd>\n" for name, words in entries)
    return f"<dl>\n{told}</dl>"


def _words(text: str) -> str:
    return _CODE.sub(lambda found: f"<code>{found[1] or found[2]}</code>", escape(" ".join(text.split()), quote=False))


def _verbatim(text: str) -> str:
    return f"<pre><code>{escape(text, quote=False)}</code></pre>"
