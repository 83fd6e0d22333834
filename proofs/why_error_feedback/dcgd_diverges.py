# %% [markdown]
# # Compressed gradients without feedback diverge
#
# Three strongly convex quadratics in three dimensions, f_i(x) = <a_i, x>^2 + ||x||^2/4. Each agent sends the largest
# entry of its gradient, and x+ is x minus gamma times the mean of what is sent. On the line through (1, 1, 1) every
# step, however short, multiplies x by 1 + 11 gamma/6, away from the minimum at zero.

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
# ## The method at a point of the line
# The gradient of f_i at r (1, 1, 1), entry by entry. The entry that Top-1 keeps has the number of its agent; the first
# claims show that no other can be kept.

# %%
a = ((-3, 2, 2), (2, -3, 2), (2, 2, -3))


def gradient(i, r):
    """The entries of 2 <a_i, x> a_i + x/2 at x = r (1, 1, 1)."""
    product = sum(entry * r for entry in a[i])
    return [2 * product * entry + r / 2 for entry in a[i]]


def moved(i, r):
    """Entry i of x+: only agent i has sent it."""
    return r - step / 3 * gradient(i, r)[i]


# %% [markdown]
# ## Hypotheses
# r+ is entry 1 of x+, and r0, at the start, is positive.

# %%
r_0, r_T = theorem.scalar("r0", latex="r^{0}"), theorem.scalar("rT", latex="r^{T}")
start = theorem.given("start", r_0 > 0)
method = theorem.given("method", r_next.equals(moved(0, r)))

# %% [markdown]
# ## Claims
# At any t > 0 each agent keeps its own entry; all entries of x+ are equal to (1 + 11 gamma/6) r, a factor above one, so
# that r stays positive and the first claims apply; and after T steps r is at least the T-th power of this factor
# times what it was, which grows beyond all bounds with T.

# %%
factor = 1 + 11 * step / 6
power = theorem.scalar("(1 + 11 gamma/6)^T", latex=r"(1 + 11 \gamma/6)^T")
last, unbounded = power * r_0 <= r_T, (1 + 11 * step / 6 * T) * r_0 <= r_T
kept = [gradient(i, t)[j] ** 2 < gradient(i, t)[i] ** 2 for i in range(3) for j in range(3) if i != j]
equal = [moved(i, r).equals(factor * r) for i in range(3)]
theorem.claim(*kept, *equal, factor > 1, last, unbounded)

# %% [markdown]
# ## Proof
# The entries of the first gradient are (t/2)(-11, 9, 9). The rest is the same sum three times, and induction.

# %%
steps = [theorem.positive(f"kept {number}", goal) for number, goal in enumerate(kept, 1)]
steps += [theorem.identity(f"entry {number} of x+", goal) for number, goal in enumerate(equal, 1)]
steps.append(theorem.positive("factor", factor > 1))
grows = theorem.combine("one step", -r_next <= factor * -r, [(-1, method)])
steps.append(theorem.repeat("T steps", last, Repeated(grows, -r, {r: r_next}, factor, power, {r: r_0}, {r: r_T})))
theorem.geometric("power", 1 + T * (factor - 1) <= power, Geometric(power, factor, T))
steps.append(theorem.combine("unbounded", unbounded, [steps[-1], (r_0, "power")]))
theorem.qed(*steps)

# %%
theorem.survivors = {
    "hypothesis 'start' not strict": "without growth, though, if r0 = 0",
    "claim 10: *": "any other factor above one would be above one",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
