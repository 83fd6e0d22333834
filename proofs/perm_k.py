# %% [markdown]
# # PermK: compressors that share the work without error in the mean
#
# One random permutation deals out the coordinates to n agents: each coordinate goes to a part t of them, t = 1/n if
# there are at least n coordinates, and t = 1/d if there are only d <= n. What an agent keeps it sends times 1/t. All
# of it is about each coordinate on its own: a_i is that of agent i's vector, e_i is 1 if agent i keeps it and 0 if not.

# %%
from eftheory.proofkit import Theorem, expectation, mean

theorem = Theorem(
    "perm_k",
    "The AB identity of PermK in one coordinate: if pairs of agents are alike, the mean loses only what they differ by",
    source="[SzlendakTyurinRichtarik2022]",
)

n = theorem.parameter("n", above=1)
d = theorem.parameter("d", above=0)
t = theorem.parameter("t", above=0)
q = theorem.scalar("q")
a = theorem.scalar("a", indexed=True)
v = theorem.scalar("v")
e = theorem.scalar("e", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# However the permutation falls, a part t of the agents keeps the coordinate. Each is as likely to as any other, and
# each pair: q is the probability that two given agents both keep it, and products e_i e_j are summed over the pairs, of
# which the mean has all but those of i with itself.

# %%
zero_one = theorem.given("zero or one", (e**2).equals(e))
keepers = theorem.given("keepers", mean(e).equals(t))
uniform = theorem.given("uniform", expectation(e).equals(t))
pairs = theorem.given(
    "pairs", expectation(mean(e * a) ** 2 - mean((e * a) ** 2) / n).equals(q * (mean(a) ** 2 - mean(a**2) / n))
)
all_pairs = theorem.given("number of pairs", expectation(mean(e) ** 2 - mean(e**2) / n).equals(q * (1 - 1 / n)))

# %% [markdown]
# ## Claims
# The error of the mean, with A = (1/t - 1)/(n - 1): that is 1 for t = 1/n, and (d - 1)/(n - 1) for t = 1/d. A common
# value v arrives without error. Each agent's message alone is unbiased with omega = 1/t - 1, exactly.

# %%
A = (1 / t - 1) / (n - 1)
error, many_coordinates, few_coordinates, common, unbiased, variance = theorem.claim(
    expectation((mean(e * a / t) - mean(a)) ** 2).equals(A * (mean(a**2) - mean(a) ** 2)),
    ((1 / (1 / n) - 1) / (n - 1)).equals(1),
    ((1 / (1 / d) - 1) / (n - 1)).equals((d - 1) / (n - 1)),
    mean(e * v / t).equals(v),
    expectation(e * a / t).equals(a),
    expectation((e * a / t - a) ** 2).equals((1 / t - 1) * a**2),
)

# %% [markdown]
# ## Proof
# The number of pairs gives q = t (n t - 1)/(n - 1): none keeps the same coordinate if t = 1/n.

# %%
ones = theorem.average("keepers squared", mean(e**2).equals(mean(e)), zero_one)
whole = theorem.combine(
    "all keepers",
    (mean(e) ** 2 - mean(e**2) / n).equals(t**2 - t / n),
    [(mean(e) + t, keepers), (-1 / n, ones), (-1 / n, keepers)],
)
whole_expected = theorem.expect(
    "all keepers, expected", expectation(mean(e) ** 2 - mean(e**2) / n).equals(t**2 - t / n), whole
)
scaled_q = theorem.combine(
    "pairs of keepers", (q * (1 - 1 / n)).equals(t**2 - t / n), [(1, whole_expected), (-1, all_pairs)]
)
probability = theorem.cancel("probability of a pair", q.equals(t * (n * t - 1) / (n - 1)), scaled_q, (n - 1) / n)

# %% [markdown]
# The squares that the pairs leave out, and the mean of the e_i a_i.

# %%
squares = theorem.average("squares", mean((e * a) ** 2).equals(mean(e * a**2)), zero_one, weight=a**2)
squares_expected = theorem.expect(
    "squares, expected", expectation(mean((e * a) ** 2)).equals(expectation(mean(e * a**2))), squares
)
lengths = theorem.average("lengths", mean(a**2 * expectation(e)).equals(t * mean(a**2)), uniform, weight=a**2)
means = theorem.average("means", mean(a * expectation(e)).equals(t * mean(a)), uniform, weight=a)
one_square = theorem.combine(
    "own square", ((e * a / t - a) ** 2).equals(e * a**2 / t**2 - 2 * e * a**2 / t + a**2), [(a**2 / t**2, zero_one)]
)
one_square_expected = theorem.expect(
    "own square, expected",
    expectation((e * a / t - a) ** 2).equals(expectation(e * a**2 / t**2 - 2 * e * a**2 / t + a**2)),
    one_square,
)

# %%
theorem.qed(
    theorem.combine(
        "error of the mean",
        error,
        [(1 / t**2, pairs), (1 / (n * t**2), squares_expected), (1 / (n * t**2), lengths), (-2 * mean(a) / t, means)],
        modulo=[probability],
    ),
    theorem.identity("at least as many coordinates", many_coordinates),
    theorem.identity("at least as many agents", few_coordinates),
    theorem.combine("a common value", common, [(v / t, keepers)]),
    theorem.combine("unbiased", unbiased, [(a / t, uniform)]),
    theorem.combine("variance", variance, [(1, one_square_expected), (a**2 / t**2 - 2 * a**2 / t, uniform)]),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
