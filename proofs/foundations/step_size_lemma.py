# %% [markdown]
# # The step-size lemma, exactly
#
# Proofs of EF21 and its relatives end in a condition a gamma^2 + b gamma <= 1 on the step gamma. It holds up to
# Gamma = 2/(b + sqrt(b^2 + 4a)) and not beyond. The usual bound 1/(sqrt(a) + b) is sufficient, and smaller than
# Gamma by a factor of at most 5/4, which is attained at b = (3/2) sqrt(a). Here q stands for sqrt(a), r for sqrt(b^2
# + 4a).

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem

theorem = Theorem(
    "step_size_lemma",
    "A quadratic condition on the step: its exact threshold, and what the usual bound loses",
    source="[RichtarikSokolovFatkhullin2021]; threshold and factor: own",
)

q = theorem.parameter("q", above=0)
b = theorem.parameter("b", at_least=0)
r = theorem.parameter("r", above=0)
threshold = 2 / (b + r)
step = theorem.parameter("gamma", above=0, at_most=threshold, latex=r"\gamma")
longer = theorem.parameter("gamma'", above=threshold, latex=r"\gamma'")

# %% [markdown]
# ## Hypotheses
# Only what r is.

# %%
root = theorem.given("root", (r**2).equals(b**2 + 4 * q**2))

# %% [markdown]
# ## Claims
# Steps up to the threshold satisfy the condition, longer ones do not. The usual bound lies between 4/5 of the threshold
# and the threshold, and it is 4/5 of it where b = 3q/2: then r = 5q/2.

# %%
usual = 1 / (q + b)
within, beyond, below, above, attained_root, attained = theorem.claim(
    q**2 * step**2 + b * step <= 1,
    q**2 * longer**2 + b * longer > 1,
    usual <= threshold,
    threshold <= Fraction(5, 4) * usual,
    ((5 * q / 2) ** 2).equals((3 * q / 2) ** 2 + 4 * q**2),
    (2 / (3 * q / 2 + 5 * q / 2)).equals(Fraction(5, 4) / (q + 3 * q / 2)),
)

# %% [markdown]
# ## Proof
# The threshold Gamma is a root, so 1 - a gamma^2 - b gamma = (Gamma - gamma)(a gamma + 1/Gamma): a product whose sign
# is seen.

# %%
short = theorem.positive("short", (threshold - step) * (q**2 * step + (b + r) / 2) >= 0)
long = theorem.positive("long", (longer - threshold) * (q**2 * longer + (b + r) / 2) > 0)
steps = [
    theorem.combine("within", within, [short, (-step / (2 * (b + r)), root)]),
    theorem.combine("beyond", beyond, [long, (longer / (2 * (b + r)), root)]),
]

# %% [markdown]
# r <= b + 2q as its square is smaller, by 4bq; and 3b + 8q <= 5r as 25 r^2 - (3b + 8q)^2 = (4b - 6q)^2.

# %%
product = theorem.positive("product", 4 * b * q >= 0)
r_squared = theorem.combine("r squared", r**2 <= (b + 2 * q) ** 2, [root, product])
r_small = theorem.root("r is small", r <= b + 2 * q, r_squared)
r_big_squared = theorem.combine(
    "r squared, below", (3 * b + 8 * q) ** 2 <= (5 * r) ** 2, [(-25, root)], squares=[(1, 4 * b - 6 * q)]
)
r_big = theorem.root("r is big", 3 * b + 8 * q <= 5 * r, r_big_squared)
steps += [
    theorem.combine("below", below, [(1 / ((q + b) * (b + r)), r_small)]),
    theorem.combine("above", above, [(1 / (4 * (q + b) * (b + r)), r_big)]),
    theorem.identity("its r", attained_root),
    theorem.identity("attained", attained),
]
theorem.qed(*steps)

# %%
theorem.survivors = {
    "the lower bound of gamma not strict": "holds at the end of the range, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
