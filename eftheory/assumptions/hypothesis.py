"""The hypotheses of a claim that are sentences rather than parameters."""

from typing import NamedTuple


class Hypothesis(NamedTuple):
    """A named hypothesis and the sentence it stands for."""

    name: str
    sentence: str


ONE_AGENT = Hypothesis("one agent", "there is one agent")
EXACT_MESSAGES = Hypothesis("no compression", "the method sends exact gradients; alpha plays no part")
COMMON_MINIMISER = Hypothesis(
    "common minimiser", "all f_i are stationary at one common point x*: grad f_i(x*) = 0 for every agent"
)
IN_EXPECTATION = Hypothesis(
    "contractive in expectation",
    "each C_i is deterministic, or random with E[||C_i(v) - v||^2 | past] <= (1 - alpha) ||v||^2; "
    "the measure is then meant in expectation, and no independence is assumed",
)
