# %% [markdown]
# # The functional inequality for quadratics: how much the Hessians differ, and their mean
#
# For quadratics L_A can be about as small as the Hessians A_i differ, whatever their size: only L_B must pay for the
# size of the mean Abar. Let D^2 be a bound of mean (A_i - Abar)^2, and N one of ||Abar||. For any t > 0, which shifts
# weight from one to the other, L_A^2 = (1 + t) D^2 and L_B^2 = (1 + 1/t) N^2 serve; and L_B^2 may be smaller by
# L_A^2, if that is not negative.

# %%
from eftheory.proofkit import Theorem, inner, mean, square

theorem = Theorem(
    "functional_quadratics",
    "Quadratics satisfy the functional inequality with L_A as small as their Hessians differ",
    source="own, for the inequality of [GruntkowskaTyurinRichtarik2024]",
)

t, t_better = theorem.parameter("t", above=0), theorem.parameter("t'", above=0)
D, N = theorem.parameter("D", above=0), theorem.parameter("N", above=0)
A = theorem.linear("A", indexed=True)
u = theorem.vector("u", indexed=True)

# %% [markdown]
# ## Hypotheses
# u_i are any vectors, and w = mean A_i u_i. The A_i are symmetric, and D and N bound what they are said to bound:
# this is used at the vector w. For the better constants t' is small enough for L_B'^2 not to be negative; every t' up
# to some number is.

# %%
w = mean(A(u))
squared_A, squared_B = (1 + t) * D**2, (1 + 1 / t) * N**2
better_A = (1 + t_better) * D**2
better_B = (1 + 1 / t_better) * N**2 - better_A
symmetric = theorem.given("symmetric", inner(A(w), u).equals(inner(w, A(u))))
spread = theorem.given("D", mean(square(A(w) - mean(A(w)))) <= D**2 * square(w))
size = theorem.given("N", square(mean(A(w))) <= N**2 * square(w))
theorem.given("better L_B", better_B >= 0)

# %% [markdown]
# ## Claims
# The simple constants, with t, and the better ones, with t'.

# %%
simple, better = theorem.claim(
    square(mean(A(u))) <= squared_A * mean(square(u)) + squared_B * square(mean(u)),
    square(mean(A(u))) <= better_A * mean(square(u)) + better_B * square(mean(u)),
)

# %% [markdown]
# ## Proof
# As in `functional_quadratics_exact`, with L_A^2 + L_B'^2 = (1 + 1/t) N^2 for any t. With t in place of t' the better
# constants, even if they are no squares, give the simple ones.

# %%
swapped = theorem.average("swapped", mean(inner(A(w), u)).equals(mean(inner(w, A(u)))), symmetric)


def sharp(name, goal, a, total):
    """The functional inequality with a for L_A^2 and total for L_A^2 + L_B^2."""
    return theorem.combine(
        name,
        goal,
        [(1 / a, spread), (1 / total, size), (-2, swapped)],
        squares=[(1 / total, total * mean(u) - mean(A(w)))],
        mean_squares=[(1 / a, a * (u - mean(u)) - (A(w) - mean(A(w))))],
    )


less = square(w) <= squared_A * mean(square(u)) + (squared_B - squared_A) * square(mean(u))
first = sharp("less than simple", less, squared_A, squared_B)
theorem.qed(
    theorem.combine("simple", simple, [first], squares=[(squared_A, mean(u))]),
    sharp("better", better, better_A, better_A + better_B),
)

# %%
theorem.survivors = {
    "hypothesis 'better L_B'*": "the inequality holds without, but is of the form that is meant only with it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
