# %% [markdown]
# # DASHA: compressed differences of gradients, without a coin
#
# x+ = x + v with v = -gamma mean d_i. Agents send c_i, compressed s_i = k+_i - k_i - a (d_i - k_i), where k_i and k+_i
# are the gradients of f_i before and after the step, and d+_i = d_i + c_i. So the error e_i = d_i - k_i becomes
# (1 - a) e_i, but for the error of the message; and the errors of messages are not correlated.

# %%
from fractions import Fraction

from eftheory.methods.dasha import Dasha
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "dasha",
    "DASHA finds points of small gradient at the rate 1/T",
    source="own, for the method of [TyurinRichtarik2023]",
)

n = theorem.parameter("n", above=0)
omega = theorem.parameter("omega", at_least=0, latex=r"\omega")
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
H, H_next = theorem.scalar("H"), theorem.scalar("H+", random=True, latex="H^{+}")
d = theorem.vector("d", indexed=True)
k, k_next = theorem.vector("k", indexed=True), theorem.vector("k+", indexed=True, latex="k^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound. G is the squared error of the mean of the estimates, H the mean of their squared
# errors. Messages are unbiased with variance omega; uncorrelated means that the squared error of their mean has no
# terms of two agents.

# %%
a = 1 / (1 + 2 * omega)
new = OneStep(Dasha, {"step_size": step, "momentum": a}, {"d": d}, gradient=[k, k_next], compress=c)
v = new.move("x", -step * mean(d))
e, s = d - k, new.sent
lost = c - s
e_next = rewritten(new.d - k_next, (1 - a) * e + lost)
now = theorem.given("G now", G.equals(square(mean(e))))
after = theorem.given("G next", G_next.equals(square(mean(e_next))))
H_now = theorem.given("H now", H.equals(mean(square(e))))
H_after = theorem.given("H next", H_next.equals(mean(square(e_next))))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(k), v) + L / 2 * square(v))
smooth_i = theorem.given("f_i is smooth", square(k_next - k) <= L_i**2 * square(v))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
unbiased = theorem.given("unbiased", expectation(c).equals(s))
variance = theorem.given("variance", expectation(square(lost)) <= omega * square(s))
uncorrelated = theorem.given(
    "uncorrelated", expectation(square(mean(lost))).equals(mean(expectation(square(lost))) / n)
)
M_squared = 2 * omega * (1 + 2 * omega) * L_tilde**2 / n
short = theorem.given("short step", M_squared * step**2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; f0, G0 and H0 belong to the start, and G0 = H0 = 0 if it is from
# exact gradients. A step is short up to 1/(L + M), where M = Ltilde sqrt(2 omega (1 + 2 omega)/n).

# %%
M = theorem.parameter("M", at_least=0)
root = theorem.given("M", (M**2).equals(M_squared))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0, H_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fGH")
A, B = (1 + 2 * omega) ** 2 / (1 + 4 * omega), 2 * omega * (1 + 2 * omega) / ((1 + 4 * omega) * n)
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + (A * G_0 + B * H_0) / T, M_squared * simple**2 + L * simple <= 1
)

# %% [markdown]
# ## Proof: the estimates
# ||s_i||^2 <= 2 ||k+_i - k_i||^2 + 2 a^2 ||e_i||^2. As 2 omega a^2 = a - a^2, what is left of H is a part 1 - a.

# %%
own = theorem.combine(
    "error of a message",
    expectation(square(lost)) <= 2 * omega * L_i**2 * square(v) + 2 * omega * a**2 * square(e),
    [variance, (2 * omega, smooth_i)],
    squares=[(omega, k_next - k + a * e)],
)
all_errors = theorem.average(
    "errors of messages",
    mean(expectation(square(lost))) <= mean(2 * omega * L_i**2 * square(v) + 2 * omega * a**2 * square(e)),
    own,
)
lost_mean = theorem.average("messages without bias", mean(expectation(lost)).equals(mean(0 * e)), unbiased)
H_expected = theorem.expect("H, expected", expectation(H_next).equals(expectation(mean(square(e_next)))), H_after)
products = theorem.average("products", mean(inner(e, expectation(c))).equals(mean(inner(e, s))), unbiased, weight=e)
H_shrinks = theorem.combine(
    "H shrinks",
    expectation(H_next) <= (1 - a) * H + 2 * omega * L_tilde**2 * square(v),
    [H_expected, (2 * (1 - a), products), all_errors],
    modulo=[H_now, constants],
)
G_expected = theorem.expect("G, expected", expectation(G_next).equals(expectation(square(mean(e_next)))), after)
G_shrinks = theorem.combine(
    "G shrinks",
    expectation(G_next) <= (1 - a) ** 2 * G + 2 * omega / n * (L_tilde**2 * square(v) + a**2 * H),
    [G_expected, (2 * (1 - a) * mean(e), lost_mean), uncorrelated, (1 / n, all_errors)],
    modulo=[now, H_now, constants],
)

# %% [markdown]
# ## Proof: one step
# So V = f + (gamma/2)(A G + B H) decreases by gamma/2 ||grad f||^2 in each step. Sum over time.

# %%
V = f + step / 2 * (A * G + B * H)
one_step = theorem.combine(
    "one step",
    f_next + step / 2 * (A * expectation(G_next) + B * expectation(H_next)) <= V - step / 2 * square(mean(k)),
    [smooth, (step / 2 * A, G_shrinks), (step / 2 * B, H_shrinks), (step / 2 * square(mean(d)), short)],
    modulo=[now],
)
errors = theorem.positive("errors", A * square(mean(e)) + B * mean(square(e)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / 2, errors)], modulo=[now, H_now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / 2 * (A * G_0 + B * H_0)) / T,
    Telescoped(
        one_step,
        V,
        {f: f_next, G: G_next, H: H_next},
        step / 2,
        square(mean(k)),
        start,
        average,
        {f: f_0, G: G_0, H: H_0},
        T,
    ),
)
condition = theorem.positive("its condition", (M * simple) ** 2 + L * simple <= 1)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'products', weight: *": "an equation is one with either sign",
}

# %% [markdown]
# An example: two agents whose estimates are right, and each of whose messages is twice what it should be, or nothing.

# %%
tenth = Fraction(1, 10)
sent = [[[-2 * tenth, 0]] * 2 + [[0, 0]] * 2, [[0, -2 * tenth], [0, 0]] * 2]
theorem.example(
    outcomes=4,
    values={
        **{n: 2, omega: 1, step: tenth, L: 1, L_tilde: 1, L_i: [1, 1]},
        **{d: [[2, 0], [0, 2]], k: [[2, 0], [0, 2]], k_next: [[2 - tenth, 0], [0, 2 - tenth]], c: sent},
    },
    later={
        **{d: [[tenth, 0], [0, tenth]], k: [[0, 0]] * 2, k_next: [[0, 0]] * 2},
        c: [[[-tenth / 3, 0]] * 4, [[0, -tenth / 3]] * 4],
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
