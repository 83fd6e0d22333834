# %% [markdown]
# # The tight rate is better than that of EF21's theorem for PL functions
#
# One agent. Theorem 3 of EF21 shows the rate 1 - gamma mu for steps up to
# min{1/(L (1 + sqrt(2 beta/theta))), theta/(2 mu)}, where theta = 1 - s and sqrt(2 beta/theta) = sqrt(2) s/(1 - s). We
# write w = sqrt(2) and kappa = L/mu. The tight rate r^2 (`tight_rate`) is 1 - (1 - s)(1 - k r), with
# k = (kappa - 1)/(kappa + 1).

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem

theorem = Theorem(
    "faster_than_pl_theorem",
    "At its best step, EF21's tight rate is better than the one of its PL theorem; 1 - rate is more than 4/3 as large",
    source="own",
)

s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
r = theorem.parameter("r", above=0)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
w = theorem.parameter("w", at_least=1)

# %% [markdown]
# ## Hypotheses
# Of w we only use that it is at least 1.

# %%
k, kappa, theta = (L - mu) / (L + mu), L / mu, 1 - s
root = theorem.given("r", (r**2).equals((1 - s) * k * r + s))
smooth = theorem.given("first bound on the step", step <= 1 / (L * (1 + w * s / theta)))
slow = theorem.given("second bound on the step", step <= theta / (2 * mu))

# %% [markdown]
# ## Claims
# 1., 2. The tight rate is less, and 1 - rate more than 4/3 as large as that of the theorem. 3. The rate
# 1 - (1 - s)/((1 + s) kappa), with which it has been compared, too, is also worse than the tight one. 4. But it is no
# stand-in for the theorem's, because it is better than that where (1 + s) kappa < 2.

# %%
gain, compared = 1 - r**2, (1 - s) / ((1 + s) * kappa)
claims = theorem.claim(
    r**2 < 1 - step * mu,
    Fraction(4, 3) * step * mu < gain,
    r**2 < 1 - compared,
    (compared - theta / 2).equals((1 - s) * (2 - (1 + s) * kappa) / (2 * (1 + s) * kappa)),
)

# %% [markdown]
# ## Proof
# r < 1 gives 1 - r^2 = (1 - s)(1 - k r) > (1 - s)(1 - k). The two bounds on the step, with weights 1 + k and 1 - k,
# have just this as their sum, once the first is freed of w.

# %%
below = theorem.positive("k below 1", (1 - s) * (1 - k) > 0)
product = theorem.combine("(1 - r)(r + s)", (1 - r) * (r + s) > 0, [(r, below), root])
r_below = theorem.cancel("r < 1", r < 1, product, r + s)
large = theorem.combine("1 - r^2", (1 - s) * (1 - k) < gain, [((1 - s) * k, r_below), root])
freed = theorem.positive("first bound without w", 1 / (L * (1 + w * s / theta)) <= theta / L)
third = Fraction(2, 3)
steps = theorem.combine(
    "both bounds",
    Fraction(4, 3) * step * mu <= (1 - s) * (1 - k),
    [(third * (1 + k) * mu, smooth), (third * (1 + k) * mu, freed), (third * (1 - k) * mu, slow)],
)
more = theorem.combine("more than 4/3", claims[1], [steps, large])
faster = theorem.combine("less", claims[0], [more], squares=[(step * mu / 3, L / L)])
other = theorem.positive("the other rate", compared < (1 - s) * (1 - k))
theorem.qed(
    faster,
    more,
    theorem.combine("less than the other", claims[2], [other, large]),
    theorem.identity("no stand-in", claims[3]),
)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the lower bound of gamma not strict": "holds at the end of the range, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
