from html.parser import HTMLParser

import pytest

from eftheory.check import check_certificate
from eftheory.report import as_html, explain
from tests.kit.examples import EXAMPLES, example
from tests.kit.hostile import TEXTS, hostile_names, hostile_provenance

VOID = {"meta", "br", "hr"}
KNOWN = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "span", "section", "details", "summary", "p", "div",
    "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "footer", "code",
}  # fmt: skip


class Page(HTMLParser):
    """Notes the tags, attributes and text of a page, and that every tag is closed in turn."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        self.text.append(data)

    def handle_comment(self, data) -> None:
        raise AssertionError(f"a comment: {data}")


def page(certificate, **options) -> tuple[str, Page]:
    source = as_html(explain(certificate, check_certificate(certificate), **options))
    return source, Page(source)


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("name", EXAMPLES)
def test_pages_are_well_formed_and_need_nothing_from_outside(name, exact) -> None:
    source, parsed = page(example(name), exact=exact)
    assert source.isascii()
    assert parsed.tags <= KNOWN
    assert parsed.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "scope"}
    for word in ("http:", "https:", "url(", "@import", "//"):
        assert word not in source
    assert "measure_t" in "".join(parsed.text)


@pytest.mark.parametrize("certificate", [hostile_provenance("ef"), hostile_names()], ids=["provenance", "names"])
def test_text_from_the_file_stays_text(certificate) -> None:
    source, parsed = page(certificate)
    assert parsed.tags <= KNOWN
    assert "onerror" not in parsed.attributes
    text = "".join(parsed.text)
    assert TEXTS["html"][:30] in text
    assert "{{ 7 * 191 }}" in text
    assert "1337" not in source
    assert all(character.isprintable() or character in "\n " for character in text)


def test_obligations_fold() -> None:
    _, parsed = page(example("ef21"))
    assert {"details", "summary"} <= parsed.tags
