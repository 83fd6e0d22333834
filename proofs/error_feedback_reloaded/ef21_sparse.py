# %% [markdown]
# # EF21 with sparse gradients
#
# EF21, unchanged, with agents that know few features: agent i owns the coordinates in J_i, its gradients, estimates and
# messages vanish elsewhere, and the owners of any one coordinate weigh at most kappa n. With weights 1 this is that no
# coordinate matters to more than a share kappa of the agents. Averaging their errors gains the factor kappa, by
# `sparse_averages`; so kappa M^2 takes the place of M^2. As in `ef21_weighted_pl`, g_i = w_i D_i, h_i = w_i H_i, the
# message is w_i c_i and L_i = w_i K_i; w_i = 1 gives equal weights. alpha is that of the compressor on the vectors that
# it meets: for Top-k on vectors of r nonzeros, k/r.

# %%
from eftheory.methods.ef21_rare import EF21RF
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "ef21_sparse",
    "If the owners of any one coordinate weigh at most kappa n, EF21 takes steps up to 1/(L + sqrt(kappa) M xi)",
    source="own, for [RichtarikGasanovBurlachenko2024]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", at_least=0)
root_kappa = theorem.parameter("k", above=0)
d = theorem.parameter("d", at_least=1)
w = theorem.parameter("w", above=0, indexed=True)
K = theorem.parameter("K", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
D, H = theorem.vector("D", indexed=True), theorem.vector("H", indexed=True)
H_next = theorem.vector("H+", indexed=True, latex="H^{+}")
c = theorem.vector("c", indexed=True, random=True)
b, y = theorem.scalar("b", indexed=True, random=True), theorem.scalar("y", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# k^2 = kappa. As in `sparse_averages`, one of the d coordinates is drawn: there D_i - H_i, the error of the estimate
# over w_i, has the value y_i, and b_i is 1 if agent i owns the coordinate, else 0. If gradients and messages vanish
# outside J_i, so do estimates, which add messages up, and errors.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
kappa = root_kappa**2
g, h, h_next = w * D, w * H, w * H_next
new = OneStep(EF21RF, {"step_size": step}, {"d": g}, gradient=h_next, compress=w * c)
p = new.move("x", -step * mean(g))
rewritten(new.d - h_next, w * (D + c - H_next))
error, error_next = square(D - H), square(D + c - H_next)
owner = theorem.given("owner or not", (b**2).equals(b))
pattern = theorem.given("zero elsewhere", y.equals(b * y))
owners = theorem.given("owners", mean(w * b) <= kappa)
length = theorem.given("length", error.equals(d * expectation(y**2)))
length_mean = theorem.given(
    "length of the average", square(mean(w * (D - H))).equals(d * expectation(mean(w * y) ** 2))
)
constants = theorem.given("M", mean(w * K**2).equals(M**2))
now = theorem.given("G now", G.equals(mean(w * error)))
after = theorem.given("G next", G_next.equals(mean(w * error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= (w * K) ** 2 * square(p))
compressor = theorem.given("compressor", expectation(square(w * c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", (xi * root_kappa * M * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points is small; any step gamma' up to 1/(L + sqrt(kappa) M xi) is short.

# %%
published = theorem.parameter("gamma'", above=0, at_most=1 / (L + root_kappa * M * xi), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + kappa * G_0 / (theta * T),
    (xi * root_kappa * M * published) ** 2 + L * published <= 1,
)

# %% [markdown]
# ## Proof
# The contraction lemma for one agent, divided by w_i^2, averaged with the weights; V = f + gamma kappa/(2 theta) G.

# %%
beta = s**2 / (1 - s)
scaled_compressor = theorem.cancel(
    "compressor, scaled",
    expectation(square(c - (H_next - D))) <= (1 - alpha) * square(H_next - D),
    compressor,
    w**2,
)
scaled_smooth = theorem.cancel("f_i is smooth, scaled", square(H_next - H) <= K**2 * square(p), smooth_i, w**2)
one_agent = theorem.combine(
    "one agent",
    expectation(error_next) <= (1 - theta) * error + beta * K**2 * square(p),
    [scaled_compressor, (beta, scaled_smooth)],
    squares=[(s / (1 - s), (1 - s) * (H - D) - s * (H_next - H))],
)
errors = theorem.average(
    "errors",
    mean(w * expectation(error_next)) <= mean(w * ((1 - theta) * error + beta * K**2 * square(p))),
    one_agent,
    weight=w,
)
averaged = theorem.lemma(
    "averaged error",
    square(mean(w * (D - H))) <= kappa * mean(w * error),
    "sparse_averages",
    {theorem.scalar("kappa"): kappa, theorem.vector("u", indexed=True): D - H},
    given=[owner, pattern, owners, length, length_mean],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(w * error_next))), after)
weight = step * kappa / (2 * theta)
V = f + weight * G
one_step = theorem.combine(
    "one step",
    f_next + weight * expectation(G_next) <= V - step / 2 * square(mean(h)),
    [smooth, (weight, errors), (step / 2, averaged), (step / 2 * square(mean(g)), short)],
    modulo=[expected, constants, now],
)

# %% [markdown]
# Sum over time.

# %%
positive = theorem.positive("errors at least zero", mean(w * error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (weight, positive)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + weight * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(h)), start, average, {f: f_0, G: G_0}, T),
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.positive("published step", allowed),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'averaged error', values of u: *": "the lemma takes squares of u only",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
