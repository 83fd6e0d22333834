# %% [markdown]
# # EF21 with agents that differ: the contraction law (Theorem A), for every number of agents
#
# f_i is L_i-smooth and mu_i-strongly convex, sigma_i = L_i + mu_i, k_i = (L_i - mu_i)/sigma_i, and S is the sum of the
# sigma_i. The weights w_i = n sigma_i/S have the mean 1. All vectors are divided by S/n or, if they belong to an
# agent, by sigma_i: U_i = (g_i - d_i)/sigma_i and gamma = (1/S) sum g_i. One step moves x by p = -(eta/n) sum d_i with
# eta = (2n/S)(1-s)/(1+s), and between x and x+ the gradient of f_i turns into g_i + (sigma_i/2) p + (delta_i/2) r_i
# with ||r_i|| <= ||p||: the sum of its two interpolation inequalities.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem("heterogeneous_law", "One step of EF21 shrinks V by the root of a cubic, for any agents")

s = theorem.parameter("s", above=0, below=1)
rho = theorem.parameter("rho", above=s, below=1, latex=r"\rho")
m = theorem.parameter("m", above=0, at_most=1)
w = theorem.parameter("w", above=0, indexed=True)
k = theorem.parameter("k", above=0, at_most=1, indexed=True)
U = theorem.vector("U", indexed=True)
r = theorem.vector("r", indexed=True)
gamma = theorem.vector("gamma", latex=r"\gamma")

# %% [markdown]
# ## Hypotheses
# K = mean w_i k_i^2 enters through the law, which is linear in it: rho is a root of the cubic.

# %%
contraction = (1 - s) ** 2 / (1 + s)
step = 2 * (1 - s) / (1 + s)
weights = theorem.given("weights", mean(w).equals(1))
first_moment = theorem.given("first moment", mean(w * k).equals(m))
law = theorem.given(
    "law",
    mean(w * k * k).equals(
        ((rho - s) * (rho**2 + s**3 - (s + s**2) * rho) - contraction * m**2 * rho * (rho - s**3))
        / ((rho - s) * rho * contraction * s)
    ),
)
p = -step * (gamma - mean(w * U))
two_point = theorem.given("two points", square(r) <= square(p))

# %% [markdown]
# ## Claim
# The compressor replaces U_i by an error of square at most s^2 times that of its input.

# %%
compressed = U + p / 2 + k * r / 2
gamma_after = gamma + mean(w * (p + k * r)) / 2
V = mean(w * square(U)) + s * square(gamma)
V_after = s**2 * mean(w * square(compressed)) + s * square(gamma_after)
claim = theorem.claim(V_after <= rho * V)

# %% [markdown]
# ## Proof
# The multiplier of the two-point inequality is lambda_i; what is left over is a variance, a Cauchy-Schwarz gap and a
# square.

# %%
theorem.positive("rho above s^2", rho > s**2)
M = s * m * (rho - s**3) / (2 * (rho - s) * (rho - s**2))
multiplier = w * k * rho / 2 * (s**2 * k / (2 * (rho - s**2)) + M)
averaged = theorem.average(
    "two points, averaged", mean(multiplier * square(r)) <= mean(multiplier) * square(p), two_point, weight=multiplier
)
Z = U - s**2 / (2 * (rho - s**2)) * k * r
mean_Z, mean_y = mean(w * Z), mean(w * k * r)
one_step = theorem.combine(
    "one step",
    claim,
    [averaged],
    mean_squares=[((rho - s**2) * w, Z - mean_Z), (rho * M / 2 * w * k, r - mean_y / m)],
    squares=[((rho - s) / (1 + s), mean_Z - M / m * mean_y + s * gamma)],
    modulo=[weights, first_moment, law],
)
theorem.qed(one_step)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
