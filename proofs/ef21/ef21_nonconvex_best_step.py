# %% [markdown]
# # EF21 on smooth functions at its best step
#
# f_i is L_i-smooth and need not be convex, f is their mean, and L_A is the mean of the L_i. v is the positive root of
# a quartic with coefficients in s; it falls from sqrt(2/3) to (sqrt 5 - 1)/2 as s grows from 0 to 1, so that it lies
# in the range below. It gives the step and the constant that drifting orbits attain (`eftheory/witnesses/drift.py`),
# for which certificates from both sides meet at each alpha tried. That no other step has a smaller constant before
# f - inf f is not proved here.

# %%
from fractions import Fraction
from pathlib import Path

from eftheory.loading import load_object
from eftheory.proofkit import Theorem
from eftheory.proofkit.models.surd import square_root

SmoothAgents = load_object(f"{Path(__file__).with_name('_smooth_agents.py')}:SmoothAgents")

theorem = Theorem(
    "ef21_nonconvex_best_step",
    "EF21 on smooth functions at the step of a quartic: a constant for any agents",
)

s = theorem.parameter("s", above=0, below=1)
L_A = theorem.parameter("L_A", above=0, latex="L_A")
v = theorem.parameter("v", at_least=Fraction(61, 100), at_most=Fraction(41, 50))
k = theorem.parameter("k", above=0, at_most=1)

# %% [markdown]
# ## Hypotheses
# As in `ef21_nonconvex_any_agents`: F is f less a lower bound, S is ||grad f||^2, G is the mean of (L_A/L_i) ||g_i -
# d_i||^2; what belongs to an agent is L_i times a vector.

# %%
alpha, Y = 1 - s**2, 1 + s**2
N, Q = Y + 2 * s * v, 2 * s + Y * v
root = theorem.given(
    "quartic", (2 * s * Y * v**4 + 3 * Y**2 * v**3 + 4 * s * Y * v**2 - 2 * (1 + s**4) * v).equals(2 * s * Y)
)
circle = theorem.given("k", (k**2).equals(1 - v**2))
agents = SmoothAgents(theorem, s, L_A, 2 * alpha * k / (N * L_A))

# %% [markdown]
# ## Claim

# %%
P = N / (2 * v * Q)
M = P - Q * (1 - P) / (N * v)
A = 2 * s * (1 - P) * (1 - v**2) / (N * v)
x, y = -Q / (2 * s * (1 - v**2)), (1 + Q * (s + v) / ((1 - v**2) * alpha)) / 2
p, m = N**2 / (2 * alpha * v * k * Q), M * N**2 / (alpha**2 * k**2)
a, r = (M + A * x**2) / alpha, (p + P) / 2 - A * y
small = theorem.claim(agents.bound(p, a, r))

# %% [markdown]
# ## Proof
# p is less than 2/(gamma L_A): the quartic is a positive multiple of 2 v Q - N, less what is positive.

# %%
excess = 2 * v * Q - N
multiple = s * v**2 + (3 * s**4 + 4 * s**2 + 3) / (2 * Y) * v + s * (s**4 + 3 * s**2 + 1) / Y**2
rest = (s**8 + 2 * s**6 + 6 * s**4 + 2 * s**2 + 1) / (2 * Y**2) * v + s * (s**4 + s**2 + 1) / Y
divided = theorem.combine("quartic, divided", rest <= excess * multiple, [(-1, root)])
remains = theorem.positive("what remains", rest > 0)
product = theorem.combine("product", excess * multiple > 0, [divided, remains])
large = theorem.cancel("p L_A gamma/2", excess > 0, product, multiple)
below = theorem.cancel("less than published", 1 - P > 0, large, 2 * v * Q)

# %% [markdown]
# m is at least p. That the other numbers are not negative is seen from their coefficients.

# %%
chord = theorem.combine(
    "chord",
    k <= (1 - v**2) * 7 / 8 + Fraction(2, 7),
    [(Fraction(7, 8), circle)],
    squares=[(Fraction(7, 8), k - Fraction(4, 7))],
)
whole = N**2 * v + Q * N - 2 * Q**2 * v
room = theorem.positive("room", N * v * alpha * ((1 - v**2) * 7 / 8 + Fraction(2, 7)) <= whole)
pairs = theorem.combine("pairs", N * v * alpha * k <= whole, [(N * v * alpha, chord), room])
theorem.cancel("m and p", m - p >= 0, pairs, 2 * v**2 * Q * alpha**2 * k**2 / N)

# %% [markdown]
# The form is one square. Its coefficients of u k and k k are what they are by the quartic.

# %%
numbers = {"p": p, "q": m - p, "a": a, "r": r, "A": A, "B": 0, "C": 0, "x": x, "y": y, "z": 0}
using = {
    "of u k": [(-1 / (4 * v**2 * alpha * (1 - v**2) * Q), root)],
    "of k k": [
        (s * (s + v) / (2 * v**2 * alpha**2 * (1 - v**2) * Q), root),
        (M * N**2 / (4 * alpha**2 * k**2 * (1 - v**2)), circle),
    ],
}
theorem.qed(agents.sum_up(small, numbers, using))

# %%
theorem.survivors = {"step '*', values of z: 0 plus 1/1000": "z is multiplied by B, which is 0"}
# For a given v the quartic is a square equation in s + 1/s. With v^2 = 5/12 its roots are rational multiples of v.
at_v, at_k = square_root(Fraction(5, 12)), square_root(Fraction(7, 12))
at_s = (square_root(Fraction(27, 5)) - square_root(Fraction(7, 5))) * Fraction(1, 2)
at_step = 2 * (1 - at_s * at_s) * at_k / (1 + at_s * at_s + 2 * at_s * at_v)
agents.example(at_step, {s: at_s, v: at_v, k: at_k, L_A: "1"})

# %%
if __name__ == "__main__":
    theorem.print_lesson()
