# %% [markdown]
# # Which weights? Those proportional to the smoothness constants
#
# Weights w_i of mean 1 turn f_i into f_i/w_i, whose constant is L_i/w_i; what enters the step of EF21-W is the mean of
# w_i (L_i/w_i)^2 = L_i^2/w_i. It is smallest if w_i is proportional to L_i. Equal weights, of plain EF21, give the
# quadratic mean; the difference of the squares is the variance of the L_i.

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "optimal_weights",
    "The mean of L_i^2/w_i is smallest, and the squared mean of the L_i, for w_i proportional to L_i",
    source="[RichtarikGasanovBurlachenko2024]",
)

A = theorem.parameter("A", above=0)
w = theorem.parameter("w", above=0, indexed=True)
K = theorem.parameter("K", above=0, indexed=True)

# %% [markdown]
# ## Hypotheses
# K_i = L_i/w_i, so L_i = w_i K_i and L_i^2/w_i = w_i K_i^2. A is the mean of the L_i.

# %%
L = w * K
weights = theorem.given("weights", mean(w).equals(1))
arithmetic = theorem.given("A", mean(L).equals(A))

# %% [markdown]
# ## Claims
# No weights do better than A^2; what any weights lose is the weighted variance of the K_i, so none is lost only if all
# K_i are equal. The weights v_i = L_i/A: they have mean 1, all constants L_i/v_i are A, and A^2 is attained. With
# equal weights, the loss is the variance of the L_i.

# %%
v = L / A
least, loss, sum_v, constant, attained, equal = theorem.claim(
    A**2 <= mean(w * K**2),
    (mean(w * K**2) - A**2).equals(mean(w * (K - A) ** 2)),
    mean(v).equals(1),
    (v * A).equals(L),
    mean(v * A**2).equals(A**2),
    (mean(1 * L**2) - A**2).equals(mean(1 * (L - A) ** 2)),
)

# %% [markdown]
# ## Proof
# The Cauchy-Schwarz inequality, as a sum of squares.

# %%
both = [arithmetic, weights]
theorem.qed(
    theorem.combine("least", least, mean_squares=[(w, K - A)], modulo=both),
    theorem.identity("loss", loss, modulo=both),
    theorem.identity("sum", sum_v, modulo=[arithmetic]),
    theorem.identity("constants", constant),
    theorem.identity("attained", attained, modulo=[arithmetic]),
    theorem.identity("equal weights", equal, modulo=[arithmetic]),
)

# %%
theorem.survivors = {
    "the lower bound of w_i not strict": "K_i = L_i/w_i asks for it, the proof does not",
    "the lower bound of K_i *": "not needed; it says what is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
