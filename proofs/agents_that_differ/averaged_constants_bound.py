# %% [markdown]
# # Agents that differ: a lower bound for every number of agents and every step, from the averaged constants
#
# Agents with f_i = (h_i/2) ||x||^2 and the compressor C(v) = (1 + s) v act on x through mean h_i only. With h_i = L_i
# for all of them, or h_i = mu_i for all of them, EF and EF21 are as slow as one agent with the mean L and the mean mu,
# so at no step faster than that is at its best (`optimal_step`).

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Theorem, inner, mean, square

theorem = Theorem(
    "averaged_constants_bound",
    "At no constant step do EF or EF21 have a better rate than the best one for the averaged constants",
)

s = theorem.parameter("s", above=0, below=1)
mu_mean = theorem.parameter("mubar", above=0, latex=r"\bar\mu")
L_mean = theorem.parameter("Lbar", at_least=mu_mean, latex=r"\bar L")
k, best = (L_mean - mu_mean) / (L_mean + mu_mean), 2 / (L_mean + mu_mean) * (1 - s) / (1 + s)
short = theorem.parameter("short", above=0, at_most=best, latex=r"\gamma_\leq")
long = theorem.parameter("long", at_least=best, latex=r"\gamma_\geq")
q, a, b = (theorem.parameter(name, above=0) for name in "qab")
mu = theorem.parameter("mu", above=0, indexed=True, latex=r"\mu")
L = theorem.parameter("L", at_least=mu, indexed=True)
u, p = theorem.vector("u"), theorem.vector("p")
v = theorem.vector("v", indexed=True)

# %% [markdown]
# ## Hypotheses
# q belongs to the best step for the averaged constants, a to the short one, b to the long one, as in `optimal_step`.

# %%
mean_mu = theorem.given("mubar", mean(mu).equals(mu_mean))
mean_L = theorem.given("Lbar", mean(L).equals(L_mean))
root = theorem.given("q", (q - s / q).equals((1 - s) * k))
flat = theorem.given("a", (a - s / a).equals((1 - s) - (1 + s) * short * mu_mean))
steep = theorem.given("b", (b - s / b).equals((1 + s) * long * L_mean - (1 - s)))


# %% [markdown]
# ## The methods
# Agent i has the gradient h_i x, the minimiser is 0, and C is the compressor.


# %%
def overshoot(vector):
    """The compressor."""
    return (1 + s) * vector


def ef21(h, step, x, d):
    """One step from the point x with the estimates d_i."""
    new = OneStep(EF21, {"step_size": step}, {"x": x, "d": d}, gradient=lambda x: h * x, compress=overshoot)
    return new.x, new.d


def ef(h, step, y, e):
    """One step from x = x* + y with the errors e_i."""
    new = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=lambda y: h * y, compress=overshoot)
    return new.x, new.e


# %% [markdown]
# ## Claims
# 1. The compressor belongs to its class. Then for the short step z = a and h_i = mu_i, for the long one z = -b and
# h_i = L_i: each f_i belongs to its class; z^2 is at least q^2; and each method multiplies its state by z, for every u,
# so in every step.

# %%
claims = {"error of C": square(v - overshoot(v)).equals(s**2 * square(v))}
x_a, d_a, y_a, e_a = (a + s) * u, (1 + s) * a * mu * u, (1 + s) * a * mu_mean * u, s * (a - 1) * mu * u
x_b, d_b, y_b, e_b = (s - b) * u, -(1 + s) * b * L * u, -(1 + s) * b * L_mean * u, -s * (1 + b) * L * u


def multiplied(case, z, before, after):
    """Claims that a step multiplies each vector of the state by z."""
    for symbol, old, new in zip(("x of EF21", "d of EF21", "y of EF", "e of EF"), before, after):
        claims[f"{case}: {symbol}"] = new.equals(z * old)


claims["short: class"] = inner(mu * p - mu * p, L * p - mu * p) >= 0
claims["short: not faster"] = q**2 <= a**2
multiplied("short", a, (x_a, d_a, y_a, e_a), (*ef21(mu, short, x_a, d_a), *ef(mu, short, y_a, e_a)))
claims["long: class"] = inner(L * p - mu * p, L * p - L * p) >= 0
claims["long: not faster"] = q**2 <= b**2
multiplied("long", -b, (x_b, d_b, y_b, e_b), (*ef21(L, long, x_b, d_b), *ef(L, long, y_b, e_b)))
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof: the roots
# As in `optimal_step`: r - s/r grows with r.

# %%


def not_faster(case, r, line, room):
    """q <= r, as there is room between the values of r - s/r."""
    more = theorem.positive(f"{case}: room", room >= 0)
    product = theorem.combine(f"{case}: product", (1 + s / (q * r)) * (r - q) >= 0, [more, (-1, line), root])
    larger = theorem.cancel(f"{case}: root", q <= r, product, 1 + s / (q * r))
    theorem.combine(f"{case}: not faster", claims[f"{case}: not faster"], [(q + r, larger)])


not_faster("short", a, flat, (1 + s) * mu_mean * (best - short))
not_faster("long", b, steep, (1 + s) * L_mean * (long - best))

# %% [markdown]
# ## Proof: the states
# With the step in terms of its root, and the mean of the h_i under its name, identities.

# %%
theorem.identity("error of C", claims["error of C"])
theorem.combine("short: class", claims["short: class"])
theorem.combine("long: class", claims["long: class"])
short_step = theorem.combine(
    "short: the step", short.equals((1 - a) * (a + s) / ((1 + s) * mu_mean * a)), [(1 / ((1 + s) * mu_mean), flat)]
)
long_step = theorem.combine(
    "long: the step", long.equals((1 + b) * (b - s) / ((1 + s) * L_mean * b)), [(-1 / ((1 + s) * L_mean), steep)]
)
for name, claim in claims.items():
    if " of EF" in name:
        theorem.identity(name, claim, modulo=[short_step, mean_mu] if name.startswith("short") else [long_step, mean_L])
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the upper bound of s *": "not needed; it says where the statement is meant",
    "the lower bound of short *": "not needed; it says where the statement is meant",
    "the lower bound of mu_i *": "not needed: the mode is one for all curvatures",
    "the lower bound of L_i *": "not needed: the mode is one for all curvatures",
    "step *: e of EF', rewriting of '*bar' dropped": "only the step is rewritten there",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
