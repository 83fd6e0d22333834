# %% [markdown]
# # Cloning agents: at most twice as many, and constants that are almost equal
#
# Agent i is replaced by N_i = ceil(L_i/A) copies of itself, where A is the mean of the L_i; each copy has the function
# N/(n N_i) f_i, N = sum N_i, so that the mean over the N copies is the mean of the f_i. No constant of a copy exceeds
# 2A then, and the step of EF21 needs less than sqrt(2) A in the place of the quadratic mean.
#
# Of N_i = ceil(L_i/A), only L_i/A <= N_i < L_i/A + 1 is used. With K_i = L_i/N_i this says K_i <= A and N_i - 1 < K_i
# N_i/A. m stands for N/n, the mean of the N_i.

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "cloning",
    "Cloning makes less than 2n agents of n, whose quadratic mean is below sqrt(2) times the arithmetic one",
    source="[RichtarikGasanovBurlachenko2024]",
)

xi = theorem.parameter("xi", at_least=0, latex=r"\xi")
L_f = theorem.parameter("Lf", above=0, latex="L_f")
A = theorem.parameter("A", above=0)
Q = theorem.parameter("Q", at_least=0)
root_2 = theorem.parameter("r", above=0)
m = theorem.parameter("m", above=0)
K = theorem.parameter("K", above=0, indexed=True)
N_i = theorem.parameter("N", above=0, indexed=True)
F = theorem.scalar("F", indexed=True)

# %% [markdown]
# ## Hypotheses
# The constants are L_i = N_i K_i, the functions f_i = N_i F_i at any point; a copy has the constant m K_i and the
# value m F_i. A mean over copies is a mean over agents with weights N_i, divided by m. Q is the quadratic mean of the
# copies' constants, r the root of 2; Lf is the constant of the mean of the f_i.

# %%
L, f = N_i * K, N_i * F
two = theorem.given("r", (root_2**2).equals(2))
arithmetic = theorem.given("A", mean(L).equals(A))
number = theorem.given("m", mean(N_i).equals(m))
quadratic = theorem.given("Q", (Q**2).equals(mean(N_i * (m * K) ** 2) / m))
up = theorem.given("rounded up", L <= A * N_i)
no_more = theorem.given("and no more", A * N_i < L + A)

# %% [markdown]
# ## Claims
# N is at least n and less than 2n; the mean of functions, and that of constants, is as before; all constants of copies
# are below 2A; Q lies between A and sqrt(2) A, which it does not attain. And steps up to 1/(Lf + sqrt(2) A xi) are
# short enough for EF21 with the copies, by the condition of `ef21_nonconvex`.

# %%
step = theorem.parameter("gamma", above=0, at_most=1 / (L_f + root_2 * A * xi), latex=r"\gamma")
claims = theorem.claim(
    m >= 1,
    m < 2,
    (mean(N_i * (m * F)) / m).equals(mean(f)),
    (mean(N_i * (m * K)) / m).equals(A),
    m * K < 2 * A,
    A <= Q,
    Q < root_2 * A,
    (xi * Q * step) ** 2 + L_f * step <= 1,
)
at_least, fewer, function, constant, copies, above, below, short = claims

# %% [markdown]
# ## Proof
# Averages of the two bounds on N_i.

# %%
rounded = theorem.average("rounded up, averaged", mean(L) <= mean(A * N_i), up)
many = theorem.combine("many", A * (m - 1) >= 0, [rounded], modulo=[arithmetic, number])
slack = theorem.positive("no more, averaged", mean(L + A - A * N_i) > 0)
few = theorem.combine("few", A * (2 - m) > 0, [slack], modulo=[arithmetic, number])
theorem.cancel("at least n", at_least, many, A)
theorem.cancel("fewer than 2n", fewer, few, A)
theorem.identity("mean of functions", function)
theorem.identity("mean of constants", constant, modulo=[arithmetic])

# %% [markdown]
# K_i <= A, so the mean over copies of their squared constants, m mean N_i K_i^2, is at most m A mean L_i = m A^2.

# %%
small = theorem.cancel("K_i is small", K <= A, up, N_i)
theorem.combine("copies", copies, [(m, small), (A, "fewer than 2n")])
squares = theorem.average("averaged", mean(L * K) <= mean(L * A), small, weight=L)
under = theorem.combine(
    "Q squared",
    Q**2 < (root_2 * A) ** 2,
    [quadratic, (m, squares), (A**2, "fewer than 2n"), (-(A**2), two)],
    modulo=[arithmetic],
)
over = theorem.combine(
    "Q squared, below",
    A**2 <= Q**2,
    [(-1, quadratic)],
    mean_squares=[(m * N_i, K - A / m)],
    modulo=[arithmetic, number],
)
theorem.root("Q above A", above, over)
theorem.root("Q below", below, under)

# %% [markdown]
# A step that is short with sqrt(2) A is short with Q.

# %%
condition = theorem.positive("short with the larger constant", (xi * root_2 * A * step) ** 2 + L_f * step <= 1)
theorem.combine("short", short, [condition, ((xi * step) ** 2, under)])
theorem.qed(
    "at least n", "fewer than 2n", "mean of functions", "mean of constants", "copies", "Q above A", "Q below", "short"
)

# %%
theorem.survivors = {
    "the lower bound of K_i not strict": "some agents, not all, may have constant functions",
    "the lower bound of gamma not strict": "a step of zero is short, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
