# %% [markdown]
# # EF21 on smooth functions at the published step: a seventh less
#
# f_i is L_i-smooth and need not be convex, f is their mean, and L_A is the mean of the L_i. The step (1 - s)/L_A is
# that of the theorem with the mean of the L_i (`ef21_weighted`). There the constant before f - inf f is 2/gamma, and
# of f only L_A-smoothness is used; here it is 12/(7 gamma), for all compressors and any agents. At s = 0.9999 a
# drifting orbit shows that no constant below 1.7035/gamma holds, and 12/7 < 1.7143.

# %%
from fractions import Fraction
from pathlib import Path

from eftheory.loading import load_object
from eftheory.proofkit import Theorem

SmoothAgents = load_object(f"{Path(__file__).with_name('_smooth_agents.py')}:SmoothAgents")

theorem = Theorem(
    "ef21_nonconvex_seventh",
    "EF21 on smooth functions at the step (1 - s)/L_A: 12/(7 gamma) before f - inf f, for any agents",
)

s = theorem.parameter("s", at_least=0, below=1)
L_A = theorem.parameter("L_A", above=0, latex="L_A")

# %% [markdown]
# ## Hypotheses
# As in `ef21_nonconvex_any_agents`: F is f less a lower bound, S is ||grad f||^2, G is the mean of (L_A/L_i) ||g_i -
# d_i||^2; what belongs to an agent is L_i times a vector.

# %%
agents = SmoothAgents(theorem, s, L_A, (1 - s) / L_A)

# %% [markdown]
# ## Claim
# With gamma = (1 - s)/L_A, the first summand is 12/(7 gamma) times F0.

# %%
p, a = Fraction(12, 7) / (1 - s), (16 - 11 * s) / (8 * (1 - s))
r = (69 - 34 * s) / (56 * (1 - s))
small = theorem.claim(agents.bound(p, a, r))

# %% [markdown]
# ## Proof
# The numbers.

# %%
square_b, cubic = 216 + 175 * s - 385 * s**2, 189 + 2978 * s - 6118 * s**2 + 2981 * s**3
numbers = {
    "p": p,
    "q": (11 + 24 * s) / (14 * (1 - s) ** 2),
    "a": a,
    "r": r,
    "A": Fraction(5, 56),
    "B": square_b / 280,
    "C": cubic / (8 * (1 - s) * square_b),
    "x": Fraction(-13, 5),
    "y": (3 + 10 * s) / (5 * (1 - s)),
    "z": (385 * s**3 - 560 * s**2 + 250 * s - 81) / ((1 - s) * square_b),
}
theorem.qed(agents.sum_up(small, numbers))

# %%
agents.example(Fraction(1, 2), {s: "1/2", L_A: "1"})

# %%
if __name__ == "__main__":
    theorem.print_lesson()
