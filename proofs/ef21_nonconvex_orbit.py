# %% [markdown]
# # EF21 on smooth functions at its best step: an orbit that needs the constant
#
# The step and the constant are those of `ef21_nonconvex_best_step`, in units in which L_A = 1; v need not be the root
# of the quartic. Each agent holds L_i/L_A times the same vectors of two coordinates: the gradient g = (c, -1), and
# the estimate d = (kappa, -y). In each step they become their mirror images, (c, 1) and (kappa, y), and x moves by
# -gamma kappa in the first coordinate and from -gamma y/2 to gamma y/2 or back in the second, as EF21 wants it. f
# falls by gamma c kappa.
#
# Claims: the message (0, 2 y) is as far from what is compressed as allowed; the gradient turns just as far as its
# Lipschitz constant allows; ||g||^2 is p times what f falls by. From these, `eftheory/check/drift.py` says in words,
# there are a function for any number of steps, bounded below, and no constant below p. The change of f is that of the
# trapezoidal rule, so that the inequality between two points at distance 1 is the second claim, and at distance 2 it
# is clear.

# %%
from fractions import Fraction

from eftheory.methods import EF21
from eftheory.proofkit import OneStep, Theorem, inner, rewritten, square

theorem = Theorem(
    "ef21_nonconvex_orbit",
    "EF21 on smooth functions at its best step: along an orbit f falls as slowly as the constant says",
)

s = theorem.parameter("s", at_least=0, below=1)
v = theorem.parameter("v", above=0)
k = theorem.parameter("k", above=0)
i, j = theorem.vector("i"), theorem.vector("j")

# %% [markdown]
# ## Hypotheses
# i and j are the two directions.

# %%
circle = theorem.given("k", (k**2).equals(1 - v**2))
first = theorem.given("i", square(i).equals(1))
second = theorem.given("j", square(j).equals(1))
across = theorem.given("i and j", inner(i, j).equals(0))

# %% [markdown]
# ## The orbit

# %%
alpha, Y = 1 - s**2, 1 + s**2
N, Q = Y + 2 * s * v, 2 * s + Y * v
gamma, p = 2 * alpha * k / N, N**2 / (2 * alpha * v * k * Q)
c, y = Q / (alpha * k), N / alpha
kappa = y * v / k
g, g_after, d, d_after = c * i - j, c * i + j, kappa * i - y * j, kappa * i + y * j
message = 2 * y * j
x = -gamma * y / 2 * j
new = OneStep(EF21, {"step_size": gamma}, {"x": x, "d": d}, gradient=g_after, compress=message)
rewritten(new.d, d_after)
move = rewritten(new.x - x, -gamma * d)
sent = rewritten(new.sent, g_after - d)
turned = rewritten(g_after - g, 2 * j)

# %% [markdown]
# ## Claims

# %%
allowed, lipschitz, slow, place = theorem.claim(
    square(message - sent).equals(s**2 * square(sent)),
    square(turned).equals(square(move)),
    square(g).equals(p * inner(-(g + g_after) / 2, move)),
    inner(new.x, j).equals(gamma * y / 2),
)

# %% [markdown]
# ## Proof

# %%
unit = [first, second, across]
theorem.qed(
    theorem.combine("contraction", allowed, [(-4 * s**2 * (1 - v**2) / (k**2 * alpha), circle)], modulo=unit),
    theorem.combine("turn", lipschitz, [(-4, circle)], modulo=unit),
    theorem.combine("fall", slow, [(1 / k**2, circle)], modulo=unit),
    theorem.combine("place", place, modulo=[second, across]),
)

# %%
values = {s: Fraction(1, 2), v: Fraction(3, 5), k: Fraction(4, 5), i: [1, 0], j: [0, 1]}
theorem.example(values=values)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
