"""Pages of figures: each with its picture in words, its files, and its command."""

from __future__ import annotations

import re

from eftheory.pictures.figures import FIGURES
from eftheory.site.figures import figure_pages
from eftheory.site.page import Asset, Page


def test_each_figure_has_a_page_with_words_files_and_command() -> None:
    produced = list(figure_pages())
    pages = {each.path: each for each in produced if isinstance(each, Page)}
    files = {each.path for each in produced if isinstance(each, Asset)}
    names = {make.__name__ for make in FIGURES}
    assert set(pages) == {"figures/index.html", *(f"figures/{name}.html" for name in names)}
    for name in names:
        page = pages[f"figures/{name}.html"]
        assert len(re.search(r'alt="([^"]+)"', page.body)[1]) > 100
        assert page.made_by == "make figures"
        assert f'href="/figures/{name}.html"' in pages["figures/index.html"].body
        assert set(re.findall(r'(?:src|href)="/(assets/[^"]+)"', page.body)) <= files
        assert f"assets/figures/{name}.csv" in files


def test_without_a_checkout_there_is_an_index(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("eftheory.site.figures.FOLDER", tmp_path)
    assert [each.path for each in figure_pages()] == ["figures/index.html"]
