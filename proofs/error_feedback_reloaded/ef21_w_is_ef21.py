# %% [markdown]
# # If compressors are positively homogeneous, EF21-W is EF21
#
# EF21 is at x with estimates g_i; EF21-W is at y with estimates D_i of the gradients of f_i/w_i. Suppose that x = y
# and g_i = w_i D_i. Then both move alike, what they compress differs by the factor w_i > 0 only, and if C(t v) = t
# C(v) for this v and t = w_i, then g+_i = w_i D+_i, too; so they stay together. C may be random: then both use the
# same draw.

# %%
from eftheory.methods import EF21
from eftheory.methods.ef21_w import EF21W
from eftheory.proofkit import OneStep, Theorem, mean, square

theorem = Theorem(
    "ef21_w_is_ef21",
    "A round keeps EF21 and EF21-W together, g_i = w_i D_i, if compressors are positively homogeneous",
    source="[RichtarikGasanovBurlachenko2024]",
)

step = theorem.parameter("gamma", latex=r"\gamma")
w = theorem.parameter("w", above=0, indexed=True)
x, y = theorem.vector("x"), theorem.vector("y")
g, D = theorem.vector("g", indexed=True), theorem.vector("D", indexed=True)
H_next = theorem.vector("H+", indexed=True, latex="H^{+}")
c, b = theorem.vector("c", indexed=True, random=True), theorem.vector("b", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# H+_i is the gradient of f_i/w_i after the move, that of f_i is w_i H+_i. The methods are together. Their messages are
# c_i = C(v_i) for EF21 and b_i = C(v'_i) for EF21-W; v_i = w_i v'_i by the second claim, and then c_i = w_i b_i is
# homogeneity, for the vectors at hand.

# %%
together = theorem.given("same point", x.equals(y))
scaled = theorem.given("same estimates", g.equals(w * D))
homogeneous = theorem.given("homogeneous", c.equals(w * b))

# %% [markdown]
# ## The two methods
# v_i and v'_i are what is compressed.

# %%
new = OneStep(EF21, {"step_size": step}, {"x": x, "d": g}, gradient=w * H_next, compress=c)
numbers = {"step_size": step, "weights": ()}
new_W = OneStep(EF21W, numbers, {"x": y, "d": D}, gradient=w * H_next, scaled=[w * D, H_next], compress=b)
x_next, y_next = new.x, new_W.x
v, v_W = new.sent, new_W.sent
g_next, D_next = new.d, new_W.d

# %% [markdown]
# ## Claims
# The points stay the same; what is compressed differs by the factor w_i, and so do the new estimates. Then the errors
# that the analyses speak of are the same, too: mean w_i ||D_i - H_i||^2 for EF21-W is a weighted error of EF21. That
# both start with compressed gradients is a round that starts from g_i = D_i = 0.

# %%
points, inputs, estimates, errors = theorem.claim(
    x_next.equals(y_next),
    v.equals(w * v_W),
    g_next.equals(w * D_next),
    square(g_next - w * H_next).equals(w**2 * square(D_next - H_next)),
)

# %% [markdown]
# ## Proof
# By the rules of the methods.

# %%
mean_scaled = theorem.average("mean estimates", mean(g).equals(mean(w * D)), scaled)
both = (g_next - w * H_next) + w * (D_next - H_next)
theorem.qed(
    theorem.combine("points", points, [together, (-step, mean_scaled)]),
    theorem.combine("inputs", inputs, [(-1, scaled)]),
    theorem.combine("estimates", estimates, [scaled, homogeneous]),
    theorem.combine("errors", errors, [(both, scaled), (both, homogeneous)]),
)

# %%
theorem.survivors = {
    "the lower bound of w_i *": "the sign of w_i is for homogeneity, which need only hold for positive factors",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
