# %% [markdown]
# # Where EF21 may start
#
# `ef21_nonconvex` and `ef21_pl` ask nothing of the first estimates g_i; they enter by G alone, the mean squared error.
# What three choices cost: the gradients themselves, sent once without compression; the compressed gradients; nothing.

# %%
from eftheory.proofkit import Theorem, expectation, mean, square

theorem = Theorem(
    "initial_estimates",
    "The first error of EF21's estimates, for three ways to start",
    source="[RichtarikSokolovFatkhullin2021]",
)

alpha = theorem.parameter("alpha", latex=r"\alpha")
h = theorem.vector("h", indexed=True)
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypothesis
# c_i is the compressed gradient.

# %%
compressor = theorem.given("compressor", expectation(square(c - h)) <= (1 - alpha) * square(h))

# %% [markdown]
# ## Claims
# G for g_i = h_i, for g_i = c_i, and for g_i = 0.

# %%
exact, compressed, zero = theorem.claim(
    mean(square(h - h)).equals(0),
    expectation(mean(square(c - h))) <= (1 - alpha) * mean(square(h)),
    mean(square(0 * h - h)).equals(mean(square(h))),
)

# %% [markdown]
# ## Proof

# %%
theorem.qed(
    theorem.identity("gradients", exact),
    theorem.average("compressed", mean(expectation(square(c - h))) <= (1 - alpha) * mean(square(h)), compressor),
    theorem.identity("nothing", zero),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
