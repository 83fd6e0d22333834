# %% [markdown]
# # Jensen's inequality with weights that depend on the agent
#
# The squared length of a mean is at most the mean of the squared lengths; it is at most a weighted mean of them, too,
# if the inverses of the weights have mean 1. Here they are L_i/M, with the mean M of the L_i.

# %%
from eftheory.proofkit import Theorem, inner, mean, square

theorem = Theorem(
    "weighted_jensen",
    "The squared mean is at most a weighted mean of squares if the inverse weights have mean 1",
)

M = theorem.parameter("M", above=0)
L = theorem.parameter("L", indexed=True)
v = theorem.parameter("v", above=0, indexed=True)
e = theorem.vector("e", indexed=True)

# %% [markdown]
# ## Symbols
# - `e_i`: any vector of agent i
# - `v_i`: its weight, M/L_i

# %% [markdown]
# ## Hypotheses

# %%
weights = theorem.given("v", (v * L).equals(M))
arithmetic = theorem.given("M", mean(L).equals(M))

# %% [markdown]
# ## Claims
# The inequality, and the weighted mean of the L_i^2.

# %%
jensen, squares = theorem.claim(
    square(mean(e)) <= mean(v * square(e)),
    mean(v * L**2).equals(M**2),
)

# %% [markdown]
# ## Proof
# It is the Cauchy-Schwarz inequality: what is lost is a weighted variance.

# %%
m = mean(e)
products = theorem.average("v L^2", mean(L * v * L).equals(mean(L * M)), weights, weight=L)
along = theorem.average(
    "along the mean", mean(inner(e, m) * v * L).equals(mean(inner(e, m) * M)), weights, weight=inner(e, m)
)
theorem.qed(
    theorem.combine(
        "Jensen",
        jensen,
        [(-2 / M, along), (square(m) / M**2, products)],
        mean_squares=[(v, e - L / M * m)],
        modulo=[arithmetic],
    ),
    theorem.combine("squares", squares, [products], modulo=[arithmetic]),
)

# %%
theorem.survivors = {
    "the lower bound of v_i not strict": "it cannot be 0, as v_i L_i is M",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
