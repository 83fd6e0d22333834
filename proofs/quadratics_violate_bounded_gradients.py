# %% [markdown]
# # No quadratic has bounded gradients, and no two different ones have bounded dissimilarity
#
# Analyses before EF21 assume ||grad f_i(x)|| <= B everywhere, or that the mean of ||grad f_i(x) - grad f(x)||^2 is
# at most B. In one dimension, with f_i(x) = L_i x^2/2, both fail for every B: the first unless f is zero, the second
# unless all L_i are equal.

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "quadratics_violate_bounded_gradients",
    "For any bound there is a point where a quadratic's gradient, and agents' dissimilarity, exceed it",
    source="own",
)

B = theorem.parameter("B", at_least=0)
L = theorem.parameter("L", above=0)
v = theorem.parameter("v", above=0)
L_i = theorem.parameter("L", indexed=True)

# %% [markdown]
# ## Hypothesis
# v is the variance of the L_i: not zero, as they differ.

# %%
variance = theorem.given("variance", mean((L_i - mean(L_i)) ** 2).equals(v))

# %% [markdown]
# ## Claims
# The derivative of L x^2/2 at one point, and the dissimilarity of the f_i at another.

# %%
x, y = (1 + B) / L, (1 + B + v) / v
gradient, dissimilarity = theorem.claim((L * x) ** 2 > B, mean((L_i * y - mean(L_i * y)) ** 2) > B)

# %% [markdown]
# ## Proof
# The first is (1 + B)^2 > B. The second is v y^2 = (1 + B + v)^2/v > B.

# %%
large = theorem.positive("v y^2", v * y**2 > B)
theorem.qed(
    theorem.positive("gradient", gradient),
    theorem.combine("dissimilarity", dissimilarity, [large, (-(y**2), variance)]),
)

# %%
theorem.survivors = {
    "claim 1: *": "the gradient at x is far longer than B",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
