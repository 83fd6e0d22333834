"""What is assumed of f = mean f_i, and of noise, in words."""

from __future__ import annotations

from dataclasses import replace

from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser, GlobalMinimiser
from eftheory.assumptions.mean.noise import IndependentNoise, Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.assumptions.mean.smooth import SmoothMean
from eftheory.wording.wording import VALID, WORDINGS, Wording

_BELOW = {
    "bounded below {}": r"f(y_{<0>}) - \inf f - \tfrac{1}{2 L} \lVert \nabla f(y_{<0>}) \rVert^2",
    "pl {}": r"\tfrac{1}{2 \mu} \lVert \nabla f(y_{<0>}) \rVert^2 - (f(y_{<0>}) - \inf f)",
}
BOUNDED_BELOW = Wording(
    words="bounded below a: f(x) - inf f >= ||grad f(x)||^2 / (2 L) at point a, L the mean of the L_i",
    slacks={"bounded below {}": _BELOW["bounded below {}"]},
    complete=f"{VALID}; with one agent and this alone, complete",
    sentence=r"$f = \operatorname{mean} f_i$ is bounded below.",
)
PL = Wording(
    words="pl a: ||grad f(x)||^2 >= 2 mu (f(x) - inf f) at point a; bounded below a, as f is L-smooth",
    slacks=_BELOW,
    complete=VALID,
    sentence=r"$\lVert \nabla f(x) \rVert^2 \ge 2 \mu (f(x) - \inf f)$ for all $x$, with $f = \operatorname{mean} f_i$ "
    r"and $\mu = <mu>$, and $\inf f > -\infty$.",
)
SIMILAR = Wording(
    words="similar a: mean ||grad f_i||^2 <= A ||grad f||^2 + zeta2 at point a",
    slacks={
        "similar {}": r"A \lVert \nabla f(y_{<0>}) \rVert^2 + \zeta^2 "
        r"- \operatorname{mean} \lVert \nabla f_i(y_{<0>}) \rVert^2"
    },
    complete=VALID,
    sentence=r"$\operatorname{mean} \lVert \nabla f_i(x) \rVert^2 \le A \lVert \nabla f(x) \rVert^2 + \zeta^2$ for all "
    r"$x$, with $f = \operatorname{mean} f_i$ and $A = <A>$.",
)
SMOOTH_MEAN = Wording(
    words="mean interpolation b above a: f itself has curvatures between its mu and L between two points; mean pl a: "
    "||grad f(x)||^2 >= 2 mu (f(x) - inf f); {points}",
    slacks={
        "mean interpolation {} above {}": r"f(y_{<0>}) - f(y_{<1>}) - \langle \nabla f(y_{<1>}),\, \delta y \rangle"
        r" - \tfrac{1}{2 (L - \mu)} \bigl(\lVert \delta g \rVert^2 + \mu L \lVert \delta y \rVert^2"
        r" - 2 \mu \langle \delta g,\, \delta y \rangle\bigr)"
        r" \text{ with } \delta y = y_{<0>} - y_{<1>} ,\ \delta g = \nabla f(y_{<0>}) - \nabla f(y_{<1>})",
        "mean pl {}": _BELOW["pl {}"],
    },
    complete=VALID,
    sentence=r"$f = \operatorname{mean} f_i$ has curvatures between $\mu = <mu>$ and $L = <L>$: "
    r"$f - \frac{\mu}{2} \lVert x \rVert^2$ is convex and $(L - \mu)$-smooth, whatever holds of the $f_i$.",
)
NOISE = Wording(
    words="noise k: E ||xi_i||^2 <= sigma2; products with what is older than xi have mean zero",
    slacks={"noise {}": r"\sigma^2 - \lVert \xi_i^{(<0>)} \rVert^2"},
    complete=f"{VALID} where the noise has more structure than its mean and variance",
    sentence=r"The noise $\xi_i$ has $\operatorname{E}[\xi_i \mid \text{past}] = 0$ and "
    r"$\operatorname{E} \lVert \xi_i \rVert^2 \le \sigma^2$.",
)
UNBIASED = Wording(
    words="compression k: E ||C_i(v) - v||^2 <= omega ||v||^2 at {inputs}; products of the error with what is older "
    "have mean zero, those of two agents' errors too",
    slacks={"compression {}": r"\omega \lVert v_i^{(<0>)} \rVert^2 - \lVert e_i^{(<0>)} \rVert^2"},
    complete=f"{VALID} where the compressor has more structure than its mean and variance",
    sentence=r"Each $\mathcal{C}_i$ is random, independent of the others, with $\operatorname{E}[\mathcal{C}_i(v) \mid "
    r"\text{past}] = v$ and $\operatorname{E}\bigl[\lVert \mathcal{C}_i(v) - v \rVert^2 \mid \text{past}\bigr] \le "
    r"\omega \lVert v \rVert^2$; $m$ is meant in expectation.",
)
MINIMISER = replace(
    BOUNDED_BELOW,
    complete=f"{VALID}; of convex functions between two points, complete",
    sentence=r"$x_\star$ is a global minimiser of $f = \operatorname{mean} f_i$, not necessarily of every $f_i$.",
)
WORDINGS.update(
    {
        BoundedBelow: BOUNDED_BELOW,
        GlobalMinimiser: MINIMISER,
        CommonGlobalMinimiser: replace(MINIMISER, sentence=r"$x_\star$ is a global minimiser of every $f_i$."),
        PolyakLojasiewicz: PL,
        Similar: SIMILAR,
        SmoothMean: SMOOTH_MEAN,
        Noise: NOISE,
        IndependentNoise: replace(NOISE, sentence=f"{NOISE.sentence} It is independent over agents."),
        Unbiased: UNBIASED,
    }
)
