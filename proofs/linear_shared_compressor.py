# %% [markdown]
# # A linear compressor that all agents share: any agents are as fast as one with their mean
#
# If the compressor is linear and the same for all, what it leaves of the mean is the mean of what it leaves. So the
# means of EF21's g_i and d_i follow the method for one agent with the function f = mean f_i, and only the constants of
# f count. r, s, k and S are those of `ef21_equal_agents`, for f.

# %%
from eftheory.proofkit import Theorem, expectation, mean, square

theorem = Theorem(
    "linear_shared_compressor", "With a shared linear compressor, one step of EF21 shrinks the V of the means by r^2"
)

r = theorem.parameter("r", above=0, below=1)
s = theorem.parameter("s", above=0, below=r**2)
S = theorem.parameter("S", above=0)
g, g_after = theorem.vector("g", indexed=True), theorem.vector("g+", indexed=True, latex="g^+")
d = theorem.vector("d", indexed=True)
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# Of f, its two-point inequality; of the compressor, its contraction for the mean: there linearity is used.

# %%
rate, k = r**2, (r**2 - s) / ((1 - s) * r)
p = -2 * (1 - s) / ((1 + s) * S) * mean(d)
d_after = d + c
change, left = mean(g_after) - mean(g), mean(g_after) - mean(d)
two_points = theorem.given("two points", square(change - S / 2 * p) <= (k * S / 2) ** 2 * square(p))
compressor = theorem.given("compressor", expectation(square(mean(c) - left)) <= s**2 * square(left))

# %% [markdown]
# ## Claim and proof

# %%
V = square(mean(g - d)) + s * square(mean(g))
V_after = square(mean(g_after - d_after)) + s * square(mean(g_after))
claim = theorem.claim(expectation(V_after) <= rate * V)
means = {
    theorem.vector("g", indexed=True): mean(g),
    theorem.vector("g+", indexed=True, latex="g^+"): mean(g_after),
    theorem.vector("d", indexed=True): mean(d),
    theorem.vector("c", indexed=True, random=True): mean(c),
}
theorem.qed(theorem.lemma("one step", claim, "ef21_equal_agents", means, given=[two_points, compressor]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
