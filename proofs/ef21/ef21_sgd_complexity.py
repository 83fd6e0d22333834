# %% [markdown]
# # How many steps, and how large minibatches, make the error of EF21 at most eps
#
# The bound of `ef21_sgd_expected_smoothness` at its step 1/(L + z), if all minibatches have tau samples. C is the mean
# of the C_i, and M the largest 2 (A_i + L_i (B_i - 1)): Ctilde is C/tau, and Atilde M/tau.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "ef21_sgd_complexity",
    "Numbers of steps and of samples with which the bound of EF21 under expected smoothness is at most eps",
    source="own constants, for EF21-SGD of [FatkhullinEtAl2021]",
)

q = theorem.parameter("q", at_least=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", above=0, latex=r"\tilde L")
z = theorem.parameter("z", at_least=0)
M = theorem.parameter("M", at_least=0)
C = theorem.parameter("C", at_least=0)
D = theorem.parameter("D", at_least=0)
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
G_0 = theorem.parameter("G0", at_least=0, latex="G^{0}")
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## Hypotheses, the steps and the samples
# alpha = 1 - q^4, Delta is f - f_inf at first, and V is the potential then, f - f_inf with the error of the estimates.
# T, T', tau and tau' are whole numbers in their ranges; T' and tau' need alpha in place of q. The samples that an agent
# takes in all are T' tau', of order 1/(alpha eps) + 1/(alpha^3 eps^2).

# %%
alpha, theta, beta, noise = 1 - q**4, 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
root = theorem.given("z", (z**2).equals(beta / theta * L_tilde**2))
step = 1 / (L + z)
V = Delta + step / (2 * theta) * G_0
T = theorem.parameter("T", at_least=2 * (2 * Delta * (L + z) + G_0 / theta) / eps)
tau = theorem.parameter("tau", above=0, latex=r"\tau")
enough = theorem.given("tau", 2 * noise / theta * (M * (V + D) + C) <= eps * tau)
simple = theorem.parameter("T'", at_least=4 * (Delta * (L + 3 * L_tilde / alpha) + G_0 / alpha) / eps)
samples = theorem.parameter("tau'", above=0, latex=r"\tau'")
enough_simple = theorem.given("tau'", 16 / alpha**2 * (M * (V + D) + C) <= eps * samples)


def bound(T, tau):
    """What ||grad f||^2 is below, after T steps with tau samples each."""
    return 2 * V / (step * T) + noise / theta * (M / tau * (V + D) + C / tau)


# %% [markdown]
# ## Claims

# %%
small, small_simple, z_below = theorem.claim(
    bound(T, tau) <= eps, bound(simple, samples) <= eps, z <= 3 * L_tilde / alpha
)

# %% [markdown]
# ## Proof
# One half of eps is for the steps, the other for the noise. 1/theta <= 2/alpha, noise/theta <= 8/alpha^2 and beta/theta
# <= 9/alpha^2.

# %%
crude = theorem.positive("beta over theta", beta / theta <= 9 / alpha**2)
z_squared = theorem.combine("z squared", z**2 <= (3 * L_tilde / alpha) ** 2, [root, (L_tilde**2, crude)])
z_bound = theorem.root("z below", z_below, z_squared)
theorem.positive("T steps, enough", 2 * (2 * Delta * (L + z) + G_0 / theta) <= eps * T)
wide = theorem.positive("T' steps, in alpha", 4 * (Delta * (L + 3 * L_tilde / alpha) + G_0 / alpha) <= eps * simple)
theta_below = theorem.positive("theta below", 1 / theta <= 2 / alpha)
theorem.combine(
    "T' steps, enough",
    2 * (2 * Delta * (L + z) + G_0 / theta) <= eps * simple,
    [wide, (4 * Delta, z_bound), (2 * G_0, theta_below)],
)
noise_below = theorem.positive("noise below", noise / theta <= 8 / alpha**2)
theorem.combine(
    "tau' samples, enough",
    2 * noise / theta * (M * (V + D) + C) <= eps * samples,
    [enough_simple, (2 * (M * (V + D) + C), noise_below)],
)
for name, number, count, steps, noisy in (
    ("T steps", T, tau, "T steps, enough", enough),
    ("T' steps", simple, samples, "T' steps, enough", "tau' samples, enough"),
):
    theorem.combine(name, bound(number, count) <= eps, [(1 / (2 * number), steps), (1 / (2 * count), noisy)])
theorem.qed("T steps", "T' steps", z_bound)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
