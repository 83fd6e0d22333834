"""Theorems as their files write them: they print themselves, and notebooks show them."""

from __future__ import annotations

from eftheory.proofkit import theorem


class Theorem(theorem.Theorem):
    """A theorem that tells itself; what it holds, and how it is written, is said of the one that it extends."""

    def print_lesson(self) -> None:
        """Check the proof, with the theorems beside it, and print it as a lesson; exit with 1 if it is not proved."""
        from eftheory.proofkit.lessons.lesson import print_lesson  # the kernel needs no lessons

        print_lesson(self)

    def _repr_latex_(self) -> str:
        from eftheory.proofkit.lessons.latex import statement_in_latex

        return statement_in_latex(self)

    def _repr_html_(self) -> str:
        from eftheory.proofkit.lessons.html import lesson_in_html

        return lesson_in_html(self)
