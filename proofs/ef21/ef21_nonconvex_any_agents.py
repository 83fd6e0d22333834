# %% [markdown]
# # EF21 on smooth functions: what holds for one agent holds for all
#
# f_i is L_i-smooth and need not be convex, f is their mean, and L_A is the mean of the L_i. Whoever proves a constant
# for one agent, by a V = p L F + a ||g - d||^2 + c ||grad f||^2, has proved it for any number of agents, with L_A for
# L: a sum of squares in three numbers is all that is asked for. Nothing is asked of what agents differ in, as the same
# sum of squares at u = y, h = -k/2, h+ = k/2 bounds that, with room.
#
# What belongs to an agent is L_i times a vector: its gradients are L_i h_i and L_i h+_i, the error g_i - d_i of its
# estimate is L_i u_i, its message is L_i b_i.

# %%
from fractions import Fraction
from pathlib import Path

from eftheory.loading import load_object
from eftheory.proofkit import Theorem, expectation, inner, mean, square

BESIDE = f"{Path(__file__).with_name('_smooth_agents.py')}"
SmoothAgents, form = (load_object(f"{BESIDE}:{name}") for name in ("SmoothAgents", "form"))

theorem = Theorem(
    "ef21_nonconvex_any_agents",
    "EF21 on smooth functions: what is proved for one agent holds for any number, with the mean of the L_i",
)

s = theorem.parameter("s", at_least=0, below=1)
L_A = theorem.parameter("L_A", above=0, latex="L_A")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")

# %% [markdown]
# ## Hypotheses
# F is f less a lower bound, S is ||grad f||^2, G is the mean of (L_A/L_i) ||g_i - d_i||^2. That f_i is L_i-smooth is
# used as the two inequalities between x and x+ that say all that is known of two points. Of each compressor, its
# contraction given the past.

# %%
agents = SmoothAgents(theorem, s, L_A, step)
names = agents.hypotheses
now, after, here, there, total, level, level_next, bounded, smooth, backwards, compressor = names

# %% [markdown]
# The numbers: p, a and r of V = p (L_A F - S/2) + a G + r S, and q, by which the two inequalities of a pair are
# weighted, q/2 and p + q/2. With k = h+ - h, t = gamma L_A and m = p + q they make a sum of squares
#
# a u^2 - a s^2 (k + u)^2 - (1 + p/2 - r) h^2 + (p/2 - r) (h + k)^2 + p t (h - u) (2 h + k)/2 + m (k^2 - t^2 (h -
# u)^2)/4
#
# = A (h + x u + y k)^2 + B (u + z k)^2 + C k^2, coefficient by coefficient:

# %%
p, q = theorem.parameter("p", at_least=0), theorem.parameter("q", at_least=0)
a, r = theorem.parameter("a", at_least=0), theorem.parameter("r", at_least=0)
A, B, C = (theorem.parameter(name, at_least=0) for name in "ABC")
x, y, z = (theorem.parameter(name) for name in "xyz")
t, m = step * L_A, p + q
numbers = {"p": p, "q": q, "a": a, "r": r, "A": A, "B": B, "C": C, "x": x, "y": y, "z": z}
said = form({**numbers, "t": t, "s": s})
hh, uh, hk, uu, uk, kk = (theorem.given(name, relation) for name, relation in said.items())

# %% [markdown]
# ## Claim
# V loses ||grad f||^2 in each step, and is not negative; so ||grad f||^2 is at most V0/T on average over T steps.

# %%
V, V_next = agents.V(p, a, r), agents.V_next(p, a, r)
falls, least = theorem.claim(V_next <= V - agents.S, V >= 0)

# %% [markdown]
# ## Proof

# %%
L, u, h, turn, sent = agents.L, agents.u, agents.h, agents.turn, agents.sent
f, f_next, middle, bend = agents.f, agents.f_next, agents.middle, agents.bend
downs = theorem.average("descent", mean(f_next) <= mean(f + middle + bend), smooth)
ups = theorem.average("ascent", mean(f + middle) <= mean(f_next + bend), backwards)
left = square(agents.b - sent)
scaled = theorem.cancel("compressor, scaled", expectation(left) <= s**2 * square(sent), compressor, L**2)
errors = theorem.average("errors", mean(L * expectation(left)) <= mean(L * (s**2 * square(sent))), scaled, weight=L)
later = L_A * mean(L * square(agents.u_next))
expected = theorem.expect("G next, expected", expectation(agents.G_next).equals(expectation(later)), after)

# %% [markdown]
# U, H and K are means with the weights L_i/L_A. What is left over is the form in these, and, in what agents differ,
# the form at u, -k/2 and k, with two squares more.

# %%
U, H, K = mean(L * u) / L_A, mean(L * h) / L_A, mean(L * turn) / L_A
du, dk = u - U, turn - K
quarter = Fraction(1, 4)


def both(first, second, share, own, centred):
    """L_A^2 <first, second> of the means, and a share of what agents differ in, of which one is enough."""
    return L_A**2 * inner(first, second) + share * L_A * mean(L * inner(own, centred))


one_step = theorem.combine(
    "one step",
    falls,
    [
        (L_A * (p + q / 2), downs),
        (L_A * q / 2, ups),
        (a * L_A, errors),
        (both(H, H, quarter, turn, dk), hh),
        (2 * both(U, H, -2 * quarter, u, dk), uh),
        (2 * both(H, K, -2 * quarter, turn, dk), hk),
        (both(U, U, 1, u, du), uu),
        (2 * both(U, K, 1, u, dk), uk),
        (both(K, K, 1, turn, dk), kk),
    ],
    squares=[(L_A**2 * A, H + x * U + y * K), (L_A**2 * B, U + z * K), (L_A**2 * C, K)],
    mean_squares=[
        (L * L_A * A, x * du + y * dk - dk / 2),
        (L * L_A * B, du + z * dk),
        (L * L_A * (4 * C + 1) / 4, dk),
        (L * L_A * m * t**2 / 4, du + dk / 2),
    ],
    modulo=[expected, now, here, there, level, level_next, total],
)

# %%
nonnegative = theorem.positive("errors at least zero", L_A * mean(L * square(u)) >= 0)
gradient = theorem.positive("gradient at least zero", square(mean(L * h)) >= 0)
weights = [(p * L_A, bounded), (a, nonnegative), (r, gradient)]
theorem.qed(one_step, theorem.combine("V at least zero", least, weights, modulo=[now, here]))

# %% [markdown]
# An example of such numbers; `ef21_nonconvex_seventh` has some for all s.

# %%
agents.example(
    Fraction(1, 2),
    {
        **{s: "1/2", L_A: "1", step: "1/2", p: "24/7", q: "46/7", a: "21/8", r: "13/7"},
        **{A: "5/56", B: "829/1120", C: "4169/6632", x: "-13/5", y: "16/5", z: "-383/829"},
    },
)

# %%
theorem.survivors = {
    "the * bound of s *": "whatever s is, the sum of squares says what is needed of it",
    "the lower bound of gamma *": "likewise",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
