# %% [markdown]
# # The contraction lemma of EF21
#
# EF21 keeps for each agent an estimate g_i of its gradient h_i and moves it by the compressed difference to the new
# gradient h+_i, so g+_i = g_i + C(h+_i - g_i). Its error shrinks by a factor, up to what the gradient has moved. The
# bound has a free parameter, y of Young's inequality. Steps may be the longer the smaller beta/theta is
# (`ef21_nonconvex`); it is smallest for y = (1-s)/s with alpha = 1 - s^2, which gives theta = 1 - sqrt(1-alpha) and
# beta = (1-alpha)/(1 - sqrt(1-alpha)).

# %%
from eftheory.proofkit import Theorem, expectation, mean, square

theorem = Theorem(
    "theta_beta",
    "Estimates of EF21 contract by theta, up to beta times the squared move; "
    "no Young parameter that contracts has a smaller beta/theta",
    source="[RichtarikSokolovFatkhullin2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
y = theorem.parameter("y", above=0)
L = theorem.parameter("L", indexed=True)
g = theorem.vector("g", indexed=True)
h = theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)
move = theorem.vector("p")

# %% [markdown]
# ## Hypotheses
# c_i is the compressed difference; the expectation is over the compressor, given h_i, h+_i and g_i. Compressors of
# different agents may depend on each other. f_i is L_i-smooth, and x has moved by p.

# %%
alpha = 1 - s**2
compressor = theorem.given("compressor", expectation(square(c - (h_next - g))) <= (1 - alpha) * square(h_next - g))
smooth = theorem.given("smooth", square(h_next - h) <= L**2 * square(move))

# %% [markdown]
# ## Claims
# For any y: one agent, then the mean over agents. For the best y: the same with theta and beta. Then theta lies between
# alpha/2 and alpha; beta/theta is the square of xi = (1+s)/alpha - 1, at most 2/alpha - 1; and beta_y/theta_y is never
# below beta/theta where theta_y > 0, written without quotients as theta_y may have any sign. The difference is a square
# that vanishes at y = (1-s)/s only, unless s = 0.

# %%
theta_y, beta_y = 1 - (1 - alpha) * (1 + y), (1 - alpha) * (1 + 1 / y)
theta, beta, xi = 1 - s, s**2 / (1 - s), s / (1 - s)
error, error_next = square(g - h), square(g + c - h_next)
moved = mean(L**2) * square(move)
theorem.claim(
    expectation(error_next) <= (1 - theta_y) * error + beta_y * square(h_next - h),
    expectation(mean(error_next)) <= (1 - theta_y) * mean(error) + beta_y * moved,
    expectation(error_next) <= (1 - theta) * error + beta * square(h_next - h),
    expectation(mean(error_next)) <= (1 - theta) * mean(error) + beta * moved,
    alpha / 2 < theta,
    theta <= alpha,
    (beta / theta).equals(xi**2),
    xi.equals((1 + s) / alpha - 1),
    xi < 2 / alpha - 1,
    beta * theta_y <= beta_y * theta,
    (beta_y * theta - beta * theta_y).equals(s**2 * (1 - s - s * y) ** 2 / (y * (1 - s))),
)

# %% [markdown]
# ## Proof
# Young's inequality for h+_i - g_i = (h_i - g_i) + (h+_i - h_i): what is lost is a square.

# %%
a, b = h - g, h_next - h
one, many, best_one, best_many, low, high, price, price_alpha, price_bound, optimal, gap = theorem.conclusions
one_agent = theorem.combine("one agent", one, [compressor], squares=[((1 - alpha) / y, y * a - b)])
best_agent = theorem.combine("one agent, best y", best_one, [compressor], squares=[(s / (1 - s), (1 - s) * a - s * b)])

# %% [markdown]
# Averages over the agents, with the smoothness of each.

# %%
errors = theorem.average(
    "errors",
    mean(expectation(error_next)) <= mean((1 - theta_y) * error + beta_y * square(b)),
    one_agent,
)
best_errors = theorem.average(
    "errors, best y",
    mean(expectation(error_next)) <= mean((1 - theta) * error + beta * square(b)),
    best_agent,
)
moves = theorem.average("moves", mean(square(b)) <= moved, smooth)
all_agents = theorem.combine("all agents", many, [errors, (beta_y, moves)])
best_agents = theorem.combine("all agents, best y", best_many, [best_errors, (beta, moves)])

# %% [markdown]
# What remains is about numbers.

# %%
steps = [
    theorem.positive("theta above", low),
    theorem.positive("theta below", high),
    theorem.identity("xi squared", price),
    theorem.identity("xi", price_alpha),
    theorem.positive("xi below", price_bound),
    theorem.combine("best y", optimal, squares=[(s**2 / (y * (1 - s)), 1 - s - s * y)]),
    theorem.identity("gap", gap),
]
theorem.qed(one_agent, all_agents, best_agent, best_agents, *steps)

# %%
theorem.survivors = {
    "claim 5: *": "the bounds are simple, not exact",
    "claim 6: *": "the bounds are simple, not exact",
    "claim 9: *": "the bounds are simple, not exact",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
