"""The builder: pages of all sections in one frame, their links made relative, and written to a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from eftheory import __version__
from eftheory.site.bibliography import with_citations
from eftheory.site.links import dead_links, with_relative_links
from eftheory.site.page import Asset, Page
from eftheory.site.search import search_index
from eftheory.site.sections import SECTIONS, Section
from eftheory.site.templating import fill

MANIFEST = "files.txt"
"""Names all files of a built site, so that the next build removes what is no longer part of it."""
POLICY = (
    "default-src 'none'; img-src 'self' file: data:; style-src 'self' file:; font-src 'self' file:; "
    "script-src 'self' file: 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'"
)
"""Scripts come from the site alone. Read from a file, 'self' is not enough in every browser: file: is there for that;
WebAssembly is what Python runs on in the reader's browser."""
SHOWN = 12
"""So many faults are told at once."""
Told = Callable[[str], None]


class DeadLinkError(ValueError):
    """A link leads nowhere."""


@dataclass(frozen=True)
class Placed:
    """A page in its place.

    Attributes:
        page: what is shown.
        section: its section.
        previous, next: the pages before and after it in the section.
    """

    page: Page
    section: Section
    previous: Page | None = None
    next: Page | None = None


@dataclass(frozen=True)
class Site:
    """All pages in reading order, and all other files by path."""

    pages: tuple[Placed, ...]
    assets: dict[str, bytes]


def gather(
    sections: Iterable[Section] | None = None, told: Told = lambda text: None, more: Iterable[Asset] = ()
) -> Site:
    """The pages and files of the sections, and more files.

    Raises:
        ValueError: two have one path, or a path leads out of the site.
    """
    pages: list[Placed] = []
    assets: dict[str, bytes] = {f"assets/{name}": data for name, data in _shared().items()}
    assets |= {each.path: each.content for each in more}
    for section in SECTIONS if sections is None else sections:
        told(section.title)
        produced = list(section.produce())
        own = [replace(each, body=with_citations(each.body)) for each in produced if isinstance(each, Page)]
        for i, page in enumerate(own):
            before, after = own[i - 1] if i else None, own[i + 1] if i + 1 < len(own) else None
            pages.append(Placed(page, section, before, after))
        for asset in produced:
            if isinstance(asset, Asset) and assets.setdefault(asset.path, asset.content) != asset.content:
                raise ValueError(f"{asset.path}: two different files of this path; rename one")
    pages.append(Placed(_contents(pages), Section("All pages", "contents.html", lambda: iter(()), header=False)))
    for path, times in Counter([*(placed.page.path for placed in pages), *assets]).items():
        if path.startswith("/") or {"", ".", ".."} & set(path.split("/")):
            raise ValueError(f"{path!r}: a path starts at the root of the site, as in 'proofs/gd.html'")
        if times > 1:
            raise ValueError(f"{path}: two pages have this path; rename one")
    return Site(tuple(pages), assets)


def render(site: Site) -> dict[str, bytes]:
    """All files of the site by path, the same for the same site.

    Raises:
        DeadLinkError: a link leads nowhere; the message names page and target.
    """
    sections = list(dict.fromkeys(placed.section for placed in site.pages))
    frames = {placed.page.path: fill("page.html", **_frame(placed, sections)) for placed in site.pages}
    index = {"assets/search-index.js": search_index(site.pages)}
    listed = {MANIFEST, *frames, *site.assets, *index}
    dead = list(dead_links(frames, listed))
    if dead:
        more = f"; and {len(dead) - SHOWN} more" if len(dead) > SHOWN else ""
        raise DeadLinkError(f"{len(dead)} dead links: {'; '.join(dead[:SHOWN])}{more}")
    pages = {path: with_relative_links(html, path).encode() for path, html in frames.items()}
    return {**pages, **site.assets, **index, MANIFEST: "".join(f"{path}\n" for path in sorted(listed)).encode()}


def build_site(
    out: Path,
    sections: Iterable[Section] | None = None,
    told: Told = lambda text: None,
    more: Iterable[Asset] = (),
) -> int:
    """Build the site into a folder, without what an earlier build left there; the number of its pages.

    Args:
        out: the folder; a new one, an empty one, or one that holds a site.
        sections: what is in it; by default all.
        told: is told how far it is.
        more: files beside those of the sections.

    Raises:
        DeadLinkError: a link leads nowhere.
        ValueError: two pages have one path, or the folder holds something else.
    """
    if out.exists() and not out.is_dir():
        raise ValueError(f"{out}: it is not a folder; name one, or a new one")
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise ValueError(f"{out}: it holds files that are no site; name a new folder, or an empty one")
    rendered = render(gather(sections, told, more))
    told("writing")
    for path in set(manifest(out)) - rendered.keys():
        (out / path).unlink(missing_ok=True)
    for path, content in rendered.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    return sum(path.endswith(".html") for path in rendered)


def manifest(out: Path) -> list[str]:
    """The files that a built site says it has; none of another folder.

    Raises:
        ValueError: it names one outside.
    """
    file = out / MANIFEST
    paths = file.read_text("utf-8").splitlines() if file.is_file() else []
    for path in paths:
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise ValueError(f"{file}: it names {path[:80]!r}, which is not in the folder; delete it and build anew")
    return paths


def stale(out: Path, rendered: dict[str, bytes]) -> list[str]:
    """A line for each file of the folder that is not what would be built."""
    found = [
        f"{path}: {'stale' if (out / path).is_file() else 'missing'}"
        for path, content in rendered.items()
        if not (out / path).is_file() or (out / path).read_bytes() != content
    ]
    return found + [f"{path}: no longer part of the site" for path in set(manifest(out)) - rendered.keys()]


def _frame(placed: Placed, sections: Sequence[Section]) -> dict[str, Any]:
    page, home = placed.page, sections[0]
    trail = {section.first: section.title for section in (home, placed.section) if section.first != page.path}
    return {
        "page": page,
        "home": page.path == home.first,
        "root": "../" * page.path.count("/"),
        "trail": list(trail.items()),
        "sections": [(each.first, each.title, each is placed.section) for each in sections if each.header],
        "policy": POLICY,
        "previous": placed.previous,
        "next": placed.next,
        "version": __version__,
    }


def _contents(pages: Sequence[Placed]) -> Page:
    """The page that lists all others, for who has no script that searches."""
    body = fill("contents.html", pages=pages)
    return Page("contents.html", "All pages", body)


def _shared() -> dict[str, bytes]:
    """The style sheet and the scripts of all pages."""
    package = files("eftheory.site")
    sheets = sorted((each for each in package.joinpath("style").iterdir() if each.name.endswith(".css")), key=_order)
    style = "".join(f"/* {sheet.name} */\n{sheet.read_text('utf-8')}" for sheet in sheets)
    scripts = {each.name: each.read_bytes() for each in package.joinpath("scripts").iterdir() if each.is_file()}
    return {"style.css": style.encode(), **scripts}


def _order(sheet: Any) -> tuple[bool, str]:
    return sheet.name != "base.css", sheet.name
