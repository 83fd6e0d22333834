# %% [markdown]
# # EF21 with steps that do not increase
#
# The setting of `ef21_nonconvex`, with a step gamma of its own at each time; gamma+ is that of the next time. Any
# sequence will do that does not increase, once each step is short enough.

# %%
from eftheory.methods import EF21
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_decreasing_steps",
    "EF21 with steps that do not increase: the mean of gamma_t E ||grad f(x_t)||^2 over T steps falls like 1/T",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L")
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
T = theorem.parameter("T", above=0)
step, step_next = theorem.scalar("gamma", latex=r"\gamma"), theorem.scalar("gamma+", latex=r"\gamma^{+}")
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
H, H_next = theorem.scalar("H"), theorem.scalar("H+", random=True, latex="H^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# Those of `ef21_nonconvex` at every time, with the step of that time. H is the step times the error of the estimates.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
new = OneStep(EF21, {"step_size": step}, {"d": g}, gradient=h_next, compress=c)
p = new.move("x", -step * mean(g))
positive = theorem.given("steps", step >= 0)
no_longer = theorem.given("steps do not increase", step_next <= step)
short = theorem.given("short step", (xi * L_tilde * step) ** 2 + L * step <= 1)
now = theorem.given("H now", H.equals(step * mean(square(g - h))))
after = theorem.given("H next", H_next.equals(step_next * mean(square(new.d - h_next))))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))

# %% [markdown]
# ## Claim
# The average is (1/T) times the sum of gamma_t E ||grad f(x_t)||^2 over the first T points. So E ||grad f||^2 at one
# drawn with probabilities in proportion to the steps is at most (2 f0 + H0/theta) over the sum of the steps. f0 and H0
# belong to the start.

# %%
average = theorem.scalar("average")
f_0, H_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("H0", latex="H^{0}")
small = theorem.claim(average <= (2 * f_0 + H_0 / theta) / T)

# %% [markdown]
# ## Proof
# By the contraction lemma, as in `ef21_nonconvex`; that the next step is no longer makes the next H smaller.

# %%
beta = s**2 / (1 - s)
error_next = expectation(mean(square(new.d - h_next)))
contraction = theorem.lemma(
    "contraction",
    error_next <= (1 - theta) * mean(square(g - h)) + beta * mean(L_i**2) * square(p),
    "theta_beta",
    {theorem.vector("p"): p, theorem.scalar("y"): 1},
    given=[compressor, smooth_i],
)
expected = theorem.expect("H next, expected", expectation(H_next).equals(step_next * error_next), after)
less = theorem.combine(
    "with the old step", expectation(H_next) <= step * error_next, [(error_next, no_longer)], modulo=[expected]
)
V = 2 * theta * f + H
one_step = theorem.combine(
    "one step",
    2 * theta * f_next + expectation(H_next) <= V - theta * (step * square(mean(h))),
    [(2 * theta, smooth), less, (step, contraction), (theta * step * square(mean(g)), short)],
    mean_squares=[(theta * step, (g - h) - mean(g - h))],
    modulo=[constants, now],
)

# %% [markdown]
# Sum over time.

# %%
errors = theorem.positive("errors", step * mean(square(g - h)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [(2 * theta, bounded), errors], modulo=[now])
total = theorem.telescope(
    "sum over time",
    theta * average <= (2 * theta * f_0 + H_0) / T,
    Telescoped(one_step, V, {f: f_next, H: H_next}, theta, step * square(mean(h)), start, average, {f: f_0, H: H_0}, T),
)
theorem.qed(theorem.cancel("weighted gradients", small, total, theta))

# %%
theorem.survivors = {
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
