"""Theorems show themselves."""

from eftheory.proofkit import Theorem
from eftheory.proofkit.theorem import Theorem as Data


def test_notebooks_show_statement_and_lesson(capsys):
    t = Theorem("halves", "Half of a positive number is less")
    x = t.parameter("x", above=0)
    t.qed(t.positive("less", t.claim(x / 2 < x)))
    assert t._repr_latex_() == r"$\begin{aligned}&0 < x \\ &\Rightarrow\quad \frac{x}{2} < x\end{aligned}$"
    assert t._repr_html_().startswith("<style>")
    assert '<p class="verdict proved">PROVED</p>' in t._repr_html_()
    t.print_lesson()
    assert capsys.readouterr().out.rstrip().endswith("PROVED")
    assert not hasattr(Data, "print_lesson")
