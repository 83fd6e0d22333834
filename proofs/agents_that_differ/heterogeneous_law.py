# %% [markdown]
# # EF21 with agents that differ: the contraction law (Theorem A), for every number of agents
#
# In words: however many agents there are and however they differ, two numbers decide how fast EF21 is: the mean and the
# mean square of how far their curvatures spread.
#
# f_i is L_i-smooth and mu_i-strongly convex, sigma_i = L_i + mu_i and k_i = (L_i - mu_i)/sigma_i. The rate depends on
# the agents through two moments only, weighted with sigma_i/S where S = mean sigma_i: m, that of k_i, and K, that of
# k_i^2. For equal agents, K = m^2 and the law is that of `ef21_equal_agents`.
#
# What belongs to an agent is written as sigma_i times a vector: its estimate d_i is g_i - sigma_i U_i, and the message
# sigma_i b_i. So V = mean ||g_i - d_i||^2/sigma_i + (s/S) ||mean g_i||^2 has no sigma_i below a line.

# %%
from eftheory.methods import EF21
from eftheory.proofkit import OneStep, Theorem, expectation, mean, square

theorem = Theorem("heterogeneous_law", "One step of EF21 shrinks V by the root of a cubic, for any agents")

s = theorem.parameter("s", above=0, below=1)
rho = theorem.parameter("rho", above=s, below=1, latex=r"\rho")
S = theorem.parameter("S", above=0)
m = theorem.parameter("m", above=0)
sigma = theorem.parameter("sigma", above=0, indexed=True, latex=r"\sigma")
k = theorem.parameter("k", at_least=0, indexed=True)
g = theorem.vector("g", indexed=True)
U = theorem.vector("U", indexed=True)
r = theorem.vector("r", indexed=True)
b = theorem.vector("b", indexed=True, random=True)

# %% [markdown]
# ## Symbols
# - `rho`: the rate: V is at most rho times as large after a round
# - `S`: the mean of the sigma_i
# - `m`: the mean of the k_i, with weights sigma_i/S
# - `U_i`: the error of the estimate of agent i, over sigma_i
# - `r_i`: how the gradient of f_i leaves the middle of its range, a vector not longer than p
# - `b_i`: what the compressor of agent i returns, over sigma_i
# - `s`: the root of 1 - alpha: a compressor errs by at most s times the length of what it is given

# %% [markdown]
# ## One step
# x moves by p, and the gradients by (sigma_i/2) p + (delta_i/2) r_i with delta_i = L_i - mu_i = k_i sigma_i.

# %%
step = 2 / S * (1 - s) / (1 + s)
d = g - sigma * U
p = -step * mean(d)
g_after = g + sigma / 2 * p + k * sigma / 2 * r
new = OneStep(EF21, {"step_size": step}, {"d": d}, gradient=g_after, compress=sigma * b)
new.move("x", p)
error_after = g_after - new.d
U_after = U + p / 2 + k * r / 2 - b

# %% [markdown]
# ## Hypotheses
# S and m are what they are called; the cubic of the law is not negative at rho (its largest root is such a number, by
# `law_root`). Of each function, the two-point inequality (`two_point`): r_i is not longer than p. Of each compressor,
# its contraction, given all that came before; nothing about how they depend on each other.

# %%
contraction = (1 - s) ** 2 / (1 + s)
K = mean(sigma * k**2) / S
total = theorem.given("S", mean(sigma).equals(S))
first_moment = theorem.given("m", mean(sigma * k).equals(S * m))
law = theorem.given(
    "law",
    contraction * m**2 * rho * (rho - s**3) <= (rho - s) * (rho**2 - (s + s**2 + contraction * s * K) * rho + s**3),
)
two_points = theorem.given("two points", square(r) <= square(p))
compressor = theorem.given("compressor", expectation(square(sigma * b - new.sent)) <= s**2 * square(new.sent))

# %% [markdown]
# ## Claims
# U_after is the error after the step, over sigma_i; so the second line is about V at both times. Of what V is made of
# after the step, only the errors are random.

# %%
V = mean(sigma * square(U)) + s / S * square(mean(g))
expected_V_after = mean(sigma * expectation(square(U_after))) + s / S * square(mean(g_after))
claims = theorem.claim(error_after.equals(sigma * U_after), expected_V_after <= rho * V)

# %% [markdown]
# ## Proof
# Scaled, this is `weighted_law`, with the weights sigma_i/S.

# %%
scaled_error = theorem.identity(
    "error after", claims[0], prose="The error after the round, written with sigma_i before it."
)
weights = theorem.combine(
    "weights", mean(sigma / S).equals(1), [(1 / S, total)], prose="The weights sigma_i/S have mean 1."
)
moment = theorem.combine(
    "first moment", mean(sigma / S * k).equals(m), [(1 / S, first_moment)], prose="Their first moment is m."
)
compressed = U + p / 2 + k * r / 2
scaled = theorem.cancel(
    "compressor, scaled",
    expectation(square(b - compressed)) <= s**2 * square(compressed),
    compressor,
    sigma**2,
    prose="Divide by sigma_i^2: a contraction does not mind the scale.",
)
errors = theorem.average(
    "errors",
    mean(sigma * expectation(square(b - compressed))) <= mean(sigma * (s**2 * square(compressed))),
    scaled,
    weight=sigma,
    prose="Average over the agents, with the weights sigma_i.",
)
bound = theorem.lemma(
    "weighted law",
    s**2 * mean(sigma / S * square(compressed)) + s * square(mean(g_after) / S)
    <= rho * (mean(sigma / S * square(U)) + s * square(mean(g) / S)),
    "weighted_law",
    {
        theorem.scalar("w", indexed=True): sigma / S,
        theorem.vector("p"): p,
    },
    given=[weights, moment, law, two_points],
    prose="What is left is about vectors of one scale: the law with weights.",
)
theorem.qed(
    scaled_error, theorem.combine("one step", claims[1], [errors, (S, bound)], prose="Put the two together, times S.")
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
