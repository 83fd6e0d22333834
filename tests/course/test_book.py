"""The book: its LaTeX is whole, and LaTeX sets it, where there is one."""

import re
import shutil

import pytest

from eftheory.course import book, find_lessons
from eftheory.pages.fragments import Block
from eftheory.proofkit.catalogue import load_named, proofs_folder, prove_each
from eftheory.proofkit.contents import read_contents
from eftheory.proofkit.selection import Selection, select_all

LESSONS = [*find_lessons().values()]


def lessons_of(theorems, wanted):
    asked = Selection(theorems, wanted)
    entries = {entry.theorem.slug: entry for entry in prove_each(theorems, wanted)}
    return lambda slug: asked.lesson(entries[slug])


def test_a_theorem_is_a_section_that_can_be_linked_to():
    told = lessons_of(load_named(["top_k"], proofs_folder()), ["top_k"])
    text = book.section("top_k", told("top_k"))
    assert re.match(r"\\section\{[^\n]*\}\\label\{proofs:top_k\}\n", text)
    assert r"\section*" not in text


def test_without_latex_one_line_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(ValueError, match=r"is written, but there is no LaTeX to set it: install [^\n]+$"):
        book.typeset(tmp_path / "book.tex")


def test_where_latex_fails_the_first_error_is_told(tmp_path):
    if not any(map(shutil.which, book.PROGRAMS)):
        pytest.skip("there is no LaTeX on the path")
    (tmp_path / "book.tex").write_text(r"\documentclass{book}\begin{document}\nonsense\end{document}")
    with pytest.raises(ValueError, match="Undefined control sequence"):
        book.typeset(tmp_path / "book.tex")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The book of all lessons and theorems; examples are not looked at here."""
    asked = select_all(proofs_folder())
    told = lessons_of(asked.theorems, asked.wanted)
    parts = read_contents(proofs_folder(), asked.wanted)
    return book.write_book(tmp_path_factory.mktemp("book"), LESSONS, parts, told), asked.wanted


@pytest.mark.thorough
def test_all_lessons_and_theorems_are_in_it_and_no_link_is_dead(whole):
    path, slugs = whole
    text = path.read_text("utf-8")
    labels = {*re.findall(r"\\label\{([^}]*)\}", text)}
    assert labels >= {f"proofs:{slug}" for slug in slugs} | {f"course:{lesson.name}" for lesson in LESSONS}
    assert {*re.findall(r"\\hyperref\[([^\]]*)\]", text)} <= labels
    assert all((path.parent / name).is_file() for name in re.findall(r"\\includegraphics\{([^}]*)\}", text))


@pytest.mark.thorough
def test_latex_sets_it_and_no_line_is_much_too_wide(whole):
    if not any(map(shutil.which, book.PROGRAMS)):
        pytest.skip("there is no LaTeX on the path")
    pdf, said = book.typeset(whole[0])
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "undefined references" not in said
    assert [points for points in book.overfull(said) if points > 10] == []


def test_blocks_keep_their_formulas():
    assert r"\label{proofs:x}" in book.section("x", [Block("title", "A theorem"), Block("prose", "Words.")])
