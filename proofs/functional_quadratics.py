# %% [markdown]
# # The functional inequality for quadratics: how much the Hessians differ, and their mean
#
# For quadratics L_A can be about as small as the Hessians A_i differ, whatever their size: only L_B must pay for the
# size of the mean Abar. Let D^2 be a bound of mean (A_i - Abar)^2, and N one of ||Abar||. For any t > 0, which shifts
# weight from one to the other, L_A^2 = (1 + t) D^2 and L_B^2 = (1 + 1/t) N^2 serve; and L_B^2 may be smaller by L_A^2.

# %%
from eftheory.proofkit import Theorem, inner, mean, square

theorem = Theorem(
    "functional_quadratics",
    "Quadratics satisfy the functional inequality with L_A as small as their Hessians differ",
    source="own, for the inequality of [GruntkowskaTyurinRichtarik2024]",
)

t = theorem.parameter("t", above=0)
D, N = theorem.parameter("D", above=0), theorem.parameter("N", above=0)
A = theorem.linear("A", indexed=True)
u = theorem.vector("u", indexed=True)

# %% [markdown]
# ## Hypotheses
# u_i are any vectors, and w = mean A_i u_i. The A_i are symmetric, and D and N bound what they are said to bound: this
# is used at the vector w.

# %%
w = mean(A(u))
symmetric = theorem.given("symmetric", inner(A(w), u).equals(inner(w, A(u))))
spread = theorem.given("D", mean(square(A(w) - mean(A(w)))) <= D**2 * square(w))
size = theorem.given("N", square(mean(A(w))) <= N**2 * square(w))

# %% [markdown]
# ## Claims
# The simple constants, and the better ones.

# %%
L_A, L_B = (1 + t) * D**2, (1 + 1 / t) * N**2
simple, better = theorem.claim(
    square(mean(A(u))) <= L_A * mean(square(u)) + L_B * square(mean(u)),
    square(mean(A(u))) <= L_A * mean(square(u)) + (L_B - L_A) * square(mean(u)),
)

# %% [markdown]
# ## Proof
# As in `functional_quadratics_exact`, with L_A^2 + L_B^2 = (1 + 1/t) N^2.

# %%
swapped = theorem.average("swapped", mean(inner(A(w), u)).equals(mean(inner(w, A(u)))), symmetric)
sharp = theorem.combine(
    "better",
    better,
    [(1 / L_A, spread), (1 / L_B, size), (-2, swapped)],
    squares=[(1 / L_B, L_B * mean(u) - mean(A(w)))],
    mean_squares=[(1 / L_A, L_A * (u - mean(u)) - (A(w) - mean(A(w))))],
)
theorem.qed(theorem.combine("simple", simple, [sharp], squares=[(L_A, mean(u))]), sharp)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
