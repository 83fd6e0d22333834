"""How the classes of a claim are told: words and LaTeX for the facts that the trusted rooms know as inequalities."""

from eftheory.wording import contractive, mean, smooth, smooth_strongly_convex
from eftheory.wording.completeness import completeness
from eftheory.wording.wording import Wording, word

__all__ = ["Wording", "completeness", "contractive", "mean", "smooth", "smooth_strongly_convex", "word"]
