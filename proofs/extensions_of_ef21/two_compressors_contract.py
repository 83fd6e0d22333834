# %% [markdown]
# # What two compressors in a row do to the errors
#
# One step of EF21-BC: agents keep estimates d_i of their gradients, d+_i = d_i + c_i with the message c_i = C(h+_i -
# d_i); the server follows their mean, g+ = g + b with b = C'(mean d+_i - g). The gradients move by at most L_i ||p||.
# The agents' alpha is 1 - s^2, the server's 1 - r^2. Both errors contract, the server's up to what the agents send.

# %%
from eftheory.proofkit import Theorem, expectation, mean, square

theorem = Theorem(
    "two_compressors_contract",
    "The agents' errors contract, and the server's contracts up to these and to the squared move",
    source="own, for EF21-BC of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0, below=1)
t = theorem.parameter("t", above=0, below=1)
A, B = theorem.parameter("A", at_least=0), theorem.parameter("B", at_least=0)
L_i = theorem.parameter("L", indexed=True)
d, h = theorem.vector("d", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
g, p = theorem.vector("g"), theorem.vector("p")
c, b = theorem.vector("c", indexed=True, random=True), theorem.vector("b", random=True)

# %% [markdown]
# ## Hypotheses
# The server's compressor contracts whatever the agents send, hence also in the mean over what they send.

# %%
alpha, alpha_server = 1 - s**2, 1 - r**2
error, error_next = square(d - h), square(d + c - h_next)
sent, sent_down = h_next - d, mean(d + c) - g
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * square(sent))
downlink = theorem.given(
    "server's compressor", expectation(square(b - sent_down)) <= (1 - alpha_server) * expectation(square(sent_down))
)

# %% [markdown]
# ## Claims
# About the agents, and about the server; and of both, with weights B and A: what they leave once the error of g is paid
# for, in which t weights the errors of agents and server as 1 - t to t.

# %%
price = 2 * r**2 * (1 + s) ** 2 / (1 - r)
server_next = square(g + b - mean(d + c))
of_agents, of_server, together = theorem.claim(
    expectation(mean(error_next)) <= s * mean(error) + s**2 / (1 - s) * mean(L_i**2) * square(p),
    expectation(server_next) <= r * square(g - mean(d)) + price * (mean(error) + mean(L_i**2) * square(p)),
    A * expectation(server_next) + B * expectation(mean(error_next)) + square(g - mean(h))
    <= (r * A + 1 / t) * square(g - mean(d))
    + (s * B + price * A + 1 / (1 - t)) * mean(error)
    + (price * A + B * s**2 / (1 - s)) * mean(L_i**2) * square(p),
)

# %% [markdown]
# ## Proof
# The agents: as ever; what they compress, and what they send, is bounded by error and move.

# %%
contraction = theorem.lemma(
    "contraction",
    of_agents,
    "theta_beta",
    {theorem.vector("g", indexed=True): d, theorem.scalar("y"): 1},
    given=[compressor, smooth_i],
)
pathwise = theorem.combine(
    "message",
    square(c) <= (1 + 1 / s) * square(c - sent) + (1 + s) * square(sent),
    squares=[(1 / s, c - (1 + s) * sent)],
)
message = theorem.expect(
    "message, expected",
    expectation(square(c)) <= expectation((1 + 1 / s) * square(c - sent) + (1 + s) * square(sent)),
    pathwise,
)
one_message = theorem.combine(
    "one message",
    expectation(square(c)) <= 2 * (1 + s) ** 2 * (error + L_i**2 * square(p)),
    [message, (1 + 1 / s, compressor), (2 * (1 + s) ** 2, smooth_i)],
    squares=[((1 + s) ** 2, (h - d) - (h_next - h))],
)
messages = theorem.average(
    "messages", mean(expectation(square(c))) <= mean(2 * (1 + s) ** 2 * (error + L_i**2 * square(p))), one_message
)

# %% [markdown]
# The server: its error contracts, up to what the agents have sent.

# %%
young = theorem.combine(
    "server's input",
    square(sent_down) <= square(g - mean(d)) / r + mean(square(c)) / (1 - r),
    squares=[(1 / (r * (1 - r)), (1 - r) * (mean(d) - g) - r * mean(c))],
    mean_squares=[(1 / (1 - r), c - mean(c))],
)
young_expected = theorem.expect(
    "server's input, expected",
    expectation(square(sent_down)) <= expectation(square(g - mean(d)) / r + mean(square(c)) / (1 - r)),
    young,
)
server_error = theorem.combine(
    "server's error", of_server, [downlink, (r**2, young_expected), (r**2 / (1 - r), messages)]
)
both = theorem.combine(
    "together",
    together,
    [(A, server_error), (B, contraction)],
    squares=[(1 / (t * (1 - t)), (1 - t) * (g - mean(d)) - t * mean(d - h))],
    mean_squares=[(1 / (1 - t), (d - h) - mean(d - h))],
)
theorem.qed(contraction, server_error, both)

# %%
theorem.survivors = {"step 'contraction', values of y: *": "y is for other conclusions of the lemma"}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
