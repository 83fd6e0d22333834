# %% [markdown]
# # Smoothness of the mean alone does not give the functional inequality
#
# The inequality ||mean (grad f_i(x + u_i) - grad f_i(x))||^2 <= L_A^2 mean ||u_i||^2 + L_B^2 ||mean u_i||^2 is about
# agents at different points, where large f_i no longer cancel. All functions here are of one variable and quadratic:
# f_i(x) = h_i x^2/2, whose gradients move by h_i u_i.

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "functional_inequality_counterexample",
    "A smooth mean gives no functional inequality: for convex functions not with its constant, for others with none",
)

L = theorem.parameter("L", above=0)
t = theorem.parameter("t", above=0, below=1)
L_A, L_B = theorem.parameter("L_A", at_least=0, latex="L_A"), theorem.parameter("L_B", latex="L_B")
e = theorem.parameter("e", indexed=True)
v = theorem.parameter("v", indexed=True)

# %% [markdown]
# ## Hypotheses
# e_i is 1 for a part t of the agents, and 0 for the others; the v_i have mean zero and mean square one (there are such
# numbers for any two or more agents). The displacements will be u_i = e_i and u_i = v_i.

# %%
indicator = theorem.given("indicator", (e**2).equals(e))
part = theorem.given("part", mean(e).equals(t))
balanced = theorem.given("balanced", mean(v).equals(0))
normed = theorem.given("normed", mean(v**2).equals(1))

# %% [markdown]
# ## Claims
# Convex functions, h_i = (L/t) e_i: their mean has the constant L, and (L_A, L_B) = (L, 0) fails at u_i = e_i; with two
# agents, L = 5 and t = 1/2 these are f_1 = 5 x^2 and f_2 = 0. Then h_i = (1 + L_A) v_i: their mean is zero, as smooth
# as can be, and (L_A, L_B) fails at u_i = v_i whatever L_A and L_B are.

# %%
convex, free = L / t * e, (1 + L_A) * v
smooth, fails, flat, fails_always = theorem.claim(
    mean(convex).equals(L),
    L**2 * mean(e**2) + 0 * mean(e) ** 2 < mean(convex * e) ** 2,
    mean(free).equals(0),
    L_A**2 * mean(v**2) + L_B**2 * mean(v) ** 2 < mean(free * v) ** 2,
)

# %% [markdown]
# ## Proof
# The first inequality says L^2 t < L^2, the second L_A^2 < (1 + L_A)^2.

# %%
ones = theorem.average("ones", mean(e**2).equals(mean(e)), indicator)
smaller = theorem.positive("smaller part", L**2 * t < L**2)
larger = theorem.positive("larger square", L_A**2 < (1 + L_A) ** 2)
theorem.qed(
    theorem.identity("mean of the convex ones", smooth, modulo=[part]),
    theorem.combine("it fails", fails, [smaller], modulo=[ones, part]),
    theorem.identity("mean of the others", flat, modulo=[balanced]),
    theorem.combine("it always fails", fails_always, [larger], modulo=[normed, balanced]),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
