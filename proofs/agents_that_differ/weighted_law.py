# %% [markdown]
# # The contraction law behind EF21 and EF with agents that differ, in scaled vectors
#
# Agents have weights w_i of mean 1 and ratios k_i = (L_i - mu_i)/(L_i + mu_i). U_i is an error and gamma a mean
# gradient, scaled so that one step of EF21 and one of EF look alike (`heterogeneous_law`, `heterogeneous_law_ef`): p is
# the move, and p/2 + k_i r_i/2 the change of a gradient, with ||r_i|| <= ||p|| the two-point inequality (`two_point`).
# Agents enter the rate rho through m = mean w_i k_i and K = mean w_i k_i^2 only.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem("weighted_law", "One step of error feedback, scaled, shrinks V by a root of a cubic, for any agents")

s = theorem.parameter("s", above=0, below=1)
rho = theorem.parameter("rho", above=s, below=1, latex=r"\rho")
m = theorem.parameter("m", above=0)
w = theorem.parameter("w", above=0, indexed=True)
k = theorem.parameter("k", at_least=0, indexed=True)
U = theorem.vector("U", indexed=True)
r = theorem.vector("r", indexed=True)
p = theorem.vector("p")

# %% [markdown]
# ## Hypotheses
# The law: the cubic is not negative at rho. Its largest root is such a number (`law_root`).

# %%
contraction = (1 - s) ** 2 / (1 + s)
K = mean(w * k**2)
weights = theorem.given("weights", mean(w).equals(1))
first_moment = theorem.given("first moment", mean(w * k).equals(m))
law = theorem.given(
    "law",
    contraction * m**2 * rho * (rho - s**3) <= (rho - s) * (rho**2 - (s + s**2 + contraction * s * K) * rho + s**3),
)
two_points = theorem.given("two points", square(r) <= square(p))

# %% [markdown]
# ## Claim
# p is minus the step times gamma - mean w_i U_i, which we solve for gamma. The compressor leaves an error of square at
# most s^2 times that of its input.

# %%
step = 2 * (1 - s) / (1 + s)
gamma = mean(w * U) - p / step
compressed = U + p / 2 + k * r / 2
gamma_after = gamma + mean(w * (p + k * r)) / 2
V = mean(w * square(U)) + s * square(gamma)
V_after = s**2 * mean(w * square(compressed)) + s * square(gamma_after)
claim = theorem.claim(V_after <= rho * V)

# %% [markdown]
# ## Proof
# The multiplier of the two-point inequality is lambda_i; what is left over is a variance, a Cauchy-Schwarz gap, a
# square, and what the law has to spare.

# %%
theorem.positive("rho above s^2", rho > s**2)
theorem.positive("rho above s^3", rho > s**3)
M = s * m * (rho - s**3) / (2 * (rho - s) * (rho - s**2))
multiplier = w * k * rho / 2 * (s**2 * k / (2 * (rho - s**2)) + M)
averaged = theorem.average(
    "two points, averaged", mean(multiplier * square(r)) <= mean(multiplier) * square(p), two_points, weight=multiplier
)
Z = U - s**2 / (2 * (rho - s**2)) * k * r
mean_Z, mean_y = mean(w * Z), mean(w * k * r)
one_step = theorem.combine(
    "one step",
    claim,
    [averaged, (s * (1 + s) / (4 * (1 - s) ** 2 * (rho - s) * (rho - s**2)) * square(p), law)],
    mean_squares=[((rho - s**2) * w, Z - mean_Z), (rho * M / 2 * w * k, r - mean_y / m)],
    squares=[((rho - s) / (1 + s), mean_Z - M / m * mean_y + s * gamma)],
    modulo=[weights, first_moment],
)
theorem.qed(one_step)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the upper bound of rho *": "not needed; it says where the statement is meant",
    "the lower bound of w_i not strict": "a weight may vanish",
    "step 'rho above s^2' dropped": "for the reader: the sign is seen without it",
    "step 'rho above s^3' dropped": "for the reader: the sign is seen without it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
