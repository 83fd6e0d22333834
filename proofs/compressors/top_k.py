# %% [markdown]
# # Top-k keeps k/d of every vector
#
# Of (3, -2, 1, 0) Top-2 keeps (3, -2, 0, 0): it loses 1 of 14, less than the half that is promised. Of (1, 1, 1, 1) it
# loses just the half.
#
# In dimension d, Top-k keeps k entries that are largest in size and puts zero for the others. Here `mean` is over the d
# entries of one vector, not over agents; norms are squared and divided by d, on both sides. Ties may be broken in any
# way.

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "top_k",
    "Top-k has alpha = k/d in every dimension d, and no larger one",
    source="[StichCordonnierJaggi2018]",
    index="entry",
)

d = theorem.parameter("d", above=0)
k = theorem.parameter("k", above=0, at_most=d)
x = theorem.scalar("x", indexed=True)
b = theorem.scalar("b", indexed=True)
t, z = theorem.scalar("t"), theorem.scalar("z")

# %% [markdown]
# ## Symbols
# - `d`: the dimension
# - `k`: how many entries are kept
# - `x_i`: an entry of the vector
# - `b_i`: 1 if the entry is kept, else 0
# - `t`: the square of the k-th largest entry
# - `z`: the one number of which all entries are, where equality holds

# %% [markdown]
# ## Hypotheses
# b_i is 1 for the k entries that are kept, and 0 for the others. No entry that is kept has a square below t, the k-th
# largest one, and no other one has a square above t.

# %%
indicator = theorem.given("0 or 1", (b**2).equals(b))
number = theorem.given("k are kept", mean(b).equals(k / d))
kept = theorem.given("kept", b * (x**2 - t) >= 0)
left = theorem.given("left out", (1 - b) * (t - x**2) >= 0)

# %% [markdown]
# ## Claims
# 1. The contraction. 2. Equality for a vector whose entries are all z.

# %%
alpha = k / d
contraction, attained = theorem.claim(
    mean((b * x - x) ** 2) <= (1 - alpha) * mean(x**2),
    mean((b * z - z) ** 2).equals((1 - alpha) * mean(z**2)),
)

# %% [markdown]
# ## Proof
# The mean square of what is kept is at least t, that of what is left out at most t.

# %%
all_kept = theorem.average(
    "kept, averaged", mean(b * (x**2 - t)) >= 0 * t, kept, prose="Every entry that is kept has at least the square t."
)
all_left = theorem.average(
    "left out, averaged",
    mean((1 - b) * (t - x**2)) >= 0 * t,
    left,
    prose="Every entry that is left out has at most the square t.",
)
error = theorem.average(
    "0 or 1, with x^2",
    mean(x**2 * b**2).equals(mean(x**2 * b)),
    indicator,
    weight=x**2,
    prose="The square of 0 or 1 is itself.",
)
count = theorem.average("0 or 1, averaged", mean(b**2).equals(mean(b)), indicator, prose="The same without x.")
bound = theorem.combine(
    "contraction",
    contraction,
    [(1 - alpha, all_kept), (alpha, all_left), (1, error)],
    modulo=[number],
    prose="So a share k/d of the squares is at least what all of them have on average: what is left out is the rest.",
)
theorem.qed(
    bound,
    theorem.combine(
        "attained",
        attained,
        [(z**2, count)],
        modulo=[number],
        prose="If all entries are equal nothing can be gained by choosing.",
    ),
)

# %%
theorem.survivors = {
    "the lower bound of k *": "holds at the end of the range, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
