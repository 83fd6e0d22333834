# %% [markdown]
# # One step of compressed gradient descent with one agent decreases f
#
# x+ = x - gamma c, where c is the compressed gradient h of f at x. f need not be convex. With several agents the method
# may diverge at every step size (`dcgd_diverges`).

# %%
from eftheory.methods import CGD
from eftheory.proofkit import OneStep, Theorem, expectation, inner, square

theorem = Theorem(
    "cgd_descent",
    "A step of compressed gradient descent with one agent decreases E f by (gamma alpha/2) ||grad f||^2 at least",
)

alpha = theorem.parameter("alpha", latex=r"\alpha")
L = theorem.parameter("L", above=0)
step = theorem.parameter("gamma", at_least=0, at_most=1 / L, latex=r"\gamma")
f, f_next = theorem.scalar("f"), theorem.scalar("f+", random=True, latex="f^{+}")
h, c = theorem.vector("h"), theorem.vector("c", random=True)

# %% [markdown]
# ## Hypotheses
# That f is L-smooth is used as the quadratic upper bound from x to x+, for every outcome of the compressor.

# %%
new = OneStep(CGD, {"step_size": step}, gradient=h, compress=c)
p = new.move("x", -step * c)
smooth = theorem.given("f is smooth", f_next <= f + inner(h, p) + L / 2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))

# %% [markdown]
# ## Claim

# %%
one_step = theorem.claim(expectation(f_next) <= f - step * alpha / 2 * square(h))

# %% [markdown]
# ## Proof
# As 2 <h, c> = ||h||^2 + ||c||^2 - ||c - h||^2, a step that is not longer than 1/L decreases f along each path by
# gamma/2 ||h||^2, but for gamma/2 times the compressor's error.

# %%
left = f - step / 2 * square(h) + step / 2 * square(c - h)
descent = theorem.combine("along each path", f_next <= left, [smooth], squares=[(step * (1 - L * step) / 2, c)])
expected = theorem.expect("in expectation", expectation(f_next) <= expectation(left), descent)
theorem.qed(theorem.combine("one step", one_step, [expected, (step / 2, compressor)]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
