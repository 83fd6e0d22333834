# %% [markdown]
# # The contraction lemma of EF21
#
# For Top-1 of 4 entries, alpha = 1/4: s = 0.866, theta = 0.134 and beta = 5.6. An estimate loses 13 % of its error in
# a round, and pays 5.6 times the squared move of the gradient.
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
# ## Symbols
# - `y`: the parameter of Young's inequality: how a square of a sum is split
# - `p`: the move of x in this round
# - `s`: the root of 1 - alpha: a compressor errs by at most s times the length of what it is given
# - `g_i`: the estimate that agent i has of its gradient

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
one_agent = theorem.combine(
    "one agent",
    one,
    [compressor],
    squares=[((1 - alpha) / y, y * a - b)],
    prose="Young's inequality: the new error is the old one plus the move of the gradient, and a square "
    "pays for splitting them.",
)
best_agent = theorem.combine(
    "one agent, best y",
    best_one,
    [compressor],
    squares=[(s / (1 - s), (1 - s) * a - s * b)],
    prose="The same with the best y, at which the square that is lost vanishes for the worst pair.",
)

# %% [markdown]
# Averages over the agents, with the smoothness of each.

# %%
errors = theorem.average(
    "errors",
    mean(expectation(error_next)) <= mean((1 - theta_y) * error + beta_y * square(b)),
    one_agent,
    prose="What holds for each agent holds for the mean.",
)
best_errors = theorem.average(
    "errors, best y",
    mean(expectation(error_next)) <= mean((1 - theta) * error + beta * square(b)),
    best_agent,
    prose="What holds for each agent holds for the mean.",
)
moves = theorem.average(
    "moves", mean(square(b)) <= moved, smooth, prose="No gradient moves by more than L_i times the move of x."
)
all_agents = theorem.combine(
    "all agents", many, [errors, (beta_y, moves)], prose="Put the bound on the moves into the bound on the errors."
)
best_agents = theorem.combine(
    "all agents, best y",
    best_many,
    [best_errors, (beta, moves)],
    prose="Put the bound on the moves into the bound on the errors.",
)

# %% [markdown]
# What remains is about numbers.

# %%
steps = [
    theorem.positive(
        "theta above", low, prose="theta is more than half of alpha: 1 - s^2 = (1 - s)(1 + s) and 1 + s is below 2."
    ),
    theorem.positive("theta below", high, prose="theta is at most alpha, as 1 + s is at least 1."),
    theorem.identity("xi squared", price, prose="The price of compression, beta/theta, is a square."),
    theorem.identity("xi", price_alpha, prose="The same price in terms of alpha."),
    theorem.positive("xi below", price_bound, prose="A bound without a root, for people who choose a step by hand."),
    theorem.combine(
        "best y",
        optimal,
        squares=[(s**2 / (y * (1 - s)), 1 - s - s * y)],
        prose="No other y is cheaper: what it costs more is a square.",
    ),
    theorem.identity("gap", gap, prose="And by how much it costs more."),
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
