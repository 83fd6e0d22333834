# %% [markdown]
# # The contraction lemma of EF21 with stochastic gradients
#
# Each agent compresses the difference between a noisy gradient h+_i + n_i and its estimate: g+_i = g_i + C(h+_i + n_i -
# g_i). With alpha = 1 - q^4 the error of the estimates contracts by q^2 = sqrt(1-alpha), as without noise; what is paid
# is a larger constant for the move of the gradient, and a multiple of the variance.

# %%
from eftheory.proofkit import Theorem, expectation, mean, square

theorem = Theorem(
    "stochastic_contraction",
    "Estimates of EF21 contract up to the move of the gradients and their noise",
    source="own, for the stochastic EF21 of [RichtarikSokolovFatkhullin2021]",
)

q = theorem.parameter("q", above=0, below=1)
N = theorem.parameter("N")
L = theorem.parameter("L", indexed=True)
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
n = theorem.vector("n", indexed=True, random=True)
c = theorem.vector("c", indexed=True, random=True)
p = theorem.vector("p")

# %% [markdown]
# ## Hypotheses
# Expectations are over samples and compressors, given h_i, h+_i and g_i. The compressor contracts for each sample,
# hence also in the mean over samples. The noise has mean zero and variance at most N: sigma^2/tau for tau samples.
# Noise and compressors of different agents may depend on each other.

# %%
alpha = 1 - q**4
sent = h_next + n - g
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
unbiased = theorem.given("unbiased", expectation(n).equals(0 * h))
variance = theorem.given("variance", expectation(square(n)) <= N)
smooth = theorem.given("smooth", square(h_next - h) <= L**2 * square(p))

# %% [markdown]
# ## Claims
# The contraction, and what its constants are in terms of alpha.

# %%
theta, beta, noise = 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
error, error_next = square(g - h), square(g + c - h_next)
contraction, *bounds = theorem.claim(
    expectation(mean(error_next)) <= (1 - theta) * mean(error) + beta * mean(L**2) * square(p) + noise * N,
    alpha / 2 < theta,
    beta < 4 / alpha,
    noise < 4 / alpha,
    noise / theta < 8 / alpha**2,
)

# %% [markdown]
# ## Proof
# Young's inequality twice: to split the noise off, and to split h+_i - g_i into h_i - g_i and h+_i - h_i. Between the
# two, the compressor's input has the square ||h+_i - g_i||^2 plus the variance.

# %%
split = theorem.combine(
    "noise split off",
    error_next <= square(c - sent) / q + square(n) / (1 - q),
    squares=[(1 / (q * (1 - q)), (1 - q) * (c - sent) - q * n)],
)
expected = theorem.expect(
    "noise split off, expected",
    expectation(error_next) <= expectation(square(c - sent) / q + square(n) / (1 - q)),
    split,
)
own = theorem.combine(
    "one agent",
    expectation(error_next) <= q**2 * error + beta * square(h_next - h) + noise * N,
    [expected, (1 / q, compressor), (noise, variance), (2 * q**3 * (h_next - g), unbiased)],
    squares=[(q**2 / (1 - q), (1 - q) * (h - g) - q * (h_next - h))],
)
errors = theorem.average(
    "errors", mean(expectation(error_next)) <= mean(q**2 * error + beta * square(h_next - h) + noise * N), own
)
moves = theorem.average("moves", mean(square(h_next - h)) <= mean(L**2) * square(p), smooth)
all_agents = theorem.combine("all agents", contraction, [errors, (beta, moves)])

# %% [markdown]
# The bounds are inequalities between polynomials of q on (0, 1).

# %%
names = ("theta", "beta", "noise", "noise over theta")
theorem.qed(all_agents, *(theorem.positive(name, bound) for name, bound in zip(names, bounds)))

# %%
theorem.survivors = {
    "claim 2: *": "the bounds are simple, not exact",
    "claim 3: *": "the bounds are simple, not exact",
    "claim 4: *": "the bounds are simple, not exact",
    "claim 5: *": "the bounds are simple, not exact",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
