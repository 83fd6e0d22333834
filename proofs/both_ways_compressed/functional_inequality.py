# %% [markdown]
# # Smoothness of every f_i gives the functional inequality
#
# The functional (L_A, L_B) inequality bounds how far the mean of the gradients moves when every agent's point is
# displaced by a vector of its own: ||mean (grad f_i(x + u_i) - grad f_i(x))||^2 <= L_A^2 mean ||u_i||^2
# + L_B^2 ||mean u_i||^2. If every f_i is L_i-smooth it holds with L_B = 0, and for L_A the quadratic mean of the L_i.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem(
    "functional_inequality",
    "Smoothness of every function gives the functional inequality, with the quadratic mean of the constants",
    source="own, for the inequality of [GruntkowskaTyurinRichtarik2024]",
)

Q = theorem.parameter("Q", above=0)
L_max = theorem.parameter("L_max", at_least=0, latex=r"L_{\max}")
L = theorem.parameter("L", at_least=0, at_most=L_max, indexed=True)
u, r = theorem.vector("u", indexed=True), theorem.vector("r", indexed=True)

# %% [markdown]
# ## Hypotheses
# When the point of f_i moves by u_i its gradient moves by L_i r_i, and r_i is no longer than u_i: that is the
# definition of L_i-smooth. Q is the quadratic mean of the L_i, and L_max a bound on all of them.

# %%
smooth = theorem.given("f_i is smooth", square(r) <= square(u))
constants = theorem.given("Q", mean(L**2).equals(Q**2))

# %% [markdown]
# ## Claims
# The inequality with (L_A, L_B) = (Q, 0); and Q is at most the largest constant, so that it holds with (L_max, 0), too.

# %%
inequality, largest = theorem.claim(square(mean(L * r)) <= Q**2 * mean(square(u)), Q <= L_max)

# %% [markdown]
# ## Proof
# Cauchy-Schwarz for the numbers L_i and the vectors r_i: what is lost is the mean of squares of Q r_i - (L_i/Q) m,
# where m = mean L_i r_i.

# %%
lengths = theorem.average("lengths", mean(square(r)) <= mean(square(u)), smooth)
cauchy = theorem.combine(
    "Cauchy-Schwarz",
    inequality,
    [(Q**2, lengths)],
    mean_squares=[(1, Q * r - L / Q * mean(L * r))],
    modulo=[constants],
)
each = theorem.positive("each constant", (L_max - L) * (L_max + L) >= 0)
all_constants = theorem.average("all constants", mean((L_max - L) * (L_max + L)) >= 0, each)
squares = theorem.combine("squares", Q**2 <= L_max**2, [all_constants], modulo=[constants])
theorem.qed(cauchy, theorem.root("largest", largest, squares))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
