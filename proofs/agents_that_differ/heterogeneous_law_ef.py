# %% [markdown]
# # EF with agents that differ: the contraction law, for every number of agents
#
# The same rate as EF21's (`heterogeneous_law`, where sigma_i, k_i, S, m and K are explained), if all f_i are stationary
# at the same x*. y is x - x*. What belongs to an agent is sigma_i times a vector: its error e_i is sigma_i u_i, and the
# message sigma_i b_i. V = mean ||e_i||^2/sigma_i + (s/S) ||y - mean e_i||^2.

# %%
from eftheory.methods import EF
from eftheory.proofkit import OneStep, Theorem, expectation, mean, square

theorem = Theorem("heterogeneous_law_ef", "One step of EF shrinks V by the root of a cubic, for any agents")

s = theorem.parameter("s", above=0, below=1)
rho = theorem.parameter("rho", above=s, below=1, latex=r"\rho")
S = theorem.parameter("S", above=0)
m = theorem.parameter("m", above=0)
sigma = theorem.parameter("sigma", above=0, indexed=True, latex=r"\sigma")
k = theorem.parameter("k", at_least=0, indexed=True)
y = theorem.vector("y")
u = theorem.vector("u", indexed=True)
r = theorem.vector("r", indexed=True)
b = theorem.vector("b", indexed=True, random=True)

# %% [markdown]
# ## One step
# The gradient at x is (sigma_i/2) y + (delta_i/2) r_i with delta_i = k_i sigma_i.

# %%
step = 2 / S * (1 - s) / (1 + s)
e = sigma * u
g = sigma / 2 * y + k * sigma / 2 * r
new = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=g, compress=sigma * b)
v, y_after, e_after = new.sent, new.x, new.e
compressed = u + step * (y / 2 + k * r / 2)
u_after = compressed - b

# %% [markdown]
# ## Hypotheses
# Those of `heterogeneous_law`; the two-point inequality is between x* and x.

# %%
contraction = (1 - s) ** 2 / (1 + s)
K = mean(sigma * k**2) / S
total = theorem.given("S", mean(sigma).equals(S))
first_moment = theorem.given("m", mean(sigma * k).equals(S * m))
law = theorem.given(
    "law",
    contraction * m**2 * rho * (rho - s**3) <= (rho - s) * (rho**2 - (s + s**2 + contraction * s * K) * rho + s**3),
)
two_points = theorem.given("two points", square(r) <= square(y))
compressor = theorem.given("compressor", expectation(square(sigma * b - v)) <= s**2 * square(v))

# %% [markdown]
# ## Claims
# y - mean e_i does not see what the compressors do; so, of what V is made of after the step, only the errors are
# random.

# %%
virtual = y - mean(e)
virtual_after = virtual - step * mean(g)
V = mean(sigma * square(u)) + s / S * square(virtual)
expected_V_after = mean(sigma * expectation(square(u_after))) + s / S * square(virtual_after)
claims = theorem.claim(
    e_after.equals(sigma * u_after), (y_after - mean(e_after)).equals(virtual_after), expected_V_after <= rho * V
)

# %% [markdown]
# ## Proof
# Scaled, and with u for -U, this is `weighted_law`.

# %%
scaled_error = theorem.identity("error after", claims[0])
no_noise = theorem.identity("virtual iterate", claims[1])
weights = theorem.combine("weights", mean(sigma / S).equals(1), [(1 / S, total)])
moment = theorem.combine("first moment", mean(sigma / S * k).equals(m), [(1 / S, first_moment)])
shorter = theorem.combine("two points, scaled", square(step * r) <= square(step * y), [(step**2, two_points)])
scaled = theorem.cancel(
    "compressor, scaled", expectation(square(b - compressed)) <= s**2 * square(compressed), compressor, sigma**2
)
errors = theorem.average(
    "errors",
    mean(sigma * expectation(square(b - compressed))) <= mean(sigma * (s**2 * square(compressed))),
    scaled,
    weight=sigma,
)
bound = theorem.lemma(
    "weighted law",
    s**2 * mean(sigma / S * square(compressed)) + s * square(virtual_after / S)
    <= rho * (mean(sigma / S * square(u)) + s * square(virtual / S)),
    "weighted_law",
    {
        theorem.scalar("w", indexed=True): sigma / S,
        theorem.vector("U", indexed=True): -u,
        theorem.vector("r", indexed=True): -step * r,
        theorem.vector("p"): -step * y,
    },
    given=[weights, moment, law, shorter],
)
theorem.qed(scaled_error, no_noise, theorem.combine("one step", claims[2], [errors, (S, bound)]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
