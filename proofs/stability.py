# %% [markdown]
# # The stability limit of EF and EF21: 2 (1 - s)/((1 + s) L)
#
# With `tight_rate` and `tight_lower_bound`: the rate of a step is the square of the larger of two numbers, the flat
# root a and the steep root b. Both are less than 1 for steps below the limit, and the steep one is not from there on.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "stability", "EF and EF21 converge for all functions of the class if and only if step < 2 (1 - s)/((1 + s) L)"
)

s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
limit = 2 * (1 - s) / ((1 + s) * L)
step = theorem.parameter("step", above=0, below=limit, latex=r"\gamma")
long = theorem.parameter("long", at_least=limit, latex=r"\gamma_\geq")
a = theorem.parameter("a", above=0)
b = theorem.parameter("b", above=0)
c = theorem.parameter("c", above=0)

# %% [markdown]
# ## Hypotheses
# Which roots a, b and c are: a and b for a step below the limit, c, again of the steepest function, for a long one.

# %%
flat = theorem.given("a", (a - s / a).equals((1 - s) - (1 + s) * step * mu))
steep = theorem.given("b", (b - s / b).equals((1 + s) * step * L - (1 - s)))
long_steep = theorem.given("c", (c - s / c).equals((1 + s) * long * L - (1 - s)))

# %% [markdown]
# ## Claims
# And the larger of a and b satisfies what `tight_rate` asks for, as r - s/r grows with r.

# %%
claims = theorem.claim(
    a < 1,
    b < 1,
    c >= 1,
    ((a - b) * (1 + s / (a * b))).equals((a - s / a) - (b - s / b)),
)

# %% [markdown]
# ## Proof
# (1 - r)(1 + s/r) = (1 - s) - (r - s/r): the sign of 1 - r is that of the right side.

# %%
theorem.positive("margin of mu", (1 + s) * step * mu > 0)
below = theorem.positive("below the limit", (1 + s) * step * L < 2 * (1 - s))
beyond = theorem.positive("beyond the limit", (1 + s) * long * L >= 2 * (1 - s))
flat_product = theorem.combine("flat", (1 - a) * (1 + s / a) > 0, ["margin of mu", flat])
steep_product = theorem.combine("steep", (1 - b) * (1 + s / b) > 0, [below, steep])
long_product = theorem.combine("long", (c - 1) * (1 + s / c) >= 0, [beyond, (-1, long_steep)])
theorem.qed(
    theorem.cancel("a < 1", claims[0], flat_product, 1 + s / a),
    theorem.cancel("b < 1", claims[1], steep_product, 1 + s / b),
    theorem.cancel("c >= 1", claims[2], long_product, 1 + s / c),
    theorem.identity("monotone", claims[3]),
)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the lower bound of L not strict": "holds at the end of the range, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
