r"""The book: the course, and all theorems with their proofs."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from eftheory.course.latex import chapter
from eftheory.course.lesson import Lesson
from eftheory.course.run import run_lessons
from eftheory.pages.escape import latex
from eftheory.pages.fragments import Block
from eftheory.pages.latex import blocks_as_latex
from eftheory.proofkit.lessons.latex import LATEX

PROGRAMS = ("pdflatex", "lualatex")
NAME = "book"
_START = r"""\documentclass[11pt,a4paper,leqno,openany]{book}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{amsmath,amssymb}
\usepackage{graphicx}
\usepackage{microtype}
\usepackage[textwidth=460pt,textheight=680pt,centering]{geometry}
\usepackage[hidelinks,bookmarksdepth=0]{hyperref}
\allowdisplaybreaks
\setlength{\parindent}{0pt}\setlength{\parskip}{4pt plus 1pt}
\setcounter{tocdepth}{1}\setcounter{secnumdepth}{1}
\emergencystretch=3em\sloppy
\renewcommand{\chaptermark}[1]{\markboth{#1}{#1}}\renewcommand{\sectionmark}[1]{}
\makeatletter\renewcommand*{\l@section}{\@dottedtocline{1}{1.5em}{3em}}\makeatother
\AddToHook{env/tabular/begin}{\footnotesize}
\title{Error feedback:\\a course, and its theorems with proofs}
\author{written by \texttt{eftheory}}\date{}
\begin{document}
\maketitle
\tableofcontents
"""
_CHECKED = (
    "All that follows is checked line by line by a kernel of exact arithmetic; a theorem that is not called PROVED "
    "is not. The formulas are made from the proofs themselves."
)


def write_book(
    folder: Path,
    lessons: Sequence[Lesson],
    parts: Mapping[str, Sequence[str]],
    told: Callable[[str], list[Block]],
    show: Callable[[str], object] = lambda what: None,
) -> Path:
    """Write the book as LaTeX, with the figures that it shows.

    Args:
        folder: where to.
        lessons: of the course.
        parts: the slugs of the theorems of each part, in reading order.
        told: says what is told of a theorem, once it is checked.
        show: is told what is being written.

    Raises:
        OSError: it cannot be written.
        RuntimeError: a cell of a lesson fails.
    """
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    out = [_START, "\\part{The course}\n\n", *_course(folder, lessons, show)]
    out.append("\\part{Theorems}\n\n" + latex(_CHECKED) + "\n\n")
    for title, slugs in parts.items():
        out.append(f"\\chapter{{{latex(title)}}}\n\n")
        for slug in slugs:
            show(slug)
            out.append(section(slug, told(slug)))
    path = folder / f"{NAME}.tex"
    path.write_text("".join([*out, "\\end{document}\n"]), "utf-8")
    return path


def _course(folder: Path, lessons: Sequence[Lesson], show: Callable[[str], object]) -> Iterator[str]:
    for lesson, shown in run_lessons(lessons, "pdf"):
        show(lesson.title)
        figures = [figure for each in shown for figure in each.figures]
        names = [f"figures/{lesson.name}_{number}.pdf" for number, _ in enumerate(figures, 1)]
        for name, figure in zip(names, figures):
            (folder / name).write_bytes(figure.data)
        yield chapter(lesson, shown, iter(names))


def section(slug: str, blocks: Sequence[Block]) -> str:
    """A theorem as a section of the book; its title is the first of its blocks."""
    title, _, rest = blocks_as_latex(blocks, LATEX).partition("\n")
    numbered = title.replace("\\section*{", "\\section{", 1)
    return f"{numbered}\\label{{proofs:{slug}}}\n{rest}\n"


def typeset(path: Path) -> tuple[Path, str]:
    """Make a PDF of the book, by LaTeX; the file, and what LaTeX says.

    Raises:
        ValueError: there is no LaTeX, or it fails; the message says what to do.
    """
    program = next(filter(shutil.which, PROGRAMS), None)
    if program is None:
        raise ValueError(
            f"{path} is written, but there is no LaTeX to set it: install one that has {' or '.join(PROGRAMS)}, "
            "as texlive-latex-recommended of Debian"
        )
    command = [program, "-interaction=nonstopmode", "-halt-on-error", path.name]
    for _ in range(3):  # the second time it knows the contents, the third on which pages they are
        said = subprocess.run(command, cwd=path.parent, capture_output=True, encoding="utf-8", errors="replace").stdout
    pdf = path.with_suffix(".pdf")
    if "! " in said or not pdf.is_file():
        wrong = next((line for line in said.splitlines() if line.startswith("! ")), "it says not why")
        raise ValueError(f"{program} fails on {path}: {wrong}; see {path.with_suffix('.log')}")
    return pdf, said


def overfull(said: str) -> list[float]:
    r"""By how many points lines are too wide, of those that LaTeX complains of.

    >>> overfull("Overfull \\hbox (12.5pt too wide) in paragraph at lines 1--2")
    [12.5]
    """
    return [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide\)", said)]
