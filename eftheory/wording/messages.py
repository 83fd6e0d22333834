"""Messages beside those of the claim's compressors, in words."""

from eftheory.assumptions.hypothesis import OTHER_MESSAGES, SERVER_MESSAGES
from eftheory.wording.wording import COMPLETE, VALID, Wording

MESSAGES = {
    SERVER_MESSAGES.name: Wording(
        words="server compression k: ||C(v) - v||^2 <= (1 - a) ||v||^2 with the a of the message, at {inputs}",
        slacks={
            "server compression {}": r"(1 - \alpha) \lVert v^{(<0>)} \rVert^2 - \lVert e^{(<0>)} \rVert^2"
            r" \text{ with the $\alpha$ of the message}"
        },
        complete=COMPLETE,
        sentence=r"Each message $\mathcal{C}$ of the server is deterministic, or random, with "
        r"$\operatorname{E}\bigl[\lVert \mathcal{C}(v) - v \rVert^2 \mid \text{past}\bigr] \le (1 - \alpha) "
        r"\lVert v \rVert^2$ for the $\alpha$ given with it; no independence is assumed.",
    ),
    OTHER_MESSAGES.name: Wording(
        words="unbiased compression k: E ||Q_i(v) - v||^2 <= omega ||v||^2 with the omega of the message, at {inputs}",
        slacks={
            "unbiased compression {}": r"\omega \lVert v_i^{(<0>)} \rVert^2 - \lVert e_i^{(<0>)} \rVert^2"
            r" \text{ with the $\omega$ of the message}"
        },
        complete=f"{VALID} where the compressor has more structure than its mean and variance",
        sentence=r"The messages $\mathcal{Q}_i$ have $\operatorname{E}[\mathcal{Q}_i(v) \mid \text{past}] = v$ and "
        r"$\operatorname{E}\bigl[\lVert \mathcal{Q}_i(v) - v \rVert^2 \mid \text{past}\bigr] \le \omega "
        r"\lVert v \rVert^2$ for the $\omega$ given with them, independent over the agents only where it is said.",
    ),
}
"""By the hypothesis."""
