# %% [markdown]
# # Constants of a mean: L <= arithmetic mean <= quadratic mean
#
# If every f_i is L_i-smooth, their mean is smooth with the mean of the L_i, both in the sense of gradients and in
# that of the quadratic upper bound; and that mean is at most the root of the mean of the L_i^2, in which EF21 was
# first analysed.

# %%
from eftheory.proofkit import Theorem, inner, mean, square

theorem = Theorem(
    "means_of_constants",
    "A mean of functions is smooth with the mean of their constants, which the quadratic mean exceeds",
    source="[RichtarikGasanovBurlachenko2024]",
)

A = theorem.parameter("A", above=0)
Q = theorem.parameter("Q", at_least=0)
L = theorem.parameter("L", at_least=0, indexed=True)
p = theorem.vector("p")
u, h = theorem.vector("u", indexed=True), theorem.vector("h", indexed=True)
f, f_next = theorem.scalar("f", indexed=True), theorem.scalar("f+", indexed=True, latex="f^{+}")

# %% [markdown]
# ## Hypotheses
# A and Q are the arithmetic and the quadratic mean of the L_i. When x moves by p, the gradient h_i of f_i moves by
# L_i u_i with ||u_i|| <= ||p||: this is the definition of L_i-smooth.

# %%
arithmetic = theorem.given("A", mean(L).equals(A))
quadratic = theorem.given("Q", mean(L**2).equals(Q**2))
lipschitz = theorem.given("gradients", square(u) <= square(p))
upper_bound = theorem.given("upper bounds", f_next <= f + inner(h, p) + L / 2 * square(p))

# %% [markdown]
# ## Claims

# %%
gradient, value, means = theorem.claim(
    square(mean(L * u)) <= A**2 * square(p),
    mean(f_next) <= mean(f) + inner(mean(h), p) + A / 2 * square(p),
    A <= Q,
)

# %% [markdown]
# ## Proof
# Cauchy-Schwarz with weights L_i for the gradients, an average for the upper bounds, and a variance for the means.

# %%
moves = theorem.average("gradients, averaged", mean(L * square(u)) <= mean(L) * square(p), lipschitz, weight=L)
values = theorem.average(
    "upper bounds, averaged", mean(f_next) <= mean(f + inner(h, p) + L / 2 * square(p)), upper_bound
)
squares = theorem.combine("squared means", A**2 <= Q**2, [quadratic], mean_squares=[(1, L - A)], modulo=[arithmetic])
theorem.qed(
    theorem.combine(
        "gradient of the mean",
        gradient,
        [(A, moves)],
        mean_squares=[(A * L, u - mean(L * u) / A)],
        modulo=[arithmetic],
    ),
    theorem.combine("upper bound of the mean", value, [values], modulo=[arithmetic]),
    theorem.root("means", means, squares),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
