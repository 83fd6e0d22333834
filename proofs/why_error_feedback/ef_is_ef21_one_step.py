# %% [markdown]
# # EF and EF21 have the same one-step dynamics (Theorem B), for any agents and any step size
#
# EF in the vectors Y = x - x* - mean e_i and e_i, and EF21 in G = mean g_i and u_i = g_i - d_i, obey the same
# equations, with u_i for -e_i. The move w is x - x* for EF, and mean d_i for EF21. So a quadratic V that one step of
# EF21 shrinks by rho in (G, u_i) is one that a step of EF shrinks by rho in (Y, -e_i), and conversely. EF's functions
# are all stationary at x*; EF21's need not be.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef_is_ef21_one_step", "One step of EF and one of EF21 obey the same equations and shrink each quadratic V alike"
)

step = theorem.parameter("gamma", above=0, latex=r"\gamma")
sigma = theorem.parameter("sigma", above=0, indexed=True, latex=r"\sigma")
delta = theorem.parameter("delta", at_least=0, indexed=True, latex=r"\delta")
rho = theorem.parameter("rho", latex=r"\rho")
y, e = theorem.vector("y"), theorem.vector("e", indexed=True)
g, d = theorem.vector("g", indexed=True), theorem.vector("d", indexed=True)
r = theorem.vector("r", indexed=True)
c, b = theorem.vector("c", indexed=True, random=True), theorem.vector("b", indexed=True, random=True)

# %% [markdown]
# ## EF
# y = x - x*; the gradient at x is given by the ball of the two-point inequality about x*: any r_i not longer than y.
# The messages are c_i.

# %%
new_EF = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=sigma / 2 * y + delta / 2 * r, compress=c)
v_EF, y_next, e_next = new_EF.sent, new_EF.x, new_EF.e
Y, Y_next = y - mean(e), y_next - mean(e_next)

# %% [markdown]
# ## EF21
# The ball of the two-point inequality about x contains the change of the gradient if -gamma r_i is not longer than the
# move p. The messages are b_i.

# %%
p = -step * mean(d)
g_next = g + sigma / 2 * p + delta / 2 * (-step * r)
new = OneStep(EF21, {"step_size": step}, {"d": d}, gradient=g_next, compress=b)
new.move("x", p)
v_EF21, d_next = new.sent, new.d
G, G_next = mean(g), mean(g_next)

# %% [markdown]
# ## Hypotheses
# The two are at states that correspond. To each state of EF there is such a state of EF21, say g_i = Y and
# d_i = Y + e_i; to each of EF21 one of EF: e_i = d_i - g_i and y = mean d_i. What is compressed differs in sign, by the
# second claim, and so shall the messages: of a compressor only its contraction is known, and by the third claim b_i is
# as good a message as c_i.

# %%
same_mean = theorem.given("G is Y", G.equals(Y))
same_errors = theorem.given("u is -e", (g - d).equals(-e))
same_messages = theorem.given("messages", b.equals(-c))

# %% [markdown]
# ## Which V
# All quadratics in G and the u_i that are made of inner products, whatever the dimension: each is a sum of terms
# m ||a G + mean h_i u_i||^2, with numbers m of any sign, a and h_i. With two such terms and one mean k_i ||u_i||^2, all
# numbers free, the claims stand for any number of terms, being linear in V.

# %%
numbers = [theorem.parameter(name) for name in ("m", "a", "m'", "a'")]
weights = [theorem.parameter(name, indexed=True) for name in ("h", "h'", "k")]


def lyapunov(G, u):
    """V."""
    (m, a, m2, a2), (h, h2, k) = numbers, weights
    return m * square(a * G + mean(h * u)) + m2 * square(a2 * G + mean(h2 * u)) + mean(k * square(u))


V_EF, V_EF_after = lyapunov(Y, -e), lyapunov(Y_next, -e_next)
V_EF21, V_EF21_after = lyapunov(G, g - d), lyapunov(G_next, g_next - d_next)

# %% [markdown]
# ## Claims
# 1. to 4. The moves are the same, what is compressed is up to its sign, messages are as far from it, and the condition
# on r_i is the same. 5., 6. The states correspond after the step, too. 7., 8. V is the same before and after. 9. So
# E V+ <= rho V holds for EF if it does for EF21, and conversely.

# %%
goals = dict(
    zip(
        ("move", "compressed", "error", "ball", "G", "u", "V", "V after", "rate"),
        theorem.claim(
            mean(d).equals(y),
            v_EF21.equals(-v_EF),
            square(b - v_EF21).equals(square(c - v_EF)),
            (square(p) - square(-step * r)).equals(step**2 * (square(y) - square(r))),
            G_next.equals(Y_next),
            (g_next - d_next).equals(-e_next),
            V_EF21.equals(V_EF),
            V_EF21_after.equals(V_EF_after),
            (rho * V_EF21 - expectation(V_EF21_after)).equals(rho * V_EF - expectation(V_EF_after)),
        ),
    )
)

# %% [markdown]
# ## Proof: the states

# %%
mean_errors = theorem.average("mean of u", mean(g - d).equals(mean(-e)), same_errors)
move = theorem.combine("move", goals["move"], [same_mean, (-1, mean_errors)])
compressed = theorem.combine("compressed", goals["compressed"], [same_errors, (-step * sigma / 2, move)])
error = b - v_EF21 - (c - v_EF)
states = [
    move,
    compressed,
    theorem.combine("error", goals["error"], [(error, same_messages), (-error, compressed)]),
    theorem.combine("ball", goals["ball"], [(step**2 * (mean(d) + y), move)]),
    theorem.combine("G after", goals["G"], [same_mean, (-step * mean(sigma) / 2, move)]),
    theorem.combine("u after", goals["u"], [compressed, (-1, same_messages)]),
]

# %% [markdown]
# ## Proof: V
# Term by term: equal vectors have equal squares.


# %%
def equal(name, goal, G, u, Y, e, by_G, by_u):
    """V is the same at (G, u) and (Y, -e)."""
    (m, a, m2, a2), (h, h2, k) = numbers, weights
    lines = []
    for number, term, many in ((m, a, h), (m2, a2, h2)):
        part = theorem.average(
            f"{name}: mean of {many.name}_i u_i", mean(many * u).equals(mean(many * -e)), by_u, weight=many
        )
        left, right = term * G + mean(many * u), term * Y + mean(many * -e)
        line = theorem.combine(f"{name}: the term of {number.name}", left.equals(right), [(term, by_G), part])
        lines.append((number * (left + right), line))
    both = k * (u - e)
    own = theorem.average(f"{name}: the squares", mean(inner(both, u)).equals(mean(inner(both, -e))), by_u, weight=both)
    return theorem.combine(name, goal, [*lines, own])


before = equal("V", goals["V"], G, g - d, Y, e, same_mean, same_errors)
after = equal("V after", goals["V after"], G_next, g_next - d_next, Y_next, e_next, "G after", "u after")
expected = theorem.expect("V after, expected", expectation(V_EF21_after).equals(expectation(V_EF_after)), after)
theorem.qed(*states, before, after, theorem.combine("rate", goals["rate"], [(rho, before), (-1, expected)]))

# %%
theorem.survivors = {
    "the lower bound of gamma *": "not needed; it says where the statement is meant",
    "the lower bound of sigma_i *": "not needed; it says where the statement is meant",
    "step '*: the squares', weight: the whole times -1": "an equation says the same with either sign",
    "the lower bound of delta_i *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
