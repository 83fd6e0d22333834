"""How the classes of a claim are told: words and LaTeX for the facts that the trusted rooms know as inequalities."""

from eftheory.wording import contractive, smooth_strongly_convex
from eftheory.wording.wording import Wording, word

__all__ = ["Wording", "contractive", "smooth_strongly_convex", "word"]
