# %% [markdown]
# # Proximal EF21
#
# For f + psi with a convex psi: x+ = prox(x - gamma mean g_i), and g+_i = g_i + C(h+_i - g_i) with the gradients h_i
# of f_i. What becomes small is the generalised gradient (x - xbar)/gamma with xbar = prox(x - gamma grad f(x)), the
# step that exact gradients would take. Compared with the right things, nothing is lost: the constants are those of
# EF21 without psi.

# %%
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "ef21_prox",
    "Proximal EF21 makes generalised gradients small at the rate 1/T, with the constants of EF21",
    source="own constants, for EF21-Prox of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", at_least=0, latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
psi, psi_next = theorem.scalar("psi", latex=r"\psi"), theorem.scalar("psi+", latex=r"\psi^{+}")
psi_bar = theorem.scalar("psibar", latex=r"\bar \psi")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
x, x_next, x_bar = theorem.vector("x"), theorem.vector("x+", latex="x^{+}"), theorem.vector("xbar", latex=r"\bar x")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# psi has the values psi, psi+ and psibar at x, x+ and xbar. A point y is prox(x - gamma v) if (x - y)/gamma - v is a
# subgradient of psi at y: its inequality is used between x+ and xbar, and between xbar and x. The rest is as in
# `ef21_nonconvex`; f + psi is measured from a lower bound.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
new = OneStep(EF21Prox, {"step_size": step}, {"d": g}, gradient=h_next, compress=c, prox=x_next)
p = new.move("x", x_next - x)
error, error_next = square(g - h), square(new.d - h_next)
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
bounded = theorem.given("bounded below", f + psi >= 0)
_slope = rewritten((new.asked("prox") - x_next) / step, (x - x_next) / step - mean(g))
prox = theorem.given("x+ is a prox", psi_bar >= psi_next + inner(_slope, x_bar - x_next))
prox_bar = theorem.given("xbar is a prox", psi >= psi_bar + inner((x - x_bar) / step - mean(h), x - x_bar))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", (xi * L_tilde * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of the expected squared generalised gradient over the first T points is small; any step gamma' up to 1/(L +
# Ltilde xi) is short enough.

# %%
generalised = (x - x_bar) / step
published = theorem.parameter("gamma'", above=0, at_most=1 / (L + L_tilde * xi), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
psi_0 = theorem.scalar("psi0", latex=r"\psi^{0}")
small, allowed = theorem.claim(
    average <= 2 * (f_0 + psi_0) / (step * T) + G_0 / (theta * T),
    (xi * L_tilde * published) ** 2 + L * published <= 1,
)

# %% [markdown]
# ## Proof
# The descent: what x+ and xbar minimise is strongly convex, so each is better than the other's choice by half the
# squared distance over gamma.

# %%
descent = theorem.combine(
    "descent",
    f_next + psi_next
    <= f + psi - step / 2 * square(generalised) + step / 2 * square(mean(g - h)) - (1 / (2 * step) - L / 2) * square(p),
    [smooth, prox, prox_bar],
    squares=[(1 / (2 * step), x_next - x_bar + step * mean(g - h))],
)

# %% [markdown]
# The rest is as for EF21.

# %%
beta = s**2 / (1 - s)
contraction = theorem.lemma(
    "contraction",
    expectation(mean(error_next)) <= (1 - theta) * mean(error) + beta * mean(L_i**2) * square(p),
    "theta_beta",
    {theorem.vector("p"): p, theorem.scalar("y"): 1},
    given=[compressor, smooth_i],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)
V = f + psi + step / (2 * theta) * G
one_step = theorem.combine(
    "one step",
    f_next + psi_next + step / (2 * theta) * expectation(G_next) <= V - step / 2 * square(generalised),
    [descent, (step / (2 * theta), contraction), (square(p) / (2 * step), short)],
    mean_squares=[(step / 2, (g - h) - mean(g - h))],
    modulo=[expected, constants, now],
)
errors = theorem.positive("errors at least zero", mean(error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta), errors)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + psi_0 + step / (2 * theta) * G_0) / T,
    Telescoped(
        one_step,
        V,
        {f: f_next, psi: psi_next, G: G_next},
        step / 2,
        square(generalised),
        start,
        average,
        {f: f_0, psi: psi_0, G: G_0},
        T,
    ),
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.positive("published step", allowed),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
