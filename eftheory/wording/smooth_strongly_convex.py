"""Smooth and strongly convex functions in words."""

from eftheory.assumptions import SmoothStronglyConvex
from eftheory.wording.wording import COMPLETE, WORDINGS, Wording

SMOOTH_STRONGLY_CONVEX = Wording(
    words="interpolation a b, or a above b: f_i is smooth and strongly convex between two points; {points}",
    gradient=(
        r"\[ \nabla f_i(y_k) = g_i + \tfrac{L + \mu}{2} (y_k - y_0) + \tfrac{L - \mu}{2} r_i^{(k)} ,"
        r" \qquad k \ge 1 , \] where $L$, $\mu$ are the constants of agent $i$, and $r_i^{(k)} = 0$ if they are equal."
    ),
    slacks={
        "interpolation {} {}": r"\lVert y_{<1>} - y_{<0>} \rVert^2 - \lVert r_i^{(<1>)} - r_i^{(<0>)} \rVert^2",
        "interpolation {} above {}": (
            r"f_i(y_{<0>}) - f_i(y_{<1>}) - \langle \nabla f_i(y_{<1>}),\, y_{<0>} - y_{<1>} \rangle"
            r" - \tfrac{L + 3\mu}{8} \lVert y_{<0>} - y_{<1>} \rVert^2"
            r" - \tfrac{L - \mu}{4} \langle y_{<0>} - y_{<1>},\, r_i^{(<0>)} - r_i^{(<1>)} \rangle"
            r" - \tfrac{L - \mu}{8} \lVert r_i^{(<0>)} - r_i^{(<1>)} \rVert^2"
        ),
    },
    complete=COMPLETE,
    sentence=(
        r"let each $f_i$, $i = 1, \dots, n$, be $L$-smooth and"
        "\n"
        r"$\mu$-strongly convex with the constants of its agent:"
    ),
)
WORDINGS[SmoothStronglyConvex] = SMOOTH_STRONGLY_CONVEX
