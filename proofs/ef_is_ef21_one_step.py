# %% [markdown]
# # EF and EF21 have the same one-step dynamics (Theorem B), for any agents and any step size
#
# EF in the vectors Y = x - x* - mean e_i and e_i, and EF21 in G = mean g_i and u_i = g_i - d_i, obey the same
# equations, with u_i for -e_i. The move w is x - x* for EF, and mean d_i for EF21. So every quadratic V(G, u_i) that
# one step of EF21 shrinks by rho gives V(Y, -e_i) that one step of EF shrinks by rho, and conversely. EF's functions
# are all stationary at x*; EF21's need not be.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem("ef_is_ef21_one_step", "The same equations govern one step of EF and one of EF21")

step = theorem.parameter("step", above=0, latex=r"\gamma")
sigma = theorem.parameter("sigma", above=0, indexed=True, latex=r"\sigma")
delta = theorem.parameter("delta", at_least=0, indexed=True, latex=r"\delta")
y = theorem.vector("y")
e, g, d, r, c = (theorem.vector(name, indexed=True) for name in "egdrc")

# %% [markdown]
# ## The common dynamics
# State (Y, q_i); w = Y + mean q_i; a gradient H_i = (sigma_i/2) w + (delta_i/2) r_i with any r_i not longer than w.
# What is compressed is q_i + step H_i, and the new q_i is what the compressor leaves of it: any vector of at most s
# times its length, whatever its sign.


# %%
def common(Y, q):
    """The move, the new Y, and what is compressed."""
    w = Y + mean(q)
    H = sigma / 2 * w + delta / 2 * r
    return w, Y - step * mean(H), q + step * H


# %% [markdown]
# ## The two methods
# EF, with messages c_i and y = x - x*; the gradient at x is given by the ball of the two-point inequality about x*.

# %%
gradient = sigma / 2 * y + delta / 2 * r
v = e + step * gradient
e_after = v - c
Y_after = (y - mean(c)) - mean(e_after)

# %% [markdown]
# EF21; the ball of the two-point inequality about x contains the change of the gradient if -step r_i is not longer than
# the move p.

# %%
p = -step * mean(d)
g_after = g + sigma / 2 * p + delta / 2 * (-step * r)
G_after, input_21 = mean(g_after), g_after - d

# %% [markdown]
# ## Claims and proof
# EF is the common dynamics in (y - mean e, e), EF21 in (mean g, d - g), with the sign of what is compressed changed;
# and the conditions on r_i are the same.

# %%
w_EF, Y_EF, input_EF = common(y - mean(e), e)
w_EF21, Y_EF21, negative_input = common(mean(g), d - g)
lines = {
    "EF: the move": w_EF.equals(y),
    "EF: Y": Y_after.equals(Y_EF),
    "EF: what is compressed": v.equals(input_EF),
    "EF21: the move": (-step * w_EF21).equals(p),
    "EF21: G": G_after.equals(Y_EF21),
    "EF21: what is compressed": input_21.equals(-negative_input),
    "EF21: the ball": (square(p) - square(-step * r)).equals(step**2 * (square(w_EF21) - square(r))),
}
theorem.claim(*lines.values())
theorem.qed(*(theorem.identity(name, line) for name, line in lines.items()))

# %%
theorem.survivors = {
    "the lower bound of step *": "not needed; it says where the statement is meant",
    "the lower bound of sigma_i *": "not needed; it says where the statement is meant",
    "the lower bound of delta_i *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
