# %% [markdown]
# # Averages of sparse vectors
#
# Agent i owns the coordinates in J_i, and its vector u_i vanishes elsewhere. If the weights of the owners of any one
# coordinate add up to at most kappa n, then averaging gains a factor kappa over Jensen's inequality. With equal weights
# 1, kappa n is the largest number of owners of a coordinate. `rare_features` says the same of orthogonal projections,
# from hypotheses about vectors; here they are about coordinates only.

# %%
from eftheory.proofkit import Theorem, expectation, mean, square

theorem = Theorem(
    "sparse_averages",
    "If the owners of any one coordinate weigh at most kappa n, Jensen's inequality for sparse vectors gains kappa",
    source="own, for [RichtarikGasanovBurlachenko2024]",
)

kappa = theorem.parameter("kappa", above=0, latex=r"\kappa")
d = theorem.parameter("d", at_least=1)
w = theorem.parameter("w", above=0, indexed=True)
u = theorem.vector("u", indexed=True)
b, y = theorem.scalar("b", indexed=True, random=True), theorem.scalar("y", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# One of the d coordinates is drawn, each with the same probability: an expectation is the mean over all coordinates, so
# squared lengths are d times one. At the coordinate drawn u_i has y_i; b_i is 1 if agent i owns it, else 0.

# %%
m = mean(w * y)
owner = theorem.given("owner or not", (b**2).equals(b))
pattern = theorem.given("zero elsewhere", y.equals(b * y))
owners = theorem.given("owners", mean(w * b) <= kappa)
length = theorem.given("length", square(u).equals(d * expectation(y**2)))
length_mean = theorem.given("length of the average", square(mean(w * u)).equals(d * expectation(m**2)))

# %% [markdown]
# ## Claims
# For each coordinate, and for vectors.

# %%
coordinate, vectors = theorem.claim(
    m**2 <= kappa * mean(w * y**2),
    square(mean(w * u)) <= kappa * mean(w * square(u)),
)

# %% [markdown]
# ## Proof
# The Cauchy-Schwarz inequality with the weights, where b_i = b_i^2 and y_i = b_i y_i; then the mean over coordinates.

# %%
squares = theorem.average("owners, squared", mean(w * b**2).equals(mean(w * b)), owner, weight=w)
zeros = theorem.average("average over owners", mean(w * y).equals(mean(w * b * y)), pattern, weight=w)
one = theorem.combine(
    "one coordinate",
    coordinate,
    [(m**2 / kappa, owners), (m**2 / kappa, squares), (2 * m, zeros)],
    mean_squares=[(w / kappa, kappa * y - m * b)],
)
all_of_them = theorem.expect("all coordinates", expectation(m**2) <= expectation(kappa * mean(w * y**2)), one)
lengths = theorem.average("lengths", mean(w * square(u)).equals(mean(w * d * expectation(y**2))), length, weight=w)
theorem.qed(one, theorem.combine("vectors", vectors, [(d, all_of_them), (-kappa, lengths), length_mean]))

# %%
theorem.survivors = {
    "the lower bound of w_i not strict": "agents of weight zero may be left out",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
