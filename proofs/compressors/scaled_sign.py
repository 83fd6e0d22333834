# %% [markdown]
# # The scaled sign keeps ||x||_1^2/(d ||x||^2), at least 1/d
#
# In dimension d, C(x) = (||x||_1/d) sign(x). Here `mean` is over the d entries of one vector, not over agents; norms
# are squared and divided by d, on both sides, so that M = ||x||_1/d is a mean. The sign of a zero entry may be 0, 1 or
# -1. (If it is 0, small entries come as close to alpha = 1/d as one likes; this limit is not in the claims.)

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "scaled_sign",
    "The scaled sign has alpha = 1/d in every dimension d, and no larger one if zeros have signs",
    source="[KarimireddyEtAl2019]",
    index="entry",
)

d = theorem.parameter("d", at_least=1)
a = theorem.parameter("a", at_least=0, indexed=True)
z = theorem.parameter("z", above=0)
m = theorem.scalar("m")
x, e = theorem.scalar("x", indexed=True), theorem.scalar("e", indexed=True)
b, o = theorem.scalar("b", indexed=True), theorem.scalar("o", indexed=True)

# %% [markdown]
# ## Hypotheses
# e_i is the sign of x_i, and a_i its size. m is the largest size, and b_i is 1 at an entry of that size, one of d, and
# 0 elsewhere.

# %%
sign = theorem.given("sign", e**2 <= 1)
size = theorem.given("size", a.equals(e * x))
entry = theorem.given("entry", x.equals(e * a))
largest = theorem.given("largest", a <= m)
indicator = theorem.given("0 or 1", (b**2).equals(b))
one = theorem.given("one entry", mean(b).equals(1 / d))
there = theorem.given("largest there", mean(b * a).equals(m / d))

# %% [markdown]
# For the last claim only: a vector z b with one entry that is not zero, and signs o_i of size 1, which are 1 there.

# %%
sign_one = theorem.given("signs of size 1", (o**2).equals(1))
right_there = theorem.given("sign there", (o * b).equals(b))

# %% [markdown]
# ## Claims
# 1. The error. 2. ||x||_1 is at least ||x||. 3. So alpha = 1/d. 4. With equality for the vector z b, for which M = z/d.

# %%
M = mean(a)
error, norms, contraction, attained = theorem.claim(
    mean((M * e - x) ** 2) <= mean(x**2) - M**2,
    mean(x**2) <= d * M**2,
    mean((M * e - x) ** 2) <= (1 - 1 / d) * mean(x**2),
    mean((z / d * o - z * b) ** 2).equals((1 - 1 / d) * mean((z * b) ** 2)),
)

# %% [markdown]
# ## Proof
# The mean of e_i x_i is M, and that of e_i^2 at most 1.

# %%
signs = theorem.average("signs", mean(e**2) <= 1, sign)
sizes = theorem.average("sizes", mean(e * x).equals(mean(a)), size)
theorem.combine("error", error, [(M**2, signs), (-2 * M, sizes)])

# %% [markdown]
# The mean of a_i^2 is at most m M, and m = d mean b_i a_i is at most d M, as b_i is at most 1.

# %%
squares = theorem.average("x_i times its entry", mean(x * x).equals(mean(x * e * a)), entry, weight=x)
products = theorem.average("a_i times its size", mean(a * a).equals(mean(a * e * x)), size, weight=a)
bounded = theorem.average("a_i times the largest", mean(a * a) <= mean(a * m), largest, weight=a)
rest = theorem.combine("not there", 1 - b >= 0, [indicator], squares=[(1, 1 - b)])
others = theorem.average("others", mean(a * (1 - b)) >= 0 * m, rest, weight=a)
theorem.combine("norms", norms, [(d * M, others), bounded, squares, (-1, products), (-d * M, there)])
theorem.combine("contraction", contraction, [(1, "error"), (1 / d, "norms")])

# %% [markdown]
# The last: a square, entry by entry.

# %%
unit_signs = theorem.average("signs of size 1, averaged", mean(o**2).equals(1), sign_one)
same_there = theorem.average("sign there, averaged", mean(o * b).equals(mean(b)), right_there)
zeros_and_one = theorem.average("0 or 1, averaged", mean(b**2).equals(mean(b)), indicator)
theorem.combine("attained", attained, modulo=[unit_signs, same_there, zeros_and_one, one])
theorem.qed("error", "norms", "contraction", "attained")

# %%
theorem.survivors = {
    "the lower bound of z *": "holds for any z",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
