# %% [markdown]
# # The best constant step of EF and EF21 with equal agents, and what other steps do to a quadratic
#
# At the step (2/(L + mu)) (1 - s)/(1 + s) both methods have the rate q^2 with q - s/q = (1 - s) (L - mu)/(L + mu). With
# a shorter step they are at least as slow on (mu/2) ||x||^2, and with a longer one on (L/2) ||x||^2, with the
# compressor C(v) = (1 + s) v. n agents with this function that start alike move as one.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "optimal_step",
    "EF and EF21 have the rate q^2 at the step (2/(L + mu)) (1 - s)/(1 + s); at any other they multiply a state by z, "
    "z^2 >= q^2",
    source="[ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2",
)

s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
k, best = (L - mu) / (L + mu), 2 / (L + mu) * (1 - s) / (1 + s)
short = theorem.parameter("short", above=0, at_most=best, latex=r"\gamma_\leq")
long = theorem.parameter("long", at_least=best, latex=r"\gamma_\geq")
q, a, b = (theorem.parameter(name, above=0) for name in "qab")
g, g_after = theorem.vector("g", indexed=True), theorem.vector("g+", indexed=True, latex="g^+")
d, u = theorem.vector("d", indexed=True), theorem.vector("u")
y, e, g_EF = theorem.vector("y"), theorem.vector("e", indexed=True), theorem.vector("g'", indexed=True)
c, c_EF = (theorem.vector(name, indexed=True, random=True) for name in ("c", "c'"))

# %% [markdown]
# ## Hypotheses
# q belongs to the best step, a to the short one and mu, b to the long one and L. There are such numbers: r - s/r runs
# through all numbers as r does through the positive ones.

# %%
root = theorem.given("q", (q - s / q).equals((1 - s) * k))
flat = theorem.given("a", (a - s / a).equals((1 - s) - (1 + s) * short * mu))
steep = theorem.given("b", (b - s / b).equals((1 + s) * long * L - (1 - s)))

# %% [markdown]
# At the best step, those of `tight_rate`: any agents of the class, and any compressors. p is EF21's move, and v is what
# EF compresses into c'. EF's agents have a common minimiser, EF21's need not: they have no vector in common.

# %%
p, v = -best * mean(d), e + best * g_EF
two_21 = theorem.given("two points, EF21", inner(g_after - g - mu * p, L * p - (g_after - g)) >= 0)
compressor_21 = theorem.given("compressor, EF21", expectation(square(c - (g_after - d))) <= s**2 * square(g_after - d))
two_EF = theorem.given("two points, EF", inner(g_EF - mu * y, L * y - g_EF) >= 0)
compressor_EF = theorem.given("compressor, EF", expectation(square(v - c_EF)) <= s**2 * square(v))


# %% [markdown]
# ## The methods at any step
# With the gradient h x, and the compressor that overshoots; its error is as large as the class allows.


# %%
def overshoot(vector):
    """The compressor."""
    return (1 + s) * vector


def ef21(h, step, x, d):
    """One step from the point x with the estimate d."""
    new = OneStep(EF21, {"step_size": step}, {"x": x, "d": d}, gradient=lambda x: h * x, compress=overshoot)
    return new.x, new.d


def ef(h, step, y, e):
    """One step from x = x* + y with the error e."""
    new = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=lambda y: h * y, compress=overshoot)
    return new.x, new.e


# %% [markdown]
# ## Claims
# 1. to 3. At the best step V shrinks by q^2 < 1. 4. The compressor's error. Then for the short step z = a and h = mu,
# for the long one z = -b and h = L: z^2 is at least q^2, and each method multiplies its state by z, for every u, so in
# every step.

