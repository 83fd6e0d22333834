# %% [markdown]
# # No quadratic has bounded gradients, and no different ones have bounded dissimilarity
#
# Analyses before EF21 assume ||grad f_i(x)||^2 <= B everywhere, or that the mean of ||grad f_i(x) - grad f(x)||^2 is at
# most B. A quadratic <x, H x>/2 + <h, x> violates the first for every B, unless H is 0, and agents with the quadratics
# <x, A_i x>/2 + <b_i, x> the second, unless all A_i are equal.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem(
    "quadratics_violate_bounded_gradients",
    "For any bound there are two points, at one of which a quadratic's gradient, or agents' dissimilarity, exceeds it",
    source="own",
)

B = theorem.parameter("B", at_least=0)
size = theorem.parameter("t", above=0)
spread = theorem.parameter("v", above=0)
H, h = theorem.linear("H"), theorem.vector("h")
A, b = theorem.linear("A", indexed=True), theorem.vector("b", indexed=True)
u, w = theorem.vector("u"), theorem.vector("w")

# %% [markdown]
# ## Symbols
# - `h`: the linear part of the quadratic <x, H x>/2 + <h, x>
# - `b_i`: the linear part of agent i's quadratic
# - `u`: a direction in which the quadratic is curved
# - `w`: a direction in which the agents' curvatures differ

# %% [markdown]
# ## Hypotheses
# H u is not 0, nor is the variance of the A_i w. There are such u and w unless H is 0, or all A_i are equal.

# %%
steep = theorem.given("steep", square(H(u)) >= size)
different = theorem.given("different", mean(square(A(w) - mean(A(w)))) >= spread)

# %% [markdown]
# ## Claims
# At x and at -x: the mean of the two squared gradients. At y and at -y: the mean of the two dissimilarities.

# %%
x, y = (1 + B + size) / size * u, (1 + B + spread) / spread * w


def dissimilarity(point):
    """The mean squared distance of the agents' gradients from their mean."""
    return mean(square(A(point) + b - mean(A(point) + b)))


gradients, dissimilarities = theorem.claim(
    (square(H(x) + h) + square(H(-x) + h)) / 2 > B,
    (dissimilarity(y) + dissimilarity(-y)) / 2 > B,
)

# %% [markdown]
# ## Proof
# In the mean over two opposite points what is constant adds its square, and nothing else. And (1 + B + v)^2/v > B.

# %%
long = theorem.positive("gradients are long", (1 + B + size) ** 2 / size > B)
apart = theorem.positive("gradients are apart", (1 + B + spread) ** 2 / spread > B)
theorem.qed(
    theorem.combine("gradients", gradients, [long, ((1 + B + size) ** 2 / size**2, steep)], squares=[(1, h)]),
    theorem.combine(
        "dissimilarities",
        dissimilarities,
        [apart, ((1 + B + spread) ** 2 / spread**2, different)],
        mean_squares=[(1, b - mean(b))],
    ),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
