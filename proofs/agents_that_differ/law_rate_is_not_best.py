# %% [markdown]
# # The published rate of two agents that differ is not the best one: another V, at the same step
#
# [ThomsenTaylorDieuleveut2026] reports for two agents, from numerical tests, that the best step, the best V and the
# best rate are those of `heterogeneous_law`. Take L = (1, 1), mu = (99/100, 1/100) and alpha = 8/9. V with the law's
# weights, 1/(L_i + mu_i), has the factor rho > 0.5074, and no smaller one (`heterogeneous_law_tight`). With the weights
# 7, 13 and 7 it has the factor 0.5065: at the same step, for EF21 and for EF.
#
# The same at constants of the published tests: for condition numbers 2 and 100, which are on their grid, and alpha =
# 3/4, the law has a factor above 0.76608, and V with the weights 30, 43 and 38 has 0.7658.

# %%
from fractions import Fraction
from pathlib import Path

from eftheory.loading import load_object
from eftheory.proofkit import Theorem, expectation

TwoAgents = load_object(f"{Path(__file__).with_name('_two_agents.py')}:TwoAgents")
theorem = Theorem(
    "law_rate_is_not_best",
    "Two agents, the law's step: V with other weights shrinks by a smaller factor than the law's",
)

L = Fraction(1), Fraction(1)
far = TwoAgents(theorem, Fraction(1, 3), L, (Fraction(99, 100), Fraction(1, 100)), weights=(7, 13, 7))
rate, below_law = Fraction("0.5065"), Fraction("0.5074")
grid = TwoAgents(theorem, Fraction(1, 2), L, (Fraction(1, 2), Fraction(1, 100)), weights=(30, 43, 38), mark="'")
rate_grid, below_law_grid = Fraction("0.7658"), Fraction("0.76608")

# %% [markdown]
# ## The law
# s is that of alpha = 1 - s^2: a compressor leaves at most s of a vector's length. sigma_i = L_i + mu_i, delta_i = L_i
# - mu_i and S = mean sigma_i; the law's step is (2/S) (1 - s)/(1 + s). With k_i = delta_i/sigma_i, m = mean delta_i/S
# and K = mean (delta_i^2/sigma_i)/S are the means of k_i and k_i^2 with the weights sigma_i/S. Q is the law's cubic.
# `heterogeneous_law` has the factor rho if rho > s and Q(rho) >= 0; the smallest one is the root of Q above s
# (`law_root`).

# %%
rho = theorem.parameter("rho", above=far.s, latex=r"\rho")
rho_grid = theorem.parameter("rho'", above=grid.s, latex=r"\rho'")
theorem.given("law", far.Q(rho) >= 0)
theorem.given("law'", grid.Q(rho_grid) >= 0)

# %% [markdown]
# ## EF21
# x moves by p, and the gradients by (sigma_i/2) p + (delta_i/2) r_i, where r_i is not longer than p (`two_point`). The
# messages b_i may be random; of the compressors only their contraction is known, given all that came before.

# %%
ef21, ef21_grid = far.ef21(), grid.ef21()
p, (v1, v2), (G, G_after), (V, V_after) = ef21.move, ef21.inputs, ef21.means, ef21.V
p_grid, (v1_grid, v2_grid), (G_grid, G_grid_after) = ef21_grid.move, ef21_grid.inputs, ef21_grid.means
V_grid, V_grid_after = ef21_grid.V
far.suppose(ef21)
grid.suppose(ef21_grid)

# %% [markdown]
# ## EF
# y is x - x*, where both functions are stationary at x*, so that their gradients at x are (sigma_i/2) y + (delta_i/2)
# q_i with q_i not longer than y. c_i is the message. Y is y - mean e_i, which does not see what the compressors do.

# %%
ef, ef_grid = far.ef(), grid.ef()
(w1, w2), (Y, Y_after), (V_EF, V_EF_after) = ef.inputs, ef.means, ef.V
(w1_grid, w2_grid), (Y_grid, Y_grid_after), (V_EF_grid, V_EF_grid_after) = ef_grid.inputs, ef_grid.means, ef_grid.V
far.suppose(ef)
grid.suppose(ef_grid)

# %% [markdown]
# ## Claims
# V is made of the errors v_i - b_i = g_i - d_i and the mean gradient G; its weights are positive. For EF it is made of
# e_i and Y. What has a prime is said at the constants of the published tests.

# %%
claims = theorem.claim(
    expectation(V_after) <= rate * V,
    expectation(V_EF_after) <= rate * V_EF,
    expectation(V_grid_after) <= rate_grid * V_grid,
    expectation(V_EF_grid_after) <= rate_grid * V_EF_grid,
    below_law < rho,
    rate < rho,
    below_law_grid < rho_grid,
    rate_grid < rho_grid,
)

# %% [markdown]
# ## Proof of the rates
# From rate V - V+ each known inequality is taken off, times its multiplier. What is left over is a form in u_i, r_i and
# p, with u_i = g_i - d_i and G = mean u_i minus p over the step. Elimination shows it as a sum of squares. For EF, u_i
# = -e_i and p = -step y.

# %%
multipliers, multipliers_grid = (Fraction(1, 50), Fraction(11, 5)), (Fraction(73, 10), Fraction(17))
rates = [
    far.prove("one step", claims[0], ef21, rate, multipliers),
    far.prove("one step of EF", claims[1], ef, rate, multipliers),
    grid.prove("one step'", claims[2], ef21_grid, rate_grid, multipliers_grid),
    grid.prove("one step of EF'", claims[3], ef_grid, rate_grid, multipliers_grid),
]

# %% [markdown]
# ## Proof that the law is above
# Q is negative at 0.5074. Q(rho) - Q(0.5074) is rho - 0.5074 times a quadratic. Sorted by powers of rho - s, all its
# coefficients are positive; so it is positive for rho > s. So it is at 0.76608.

# %%
quadratic, quadratic_grid = far.quotient(rho, below_law), grid.quotient(rho_grid, below_law_grid)
above = far.prove_above(claims[4], rho, below_law, quadratic)
above_grid = grid.prove_above(claims[6], rho_grid, below_law_grid, quadratic_grid)
margin = theorem.positive("margin", rate + 0 * rho < below_law)
margin_grid = theorem.positive("margin'", rate_grid + 0 * rho < below_law_grid)
theorem.qed(
    *rates,
    above,
    theorem.combine("above the rate", claims[5], [margin, above]),
    above_grid,
    theorem.combine("above the rate'", claims[7], [margin_grid, above_grid]),
)

# %%
theorem.survivors = {"the lower bound of rho*": "the cubic is negative at s"}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
