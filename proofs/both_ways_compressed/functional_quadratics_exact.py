# %% [markdown]
# # Which quadratics satisfy the functional inequality: an exact test
#
# The f_i are quadratic with Hessians A_i, symmetric linear maps: gradients move by A_i u_i. The inequality is about n
# vectors u_i at once; as a matrix inequality it has n d rows. An equivalent one has d rows only: for every vector z,
#
# mean ||A_i z - Abar z||^2/L_A^2 + ||Abar z||^2/(L_A^2 + L_B^2) <= ||z||^2, where Abar is the mean of the A_i.
#
# That is mean (A_i - Abar)^2/L_A^2 + Abar^2/(L_A^2 + L_B^2) <= I. Each direction is proved for the vectors at which it
# needs the other side.

# %%
from eftheory.proofkit import Theorem, inner, mean, square

theorem = Theorem(
    "functional_quadratics_exact",
    "For quadratics the functional inequality for all vectors is equivalent to a matrix inequality of d rows",
)

L_A = theorem.parameter("L_A", above=0, latex="L_A")
c = theorem.parameter("c", at_least=L_A**2)
A = theorem.linear("A", indexed=True)
z = theorem.vector("z")
u = theorem.vector("u", indexed=True)

# %% [markdown]
# ## Hypotheses
# c is L_A^2 + L_B^2. First direction: u_i are any vectors, w = mean A_i u_i, and the matrix inequality is
# used at w. Second direction: z is any vector, and the functional inequality is used at
# s_i = (A_i z - Abar z)/L_A^2 + Abar z/c. The A_i are symmetric.

# %%
w = mean(A(u))
spread = A(z) - mean(A(z))
s = spread / L_A**2 + mean(A(z)) / c
symmetric = theorem.given("symmetric, for u", inner(A(w), u).equals(inner(w, A(u))))
matrix = theorem.given(
    "matrix inequality at w", mean(square(A(w) - mean(A(w)))) / L_A**2 + square(mean(A(w))) / c <= square(w)
)
symmetric_s = theorem.given("symmetric, for s", inner(A(z), s).equals(inner(z, A(s))))
functional = theorem.given(
    "functional inequality at s", square(mean(A(s))) <= L_A**2 * mean(square(s)) + (c - L_A**2) * square(mean(s))
)

# %% [markdown]
# ## Claims
# The functional inequality at any u_i, and the matrix inequality at any z.

# %%
first, second = theorem.claim(
    square(mean(A(u))) <= L_A**2 * mean(square(u)) + (c - L_A**2) * square(mean(u)),
    mean(square(spread)) / L_A**2 + square(mean(A(z))) / c <= square(z),
)

# %% [markdown]
# ## Proof
# By symmetry ||w||^2 is the mean of <A_i w, u_i>; split A_i w and u_i into means and deviations, and use
# 2 <x, y> <= t ||x||^2 + ||y||^2/t with t = L_A^2 and with t = c.

# %%
swapped = theorem.average("swapped", mean(inner(A(w), u)).equals(mean(inner(w, A(u)))), symmetric)
bound = theorem.combine(
    "first direction",
    first,
    [matrix, (-2, swapped)],
    squares=[(1 / c, c * mean(u) - mean(A(w)))],
    mean_squares=[(1 / L_A**2, L_A**2 * (u - mean(u)) - (A(w) - mean(A(w))))],
)

# %% [markdown]
# For the other direction call the left side R. At s_i, the mean of A_i s_i has the inner product R with z, and both
# sides of the functional inequality are known: its squared length is at most R. Then 0 <= ||z - mean A_i s_i||^2
# <= ||z||^2 - R.

# %%
swapped_s = theorem.average("swapped, for s", mean(inner(A(z), s)).equals(mean(inner(z, A(s)))), symmetric_s)
matrix_bound = theorem.combine("second direction", second, [functional, (2, swapped_s)], squares=[(1, z - mean(A(s)))])
theorem.qed(bound, matrix_bound)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