# %%
V_21, V_21_after = (mean(square(G - D)) + s * square(mean(G)) for G, D in ((g, d), (g_after, d + c)))
V_EF, V_EF_after = (mean(square(Y - E)) + square(mean(E)) / s for Y, E in ((y, e), (y - mean(c_EF), v - c_EF)))
claims = {
    "rate below 1": q**2 < 1,
    "rate of EF21": expectation(V_21_after) <= q**2 * V_21,
    "rate of EF": expectation(V_EF_after) <= q**2 * V_EF,
    "error of C": square(u - overshoot(u)).equals(s**2 * square(u)),
}
x_a, d_a, y_a, e_a = (a + s) * u, (1 + s) * mu * a * u, (1 + s) * a * u, s * (a - 1) * u
x_b, d_b, y_b, e_b = (s - b) * u, -(1 + s) * L * b * u, -(1 + s) * b * u, -s * (1 + b) * u


def multiplied(case, z, before, after):
    """Claims that a step multiplies each vector of the state by z."""
    for symbol, old, new in zip(("x of EF21", "d of EF21", "y of EF", "e of EF"), before, after):
        claims[f"{case}: {symbol}"] = new.equals(z * old)


claims["short: not faster"] = q**2 <= a**2
multiplied("short", a, (x_a, d_a, y_a, e_a), (*ef21(mu, short, x_a, d_a), *ef(mu, short, y_a, e_a)))
claims["long: not faster"] = q**2 <= b**2
multiplied("long", -b, (x_b, d_b, y_b, e_b), (*ef21(L, long, x_b, d_b), *ef(L, long, y_b, e_b)))
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof: the roots
# (1 - r)(1 + s/r) = (1 - s) - (r - s/r), so that q < 1. And r - s/r grows with r: its value at a or b is not less than
# at q, as the step is not the best one.

# %%
below_one = theorem.combine(
    "q below 1, product", (1 - q) * (1 + s / q) > 0, [theorem.positive("k below 1", (1 - s) * (1 - k) > 0), root]
)
less = theorem.cancel("q below 1", q < 1, below_one, 1 + s / q)
theorem.combine("rate below 1", claims["rate below 1"], [(1 + q, less)])


def not_faster(case, r, line, room):
    """q <= r, as there is room between the values of r - s/r."""
    more = theorem.positive(f"{case}: room", room >= 0)
    product = theorem.combine(f"{case}: product", (1 + s / (q * r)) * (r - q) >= 0, [more, (-1, line), root])
    larger = theorem.cancel(f"{case}: root", q <= r, product, 1 + s / (q * r))
    theorem.combine(f"{case}: not faster", claims[f"{case}: not faster"], [(q + r, larger)])


not_faster("short", a, flat, (1 + s) * mu * (best - short))
not_faster("long", b, steep, (1 + s) * L * (long - best))

# %% [markdown]
# ## Proof: the best step
# It is one for which `tight_rate` holds with r = q.

# %%
theorem.combine("flat at best", (1 - s) - (1 + s) * best * mu <= q - s / q, [(-1, root)])
theorem.combine("steep at best", (1 + s) * best * L - (1 - s) <= q - s / q, [(-1, root)])
values = {theorem.scalar("r"): q, theorem.scalar("gamma", latex=r"\gamma"): best}
for name in ("rate of EF21", "rate of EF"):
    given = ["flat at best", "steep at best", two_21, compressor_21, two_EF, compressor_EF]
    theorem.lemma(name, claims[name], "tight_rate", values, given=given)

# %% [markdown]
# ## Proof: other steps
# With the step in terms of its root, identities.

# %%
theorem.identity("error of C", claims["error of C"])
short_step = theorem.combine(
    "short: the step", short.equals((1 - a) * (a + s) / ((1 + s) * mu * a)), [(1 / ((1 + s) * mu), flat)]
)
long_step = theorem.combine(
    "long: the step", long.equals((1 + b) * (b - s) / ((1 + s) * L * b)), [(-1 / ((1 + s) * L), steep)]
)
for name, claim in claims.items():
    if " of EF" in name and ":" in name:
        theorem.identity(name, claim, modulo=[short_step if name.startswith("short") else long_step])
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the lower bound of short *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
