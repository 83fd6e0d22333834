"""Smooth functions whose curvature may be negative, in words."""

from __future__ import annotations

from dataclasses import replace

from eftheory.assumptions.functions.smooth import Smooth
from eftheory.wording.smooth_strongly_convex import SMOOTH_STRONGLY_CONVEX
from eftheory.wording.wording import WORDINGS

WORDINGS[Smooth] = replace(
    SMOOTH_STRONGLY_CONVEX,
    sentence=(
        r"let each $f_i$, $i = 1, \dots, n$, be smooth, with curvatures between $\mu$ and $L$, that is, "
        r"$f_i - \frac{\mu}{2} \lVert x \rVert^2$ convex and $(L - \mu)$-smooth, with the constants of its agent:"
    ),
    words="interpolation a b, or a above b: f_i has curvatures between mu and L between two points; {points}",
)
