# %% [markdown]
# # From unbiased to contractive compressors
#
# c is a random C(v) with mean v and variance at most omega ||v||^2. Scaled down by 1 + omega it contracts with
# alpha = 1/(1 + omega). That is exact: the error is this large if the variance is, and no other scale is better then.

# %%
from eftheory.proofkit import Theorem, expectation, inner, square

theorem = Theorem(
    "unbiased_to_contractive",
    "An unbiased compressor of variance omega, scaled by 1/(1 + omega), contracts with alpha = 1/(1 + omega)",
    source="[RichtarikSokolovFatkhullin2021]; exactness: own",
)

omega = theorem.parameter("omega", at_least=0, latex=r"\omega")
scale = theorem.parameter("lambda", latex=r"\lambda")
v = theorem.vector("v")
c = theorem.vector("c", random=True)

# %% [markdown]
# ## Hypotheses
# Of E c = v, what is used is its inner product with v.

# %%
unbiased = theorem.given("unbiased", inner(expectation(c), v).equals(square(v)))
variance = theorem.given("variance", expectation(square(c - v)) <= omega * square(v))

# %% [markdown]
# ## Claims
# The contraction; the error at any scale lambda, exactly; and, where the variance is omega ||v||^2, its factor at
# lambda is at least that at 1/(1 + omega), which is attained.

# %%
alpha = 1 / (1 + omega)
contracts, exactly, best, attained = theorem.claim(
    expectation(square(c / (1 + omega) - v)) <= (1 - alpha) * square(v),
    expectation(square(scale * c - v)).equals((1 - scale) ** 2 * square(v) + scale**2 * expectation(square(c - v))),
    1 - alpha <= (1 - scale) ** 2 + scale**2 * omega,
    (1 - alpha).equals((1 - alpha) ** 2 + alpha**2 * omega),
)

# %% [markdown]
# ## Proof
# As c - v has mean zero, the cross term of (1 - lambda) v and lambda (c - v) vanishes; then compare squares.

# %%
theorem.qed(
    theorem.combine(
        "contraction", contracts, [(1 / (1 + omega) ** 2, variance), (-2 * omega / (1 + omega) ** 2, unbiased)]
    ),
    theorem.combine("any scale", exactly, [(-2 * scale * (1 - scale), unbiased)]),
    theorem.combine("best scale", best, squares=[(1 + omega, scale - alpha)]),
    theorem.identity("attained", attained),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
