# %% [markdown]
# # Agents that differ: a lower bound for every number of agents and every step, from the averaged constants
#
# Agents with f_i = (h_i/2) ||x||^2 and the compressor C(v) = (1 + s) v act on x through h = mean h_i only. With
# h_i = L_i for all of them, or mu_i for all of them, no analysis of EF or EF21 can show less than the tight rate of the
# mean L and mean mu (`tight_rate`, `tight_lower_bound`). The step is given by z = r or z = -r:
# step h = (1 - z)(z + s)/((1 + s) z).

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem(
    "averaged_constants_bound",
    "On quadratics with an overshooting compressor, agents that differ are as slow as their mean",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0)
h = theorem.parameter("h", above=0)
h_i = theorem.parameter("h", above=0, indexed=True)
u = theorem.vector("u")

# %% [markdown]
# ## Hypothesis
# All vectors are multiples of one direction u, as the curvatures enter through their mean.

# %%
average = theorem.given("h", mean(h_i).equals(h))

# %% [markdown]
# ## Claims
# 1. The compressor belongs to its class. Then, for z = r and z = -r: the step, and the states that are multiplied by z.
# EF21: x and the d_i; EF: x = x* + y and the e_i. The claims about means of agents are claims about their coefficients
# of u.

# %%
claims = {"compressor": square(u - (1 + s) * u).equals(s**2 * square(u))}
for sign, z in (("r", r), ("-r", -r)):
    step = (1 if z is r else -1) * (1 - z) * (z + s) / ((1 + s) * r * h)
    claims[f"step, z = {sign}"] = ((1 - s) - (1 + s) * step * h).equals((1 if z is r else -1) * (r - s / r))
    x, d = z + s, (1 + s) * z * h_i
    claims[f"EF21 x, z = {sign}"] = (x - step * mean(d)).equals(z * x)
    claims[f"EF21 d, z = {sign}"] = (d * u + (1 + s) * (h_i * z * x - d) * u).equals(z * d * u)
    y, e = (1 + s) * z * h, s * (z - 1) * h_i
    v = e + step * h_i * y
    claims[f"EF y, z = {sign}"] = (y - (1 + s) * mean(v)).equals(z * y)
    claims[f"EF e, z = {sign}"] = (v * u - (1 + s) * v * u).equals(z * e * u)
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof
# All are identities, once mean h_i is written h.

# %%
for name, claim in claims.items():
    theorem.identity(name, claim, modulo=[] if claim.left.is_vector else [average])
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the upper bound of s *": "not needed; it says where the statement is meant",
    "the lower bound of h_i *": "not needed: the mode is one for all curvatures",
    "step * rewriting of 'h' dropped": "one of the two names for the mean curvature is enough",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
