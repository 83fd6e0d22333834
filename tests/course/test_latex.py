"""Lessons in LaTeX."""

import pytest

from eftheory.course import find_lessons
from eftheory.course.latex import CHARACTERS, chapter, words
from eftheory.course.run import Figure, Shown

LESSONS = find_lessons()


@pytest.mark.parametrize(
    ("markdown", "latex"),
    [
        ("## A *b*", r"\section*{A \emph{b}}"),
        ("x **y** `z_1` 5 %", r"x \textbf{y} \texttt{z\_1} 5 \%"),
        ("$$a$$", r"\[a\]"),
        ("1. one\n2. two", "\\begin{enumerate}\n\\item one\n\n\\item two\n\n\\end{enumerate}"),
        ("[a](/course/01_compression.html)", r"\hyperref[course:01_compression]{a}"),
        ("[a](/exercises/gd.html)", r"a (\texttt{eftheory exercise gd})"),
        ("[a](/glossary.html#alpha) and [b](/proofs/index.html)", "a and b"),
    ],
)
def test_what_words_become(markdown, latex):
    assert words(markdown).strip() == latex


def test_what_lessons_have_not_is_refused():
    with pytest.raises(ValueError, match="lessons have no"):
        words("![a picture](a.png)")


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_is_a_chapter_with_its_figures(lesson):
    cells = lesson.read()
    shown = [Shown("x" * 200 if cell.is_code else "", ()) for cell in cells]
    shown[[cell.is_code for cell in cells].index(True)] = Shown("", (Figure("", b""),))
    text = chapter(lesson, shown, iter(["figure.pdf"]))
    assert text.startswith(r"\chapter{")
    assert text.count(r"\includegraphics{figure.pdf}") == 1
    assert text.count(r"\begin") == text.count(r"\end")
    assert all(len(line) <= CHARACTERS for line in text.splitlines() if set(line) == {"x"})
