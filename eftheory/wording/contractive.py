"""Contractive compressors in words."""

from eftheory.assumptions import Contractive
from eftheory.wording.wording import COMPLETE, WORDINGS, Wording

WORDINGS[Contractive] = Wording(
    words="compression k: ||C_i(v) - v||^2 <= (1 - alpha) ||v||^2 at {inputs}",
    slacks={"compression {}": r"(1 - \alpha) \lVert v_i^{(<0>)} \rVert^2 - \lVert e_i^{(<0>)} \rVert^2"},
    complete=COMPLETE,
)
