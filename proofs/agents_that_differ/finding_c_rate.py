# %% [markdown]
# # The published rate of two agents that differ is not the best one: another V, at the same step
#
# [ThomsenTaylorDieuleveut2026] reports for two agents, from numerical tests, that the best step, the best V and the
# best rate are those of `heterogeneous_law`. Take L = (1, 1), mu = (99/100, 1/100) and alpha = 8/9. V with the law's
# weights, 1/(L_i + mu_i), has the factor rho > 0.5074, and no smaller one (`heterogeneous_law_tight`). With the weights
# 7, 13 and 7 it has the factor 0.5065: at the same step, for EF21 and for EF.

# %%
from fractions import Fraction
from pathlib import Path

from eftheory.loading import load_object
from eftheory.proofkit import Theorem, expectation

TwoAgents = load_object(f"{Path(__file__).with_name('_two_agents.py')}:TwoAgents")
theorem = Theorem(
    "finding_c_rate", "Two agents, the law's step: V with other weights shrinks by a smaller factor than the law's root"
)

s = Fraction(1, 3)
L = Fraction(1), Fraction(1)
mu = Fraction(99, 100), Fraction(1, 100)
weights = 7, 13, 7
rate = Fraction("0.5065")
below_law = Fraction("0.5074")

# %% [markdown]
# ## The law
# s is that of alpha = 1 - s^2: a compressor leaves at most s of a vector's length. sigma_i = L_i + mu_i, delta_i = L_i
# - mu_i and S = mean sigma_i; the law's step is (2/S) (1 - s)/(1 + s). With k_i = delta_i/sigma_i, m = mean delta_i/S
# and K = mean (delta_i^2/sigma_i)/S are the means of k_i and k_i^2 with the weights sigma_i/S. Q is the law's cubic,
# and rho a root of it above s: there is no other (`law_root`), and there is one, as Q(s) < 0 < Q(1). It is no rational
# number, as Q is irreducible; so no example in rational numbers can be shown here, and one is tested at both ends of a
# short interval in which rho lies.

# %%
two = TwoAgents(theorem, s, L, mu, weights)
rho = theorem.parameter("rho", above=s, latex=r"\rho")
theorem.given("law", two.Q(rho).equals(0))

# %% [markdown]
# ## EF21
# x moves by p, and the gradients by (sigma_i/2) p + (delta_i/2) r_i, where r_i is not longer than p (`two_point`). The
# messages b_i may be random; of the compressors only their contraction is known, given all that came before.

# %%
ef21 = two.ef21()
p, (v1, v2), (G, G_after), (V, V_after) = ef21.move, ef21.inputs, ef21.means, ef21.V
two.suppose(ef21)

# %% [markdown]
# ## EF
# y is x - x*, where both functions are stationary at x*, so that their gradients at x are (sigma_i/2) y + (delta_i/2)
# q_i with q_i not longer than y. c_i is the message. Y is y - mean e_i, which does not see what the compressors do.

# %%
ef = two.ef()
(w1, w2), (Y, Y_after), (V_EF, V_EF_after) = ef.inputs, ef.means, ef.V
two.suppose(ef)

# %% [markdown]
# ## Claims
# V is made of the errors v_i - b_i = g_i - d_i and the mean gradient G; its weights are positive. For EF it is made of
# e_i and Y.

# %%
claims = theorem.claim(
    expectation(V_after) <= rate * V, expectation(V_EF_after) <= rate * V_EF, below_law < rho, rate < rho
)

# %% [markdown]
# ## Proof of the rate
# From rate V - V+ each known inequality is taken off, times its multiplier. What is left over is a form in u_i, r_i and
# p, with u_i = g_i - d_i and G = mean u_i - p/step. Elimination shows it as a sum of squares. For EF, u_i = -e_i and
# p = -step y.

# %%
multipliers = Fraction(1, 50), Fraction(11, 5)
one_step = two.prove("one step", claims[0], ef21, rate, multipliers)
one_step_EF = two.prove("one step of EF", claims[1], ef, rate, multipliers)

# %% [markdown]
# ## Proof that the law is above
# Q is negative at 0.5074. Q(rho) - Q(0.5074) is rho - 0.5074 times a quadratic. Sorted by powers of rho - s, all its
# coefficients are positive; so it is positive for rho > s.

# %%
quadratic = two.quotient(rho, below_law)
above = two.prove_above(claims[2], rho, below_law, quadratic)
margin = theorem.positive("margin", rate + 0 * rho < below_law)
theorem.qed(one_step, one_step_EF, above, theorem.combine("above the rate", claims[3], [margin, above]))

# %%
theorem.survivors = {"the lower bound of rho not strict": "the cubic does not vanish at s"}

# %%
theorem.example(
    why_none="rho is the root of a cubic, between 0.50746 and 0.50747; "
    "all else holds at both, and the cubic changes its sign"
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
