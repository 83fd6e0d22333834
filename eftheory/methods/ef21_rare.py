"""EF21 where features are rare."""

from dataclasses import dataclass

from eftheory.methods.ef21 import EF21


@dataclass(frozen=True)
class EF21RF(EF21):
    """EF21 of which agents own few features each: f_i depends on them alone, and so do d_i and the messages.

        x <- x - step_size mean_i d_i,   d_i <- d_i + C_i(grad f_i(x) - d_i)

    The round is EF21's; what differs is the step size: up to 1/(L + sqrt(kappa) M xi) if no feature is owned by more
    than a share kappa of the agents. The compressor must send nothing where v_i is zero, as Top-k and Rand-k do not;
    alpha is what it is for vectors of an agent's own features, so that of k out of r sent it is k/r.
    Theorem: `ef21_sparse`.

    References:
        [RichtarikGasanovBurlachenko2023], Algorithm 1; [RichtarikGasanovBurlachenko2024], with weights.
    """

    name = "ef21_rf"
