"""MARINA with PermK."""

from dataclasses import dataclass

from eftheory.methods.marina import Marina


@dataclass(frozen=True)
class MarinaPermK(Marina):
    """MARINA whose messages fit together: of equal vectors their mean is right, as that of PermK is.

        x <- x - step_size v,   v <- m (v + mean_i C_i(grad f_i(x) - grad f_i(x before))) + (1 - m) mean_i grad f_i(x)

    The round is MARINA's; the compressors are those of PermK, one permutation for all, and the step is longer the less
    the gradients of agents differ in how they move. Theorem: `marina_perm_k`.

    References:
        [SzlendakTyurinRichtarik2022], Algorithm 1.
    """

    name = "marina_perm_k"
