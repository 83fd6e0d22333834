"""Whether a page is valid HTML that everyone can use: each fault is a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eftheory.site.links import LINKING
from eftheory.site.needed import need

REFERRING = (
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
    "for",
    "headers",
    "list",
)
"""Attributes that hold ids of the same page."""
NAMED_BY_CONTENT = ("a", "button", "summary")
FIELDS = ("input", "select", "textarea")
UNSEEN = ("hidden", "submit", "button", "reset", "image")
"""Kinds of input that need no label."""
_NAMESPACE = "}"


@dataclass(frozen=True)
class Parsed:
    """A page as a browser reads it.

    Attributes:
        elements: all of them, in order.
        ids: how often each id is there.
        labelled: ids of fields that a label names, and fields within one.
        errors: what a browser had to guess.
    """

    elements: list[Any]
    ids: Counter[str]
    labelled: set[Any]
    errors: list[str]


def faults(html: str) -> Iterator[str]:
    """What is wrong with a page.

    >>> list(faults("<!DOCTYPE html><html lang='en'><title>t</title><h1>t</h1><img src='x.svg'>"))
    ["no alt: <img src='x.svg'>"]
    """
    page = _parse(html)
    yield from page.errors
    for rule in RULES:
        yield from rule(page)


def faults_of(rendered: Mapping[str, bytes], told: Callable[[str], None] = lambda text: None) -> Iterator[str]:
    """A line for each fault of all pages among these files, with its page."""
    for path, content in rendered.items():
        if path.endswith(".html"):
            told(path)
            yield from (f"{path}: {fault}" for fault in faults(content.decode()))


def _parse(html: str) -> Parsed:
    html5lib = need("html5lib")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    messages = html5lib.constants.E
    errors = [
        f"line {place[0]}: {messages[code] % values if code in messages else code}"
        for place, code, values in parser.errors
    ]
    ids = Counter(each.get("id") for each in elements if each.get("id") is not None)
    labels = [each for each in elements if each.tag == "label"]
    inside = {field for label in labels for field in label.iter() if field.tag in FIELDS}
    return Parsed(elements, ids, {*(label.get("for") for label in labels if label.get("for")), *inside}, errors)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition(_NAMESPACE)[2]


def _shown(element: Any) -> str:
    attributes = "".join(f" {name}={value!r}" for name, value in sorted(map(_plain, element.items())))
    return f"<{_tag(element)}{attributes}>"[:120]


def _plain(item: tuple[Any, str]) -> tuple[str, str]:
    return str(item[0]), item[1]


def _name(element: Any) -> str:
    """What a screen reader calls an element by what is in it."""
    names = (element.get("aria-label"), element.get("aria-labelledby"), element.get("title"))
    if any(name and name.strip() for name in names):
        return "named"
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.get("aria-hidden") != "true":
            pieces.append(child.get("alt") or _name(child))
        pieces.append(child.tail or "")
    return "".join(pieces).strip()


def language(page: Parsed) -> Iterator[str]:
    """The language is said, and the page has a title."""
    if not page.elements[0].get("lang"):
        yield "no lang: <html> must say its language"
    if not any(_tag(each) == "title" and (each.text or "").strip() for each in page.elements):
        yield "no title"


def ids(page: Parsed) -> Iterator[str]:
    """An id is there once."""
    yield from (f"id {name!r} is there {times} times" for name, times in page.ids.items() if times > 1)
    yield from (f"id {name!r} is empty or has a blank" for name in page.ids if not name or any(map(str.isspace, name)))


def references(page: Parsed) -> Iterator[str]:
    """Where an attribute refers to an id, it is there."""
    for each in page.elements:
        for attribute in REFERRING:
            for name in (each.get(attribute) or "").split():
                if name not in page.ids:
                    yield f"{attribute} leads to no id {name!r}: {_shown(each)}"


def headings(page: Parsed) -> Iterator[str]:
    """There is one h1, it comes first, and no level is left out on the way down."""
    levels = [int(each.tag[1]) for each in page.elements if each.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1: a page has one"
    for above, below in zip([0, *levels], levels):
        if below > above + 1:
            yield f"h{below} after {f'h{above}' if above else 'nothing'}: no level is left out"


def pictures(page: Parsed) -> Iterator[str]:
    """Pictures say what they show; alt="" if they show nothing."""
    for each in page.elements:
        if _tag(each) == "img" and each.get("alt") is None:
            yield f"no alt: {_shown(each)}"
        if each.get("role") == "img" and not (each.get("aria-label") or each.get("aria-labelledby")):
            yield f"no name: {_shown(each)}"


def names(page: Parsed) -> Iterator[str]:
    """Links, buttons and fields have names."""
    for each in page.elements:
        if each.tag in NAMED_BY_CONTENT and (each.tag != "a" or each.get("href") is not None) and not _name(each):
            yield f"no name: {_shown(each)}"
        if each.tag in FIELDS and each.get("type") not in UNSEEN:
            own = each.get("aria-label") or each.get("aria-labelledby") or each.get("title")
            if not own and each not in page.labelled and each.get("id") not in page.labelled:
                yield f"no label: {_shown(each)}"


def styles(page: Parsed) -> Iterator[str]:
    """Looks and scripts are in files, as the policy of the pages asks for."""
    for each in page.elements:
        if _tag(each) == "style" or each.get("style") is not None:
            yield f"a style of its own: {_shown(each)}"
        if _tag(each) == "script" and each.get("src") is None:
            yield f"a script in the page: {_shown(each)}"
        for attribute in map(str, each.keys()):
            if attribute.startswith("on"):
                yield f"{attribute} in the page: {_shown(each)}"


def ways(page: Parsed) -> Iterator[str]:
    """Links are relative, so that the site can be read from a file and lie anywhere."""
    for each in page.elements:
        for attribute in LINKING:
            if (each.get(attribute) or "").startswith("/"):
                yield f"{attribute} from the root, which a page read from a file has not: {_shown(each)}"


RULES: tuple[Callable[[Parsed], Iterator[str]], ...] = (
    language,
    ids,
    references,
    headings,
    pictures,
    names,
    styles,
    ways,
)
"""What is asked of a page beside being HTML."""
