# %% [markdown]
# # Compressed gradient descent with one agent, under the Polyak-Lojasiewicz inequality
#
# The setting of `cgd_nonconvex`, and in addition 2 mu (f - f*) <= ||grad f||^2. f need not be convex; for strongly
# convex f there is the tight rate of `cgd`.

# %%
from eftheory.methods import CGD
from eftheory.proofkit import Decay, OneStep, Theorem, expectation, inner, square

theorem = Theorem(
    "cgd_pl",
    "Compressed gradient descent with one agent converges linearly if f satisfies the Polyak-Lojasiewicz inequality",
)

alpha = theorem.parameter("alpha", above=0, at_most=1, latex=r"\alpha")
L = theorem.parameter("L", above=0)
mu = theorem.parameter("mu", above=0, at_most=L, latex=r"\mu")
step = theorem.parameter("gamma", above=0, at_most=1 / L, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", random=True, latex="f^{+}")
h, c = theorem.vector("h"), theorem.vector("c", random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from f*. That mu is at most L holds for every smooth f that is not
# constant.

# %%
new = OneStep(CGD, {"step_size": step}, gradient=h, compress=c)
p = new.move("x", -step * c)
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(h))
smooth = theorem.given("f is smooth", f_next <= f + inner(h, p) + L / 2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
f_0 = theorem.scalar("f0", latex="f^{0}")

# %% [markdown]
# ## Claims
# f - f* shrinks by 1 - gamma alpha mu < 1 in each step, hence over T steps by its power, which tends to zero as T
# grows.

# %%
power = theorem.scalar("(1 - gamma alpha mu)^T", latex=r"(1 - \gamma \alpha \mu)^T")
over_time = Decay(theorem, f, step * alpha * mu, T, power, {f: (f_0, f_next)})
shrinks, below_one, _, _, _ = theorem.claim(*over_time.claims)

# %% [markdown]
# ## Proof
# The step of `cgd_nonconvex`, and the inequality.

# %%
descent = theorem.lemma(
    "descent", expectation(f_next) <= f - step * alpha / 2 * square(h), "cgd_descent", given=[smooth, compressor]
)
one_step = theorem.combine("one step", shrinks, [descent, (step * alpha / 2, pl)])

# %% [markdown]
# The rate is not negative, as gamma mu <= mu/L <= 1. Repeat, and use Bernoulli's inequality.

# %%
repeated = over_time.repeat(one_step)
limits = over_time.vanish()
theorem.qed(one_step, theorem.positive("rate below 1", below_one), repeated, *limits)

# %%
theorem.survivors = {"claim 2: *": "only the sign matters"}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
