"""The hypotheses of a claim that are sentences rather than parameters."""

from typing import NamedTuple


class Hypothesis(NamedTuple):
    """A named hypothesis and the sentence it stands for."""

    name: str
    sentence: str
    minimiser: str = ""  # the x* it grants: of all f_i, or of their mean


OF_ALL, OF_MEAN = "of all", "of the mean"

ONE_AGENT = Hypothesis("one agent", "there is one agent")
EXACT_MESSAGES = Hypothesis(
    "no compression", "no message of the agents is by a compressor C_i of the claim; alpha plays no part"
)
COMMON_MINIMISER = Hypothesis(
    "common minimiser", "all f_i are stationary at one common point x*: grad f_i(x*) = 0 for every agent", OF_ALL
)
MINIMISER_OF_MEAN = Hypothesis(
    "minimiser", "f = mean f_i is stationary at a point x*; the grad f_i(x*) need not be zero", OF_MEAN
)
IN_EXPECTATION = Hypothesis(
    "contractive in expectation",
    "each C_i is deterministic, or random with E[||C_i(v) - v||^2 | past] <= (1 - alpha) ||v||^2; "
    "the measure is then meant in expectation, and no independence is assumed",
)
SERVER_MESSAGES = Hypothesis(
    "server's messages contractive in expectation",
    "each message C of the server is deterministic, or random with E[||C(v) - v||^2 | past] <= (1 - a) ||v||^2, where "
    "a is the alpha that the method gives with it; nothing is assumed about independence",
)
OTHER_MESSAGES = Hypothesis(
    "unbiased messages beside",
    "messages Q_i with an omega of their own have E[Q_i(v) | past] = v, E[||Q_i(v) - v||^2 | past] <= omega ||v||^2; "
    "they are independent over the agents only where the method says so",
)
INDEPENDENT = Hypothesis(
    "unbiased, independent",
    "each C_i is random with E[C_i(v) | past] = v and E[||C_i(v) - v||^2 | past] <= omega ||v||^2, independent of the "
    "others; the measure is meant in expectation",
)
