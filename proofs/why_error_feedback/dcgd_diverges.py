# %% [markdown]
# # Compressed gradients without feedback diverge
#
# Three agents, three dimensions, f_i(x) = <a_i, x>^2 + ||x||^2/4 with the vectors
# a_1 = (-3, 2, 2), a_2 = (2, -3, 2) and a_3 = (2, 2, -3). Each f_i is strongly convex, and f, their mean, has its
# minimum at zero. Each agent sends the largest entry of its gradient (Top-1), and x+ is x minus gamma times the mean of
# what is sent.
#
# Look at the line through (1, 1, 1). The gradient of f_1 there is t/2 times (-11, 9, 9): its largest entry is the only
# one that points the wrong way, and that one is sent. The other two agents do the same to the other two entries. So
# every round, with however short a step, multiplies x by 1 + 11 gamma/6: away from the minimum. With gamma = 1/40 that
# is 1.0458 in a round, and more than 216 in the 120 rounds of the picture.
#
# ![The largest entry of x, round by round, in exact numbers; EF21 has the same messages and step.](dcgd_run.svg)

# %%
from eftheory.proofkit import Geometric, Repeated, Theorem

theorem = Theorem(
    "dcgd_diverges",
    "With Top-1, compressed gradient descent diverges at every step size",
    source="[BeznosikovEtAl2020], Example 1",
)

step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
t = theorem.parameter("t", above=0)
r, r_next = theorem.scalar("r"), theorem.scalar("r+", latex="r^{+}")

# %% [markdown]
# ## Symbols
# - `t`: where on the line a point is: x = t (1, 1, 1)
# - `r`: where on the line x is: x = r (1, 1, 1)
# - `r+`: where on the line x+ is, the point after one round

# %% [markdown]
# ## The method at a point of the line
# The gradient of f_i is 2 <a_i, x> a_i + x/2. At x = t (1, 1, 1) the inner product <a_i, x> is t (2 + 2 - 3) = t.

# %%
a = ((-3, 2, 2), (2, -3, 2), (2, 2, -3))


def gradient(i, r):
    """The entries of 2 <a_i, x> a_i + x/2 at x = r (1, 1, 1)."""
    product = sum(entry * r for entry in a[i])
    return [2 * product * entry + r / 2 for entry in a[i]]


own, other = -11 * t / 2, 9 * t / 2

# %% [markdown]
# ## Hypotheses
# The agent with the number of an entry is the only one that sends it, and it sends the size 11 r/2 with a minus sign.
# At the start x is not zero.

# %%
r_0, r_T = theorem.scalar("r0", latex="r^{0}"), theorem.scalar("rT", latex="r^{T}")
start = theorem.given("start", r_0 > 0)
method = theorem.given("method", r_next.equals(r - step / 3 * (-11 * r / 2)))

# %% [markdown]
# ## Claims
# The first claims are about one gradient: its own entry is -11 t/2, the others are 9 t/2, and the own one is larger in
# size. So Top-1 keeps it, x stays on the line, and the round multiplies it by a factor above one. After T rounds x is
# at least the T-th power of this factor times what it was, which grows beyond all bounds with T.

# %%
factor = 1 + 11 * step / 6
power = theorem.scalar("(1 + 11 gamma/6)^T", latex=r"(1 + 11 \gamma/6)^T")
last, unbounded = power * r_0 <= r_T, (1 + 11 * step / 6 * T) * r_0 <= r_T
owns = [gradient(i, t)[i].equals(own) for i in range(3)]
others = [gradient(i, t)[j].equals(other) for i in range(3) for j in range(3) if i != j]
kept, round_ = other**2 < own**2, r_next.equals(factor * r)
theorem.claim(*owns, *others, kept, round_, factor > 1, last, unbounded)

# %% [markdown]
# ## Proof
# The three functions are one, with the coordinates in turn: what is shown of one of them holds of all by symmetry.

# %%
BY_SYMMETRY = "An agent's own entry: 2 t times -3, and t/2. By symmetry it is the same for all three."
OTHERS = "The other entries: 2 t times 2, and t/2. By symmetry all six are the same."
steps = [theorem.identity(f"own entry {i}", goal, prose=BY_SYMMETRY) for i, goal in enumerate(owns, 1)]
steps += [theorem.identity(f"other entry {i}", goal, prose=OTHERS) for i, goal in enumerate(others, 1)]
steps.append(theorem.positive("kept", kept, prose="81 is less than 121: Top-1 keeps the own entry, at every t."))
steps.append(theorem.identity("round", round_, [method], prose="One round, with the factors collected."))
steps.append(theorem.positive("factor", factor > 1, prose="A positive number is added to 1, however short the step."))
grows = theorem.combine(
    "one step", -r_next <= factor * -r, [(-1, method)], prose="The same said with signs, as induction wants it."
)
steps.append(
    theorem.repeat(
        "T steps",
        last,
        Repeated(grows, -r, {r: r_next}, factor, power, {r: r_0}, {r: r_T}),
        prose="Each round multiplies by the factor, so T rounds multiply by its power.",
    )
)
theorem.geometric(
    "power",
    1 + T * (factor - 1) <= power,
    Geometric(power, factor, T),
    prose="Compound interest beats simple interest (Bernoulli).",
)
steps.append(
    theorem.combine(
        "unbounded", unbounded, [steps[-1], (r_0, "power")], prose="So x is above a line that rises with T."
    )
)
theorem.qed(*steps)

# %%
theorem.survivors = {
    "hypothesis 'start' not strict": "without growth, though, if r0 = 0",
    "claim 10: *": "121 is larger than 81 by far",
    "claim 12: *": "any other factor above one would be above one",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
