# %% [markdown]
# # EControl without its error term is EF21
#
# EControl has an error e_i beside its estimate h_i: it compresses eta e_i + (gradient - h_i), where EF21 compresses the
# gradient - d_i. At weight eta = 0 the errors are kept, but nothing depends on them: if the points and the estimates
# are equal, they are so after a round, and so, by induction, for ever.
#
# EControl is written from the time at which its h is up to date and its point is not, as EF21 is. A first round from h
# = 0 gives h = C(gradient): the estimates with which EF21 starts.

# %%
from eftheory.methods import EF21
from eftheory.methods.econtrol import EControl
from eftheory.proofkit import OneStep, Theorem, mean

theorem = Theorem(
    "econtrol_at_zero_is_ef21",
    "A round of EControl with error weight 0 keeps it together with EF21",
    source="[GaoIslamovStich2024]",
)

step = theorem.parameter("gamma", latex=r"\gamma")
eta = theorem.parameter("eta", latex=r"\eta")
x, d = theorem.vector("x"), theorem.vector("d", indexed=True)
z, h, e = theorem.vector("z"), theorem.vector("h", indexed=True), theorem.vector("e", indexed=True)
g_next = theorem.vector("g+", indexed=True, latex="g^{+}")
k_next = theorem.vector("k+", indexed=True, latex="k^{+}")
c = theorem.vector("c", indexed=True, random=True)
b = theorem.vector("b", indexed=True, random=True)

# %% [markdown]
# ## The methods
# EF21 has the state x, d_i; it moves, differentiates, and adds to d_i the message c_i, compressed v_i.

# %%
new = OneStep(EF21, {"step_size": step}, {"x": x, "d": d}, gradient=g_next, compress=c)
x_next, v, d_next = new.x, new.sent, new.d

# %% [markdown]
# EControl has the state z, h_i, e_i; it moves, differentiates, and adds to h_i the message b_i, compressed w_i.

# %%
z_next = z - step * mean(h)
numbers, state = {"step_size": step, "eta": eta}, {"x": z_next, "h": h, "e": e}
new_E = OneStep(EControl, numbers, state, gradient=k_next, compress=b)
w, h_next, e_next = new_E.sent, new_E.h, new_E.e

# %% [markdown]
# ## Hypotheses
# Without the error term, and together. g+_i and k+_i are the gradients of f_i at x+ and at z+: equal, as the points
# are, by the first claim. c_i and b_i are what the same compressor, with the same draw, makes of v_i and of w_i: equal,
# as these are, by the second.

# %%
no_error_term = theorem.given("weight", eta.equals(0))
same_point = theorem.given("same point", x.equals(z))
same_estimates = theorem.given("same estimates", d.equals(h))
same_gradients = theorem.given("same gradients", g_next.equals(k_next))
same_messages = theorem.given("same messages", c.equals(b))

# %% [markdown]
# ## Claims
# The points, what is compressed, and the estimates stay the same. e+_i is e_i and what EF21's estimate lacks now.

# %%
points, inputs, estimates, errors = theorem.claim(
    x_next.equals(z_next),
    v.equals(w),
    d_next.equals(h_next),
    e_next.equals(e + (g_next - d_next)),
)

# %% [markdown]
# ## Proof
# By the rules of the methods.

# %%
same_mean = theorem.average("same mean", mean(d).equals(mean(h)), same_estimates)
next_estimates = theorem.combine("estimates", estimates, [same_estimates, same_messages])
theorem.qed(
    theorem.combine("points", points, [same_point, (-step, same_mean)]),
    theorem.combine("inputs", inputs, [same_gradients, (-1, same_estimates)], modulo=[no_error_term]),
    next_estimates,
    theorem.combine("errors", errors, [(-1, same_gradients), next_estimates]),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
