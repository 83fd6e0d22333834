"""What the site is made of: pages, and the files they need."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page of the site, without what all pages share.

    Links in ``body`` start at the root of the site ("/proofs/gd.html", "/assets/explorer.js"); the builder makes them
    relative, so that the site can be read from a file, and refuses one that leads nowhere.

    Attributes:
        path: where it is, from the root: "proofs/gd.html".
        title: its title, as text.
        body: what is in it below the title, as HTML without ``html``, ``head``, ``body``, ``main`` and ``h1``.
        made_by: the command that makes what it shows, for the line of provenance; empty if there is none.
        scripts: the scripts it needs, from the root: "assets/explorer.js"; each is loaded as a module-free,
            deferred script, which works from a file, too.
        part: the part of its section it belongs to, as text; pages of a part follow one another.
        words: what else the search finds it by.
        heading: the title as HTML, if there are formulas in it.

    >>> Page("proofs/gd.html", "Gradient descent", "<p>Hello.</p>").path
    'proofs/gd.html'
    """

    path: str
    title: str
    body: str
    made_by: str = ""
    scripts: tuple[str, ...] = ()
    part: str = ""
    words: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Asset:
    """A file beside the pages: a picture, a script, data.

    Attributes:
        path: where it is, from the root: "assets/explorer.js".
        content: what is in it.
    """

    path: str
    content: bytes
