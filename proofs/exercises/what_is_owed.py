# %% [markdown]
# # What is owed is never lost
#
# Error feedback remembers in e what it has not sent: it compresses v = e + gamma g to a message c, steps by c, and
# keeps v - c. Prove that x - e moves as if nothing were compressed.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem("what_is_owed", "What is owed is never lost")

gamma = theorem.parameter("gamma", above=0)
x, x_next, e, e_next = (theorem.vector(name) for name in ("x", "x+", "e", "e+"))
g, c = theorem.vector("g"), theorem.vector("c")
step = theorem.given("step", x_next.equals(x - c))
memory = theorem.given("memory", e_next.equals(e + gamma * g - c))
claim = theorem.claim((x_next - e_next).equals(x - e - gamma * g))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove what_is_owed.py`.

# %%
theorem.qed(theorem.combine("x - e", claim, [step, (theorem.hole("the multiplier of the memory"), memory)]))

# %% [markdown]
# ## Hints
# 1. The claim has x+ minus e+ on its left side.
# 2. The step says what x+ is, the memory what e+ is. One of them is taken away.
# 3. Equalities may have a negative multiplier.

# %% [markdown]
# ## Place
# lesson 02_error_feedback, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
