# %% [markdown]
# # How many steps a linear rate takes
#
# Theorems of linear convergence say that V is at most V_0/(1 + H loss) after H steps, whatever state it starts from. A
# block of H >= (1/q - 1)/loss steps multiplies V by q at most; with q = 1/2, 1/loss steps halve it. So log2(V_0/eps)
# blocks of 1/loss steps, both rounded up, make V less than eps: O(log(V_0/eps)/loss) steps.

# %%
from eftheory.proofkit import Repeated, Theorem, expectation

theorem = Theorem("blocks", "A linear rate by blocks: (1/q - 1)/loss steps multiply V by q, and T such blocks by q^T")

loss = theorem.parameter("loss", above=0)
q = theorem.parameter("q", above=0, below=1)
H = theorem.parameter("H", at_least=(1 / q - 1) / loss)
V, V_next = theorem.scalar("V"), theorem.scalar("V+", random=True, latex="V^{+}")

# %% [markdown]
# ## Hypotheses
# V at the beginning of a block, and after it. The expectation is given all that came before the block.

# %%
nonnegative = theorem.given("V at least zero", V >= 0)
bound = theorem.given("H steps", expectation(V_next) <= V / (1 + H * loss))

# %% [markdown]
# ## Claims
# One block, and T of them, T H steps in all.

# %%
power = theorem.scalar("q^T")
V_0, V_T = theorem.scalar("V0", latex="V^{0}"), theorem.scalar("VT", latex="V^{T}")
block, all_blocks = theorem.claim(expectation(V_next) <= q * V, V_T <= power * V_0)

# %% [markdown]
# ## Proof

# %%
less = theorem.cancel(
    "factor", 1 / (1 + H * loss) <= q, theorem.positive("q times the growth", q * (1 + H * loss) >= 1), 1 + H * loss
)
theorem.combine("one block", block, [bound, (V, less)])
theorem.qed(
    "one block",
    theorem.repeat("T blocks", all_blocks, Repeated("one block", V, {V: V_next}, q, power, {V: V_0}, {V: V_T})),
)

# %%
theorem.survivors = {"the upper bound of q *": "not needed; it says where the statement is meant"}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
