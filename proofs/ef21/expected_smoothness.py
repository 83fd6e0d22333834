# %% [markdown]
# # The contraction lemma of EF21 under expected smoothness
#
# As `stochastic_contraction`: g+_i = g_i + C(h+_i + n_i - g_i), where h+_i + n_i is the mean of tau_i sample gradients
# of f_i at x+. The noise need not be bounded: a sample gradient has E ||.||^2 <= 2 A_i (f_i - inf f_i) + B_i ||h+_i||^2
# + C_i, the model of [FatkhullinEtAl2021]. What is paid instead of the variance grows with the values of the f_i.

# %%
from eftheory.proofkit import Theorem, expectation, mean, square

theorem = Theorem(
    "expected_smoothness",
    "Under expected smoothness, estimates of EF21 contract up to the move of the gradients and a multiple of the f_i",
    source="own constants, for EF21-SGD of [FatkhullinEtAl2021]",
)

q = theorem.parameter("q", above=0, below=1)
L = theorem.parameter("L", indexed=True)
A_i = theorem.parameter("A", indexed=True)
B_i = theorem.parameter("B", at_least=1, indexed=True)
C_i = theorem.parameter("C", indexed=True)
v = theorem.parameter("v", at_least=0, indexed=True)
A = theorem.parameter("Atilde", latex=r"\tilde A")
F_next = theorem.scalar("F+", indexed=True, latex="F^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
n, c = theorem.vector("n", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)
p = theorem.vector("p")

# %% [markdown]
# ## Hypotheses
# alpha = 1 - q^4. F+_i is f_i at x+, less its infimum; it is at least ||h+_i||^2/(2 L_i), as f_i is L_i-smooth. The
# variance of one sample gradient is its E ||.||^2 less ||h+_i||^2, and that of the mean of tau_i independent ones is
# v_i = 1/tau_i times this.

# %%
alpha = 1 - q**4
sent = h_next + n - g
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
unbiased = theorem.given("unbiased", expectation(n).equals(0 * h))
variance = theorem.given(
    "variance", expectation(square(n)) <= v * (2 * A_i * F_next + (B_i - 1) * square(h_next) + C_i)
)
largest = theorem.given("Atilde", 2 * v * (A_i + L * (B_i - 1)) <= A)
bounded = theorem.given("f_i is bounded below", F_next >= 0)
least = theorem.given("f_i is smooth, down to its infimum", square(h_next) <= 2 * L * F_next)
smooth = theorem.given("f_i is smooth", square(h_next - h) <= L**2 * square(p))

# %% [markdown]
# ## Claims
# The variance of an agent, and the contraction, with the constants of `stochastic_contraction`.

# %%
theta, beta, noise = 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
error, error_next = square(g - h), square(g + c - h_next)
one_variance, contraction = theorem.claim(
    expectation(square(n)) <= A * F_next + v * C_i,
    expectation(mean(error_next))
    <= (1 - theta) * mean(error) + beta * mean(L**2) * square(p) + noise * (A * mean(F_next) + mean(v * C_i)),
)

# %% [markdown]
# ## Proof
# Large gradients mean large values, so the values alone bound the variance. The rest is as in `stochastic_contraction`:
# Young's inequality twice, to split the noise off, and to split h+_i - g_i into h_i - g_i and h+_i - h_i.

# %%
own_variance = theorem.combine(
    "variance of one agent", one_variance, [variance, (v * (B_i - 1), least), (F_next, largest)]
)
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
    expectation(error_next) <= q**2 * error + beta * square(h_next - h) + noise * (A * F_next + v * C_i),
    [expected, (1 / q, compressor), (noise, own_variance), (2 * q**3 * (h_next - g), unbiased)],
    squares=[(q**2 / (1 - q), (1 - q) * (h - g) - q * (h_next - h))],
)
errors = theorem.average(
    "errors",
    mean(expectation(error_next)) <= mean(q**2 * error + beta * square(h_next - h) + noise * (A * F_next + v * C_i)),
    own,
)
moves = theorem.average("moves", mean(square(h_next - h)) <= mean(L**2) * square(p), smooth)
theorem.qed(own_variance, theorem.combine("all agents", contraction, [errors, (beta, moves)]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
