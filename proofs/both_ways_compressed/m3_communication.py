# %% [markdown]
# # What M3 sends in both directions
#
# With the constants of `m3` for n = s^3 agents and d >= n, PermK down and Rand-k up, in each step a coordinate of a
# model or a gradient is sent with probability 1/n, or 1/n + (1 - 1/n)/n in all. So up to the whole-number remainder
# an agent receives, and sends, 5/n^(1/3) times (L_max + L_B), and 3 times L_A, of what d coordinates in each of 4
# Delta/eps steps would be: what grows with the smoothness constants falls with the number of agents.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "m3_communication",
    "The steps that `m3` asks for, times the d/n + (1 - 1/n) d/n coordinates of one step, are at most "
    "(4 Delta/eps) d (5 n^(-1/3) (L_max + L_B) + 3 L_A) + 2 d/n coordinates",
    source="own, for the method of [GruntkowskaTyurinRichtarik2024]",
)

s = theorem.parameter("s", at_least=1)
d = theorem.parameter("d", at_least=s**3)
L_max = theorem.parameter("L_max", above=0, latex=r"L_{\max}")
L = theorem.parameter("L", at_least=0, at_most=L_max)
L_A, L_B = theorem.parameter("L_A", at_least=0, latex="L_A"), theorem.parameter("L_B", at_least=0, latex="L_B")
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## The method
# f is L-smooth with L <= L_max (`means_of_constants`). The step is 1/scale, and T a whole number in its range.

# %%
n = s**3
scale = L + 4 * s**2 * (L_max + L_B) + 3 * s**3 * L_A
T = theorem.parameter("T", at_least=2 * Delta * scale / eps, at_most=2 * Delta * scale / eps + 1)
each_step = d / n + (1 - 1 / n) * (d / n)

# %% [markdown]
# ## Claims
# After T steps the bound of `m3`, 2 Delta/(gamma T), is at most eps. And what is sent in one direction by then, in
# expectation over the coins.

# %%
accurate, sent = theorem.claim(
    2 * Delta * scale / T <= eps,
    T * each_step <= 4 * Delta / eps * d * (5 * (L_max + L_B) / s + 3 * L_A) + 2 * d / n,
)

# %% [markdown]
# ## Proof
# A step sends at most 2 d/n coordinates.

# %%
most_steps = theorem.positive("T at most", T <= 2 * Delta * scale / eps + 1)
few = theorem.positive("a step sends little", T * each_step <= T * (2 * d / n))
total = theorem.positive(
    "all steps",
    (2 * Delta * scale / eps + 1) * (2 * d / n) <= 4 * Delta / eps * d * (5 * (L_max + L_B) / s + 3 * L_A) + 2 * d / n,
)
theorem.qed(
    theorem.positive("accurate", accurate),
    theorem.combine("sent", sent, [few, (2 * d / n, most_steps), total]),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
