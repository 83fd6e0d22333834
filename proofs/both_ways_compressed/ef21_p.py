# %% [markdown]
# # EF21-P: error feedback for the model, from the server down
#
# The server moves x+ = x + v, v = -gamma h(w), by the gradient at w, the point that all agents know; then it sends a
# compressed difference c of x+ - w, and w+ = w + c. That is EF21 for the identity instead of the gradient: the
# contraction lemma is the same, and L takes the place of Ltilde, however many agents there are.

# %%
from eftheory.methods.ef21_p import EF21P
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, rewritten, square

theorem = Theorem(
    "ef21_p",
    "EF21-P with exact gradients finds points of small gradient at the rate 1/T",
    source="own, for the method of [GruntkowskaTyurinRichtarik2023]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
x, w = theorem.vector("x"), theorem.vector("w")
h, k = theorem.vector("h"), theorem.vector("k")
c = theorem.vector("c", random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound; h and k are its gradients at x and at w. alpha = 1 - s^2, and xi = s/(1 - s).

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
new = OneStep(EF21P, {"step_size": step}, {"x": x, "w": w}, gradient=k, compress_server=c)
v = new.move("x", -step * k)
_lag, _sent = rewritten(new.w - new.x, w + c - (x + v)), rewritten(new.asked("compress_server"), x + v - w)
now = theorem.given("G now", G.equals(square(w - x)))
after = theorem.given("G next", G_next.equals(square(_lag)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(h, v) + L / 2 * square(v))
gradients = theorem.given("gradients", square(k - h) <= L**2 * square(w - x))
compressor = theorem.given("compressor", expectation(square(c - _sent)) <= (1 - alpha) * square(_sent))
short = theorem.given("short step", (xi * L * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points x; f0 and G0 belong to the start, and G0 = 0 for w = x. Any gamma'
# up to 1/(L (1 + xi)) is short.

# %%
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L * (1 + xi)), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + L**2 * G_0 / (theta * T), (xi * L * simple) ** 2 + L * simple <= 1
)

# %% [markdown]
# ## Proof
# The contraction lemma, for the point w that follows x, and V = f + gamma L^2/(2 theta) G.

# %%
beta = s**2 / (1 - s)
move = theorem.combine("the move", square((x + v) - x) <= 1**2 * square(v))
contraction = theorem.lemma(
    "contraction",
    expectation(square(_lag)) <= (1 - theta) * square(w - x) + beta * square((x + v) - x),
    "theta_beta",
    {
        theorem.vector("g", indexed=True): w,
        theorem.vector("h", indexed=True): x,
        theorem.vector("h+", indexed=True): x + v,
        theorem.vector("c", indexed=True, random=True): c,
        theorem.vector("p"): v,
        theorem.scalar("L", indexed=True): 1,
        theorem.scalar("y"): 1,
    },
    given=[compressor, move],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(square(_lag))), after)
V = f + step * L**2 / (2 * theta) * G
one_step = theorem.combine(
    "one step",
    f_next + step * L**2 / (2 * theta) * expectation(G_next) <= V - step / 2 * square(h),
    [smooth, (step * L**2 / (2 * theta), contraction), (step / 2, gradients), (step / 2 * square(k), short)],
    modulo=[expected, now],
)
error = theorem.positive("error", square(w - x) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step * L**2 / (2 * theta), error)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step * L**2 / (2 * theta) * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(h), start, average, {f: f_0, G: G_0}, T),
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.positive("simple step", allowed),
)

# %%
theorem.survivors = {
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of L: *": "the lemma takes the square of L only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "claim 2: *": "there is room: x^2 + y <= 1 where x + y <= 1; `step_size_lemma` has the exact bound",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
