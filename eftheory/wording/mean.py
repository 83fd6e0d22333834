"""What is assumed of f = mean f_i, and of noise, in words."""

from __future__ import annotations

from eftheory.assumptions.compressors import Unbiased
from eftheory.assumptions.mean import BoundedBelow, PolyakLojasiewicz, Similar
from eftheory.assumptions.mean.noise import Noise
from eftheory.wording.wording import VALID, Wording, word

_BELOW = {
    "bounded below {}": r"f(y_{<0>}) - \inf f - \tfrac{1}{2 L} \lVert \nabla f(y_{<0>}) \rVert^2",
    "pl {}": r"\tfrac{1}{2 \mu} \lVert \nabla f(y_{<0>}) \rVert^2 - (f(y_{<0>}) - \inf f)",
}
BOUNDED_BELOW = Wording(
    words="bounded below a: f(x) - inf f >= ||grad f(x)||^2 / (2 L) at point a, L the mean of the L_i",
    slacks={"bounded below {}": _BELOW["bounded below {}"]},
    complete=f"{VALID}; with one agent and this alone, complete",
)
PL = Wording(
    words="pl a: ||grad f(x)||^2 >= 2 mu (f(x) - inf f) at point a; bounded below a, as f is L-smooth",
    slacks=_BELOW,
    complete=VALID,
)
SIMILAR = Wording(
    words="similar a: mean ||grad f_i||^2 <= A ||grad f||^2 + zeta2 at point a",
    slacks={
        "similar {}": r"A \lVert \nabla f(y_{<0>}) \rVert^2 + \zeta^2 "
        r"- \operatorname{mean} \lVert \nabla f_i(y_{<0>}) \rVert^2"
    },
    complete=VALID,
)
NOISE = Wording(
    words="noise k: E ||xi_i||^2 <= sigma2; products with what is older than xi have mean zero",
    slacks={"noise {}": r"\sigma^2 - \lVert \xi_i^{(<0>)} \rVert^2"},
    complete=f"{VALID} where the noise has more structure than its mean and variance",
)
UNBIASED = Wording(
    words="compression k: E ||C_i(v) - v||^2 <= omega ||v||^2 at {inputs}; products of the error with what is older "
    "have mean zero, those of two agents' errors too",
    slacks={"compression {}": r"\omega \lVert v_i^{(<0>)} \rVert^2 - \lVert e_i^{(<0>)} \rVert^2"},
    complete=f"{VALID} where the compressor has more structure than its mean and variance",
)


@word.register
def _(_: BoundedBelow) -> Wording:
    return BOUNDED_BELOW


@word.register
def _(_: PolyakLojasiewicz) -> Wording:
    return PL


@word.register
def _(_: Similar) -> Wording:
    return SIMILAR


@word.register
def _(_: Noise) -> Wording:
    return NOISE


@word.register
def _(_: Unbiased) -> Wording:
    return UNBIASED
