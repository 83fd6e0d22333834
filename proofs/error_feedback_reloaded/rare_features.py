# %% [markdown]
# # Averages of vectors that live on few coordinates
#
# Agent i owns the coordinates in J_i, and its vector v_i vanishes elsewhere. If the weights w_i of the owners of any
# one coordinate add up to at most kappa n, then averaging gains a factor kappa over Jensen's inequality (whose
# weights have mean 1; here they need not). With equal weights 1, kappa n is the largest number of owners of a
# coordinate.
#
# m stands for the average, r_i for what is left of it on J_i. What the theorem needs of coordinates is said twice:
# for one coordinate, as a claim; for their sum, which is what vectors know, as hypotheses. It holds for orthogonal
# projections in general.

# %%
from eftheory.proofkit import Theorem, inner, mean, square

theorem = Theorem(
    "rare_features",
    "If 'support' and 'restricted averages' hold for vectors, Jensen's inequality gains kappa; per coordinate they do",
    source="own, for [RichtarikGasanovBurlachenko2024]",
)

kappa = theorem.parameter("kappa", above=0, latex=r"\kappa")
w = theorem.parameter("w", above=0, indexed=True)
b = theorem.parameter("b", indexed=True)
x = theorem.scalar("x")
y = theorem.scalar("y", indexed=True)
u, r = theorem.vector("u", indexed=True), theorem.vector("r", indexed=True)

# %% [markdown]
# ## Hypotheses
# v_i = w_i u_i. For one coordinate, b_i is 1 if agent i owns it, else 0; x is the coordinate of the average, b_i y_i
# that of v_i, and b_i x that of r_i. The last two hypotheses are the third claim and the fourth, summed over the
# coordinates; the summing is not part of the proof.

# %%
v = w * u
m = mean(v)
owner = theorem.given("owner or not", (b**2).equals(b))
owners = theorem.given("owners", mean(w * b) <= kappa)
support = theorem.given("support", inner(r, v).equals(inner(m, v)))
restricted = theorem.given("restricted averages", mean(w * square(r)) <= kappa * square(m))

# %% [markdown]
# ## Claims
# For vectors; for one coordinate, directly; and the two hypotheses about vectors, for one coordinate.

# %%
short, coordinate, one_support, one_restricted = theorem.claim(
    square(m) <= kappa * mean(w * square(u)),
    mean(w * b * y) ** 2 <= kappa * mean(w * (b * y) ** 2),
    ((b * x) * (b * y)).equals(x * (b * y)),
    mean(w * (b * x) ** 2) <= kappa * x**2,
)

# %% [markdown]
# ## Proof
# ||m||^2 = mean <m, v_i> = mean <r_i, v_i>, and the Cauchy-Schwarz inequality with the weights.

# %%
products = theorem.average("products", mean(inner(r, v)).equals(mean(inner(m, v))), support)
vectors = theorem.combine(
    "short",
    short,
    [(-2, products), (1 / kappa, restricted)],
    mean_squares=[(w / kappa, kappa * u - r)],
)

# %% [markdown]
# The same for one coordinate; b_i^2 = b_i, averaged with the weights w_i and w_i y_i, is all that is new.

# %%
squares = theorem.average("squares", mean(w * b**2).equals(mean(w * b)), owner, weight=w)
mixed = theorem.average("products of one coordinate", mean(w * y * b**2).equals(mean(w * y * b)), owner, weight=w * y)
a = mean(w * b * y)
theorem.qed(
    vectors,
    theorem.combine(
        "coordinate",
        coordinate,
        [(a**2 / kappa, owners), (a**2 / kappa, squares), (-2 * a, mixed)],
        mean_squares=[(w / kappa, b * (kappa * y - a))],
    ),
    theorem.combine("support, one coordinate", one_support, [(x * y, owner)]),
    theorem.combine("restricted, one coordinate", one_restricted, [(x**2, owners), (x**2, squares)]),
)

# %%
theorem.survivors = {
    "the lower bound of w_i not strict": "agents of weight zero have v_i = 0 and may be left out",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
