"""Markdown as HTML: the dialect of the documents, with tables, and headings that can be linked to."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from eftheory.proofkit.catalogue import proofs_folder
from eftheory.proofkit.contents import files_in
from eftheory.site.needed import need
from eftheory.site.words import in_print

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@cache
def _parser() -> Any:
    parser = need("markdown_it").MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(need("mdit_py_plugins.anchors").anchors_plugin, max_level=4)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("text", lambda self, tokens, at, *_: in_print(tokens[at].content))
    parser.add_render_rule("table_open", lambda *_: '<div class="wide">\n<table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    return parser


@cache
def _theorems() -> frozenset[str]:
    return frozenset(files_in(proofs_folder()))


def _fence(self: Any, tokens: Any, at: int, *_: Any) -> str:
    return f"<pre><code>{escape(tokens[at].content, quote=False)}</code></pre>\n"


def markdown_page(text: str, resolve: Callable[[str], str | None]) -> tuple[str, str]:
    """The title of a document, as text, and what follows as HTML.

    Args:
        text: Markdown that starts with a heading.
        resolve: where a link leads, from the root of the site; None where the site does not lead.

    >>> markdown_page("# Title\\n\\nA [link](x.md) and [none](y.py).", {"x.md": "/x.html", "y.py": None}.get)
    ('Title', '<p>A <a href="/x.html">link</a> and none.</p>\\n')
    """
    tokens = _parser().parse(_COMMENT.sub("", text))
    title = ""
    if tokens and tokens[0].tag == "h1":
        title, tokens = "".join(each.content for each in tokens[1].children), tokens[3:]
    for at, token in enumerate(tokens):
        if token.tag == "th" and not tokens[at - 1].content and tokens[at - 1].type == "inline":
            tokens[at - 2].tag = token.tag = "td"  # a heading that says nothing is none
        _resolve_links(token.children or [], resolve)
        if style := token.attrs.pop("style", None):
            token.attrs["class"] = style.rpartition(":")[2]
    return title, _parser().renderer.render(tokens, _parser().options, {})


def _resolve_links(tokens: list[Any], resolve: Callable[[str], str | None]) -> None:
    """Change links and pictures in place; what leads nowhere is words alone, and names of theorems lead to them."""
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            there = resolve(token.attrs["href"])
            dropped.append(there is None)
            if there is not None:
                token.attrs["href"] = there
        elif token.type == "image":
            token.attrs["src"] = resolve(token.attrs["src"]) or ""
            token.attrs["class"] = "picture"
        elif (
            token.type == "code_inline" and not any(kept is False for kept in dropped) and token.content in _theorems()
        ):
            token.type = "html_inline"
            token.content = f'<a href="/proofs/{token.content}.html"><code>{token.content}</code></a>'
        elif token.type == "text" and dropped:  # names of files are no formulas
            token.type, token.content = "html_inline", escape(token.content)
        if (token.type == "link_open" and dropped[-1]) or (token.type == "link_close" and dropped.pop()):
            token.type, token.content = "text", ""
