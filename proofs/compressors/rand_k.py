# %% [markdown]
# # Rand-k
#
# In dimension d, Rand-k keeps k entries drawn at random. Here `mean` is over the d entries of one vector, not over
# agents; norms are squared and divided by d, on both sides. All that is needed is that each entry is kept with
# probability k/d; how draws of different entries depend on each other does not matter.

# %%
from eftheory.proofkit import Theorem, expectation, mean

theorem = Theorem(
    "rand_k",
    "Rand-k has alpha = k/d exactly, and with the factor d/k it is unbiased with variance d/k - 1 exactly",
    source="[StichCordonnierJaggi2018]",
    index="entry",
)

d = theorem.parameter("d", above=0)
k = theorem.parameter("k", above=0, at_most=d)
x = theorem.scalar("x", indexed=True)
b = theorem.scalar("b", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# b_i is 1 if entry i is kept, else 0.

# %%
indicator = theorem.given("0 or 1", (b**2).equals(b))
chance = theorem.given("probability", expectation(b).equals(k / d))

# %% [markdown]
# ## Claims
# 1. Equality in the contraction, for every vector. 2. Entry by entry, the mean of (d/k) b_i x_i is x_i. 3. Its
# variance.

# %%
alpha = k / d
claims = theorem.claim(
    expectation(mean((b * x - x) ** 2)).equals((1 - alpha) * mean(x**2)),
    expectation(d / k * b * x).equals(x),
    expectation(mean((d / k * b * x - x) ** 2)).equals((d / k - 1) * mean(x**2)),
)

# %% [markdown]
# ## Proof

# %%
square = theorem.expect("0 or 1, expected", expectation(b**2).equals(expectation(b)), indicator)
second = theorem.combine("second moment", expectation(b**2).equals(k / d), [square, chance])
with_x = theorem.average(
    "second moment, with x^2", mean(x**2 * expectation(b**2)).equals(k / d * mean(x**2)), second, weight=x**2
)
first = theorem.average(
    "probability, with x^2", mean(x**2 * expectation(b)).equals(k / d * mean(x**2)), chance, weight=x**2
)
theorem.qed(
    theorem.combine("error", claims[0], [with_x, (-2, first)]),
    theorem.combine("unbiased", claims[1], [(d / k * x, chance)]),
    theorem.combine("variance", claims[2], [((d / k) ** 2, with_x), (-2 * d / k, first)]),
)

# %%
theorem.survivors = {
    "the upper bound of k *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
