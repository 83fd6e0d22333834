# %% [markdown]
# # EF21 needs the mean of the smoothness constants only
#
# The analysis of `ef21_nonconvex` gives all agents' errors the same weight, and the quadratic mean of the L_i comes
# out. Weights w_i of mean 1 are free: they change what is proved, not the method. Written in the scaled vectors H_i
# = h_i/w_i and D_i = g_i/w_i, with scaled constants K_i = L_i/w_i, the root of mean w_i K_i^2 takes the place of
# Ltilde. It is never below the mean of the L_i = w_i K_i, and w_i proportional to L_i attains that: then all K_i are
# equal.

# %%
from eftheory.proofkit import Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_weighted",
    "EF21 finds points of small gradient, with the mean of the smoothness constants in its step size",
    source="[RichtarikGasanovBurlachenko2024]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", at_least=0)
w = theorem.parameter("w", above=0, indexed=True)
K = theorem.parameter("K", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
D, H = theorem.vector("D", indexed=True), theorem.vector("H", indexed=True)
H_next = theorem.vector("H+", indexed=True, latex="H^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# The hypotheses of `ef21_nonconvex`, divided by w_i^2 where they are an agent's own; c_i is the message over w_i. The
# compressor's inequality survives the division: it need not be homogeneous.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
p = -step * mean(w * D)
error, error_next = square(D - H), square(D + c - H_next)
weights = theorem.given("weights", mean(w).equals(1))
constants = theorem.given("M", mean(w * K**2).equals(M**2))
now = theorem.given("G now", G.equals(mean(w * error)))
after = theorem.given("G next", G_next.equals(mean(w * error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(w * H), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(H_next - H) <= K**2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - (H_next - D))) <= (1 - alpha) * square(H_next - D))
short = theorem.given("short step", (xi * M * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; any step up to 1/(L + M xi) is short enough; M is at least the
# mean of the L_i, and its square is the square of that mean once the variance of the K_i vanishes.

# %%
published = theorem.parameter("gamma'", above=0, at_most=1 / (L + M * xi), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed, least, attained = theorem.claim(
    average <= 2 * f_0 / (step * T) + G_0 / (theta * T),
    (xi * M * published) ** 2 + L * published <= 1,
    mean(w * K) <= M,
    (M**2 - mean(w * K) ** 2).equals(mean(w * (K - mean(w * K)) ** 2)),
)

# %% [markdown]
# ## Proof
# The contraction lemma for one agent, averaged with the weights. By Jensen's inequality the squared error of mean
# w_i D_i is at most G.

# %%
beta = s**2 / (1 - s)
contraction = theorem.lemma(
    "contraction",
    expectation(error_next) <= (1 - theta) * error + beta * square(H_next - H),
    "theta_beta",
    {
        theorem.vector("g", indexed=True): D,
        theorem.vector("h", indexed=True): H,
        theorem.vector("h+", indexed=True): H_next,
        theorem.vector("p"): p,
        theorem.scalar("L", indexed=True): K,
        theorem.scalar("y"): 1,
    },
    given=[compressor, smooth_i],
)
errors = theorem.average(
    "contraction, averaged",
    mean(w * expectation(error_next)) <= mean(w * ((1 - theta) * error + beta * square(H_next - H))),
    contraction,
    weight=w,
)
moves = theorem.average("moves", mean(w * square(H_next - H)) <= mean(w * K**2) * square(p), smooth_i, weight=w)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(w * error_next))), after)
V = f + step / (2 * theta) * G
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta) * expectation(G_next) <= V - step / 2 * square(mean(w * H)),
    [
        smooth,
        (step / (2 * theta), errors),
        (step * beta / (2 * theta), moves),
        (step / 2 * square(mean(w * D)), short),
    ],
    mean_squares=[(step / 2 * w, (D - H) - mean(w * (D - H)))],
    modulo=[expected, constants, now, weights],
)

# %% [markdown]
# Sum over time; and the claims about M are a variance.

# %%
positive = theorem.positive("errors", mean(w * error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta), positive)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta) * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(w * H)), start, average, {f: f_0, G: G_0}, T),
)
squares = theorem.combine(
    "squared mean", mean(w * K) ** 2 <= M**2, [constants], mean_squares=[(w, K - mean(w * K))], modulo=[weights]
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.positive("published step", allowed),
    theorem.root("mean of the constants", least, squares),
    theorem.identity("variance of the constants", attained, [(-1, constants)], modulo=[weights]),
)

# %%
theorem.survivors = {
    "the lower bound of w_i not strict": "H_i = h_i/w_i asks for it, the proof does not",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
    "step 'contraction', values of L: *": "the lemma takes the square of L_i only",
    "claim 2: *": "there is room: x^2 + y <= 1 where x + y <= 1; `step_size_lemma` has the exact bound",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
