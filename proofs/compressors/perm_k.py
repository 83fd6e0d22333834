# %% [markdown]
# # PermK: compressors that share the work without error in the mean
#
# One random permutation deals out the coordinates to n agents: each coordinate goes to a part t of them, t = 1/n if
# there are at least n coordinates, and t = 1/d if there are only d <= n. Of its vector a_i agent i keeps the
# coordinates that it was dealt, the vector b_i, and sends b_i/t. The same deal leaves k_i of a vector v that all have.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem, expectation, inner, mean, square

theorem = Theorem(
    "perm_k",
    "Compressors that deal out coordinates as PermK does lose of the mean only what agents differ by: the AB identity",
    source="[SzlendakTyurinRichtarik2022]",
)

n = theorem.parameter("n", above=1)
d = theorem.parameter("d", above=0)
t = theorem.parameter("t", above=0)
q = theorem.scalar("q")
a, v = theorem.vector("a", indexed=True), theorem.vector("v")
b, k = theorem.vector("b", indexed=True, random=True), theorem.vector("k", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# What is kept is a part of the coordinates. However the permutation falls, a part t of the agents keeps a coordinate.
# Each is as likely to as any other, and each pair: q is the probability that two given agents both keep it. So products
# of what two agents keep, summed over the pairs, have q times the mean of those of all they had; the square of a mean
# has all pairs, and those of i with itself are taken off. It says so of the a_i, and of v, which is not zero.

# %%
part = theorem.given("part", square(b).equals(inner(b, a)))
uniform = theorem.given("uniform", expectation(b).equals(t * a))
pairs = theorem.given(
    "pairs", expectation(square(mean(b)) - mean(square(b)) / n).equals(q * (square(mean(a)) - mean(square(a)) / n))
)
part_of_v = theorem.given("part of v", square(k).equals(inner(k, v)))
keepers = theorem.given("keepers", mean(k).equals(t * v))
all_pairs = theorem.given(
    "pairs of v", expectation(square(mean(k)) - mean(square(k)) / n).equals(q * (1 - 1 / n) * square(v))
)
nonzero = theorem.given("v is not zero", square(v) > 0)

# %% [markdown]
# ## Claims
# The error of the mean, with A = (1/t - 1)/(n - 1): that is 1 for t = 1/n, and (d - 1)/(n - 1) for t = 1/d. A common
# vector arrives without error. Each agent's message alone is unbiased with omega = 1/t - 1, exactly.

# %%
A = (1 / t - 1) / (n - 1)
error, many_coordinates, few_coordinates, common, unbiased, variance = theorem.claim(
    expectation(square(mean(b / t) - mean(a))).equals(A * (mean(square(a)) - square(mean(a)))),
    ((1 / (1 / n) - 1) / (n - 1)).equals(1),
    ((1 / (1 / d) - 1) / (n - 1)).equals((d - 1) / (n - 1)),
    mean(k / t).equals(v),
    expectation(b / t).equals(a),
    expectation(square(b / t - a)).equals((1 / t - 1) * square(a)),
)

# %% [markdown]
# ## Proof
# The pairs of v give q = t (n t - 1)/(n - 1): none keeps the same coordinate if t = 1/n.

# %%
kept = theorem.average("squares of what is kept of v", mean(square(k)).equals(inner(mean(k), v)), part_of_v)
whole = theorem.combine(
    "all keepers",
    (square(mean(k)) - mean(square(k)) / n).equals((t**2 - t / n) * square(v)),
    [(mean(k) + t * v, keepers), (-1 / n, kept), (-v / n, keepers)],
)
whole_expected = theorem.expect(
    "all keepers, expected",
    expectation(square(mean(k)) - mean(square(k)) / n).equals((t**2 - t / n) * square(v)),
    whole,
)
scaled_q = theorem.combine(
    "pairs of keepers",
    (q * (1 - 1 / n) * square(v)).equals((t**2 - t / n) * square(v)),
    [(1, whole_expected), (-1, all_pairs)],
)
probability = theorem.cancel(
    "probability of a pair", q.equals(t * (n * t - 1) / (n - 1)), scaled_q, (n - 1) / n * square(v)
)

# %% [markdown]
# The squares that the pairs leave out, and the mean of the b_i.

# %%
squares = theorem.average("squares", mean(square(b)).equals(mean(inner(b, a))), part)
squares_expected = theorem.expect(
    "squares, expected", expectation(mean(square(b))).equals(expectation(mean(inner(b, a)))), squares
)
lengths = theorem.average("lengths", mean(inner(a, expectation(b))).equals(t * mean(square(a))), uniform, weight=a)
means = theorem.average("means", mean(expectation(b)).equals(t * mean(a)), uniform)
one_square = theorem.combine(
    "own square",
    square(b / t - a).equals((1 / t**2 - 2 / t) * inner(b, a) + square(a)),
    [(1 / t**2, part)],
)
one_square_expected = theorem.expect(
    "own square, expected",
    expectation(square(b / t - a)).equals(expectation((1 / t**2 - 2 / t) * inner(b, a) + square(a))),
    one_square,
)

# %%
theorem.qed(
    theorem.combine(
        "error of the mean",
        error,
        [
            (1 / t**2, pairs),
            (1 / (n * t**2), squares_expected),
            (1 / (n * t**2), lengths),
            (-2 * mean(a) / t, means),
        ],
        modulo=[probability],
    ),
    theorem.identity("at least as many coordinates", many_coordinates),
    theorem.identity("at least as many agents", few_coordinates),
    theorem.combine("a common vector", common, [(1 / t, keepers)]),
    theorem.combine("unbiased", unbiased, [(1 / t, uniform)]),
    theorem.combine("variance", variance, [(1, one_square_expected), ((1 / t**2 - 2 / t) * a, uniform)]),
)

# %%
theorem.example(
    values={
        n: 2,
        d: 2,
        t: Fraction(1, 2),
        q: 0,
        a: [[1, 2], [3, 1]],
        b: [[[1, 0], [0, 2]], [[0, 1], [3, 0]]],
        v: [1, 1],
        k: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]],
    }
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
