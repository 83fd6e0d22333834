# %% [markdown]
# # Compressed gradient descent with one agent, for smooth functions
#
# x+ = x - gamma c, where c is the compressed gradient h of f at x. f need not be convex, and any step up to 1/L will
# do, however strong the compression.

# %%
from eftheory.methods import CGD
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, square

theorem = Theorem(
    "cgd_nonconvex", "Compressed gradient descent with one agent finds points of small gradient at the rate 1/T"
)

alpha = theorem.parameter("alpha", above=0, latex=r"\alpha")
L = theorem.parameter("L", above=0)
step = theorem.parameter("gamma", above=0, at_most=1 / L, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", random=True, latex="f^{+}")
h, c = theorem.vector("h"), theorem.vector("c", random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound. That f is L-smooth is used as the quadratic upper bound from x to x+, for every
# outcome of the compressor.

# %%
new = OneStep(CGD, {"step_size": step}, gradient=h, compress=c)
p = new.move("x", -step * c)
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(h, p) + L / 2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))

# %% [markdown]
# ## Claim
# The mean of E ||grad f||^2 over the first T points is small; f0 belongs to the start.

# %%
average, f_0 = theorem.scalar("average"), theorem.scalar("f0", latex="f^{0}")
small = theorem.claim(average <= 2 * f_0 / (step * alpha * T))

# %% [markdown]
# ## Proof
# Sum over time what each step decreases f by.

# %%
one_step = theorem.lemma(
    "one step", expectation(f_next) <= f - step * alpha / 2 * square(h), "cgd_descent", given=[smooth, compressor]
)
total = theorem.telescope(
    "sum over time",
    step * alpha / 2 * average <= f_0 / T,
    Telescoped(one_step, f, {f: f_next}, step * alpha / 2, square(h), bounded, average, {f: f_0}, T),
)
theorem.qed(theorem.cancel("small gradients", small, total, step * alpha / 2))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
